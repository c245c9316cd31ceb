import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '#server/config.ts'
import type { Glossary } from '#server/search/translation/glossary.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { benchCorpora } from '../bench/bench-corpora.ts'
import { benchServed } from '../bench/bench-served.ts'
import { growCorpus, readSources } from '../bench/grow-corpus.ts'
import { rebuildConfigs } from '../bench/rebuild-configs.ts'
import { searchWhileRebuilt } from '../bench/search-while-rebuilt.ts'
import { withActs } from '../answers/with-acts.ts'
import { CROSS_LANGUAGE_CASES, runCrossLanguage } from '../cross-language/run-cross-language.ts'
import { runDomain } from '../domain/run-domain.ts'
import { compareEngines, type ComparisonRow } from '../retrieval/compare-engines.ts'
import { absentEngines } from '../retrieval/engines.ts'
import { ReportFigures, type Measured } from './report-figures.ts'
import { reportPlots, reportText } from './write-report.ts'

/** Parts of the report; `text` measures nothing. */
export const REPORT_PARTS = ['quality', 'domain', 'cross-language', 'speed', 'served', 'rebuild', 'text'] as const
export type ReportPart = (typeof REPORT_PARTS)[number]

export interface ReportInput {
  /** Parts to measure; the others keep the figures that they have. */
  parts: readonly ReportPart[]
  /** Directory of BEIR sets. */
  retrieval: string | null
  /** Engines and distortions to compare, and engines to rebuild; null: all. */
  engines: readonly string[] | null
  distortions: readonly string[] | null
  /** Acts as Markdown. */
  acts: readonly string[]
  /** Directory of the page, its figures and `images/`. */
  to: string
  /** Passages of the corpora. */
  sizes: readonly number[]
  /** Searches while the index is made anew, and passages of it. */
  searches: number
  rebuiltPassages: number
  language: LanguageData
  glossary: Glossary
}

const CASES = fileURLToPath(new URL('../cases/search-domain.yaml', import.meta.url))
const readFigures = async (path: string): Promise<ReportFigures> => {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  return ReportFigures.parse(JSON.parse(text))
}

/**
 * Rows of today beside those of before that are not measured anew, each of which keeps its day. Sizes and engines may be measured one at a
 * time, on whatever machine is quiet or has them.
 * @param keyOf what a row is of
 */
export const mergeRows = <Row extends { measured?: Measured | undefined }>(
  rows: readonly Row[],
  before: { measured: Measured; rows: readonly Row[] } | undefined,
  keyOf: (row: Row) => string,
): Row[] => {
  const anew = new Set(rows.map(keyOf))
  const kept = (before?.rows ?? []).filter((row) => !anew.has(keyOf(row)))
  return [...kept.map((row) => ({ ...row, measured: row.measured ?? before?.measured })), ...rows]
}

/**
 * Measures the parts of the report that are asked for and writes page, plots and figures. A part is written as soon as it is measured.
 * @throws when the figures of an earlier report cannot be read
 */
export async function runReport(input: ReportInput, say: (line: string) => void): Promise<void> {
  const { parts, to, language } = input
  const path = join(to, 'search-report.json')
  const figures = await readFigures(path)
  const measured = {
    on: new Date().toISOString().slice(0, 10),
    node: process.version,
    processors: availableParallelism(),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
  const write = async (): Promise<void> => {
    await mkdir(join(to, 'images'), { recursive: true })
    await writeFile(path, `${JSON.stringify(figures, null, 1)}\n`)
    await writeFile(join(to, 'search-report.md'), reportText(figures))
    for (const [name, svg] of reportPlots(figures)) await writeFile(join(to, 'images', name), svg)
  }
  if (parts.includes('quality')) {
    if (input.retrieval === null) say('No retrieval sets beside the project (data/retrieval): quality is not measured.')
    else {
      const before = figures.quality
      const rows: NonNullable<ReportFigures['quality']>['rows'] = []
      const absent = Object.fromEntries(absentEngines())
      const isWanted = ({ engine, distortion }: { engine: string; distortion: string }): boolean =>
        (input.engines === null || input.engines.includes(engine)) &&
        (input.distortions === null || input.distortions.includes(distortion))
      // It takes long: each row is written as it comes.
      const onRow = async (row: ComparisonRow): Promise<void> => {
        say(`${row.set} ${row.distortion} ${row.engine}: nDCG@10 ${row.ndcg10.toFixed(4)}`)
        rows.push({ ...row, measured })
        // What is not measured today keeps the figures that it has, and their day.
        const isAnew = (old: (typeof rows)[number]) =>
          rows.some(
            ({ set, engine, distortion }) => set === old.set && engine === old.engine && distortion === old.distortion,
          )
        figures.quality = {
          measured,
          rows: [...rows, ...(before?.rows.filter((old) => !isAnew(old)) ?? [])],
          absent,
          notes: before?.notes ?? [],
        }
        await write()
      }
      await compareEngines(input.retrieval, language, onRow, isWanted)
    }
  }
  if (parts.includes('domain')) {
    if (input.acts.length === 0) say('No acts beside the project (data/law): the Rules alone are asked.')
    await withActs([...input.acts], [], async (ctx) => {
      const { rows, leftOut } = await runDomain(ctx, CASES)
      figures.domain = { measured, rows, leftOut }
      return 0
    })
    await write()
  }
  if (parts.includes('cross-language')) {
    if (input.acts.length === 0)
      say('No acts beside the project (data/law): the Rules alone are asked across languages.')
    await withActs([...input.acts], [], async (ctx) => {
      const { rows, leftOut } = await runCrossLanguage(ctx, input, CROSS_LANGUAGE_CASES)
      figures.crossLanguage = { measured, rows, leftOut }
      return 0
    })
    await write()
  }
  if (parts.includes('speed')) {
    const before = figures.speed
    const rows: NonNullable<ReportFigures['speed']>['rows'] = []
    await benchCorpora(input.sizes, language, (row) => {
      rows.push(row)
      say(`${row.passages} passages: a keystroke ${row.keystroke.p95} ms at p95`)
    })
    figures.speed = {
      measured,
      rows: mergeRows(rows, before, ({ passages }) => String(passages)).sort(
        (left, right) => left.passages - right.passages,
      ),
    }
    await write()
  }
  if (parts.includes('served')) {
    const before = figures.served
    const rows: NonNullable<ReportFigures['served']>['rows'] = []
    await benchServed(input.sizes, (row) => {
      rows.push(row)
      say(`${row.passages} passages on ${row.engine}: a keystroke ${row.keystrokes[0]?.times.p95} ms at p95`)
    })
    const keyOf = ({ engine, passages }: (typeof rows)[number]) => `${engine} ${passages}`
    figures.served = {
      measured,
      rows: mergeRows(rows, before, keyOf).sort(
        (left, right) => left.engine.localeCompare(right.engine) || left.passages - right.passages,
      ),
    }
    await write()
  }
  if (parts.includes('rebuild')) {
    const { sources } = await readSources()
    const documents = growCorpus(sources, input.rebuiltPassages)
    const rows: NonNullable<ReportFigures['rebuild']>['rows'] = []
    for (const { engine, variables } of rebuildConfigs()) {
      if (input.engines !== null && !input.engines.includes(engine)) continue
      const directory = await mkdtemp(join(tmpdir(), 'bilim-report-'))
      try {
        const config = readConfig({ DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent', DEMO: 'false', ...variables })
        const { reasons, warnings, ...row } = await searchWhileRebuilt(config, documents, input.searches)
        for (const reason of reasons) say(`failed: ${reason}`)
        for (const [warning, count] of Object.entries(warnings)) say(`${count} × ${warning}`)
        rows.push({ passages: documents.length, ...row })
        say(`${row.engine}: ${row.searches} searches, ${row.failed} failed`)
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    }
    // Of the engines that were named none may be made anew here.
    if (rows.length > 0) {
      const { notes } = figures.rebuild ?? {}
      figures.rebuild = { measured, rows: mergeRows(rows, figures.rebuild, ({ engine }) => engine), notes }
      await write()
    }
  }
  if (parts.includes('text')) await write()
}
