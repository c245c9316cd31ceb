import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Message, Provision } from '#ingest/acts/act.ts'
import { hasLawData, lawFiles, lawText } from '#ingest/acts/fixtures/law-data.ts'
import { letters, lostLetters } from '#ingest/acts/fixtures/lost-letters.ts'
import { essence, PRINT_LOOKS, printPage, requisiteLine } from '#ingest/acts/fixtures/render-law.ts'
import { rulesMarkdown } from '#ingest/acts/fixtures/rules-markdown.ts'
import { parsedRules } from '#ingest/acts/fixtures/small-act.ts'
import { parseSource } from '#ingest/acts/parse-source.ts'
import { readPrint } from '#ingest/acts/pdf/read-print.ts'
import { htmlOfPages, printHtml } from '#ingest/acts/pdf/print-html.ts'
import { hasBrowser, openBrowser } from './open-browser.ts'

const printed = async (browser: Browser, html: string): Promise<Uint8Array> => {
  const page = await browser.newPage()
  await page.setContent(html)
  const bytes = await page.pdf({
    format: 'A4',
    margin: { top: '20mm', bottom: '20mm', left: '25mm', right: '15mm' },
    displayHeaderFooter: true,
    headerTemplate: '<div style="font-size:8px;width:100%;text-align:center">ИПС «Әділет» – эталонный банк</div>',
    footerTemplate:
      '<div style="font-size:8px;width:100%;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
  })
  await page.close()
  return bytes
}

/** A print does not tell whether a space stood where a line ends at a hyphen, a slash or a full stop, nor before a blank. */
const asPrinted = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/\s*([-/.№])\s*/g, '$1'))

/** Where a print cannot say what the text says: the source itself has a hyphen of an older print inside a word. */
const KNOWN: Record<string, (line: string) => string> = {
  '187321.kaz.2023-10-10.md': (line) => line.replace('өзектенді-руден', 'өзектендіруден'),
}

describe.skipIf(!hasBrowser || !hasLawData)('acts of the state legal base as PDF prints', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  const looks = Object.keys(PRINT_LOOKS) as (keyof typeof PRINT_LOOKS)[]
  it.each(looks.flatMap((look) => lawFiles.map((name) => [look, name] as const)))(
    '%s look, %s: the same elements with the same texts as from Markdown',
    async (look, name) => {
      const { source, act } = lawText(name)
      const { meta = null, versionDate = null } = act
      const bytes = await printed(browser, printPage(source, requisiteLine(act.requisites, act.lang), look))
      // Read once, and what it draws written down before anything is made of it.
      const pages = await readPrint(bytes)
      const drawn = pages.flatMap(({ texts }) => texts.map((one) => one.text)).join('')
      const messages: Message[] = []
      const text = htmlOfPages(pages, messages)
      expect(messages.filter(({ severity }) => severity !== 'info')).toEqual([])
      const result = parseSource({ name: 'print.pdf', text, lang: act.lang, meta, versionDate })
      expect(result.messages.filter(({ severity }) => severity === 'error')).toEqual([])
      const known = KNOWN[name] ?? ((line: string) => line)
      const got = asPrinted(essence(result.act?.provisions ?? []).map(known))
      const wanted = asPrinted(essence(act.provisions).map(known))
      if (look === 'spaced') {
        // Nothing is set in, so over a page's edge only a full stop tells a paragraph's end: nearly all elements are right.
        const same = new Set(got)
        expect(wanted.filter((line) => same.has(line)).length / wanted.length).toBeGreaterThan(0.95)
      } else expect(got).toEqual(wanted)
      expect(result.act?.title).toBe(act.title)

      // Every letter that the file draws is in the HTML, and every one of those in an element, a note or a remark; headers and footers are among the remarks.
      expect([...letters(text.replace(/<[^>]*>/g, ''))].sort().join('')).toBe([...letters(drawn)].sort().join(''))
      expect(lostLetters(text, result.act)).toEqual([])
      const layout = result.act?.remarks.filter(({ kind }) => kind === 'layout').map((one) => one.text) ?? []
      expect(layout.filter((one) => one.includes('эталонный банк')).length).toBeGreaterThan(5)
      expect(layout.filter((one) => /^\d+ \/ \d+$/.test(one)).length).toBeGreaterThan(5)
    },
  )
})

describe.skipIf(!hasBrowser)('the contact centre’s Rules as a PDF print', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  it.each(['base', 'justified'] as const)('%s look: what their text says, and nothing of it is lost', async (look) => {
    const rules = parsedRules()
    const line = `${requisiteLine(rules.requisites, 'ru')} Зарегистрирован в Министерстве юстиции Республики Казахстан 29 февраля 2016 года № 13324.`
    const { html, messages } = await printHtml(await printed(browser, printPage(rulesMarkdown(rules), line, look)))
    expect(messages.filter(({ severity }) => severity !== 'info')).toEqual([])
    const result = parseSource({ name: 'rules.pdf', text: html ?? '' })
    expect(result.messages.filter(({ severity }) => severity === 'error')).toEqual([])
    // The forms are tables here, columns in the text that is held.
    const divisions = (provisions: readonly Provision[]) =>
      asPrinted(essence(provisions.filter(({ kind }) => !['form', 'table', 'appendix'].includes(kind))))
    expect(divisions(result.act?.provisions ?? [])).toEqual(divisions(rules.provisions))
    expect(lostLetters(html ?? '', result.act)).toEqual([])
  })
})
