import { existsSync, readdirSync } from 'node:fs'
import type { ParseResult } from '#ingest/acts/act.ts'
import { documentHtml } from '#ingest/acts/docx/document-html.ts'
import { adiletPage, printPage, requisiteLine, wordParts } from '#ingest/acts/fixtures/render-law.ts'
import { lawText } from '#ingest/acts/fixtures/law-data.ts'
import { printHtml } from '#ingest/acts/pdf/print-html.ts'
import { parseSource } from '#ingest/acts/parse-source.ts'
import { zipOf } from '#ingest/services/fixtures/make-files.ts'
import { ingestAct } from '#server/articles/ingest-act.ts'
import type { SearchContext } from '#server/search/search-context.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { hasBrowser, openBrowser } from '#test/browser/open-browser.ts'
import { madeAct } from './made-act.ts'
import { markWriting, rowsWritten } from './rows-written.ts'

/** A page of a print, in characters. */
const PAGE = 1800
const LAW = new URL('../../../shared/data/law/', import.meta.url)

/** Names of the acts beside the project; none where they are not there. */
export const benchActs = (): string[] =>
  existsSync(LAW)
    ? readdirSync(LAW)
        .filter((name) => name.endsWith('.md'))
        .sort()
    : []

export interface ParseFigures {
  format: string
  pages: number
  ms: number
}

/**
 * Parses every act beside the project once a format, from the bytes of the file to provisions. Pages of 1,800 characters of Markdown.
 * PDF files are printed by Chromium, and left out where there is none.
 */
export async function benchParsing(names: readonly string[]): Promise<ParseFigures[]> {
  const browser = hasBrowser ? await openBrowser() : null
  const figures = new Map<string, ParseFigures>()
  const time = async (format: string, characters: number, body: () => Promise<ParseResult>): Promise<void> => {
    const started = performance.now()
    const { act, messages } = await body()
    if (act === null) throw new Error(`${format}: ${messages.map(({ text }) => text).join('; ')}`)
    const held = figures.get(format) ?? { format, pages: 0, ms: 0 }
    figures.set(format, {
      format,
      pages: held.pages + characters / PAGE,
      ms: held.ms + performance.now() - started,
    })
  }
  for (const name of names) {
    const { source, act } = lawText(name)
    const beside = { lang: act.lang, meta: act.meta ?? null, versionDate: act.versionDate ?? null }
    const line = requisiteLine(act.requisites, act.lang)
    const page = adiletPage(source, line)
    const document = zipOf(wordParts(source, line))
    await time('.md', source.length, async () => parseSource({ name: 'a.md', text: source, ...beside }))
    await time('.html', source.length, async () => parseSource({ name: 'a.html', text: page, ...beside }))
    await time('.docx', source.length, async () => {
      const { html } = await documentHtml(document)
      return parseSource({ name: 'a.docx', text: html ?? '', ...beside })
    })
    if (browser === null) continue
    const sheet = await browser.newPage()
    await sheet.setContent(printPage(source, line))
    const print = await sheet.pdf({ format: 'A4' })
    await sheet.close()
    await time('.pdf', source.length, async () => {
      const { html } = await printHtml(print)
      return parseSource({ name: 'a.pdf', text: html ?? '', ...beside })
    })
  }
  await browser?.close()
  return [...figures.values()]
}

/** What one ingestion took: from the text to what search finds. */
export interface IngestFigures {
  ms: number
  /** Of it, parsing the text. */
  parseMs: number
  /** Rows inserted or changed, by table. */
  rows: Record<string, number>
}

export interface ReingestFigures {
  points: number
  first: IngestFigures
  same: IngestFigures
  changed: IngestFigures
}

/** Both texts of an act, from the text to what search finds. */
export async function ingestMade(ctx: SearchContext, points: number, amended: number | null): Promise<IngestFigures> {
  let parseMs = 0
  const mark = await markWriting(ctx.db)
  const started = performance.now()
  for (const lang of ['ru', 'kk'] as const) {
    const source = madeAct(lang, points, amended)
    const from = performance.now()
    const { act, messages } = parseSource(source)
    parseMs += performance.now() - from
    if (act === null) throw new Error(messages.map(({ text }) => text).join('\n'))
    await ingestAct({ ...ctx, contentChanged: () => {} }, { parsed: act, source, plan: null })
  }
  await reconcileIndexes(ctx)
  return { ms: performance.now() - started, parseMs, rows: await rowsWritten(ctx.db, mark) }
}

/** Ingests an act in two languages, the same texts again, then those in which one point reads otherwise. */
export async function benchReingestion(ctx: SearchContext, points: number): Promise<ReingestFigures> {
  const first = await ingestMade(ctx, points, null)
  const same = await ingestMade(ctx, points, null)
  const changed = await ingestMade(ctx, points, Math.ceil(points / 2))
  return { points, first, same, changed }
}
