import { createHash } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { LanguageData } from '../analysis/language-data.ts'
import { codeKey } from './code-key.ts'
import { readSnapshot, writeSnapshot } from './snapshot-file.ts'
import type { StorableIndex } from './storable-index.ts'

/** Keeps an index that lives in memory across restarts. */
export interface IndexSnapshots {
  /** An index as it was written; null when there is none that can be used, which the log says. Never throws. */
  load(create: () => StorableIndex): Promise<StorableIndex | null>
  /** @returns whether it was written; why not is in the log */
  save(index: StorableIndex): Promise<boolean>
}

const NAME = 'passages.snapshot'
/** What a killed process left; a file of another process that writes now is younger. */
const OLD_MS = 3_600_000

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

/** What a snapshot is good for: just this code of the index and just this language data. */
const keyOf = async (source: string, language: LanguageData): Promise<string> =>
  createHash('sha256')
    .update(JSON.stringify([await codeKey(source), language]))
    .digest('hex')

/**
 * Snapshots in a directory. It may be that of several processes: each writes a whole file and renames it, the last one stays, and whoever
 * reads it writes the difference to what is published.
 * @param options.directory made when something is written
 * @param options.source source file of the index, with which its snapshots become invalid
 */
export const createIndexSnapshots = (options: {
  directory: string
  source: string
  language: LanguageData
  log: Logger
}): IndexSnapshots => {
  const { directory, source, language, log } = options
  const path = join(directory, NAME)
  let key: Promise<string> | null = null
  const ownKey = (): Promise<string> => (key ??= keyOf(source, language))

  const clean = async (): Promise<void> => {
    for (const name of await readdir(directory)) {
      if (!name.startsWith(`${NAME}.`) || !name.endsWith('.tmp')) continue
      const left = join(directory, name)
      if (Date.now() - (await stat(left)).mtimeMs > OLD_MS) await rm(left, { force: true })
    }
  }

  return {
    async load(create) {
      const started = performance.now()
      const index = create()
      try {
        await index.restore(readSnapshot(path, await ownKey()))
      } catch (error) {
        if (!isAbsent(error))
          log.warn({ err: error, path }, 'the snapshot of the index of words cannot be used; the index is made anew')
        return null
      }
      await clean().catch((error: unknown) =>
        log.warn({ err: error, directory }, 'old files of snapshots were not removed'),
      )
      log.info({ path, tookMs: Math.round(performance.now() - started) }, 'index of words read from its snapshot')
      return index
    },
    async save(index) {
      const started = performance.now()
      try {
        const bytes = await writeSnapshot(path, await ownKey(), index.dump())
        log.info(
          { path, bytes, tookMs: Math.round(performance.now() - started) },
          'snapshot of the index of words written',
        )
        return true
      } catch (error) {
        log.warn(
          { err: error, path },
          'the snapshot of the index of words was not written; the next start makes it anew',
        )
        return false
      }
    },
  }
}
