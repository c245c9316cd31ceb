import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import MiniSearch from 'minisearch'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createInProcessIndex } from '#server/search/in-process-index.ts'
import { readDomainCases } from '../domain/read-domain-cases.ts'
import { growCorpus, readSources } from './grow-corpus.ts'
import { measureRestart, type RestartFigures } from './measure-restart.ts'
import { percentiles, type Percentiles } from './percentiles.ts'

export interface CorpusFigures {
  passages: number
  /** From documents in hand to an index that answers: what a start without a snapshot costs, the database aside. */
  buildMs: number
  /** Processor time of the same: what is left of it on a machine that does other things as well. */
  buildCpuMs: number
  plainBuildMs: number
  heapMb: number
  plainHeapMb: number
  /** A change of one passage. */
  changeMs: number
  /** Passages that a keystroke matches, on average. */
  matching: number
  keystroke: Percentiles
  plainKeystroke: Percentiles
  restart: RestartFigures
}

const CASES = fileURLToPath(new URL('../cases/search-domain.yaml', import.meta.url))
/** Every so many cases: both languages and all acts. */
const EVERY = 5
/** The plain engine is slow on large corpora: it gets each of so many keystrokes, ours gets the same ones. */
const MOST_KEYSTROKES = 400
const LIMIT = 50
const SHORTEST = 3

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}
const heapMb = (): number => {
  collectGarbage()
  // Typed arrays stand outside of the heap.
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1_000_000
}

/** What an operator types, letter by letter; one query after the other. */
export const keystrokesOf = async (): Promise<string[]> =>
  (await readDomainCases(CASES)).cases
    .filter((_, index) => index % EVERY === 0)
    .flatMap(({ query }) =>
      Array.from({ length: Math.max(query.length - SHORTEST + 1, 0) }, (_, at) => query.slice(0, at + SHORTEST)),
    )

/** The index against plain MiniSearch (prefix on every word, fuzzy 0.2) over corpora grown from real text, in one run. */
export async function benchCorpora(
  sizes: readonly number[],
  language: LanguageData,
  onFigures: (figures: CorpusFigures) => void,
): Promise<{ from: string[] }> {
  const { sources, from } = await readSources()
  const typed = await keystrokesOf()
  const step = Math.max(1, Math.floor(typed.length / MOST_KEYSTROKES))
  for (const passages of sizes) {
    const documents = growCorpus(sources, passages)
    const before = heapMb()
    const cpu = process.cpuUsage()
    let started = performance.now()
    const index = createInProcessIndex(language)
    await index.apply({ upsert: documents, remove: [] })
    const buildMs = performance.now() - started
    const spent = process.cpuUsage(cpu)
    const held = heapMb()

    started = performance.now()
    const plain = new MiniSearch({
      idField: 'passageId',
      fields: ['title', 'text'],
      searchOptions: { prefix: true, fuzzy: 0.2 },
    })
    plain.addAll(documents)
    const plainBuildMs = performance.now() - started
    const plainHeld = heapMb()

    const ask = (text: string) => index.search({ text, asOf: '2026-11-25', limit: LIMIT, prefix: true })
    const ours: number[] = []
    const theirs: number[] = []
    let matching = 0
    for (const [at, text] of typed.entries()) {
      // Ours lives on the keystroke before: it gets them all, and is timed where the other is.
      started = performance.now()
      const { total } = await ask(text)
      if (at % step !== 0) continue
      ours.push(performance.now() - started)
      matching += total
      started = performance.now()
      plain.search(text)
      theirs.push(performance.now() - started)
    }
    const changes: number[] = []
    for (const document of documents.slice(0, 20)) {
      started = performance.now()
      await index.apply({ upsert: [{ ...document, text: `${document.text} изменено` }], remove: [] })
      changes.push(performance.now() - started)
    }
    onFigures({
      passages,
      buildMs,
      buildCpuMs: (spent.user + spent.system) / 1000,
      plainBuildMs,
      heapMb: held - before,
      plainHeapMb: plainHeld - held,
      changeMs: percentiles(changes).p50,
      matching: matching / Math.max(ours.length, 1),
      keystroke: percentiles(ours),
      plainKeystroke: percentiles(theirs),
      restart: await measureRestart(language, documents),
    })
  }
  return { from }
}
