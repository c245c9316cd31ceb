import { describe, expect, it } from 'vitest'
import { zipOf } from '#ingest/services/fixtures/make-files.ts'
import { hasLawData, lawFiles, lawText } from '../fixtures/law-data.ts'
import { letters, lostLetters } from '../fixtures/lost-letters.ts'
import { essence, requisiteLine, wordParts } from '../fixtures/render-law.ts'
import { parseHtmlAct } from '../html/parse-html-act.ts'
import { documentHtml } from './document-html.ts'

describe.skipIf(!hasLawData)('acts of the state legal base as documents of Word', () => {
  it.each(lawFiles)('%s: the same elements with the same texts as from Markdown', async (name) => {
    const { source, act } = lawText(name)
    const { meta = null, versionDate = null } = act
    const parts = wordParts(source, requisiteLine(act.requisites, act.lang))
    const { html, messages } = await documentHtml(zipOf(parts))
    expect(messages).toEqual([])
    const text = html ?? ''
    const result = parseHtmlAct(text, { lang: act.lang, meta, versionDate })
    expect(result.messages.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(essence(result.act?.provisions ?? [])).toEqual(essence(act.provisions))
    expect(result.act?.title).toBe(act.title)
    // Every letter of the document's parts is in the HTML, and every one of those in an element, a note or a remark.
    const printed = parts
      .filter(({ name }) => name !== 'word/styles.xml')
      .flatMap(({ data }) => [...data.matchAll(/<w:t [^>]*>([^<]*)/g)].map(([, inside = '']) => inside))
      .join('')
    expect(letters(text.replace(/<[^>]*>/g, ''))).toBe(letters(printed))
    expect(lostLetters(text, result.act)).toEqual([])
    expect(
      result.act?.remarks.filter(({ kind, text: said }) => kind === 'layout' && said.includes('Страница 7')),
    ).toHaveLength(1)
  })
})
