import { describe, expect, it } from 'vitest'
import { unaccounted } from '../account.ts'
import type { Provision } from '../act.ts'
import { hasLawData, lawFiles, lawText } from '../fixtures/law-data.ts'
import { requisiteLine } from '../fixtures/render-law.ts'
import { markdownBlocks } from '../markdown/blocks.ts'
import { type ReadTable, readTables } from '../markdown/tables.ts'
import { parseSource } from '../parse-source.ts'

const spaces = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What a text without tables can say: the divisions of the act and its text, appendices by their headers. */
const running = (provisions: readonly Provision[]): string[] =>
  provisions
    .filter(({ kind }) => !['table', 'row', 'form', 'appendix'].includes(kind))
    .map(({ eid, num, heading, text }) => `${eid} ${num ?? ''} ${spaces(heading ?? '')} ${spaces(text)}`)

/** How a text editor may save a table: all words of it, a line a row with tabs between cells, or a line a paragraph of a cell. */
const TABLES = {
  words: (table: ReadTable): string =>
    table.rows.flatMap(({ cells }) => cells.flatMap(({ lines }) => lines.map(({ text }) => text))).join(' '),
  tabs: (table: ReadTable): string =>
    table.rows
      .map(({ cells }) => cells.map(({ lines }) => lines.map(({ text }) => text).join('\n')).join('\t'))
      .join('\n'),
  lines: (table: ReadTable): string =>
    table.rows.flatMap(({ cells }) => cells.flatMap(({ lines }) => lines.map(({ text }) => text))).join('\n'),
}

/** A paragraph a line, as a text editor saves a page. */
function textOf(source: string, requisite: string, tables: keyof typeof TABLES): string {
  return markdownBlocks(source)
    .blocks.map((block) => {
      if (block.kind === 'anchor') return ''
      if (block.kind === 'html')
        return readTables(source, block.start, block.end).tables.map(TABLES[tables]).join('\n\n')
      const text = block.lines.map((line) => line.text).join(' ')
      return block.kind === 'heading' && block.level === 1 ? `${text}\n\n${requisite}` : text
    })
    .filter((text) => text.trim() !== '')
    .join('\n\n')
}

/** Rows of service standards: what they are about and what they say. */
const rowsOf = (provisions: readonly Provision[]): string[] =>
  provisions
    .filter(({ kind }) => kind === 'row')
    .map(({ eid, num, heading, text }) => `${eid} ${num ?? ''} ${spaces(heading ?? '')} ${spaces(text)}`)

const parsedAs = (name: string, tables: keyof typeof TABLES) => {
  const { source, act } = lawText(name)
  const { meta = null, versionDate = null } = act
  const text = textOf(source, requisiteLine(act.requisites, act.lang), tables)
  const result = parseSource({ name: 'act.txt', text, lang: act.lang, meta, versionDate })
  const errors = result.messages.filter(({ severity }) => severity === 'error')
  const lost = result.act ? unaccounted(text, result.act) : []
  return {
    act,
    read: result.act?.provisions ?? [],
    errors,
    lost: lost.map(({ start, end }) => text.slice(start.offset, end.offset)),
  }
}

describe.skipIf(!hasLawData)('acts of the state legal base as plain text', () => {
  it.each(lawFiles)('%s: the same divisions, points and parts as from Markdown, nothing lost', (name) => {
    const { act, read, errors, lost } = parsedAs(name, 'words')
    // Its appendices belong to a service standard, which is a table: as mere words two have one number, and that is refused.
    if (name.startsWith('143369')) {
      expect(errors.map(({ rule }) => rule)).toContain('appendix-repeated')
      const said = errors.find(({ rule }) => rule === 'appendix-repeated')?.text
      return expect(said).toContain('где ячейки строки разделены табуляцией')
    }
    expect(errors).toEqual([])
    expect(running(read)).toEqual(running(act.provisions))
    expect(lost).toEqual([])
  })

  it.each(lawFiles.flatMap((name) => (['tabs', 'lines'] as const).map((tables) => [name, tables] as const)))(
    '%s, tables by %s: the rows of service standards too',
    (name, tables) => {
      const { act, read, errors, lost } = parsedAs(name, tables)
      expect(errors).toEqual([])
      expect(running(read)).toEqual(running(act.provisions))
      expect(rowsOf(read)).toEqual(rowsOf(act.provisions))
      expect(lost).toEqual([])
    },
  )
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

it.each([
  ['standards that never go on', '1\nНаименование услугодателя\n'.repeat(60_000)],
  ['nothing but tabs', 'а\tб\n'.repeat(100_000)],
  ['one row of a hundred thousand cells', 'а\t'.repeat(100_000)],
])('hostile texts are refused, not thrown on: %s', (_, text) => {
  const { act, messages } = parseSource({ name: 'act.txt', text })
  expect(act).toBeNull()
  expect(messages.some(({ severity }) => severity === 'error')).toBe(true)
})
