import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasLawData, lawFiles, lawText } from '#ingest/acts/fixtures/law-data.ts'
import { letters, lostLetters } from '#ingest/acts/fixtures/lost-letters.ts'
import { essence, PRINT_LOOKS, printPage, requisiteLine } from '#ingest/acts/fixtures/render-law.ts'
import { parseSource } from '#ingest/acts/parse-source.ts'
import { readPrint } from '#ingest/acts/pdf/read-print.ts'
import { printHtml } from '#ingest/acts/pdf/print-html.ts'
import { hasBrowser, openBrowser } from './open-browser.ts'

/** A print does not tell whether a space stood where a line ends at a hyphen, a slash or a full stop, nor before a blank. */
const printed = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/\s*([-/.№])\s*/g, '$1'))

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
      const page = await browser.newPage()
      await page.setContent(printPage(source, requisiteLine(act.requisites, act.lang), look))
      const bytes = await page.pdf({
        format: 'A4',
        margin: { top: '20mm', bottom: '20mm', left: '25mm', right: '15mm' },
        displayHeaderFooter: true,
        headerTemplate: '<div style="font-size:8px;width:100%;text-align:center">ИПС «Әділет» – эталонный банк</div>',
        footerTemplate:
          '<div style="font-size:8px;width:100%;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
      })
      await page.close()
      const { html, messages } = await printHtml(bytes)
      expect(messages.filter(({ severity }) => severity !== 'info')).toEqual([])
      const text = html ?? ''
      const result = parseSource({ name: 'print.pdf', text, lang: act.lang, meta, versionDate })
      expect(result.messages.filter(({ severity }) => severity === 'error')).toEqual([])
      const known = KNOWN[name] ?? ((line: string) => line)
      const got = printed(essence(result.act?.provisions ?? []).map(known))
      const wanted = printed(essence(act.provisions).map(known))
      if (look === 'spaced') {
        // Nothing is set in, so over a page's edge only a full stop tells a paragraph's end: nearly all elements are right.
        const same = new Set(got)
        expect(wanted.filter((line) => same.has(line)).length / wanted.length).toBeGreaterThan(0.95)
      } else expect(got).toEqual(wanted)
      expect(result.act?.title).toBe(act.title)

      // Every letter that the file draws is in the HTML, and every one of those in an element, a note or a remark; headers and footers are among the remarks.
      const drawn = (await readPrint(bytes)).flatMap(({ texts }) => texts.map((one) => one.text)).join('')
      expect([...letters(text.replace(/<[^>]*>/g, ''))].sort().join('')).toBe([...letters(drawn)].sort().join(''))
      expect(lostLetters(text, result.act)).toEqual([])
      const layout = result.act?.remarks.filter(({ kind }) => kind === 'layout').map((one) => one.text) ?? []
      expect(layout.filter((one) => one.includes('эталонный банк')).length).toBeGreaterThan(5)
      expect(layout.filter((one) => /^\d+ \/ \d+$/.test(one)).length).toBeGreaterThan(5)
    },
  )
})
