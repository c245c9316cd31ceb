import { describe, expect, it } from 'vitest'
import { unaccounted } from '../account.ts'
import type { Provision } from '../act.ts'
import { hasLawData, lawFiles, lawText } from '../fixtures/law-data.ts'
import { requisiteLine } from '../fixtures/render-law.ts'
import { markdownBlocks } from '../markdown/blocks.ts'
import { parseSource } from '../parse-source.ts'

const spaces = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What a text without tables can say: the divisions of the act and its text, appendices by their headers. */
const running = (provisions: readonly Provision[]): string[] =>
  provisions
    .filter(({ kind }) => !['table', 'row', 'form', 'appendix'].includes(kind))
    .map(({ eid, num, heading, text }) => `${eid} ${num ?? ''} ${spaces(heading ?? '')} ${spaces(text)}`)

/** A paragraph a line, tables as their words, as a text editor saves a page. */
function textOf(source: string, requisite: string): string {
  return markdownBlocks(source)
    .blocks.map((block) => {
      if (block.kind === 'anchor') return ''
      if (block.kind === 'html')
        return block.traced.text
          .replace(/<[^>]*>/g, ' ')
          .replaceAll('&quot;', '"')
          .replace(/\s*\n\s*/g, ' ')
      const text = block.lines.map((line) => line.text).join(' ')
      return block.kind === 'heading' && block.level === 1 ? `${text}\n\n${requisite}` : text
    })
    .filter((text) => text.trim() !== '')
    .join('\n\n')
}

describe.skipIf(!hasLawData)('acts of the state legal base as plain text', () => {
  it.each(lawFiles)('%s: the same divisions, points and parts as from Markdown, nothing lost', (name) => {
    const { source, act } = lawText(name)
    const text = textOf(source, requisiteLine(act.requisites, act.lang))
    const { meta = null, versionDate = null } = act
    const result = parseSource({ name: 'act.txt', text, lang: act.lang, meta, versionDate })
    const errors = result.messages.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)
    // Its appendices belong to a service standard, which is a table: without tables two have one number, and that is refused.
    if (name.startsWith('143369')) return expect(errors).toContain('appendix-repeated')
    expect(errors).toEqual([])
    expect(running(result.act?.provisions ?? [])).toEqual(running(act.provisions))
    const lost = result.act ? unaccounted(text, result.act) : []
    expect(lost.map(({ start, end }) => text.slice(start.offset, end.offset))).toEqual([])
  })
})

it('a Kazakh text broken for a width is read by paragraphs', () => {
  const text = `Анықтама қызметінің жұмыс қағидаларын бекіту туралы

Қазақстан Республикасы Байланыс министрінің 2020 жылғы 5 мамырдағы № 7 бұйрығы.

      «Байланыс туралы» Қазақстан Республикасының Заңына сәйкес
БҰЙЫРАМЫН:
      1. Анықтама қызметі сұрақтарға жауап береді, оның ішінде түнде
және мереке күндері де жауап береді.
      2. Осы бұйрық алғашқы ресми жарияланған күнінен бастап қолданысқа
енгізіледі.
`
  const { act } = parseSource({ name: 'act.txt', text })
  expect(act?.lang).toBe('kk')
  expect(act?.provisions.map(({ eid, text: said }) => `${eid} ${said}`)).toEqual([
    'ord__preamble «Байланыс туралы» Қазақстан Республикасының Заңына сәйкес БҰЙЫРАМЫН:',
    'ord__para_1 Анықтама қызметі сұрақтарға жауап береді, оның ішінде түнде және мереке күндері де жауап береді.',
    'ord__para_2 Осы бұйрық алғашқы ресми жарияланған күнінен бастап қолданысқа енгізіледі.',
  ])
})
