import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite } from '#server/db/open-pglite.ts'
import { createLogger } from '#server/logger.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { createInProcessIndex, IN_PROCESS_SOURCE } from '#server/search/in-process-index.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'
import { fillLexical } from '#server/search/reconcile-indexes.ts'
import { createIndexSnapshots } from '#server/search/snapshots/index-snapshots.ts'
import { createSwitchingIndex } from '#server/search/switching-index.ts'
import { storeCorpus } from './store-corpus.ts'

/** Time by the clock and of the processor, in milliseconds. */
export interface Cost {
  ms: number
  cpuMs: number
}

export interface RestartFigures {
  /** All passages read from the database and analysed, as a start without a snapshot does. */
  anew: Cost
  /** The snapshot read. */
  load: Cost
  /** What is published compared with what was read: nothing to write. */
  reconcile: Cost
  /** The snapshot written, with searches in between. */
  save: Cost
  snapshotMb: number
}

const cost = async (body: () => Promise<unknown>): Promise<Cost> => {
  const cpu = process.cpuUsage()
  const started = performance.now()
  await body()
  const ms = performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  return { ms, cpuMs: (user + system) / 1000 }
}

/** What a restart of a server costs the index of words, on a database with these passages (PGlite, in memory). */
export async function measureRestart(
  language: LanguageData,
  documents: readonly LexicalDocument[],
): Promise<RestartFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'bilim-bench-restart-'))
  const { db, close } = await openPglite({ directory: null, purpose: 'bench' })
  try {
    await storeCorpus(db, documents)
    const engine = () =>
      createSwitchingIndex(
        () => createInProcessIndex(language),
        createIndexSnapshots({ directory, source: IN_PROCESS_SOURCE, language, log: createLogger('silent') }),
      )
    const first = engine()
    await first.open()
    const anew = await cost(() => fillLexical({ db, lexicalIndex: first }, false))
    const save = await cost(() => first.close())
    const second = engine()
    const load = await cost(() => second.open())
    let written = 0
    const reconcile = await cost(async () => {
      const done = await fillLexical({ db, lexicalIndex: second }, false)
      written = done.written + done.removed
    })
    if (written > 0) throw new Error(`nothing had changed, and ${written} passages were written`)
    const { size } = await stat(join(directory, 'passages.snapshot'))
    return { anew, load, reconcile, save, snapshotMb: size / 1_000_000 }
  } finally {
    await close()
    await rm(directory, { recursive: true, force: true })
  }
}
