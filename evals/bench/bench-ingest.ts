import { existsSync, readdirSync } from 'node:fs'
import { documentHtml } from '#ingest/acts/docx/document-html.ts'
import { adiletPage, requisiteLine, wordParts } from '#ingest/acts/fixtures/render-law.ts'
import { lawText } from '#ingest/acts/fixtures/law-data.ts'
import { parseSource } from '#ingest/acts/parse-source.ts'
import { zipOf } from '#ingest/services/fixtures/make-files.ts'
import { ingestAct } from '#server/articles/ingest-act.ts'
import type { SearchContext } from '#server/search/search-context.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'

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

/** Parses every act beside the project once a format, from the bytes of the file to provisions. Pages of 1,800 characters of Markdown. */
export async function benchParsing(names: readonly string[]): Promise<ParseFigures[]> {
  const figures = new Map<string, ParseFigures>()
  const time = async (format: string, characters: number, body: () => Promise<unknown>): Promise<void> => {
    const started = performance.now()
    await body()
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
  }
  return [...figures.values()]
}

/** An order with so many points in chapters of ten; one point may read otherwise. */
function madeAct(points: number, number: number, changed: number | null): string {
  const chapters = Array.from({ length: Math.ceil(points / 10) }, (_, at) => at)
  const body = chapters.map((at) => {
    const own = Array.from({ length: Math.min(10, points - at * 10) }, (_, index) => at * 10 + index + 1)
    const said = own.map(
      (point) =>
        `${String(point)}. Служба номер ${String(point)} отвечает на вопросы граждан о порядке ${String(point * 7)} в течение ${String((point % 9) + 2)} рабочих дней${point === changed ? ' и сообщает об этом письменно' : ''}.`,
    )
    return `### Глава ${String(at + 1)}. Порядок ${String(at + 1)}\n\n${said.join('\n\n')}`
  })
  return `# Об утверждении Правил справочной службы ${String(number)}

Приказ Министра связи Республики Казахстан от 5 мая 2020 года № ${String(number)}.

В соответствии с Законом Республики Казахстан «О связи» ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила.

2. Настоящий приказ вводится в действие со дня его первого официального опубликования.

**Министр связи**

> *Утверждены приказом*

## Правила справочной службы ${String(number)}

${body.join('\n\n')}
`
}

export interface ReingestFigures {
  points: number
  firstMs: number
  againMs: number
  firstEmbedded: number
  embedded: number
}

/** Ingests an act, then again with one point changed, and counts what is embedded each time. */
export async function benchReingestion(ctx: SearchContext, points: number): Promise<ReingestFigures> {
  const number = 90_000 + points
  const run = async (changed: number | null, versionDate: string): Promise<{ ms: number; embedded: number }> => {
    const source = { name: 'bench.md', text: madeAct(points, number, changed), versionDate }
    let embedded = 0
    const started = performance.now()
    const { act, messages } = parseSource(source)
    if (act === null) throw new Error(messages.map(({ text }) => text).join('\n'))
    await ingestAct({ ...ctx, contentChanged: () => {} }, { parsed: act, source, plan: null })
    await reconcileIndexes(ctx, (done) => {
      embedded = Math.max(embedded, done)
    })
    return { ms: performance.now() - started, embedded }
  }
  const first = await run(null, '2020-05-05')
  const again = await run(Math.ceil(points / 2), '2021-05-05')
  return { points, firstMs: first.ms, againMs: again.ms, firstEmbedded: first.embedded, embedded: again.embedded }
}
