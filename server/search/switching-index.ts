import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LexicalEngine, LexicalIndex } from './lexical-index.ts'
import type { IndexSnapshots } from './snapshots/index-snapshots.ts'
import type { StorableIndex } from './snapshots/storable-index.ts'

/** Documents written between two turns of the event loop: some milliseconds of work, so that searches go on. */
const AT_ONCE = 50
/** So many changes are worth a snapshot at once; fewer wait for the next one. */
const MANY = 1000
const SAVE_EVERY_MS = 5 * 60_000

/** An index in memory run as an engine, which can outlive its process. */
export interface SwitchingIndex extends LexicalEngine {
  /** Takes up what an earlier process wrote; only the first call does. Before it, the index is empty. */
  open(): Promise<void>
  /** Writes what has changed since; to be called when nothing is written any more. */
  close(): Promise<void>
  /** Writes no snapshot until it is released, which writes what has changed: another index is in use till then. */
  hold(): void
  release(): void
  /** Writes no snapshot any more, so that none stands over that of the index in its place. */
  retire(): Promise<void>
}

/**
 * Runs an index that lives in memory as an engine: it is filled a little at a time, and rebuilt beside itself.
 * @param create makes an empty index
 * @param snapshots where it is kept across restarts: written after large changes, a while after small ones, and at the end
 */
export const createSwitchingIndex = (
  create: () => StorableIndex,
  snapshots: IndexSnapshots | null = null,
  saveEveryMs = SAVE_EVERY_MS,
): SwitchingIndex => {
  let current = create()
  let opened: Promise<void> | null = null
  let isChanged = false
  let isRetired = false
  let isHeld = false
  let timer: NodeJS.Timeout | null = null

  // Changes wait for a snapshot that is being written, and it for them; searches wait for neither.
  let last: Promise<unknown> = Promise.resolve()
  const alone = <Done>(body: () => Promise<Done>): Promise<Done> => {
    const next = last.then(body, body)
    last = next
    return next
  }
  const save = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    await alone(async () => {
      if (snapshots === null || !isChanged || isRetired || isHeld) return
      isChanged = false
      if (!(await snapshots.save(current))) isChanged = true
    })
  }
  const changed = (count: number): void => {
    if (snapshots === null || count === 0 || isRetired) return
    isChanged = true
    if (isHeld) return
    if (count >= MANY) void save()
    else timer ??= setTimeout(() => void save(), saveEveryMs).unref()
  }

  const fill = async (index: LexicalIndex, changes: Parameters<LexicalIndex['apply']>[0]): Promise<void> => {
    for (let at = 0; at < changes.remove.length; at += AT_ONCE) {
      await index.apply({ upsert: [], remove: changes.remove.slice(at, at + AT_ONCE) })
      await nextTurn()
    }
    for (let at = 0; at < changes.upsert.length; at += AT_ONCE) {
      await index.apply({ upsert: changes.upsert.slice(at, at + AT_ONCE), remove: [] })
      await nextTurn()
    }
  }
  return {
    name: current.name,
    state: () => current.state(),
    async apply(changes) {
      await alone(() => fill(current, changes))
      changed(changes.upsert.length + changes.remove.length)
    },
    search: (query) => current.search(query),
    highlighter: (query) => current.highlighter(query),
    explain: (query, passageIds) => current.explain(query, passageIds),
    async rebuild(documents) {
      const next = create()
      await fill(next, { upsert: documents, remove: [] })
      await alone(async () => {
        current = next
      })
      changed(Math.max(documents.length, 1))
    },
    health: () => ({ state: 'ok', servedBy: current.name, reason: null }),
    open() {
      opened ??= alone(async () => {
        current = (await snapshots?.load(create)) ?? current
      })
      return opened
    },
    close: save,
    hold() {
      isHeld = true
    },
    release() {
      isHeld = false
      if (isChanged) void save()
    },
    async retire() {
      isRetired = true
      if (timer !== null) clearTimeout(timer)
      // One that is being written is waited for.
      await alone(async () => {})
    },
  }
}
