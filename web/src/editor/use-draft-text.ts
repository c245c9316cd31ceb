import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, ServerGoneError } from '../api/api-error.ts'
import { api, read } from '../api/client.ts'
import { dropLocalCopy, keepLocalCopy, readLocalCopy, type LocalCopy } from './local-copy.ts'
import type { DraftContent, DraftMerge, DraftView } from './types.ts'

/** After the last keystroke: into this browser, and to the server. */
const KEEP_MS = 200
const SAVE_MS = 1_200
const RETRY_MS = 3_000
/** Merges in a row while somebody types on: then the text waits for its next save. */
const MERGE_TRIES = 3

export type SaveStatus = 'saved' | 'dirty' | 'saving' | 'offline' | 'merging' | 'refused'

const sameContent = (a: DraftContent, b: DraftContent): boolean =>
  (Object.keys(a) as (keyof DraftContent)[]).every((key) => a[key] === b[key])

/** Reads as this text does, and as nothing that the server has. */
const unlike = (content: DraftContent): DraftContent => ({ ...content, body: `${content.body}\u0000` })

/** `dirty`: done, and there is more to save by now. */
type SaveResult = 'clean' | 'dirty' | 'failed'

export interface DraftText {
  content: DraftContent
  revision: number
  status: SaveStatus
  error: Error | null
  /** Unsaved text of an earlier visit, to be offered back. */
  local: LocalCopy | null
  /** A merge that waits for choices. */
  merge: DraftMerge | null
  change: (part: Partial<DraftContent>) => void
  /** Saves, after a save that is running; false: the server does not have the text. */
  saveNow: () => Promise<boolean>
  /** The revision that the server has, at once after a save. */
  savedRevision: () => number
  restoreLocal: () => void
  dropLocal: () => void
  applyMerge: (content: DraftContent) => void
  mergeWithPublished: () => Promise<void>
  /** Takes in the text that a changed act asks for. */
  mergeWithProposal: () => Promise<void>
}

/**
 * The text of a working draft: saved by itself over the revision it was read at; kept in this browser until the server
 * has it; merged when somebody else saved meanwhile.
 * @param options.onMergedQuietly told when the other's changes were taken in without a conflict
 */
export function useDraftText(
  draft: DraftView,
  userId: string,
  options: { onMergedQuietly: (name: string) => void; onSaved: () => void },
): DraftText {
  const { draftId } = draft
  const [content, setContent] = useState(draft.content)
  const [revision, setRevision] = useState(draft.revision)
  const [status, setStatus] = useState<SaveStatus>('saved')
  const [error, setError] = useState<Error | null>(null)
  const [merge, setMerge] = useState<DraftMerge | null>(null)
  const [local, setLocal] = useState<LocalCopy | null>(() => {
    const copy = readLocalCopy(userId, draftId)
    return copy === null || sameContent(copy.content, draft.content) ? null : copy
  })
  // What the running save must see is not what the last render saw.
  const now = useRef({
    content,
    revision,
    saved: draft.content,
    base: draft.base?.versionId ?? null,
    busy: false,
    held: false,
    offered: local !== null,
  })
  const timers = useRef({ keep: 0, save: 0 })
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })

  const keep = useCallback(() => {
    const { content, revision, saved, offered } = now.current
    // Until somebody has chosen, the text of the earlier visit stays where it is.
    if (offered) return
    if (sameContent(content, saved)) dropLocalCopy(userId, draftId)
    else keepLocalCopy(userId, draftId, { revision, content, at: new Date().toISOString() })
  }, [draftId, userId])

  const put = useCallback((next: DraftContent) => {
    now.current.content = next
    setContent(next)
  }, [])

  const running = useRef<Promise<unknown>>(Promise.resolve())

  /**
   * A merge of the text as it is when the answer comes, not as it was when it was asked for: what is typed meanwhile goes
   * into another one. Null: somebody typed on, or another merge waits for choices.
   */
  const prepareMerge = useCallback(
    async (other: 'draft' | 'published' | 'proposal'): Promise<DraftMerge | null> => {
      const state = now.current
      for (let tries = 0; tries < MERGE_TRIES; tries += 1) {
        const mine = state.content
        const prepared = await read(
          api.editorial.drafts[':id'].merge.$post({
            param: { id: draftId },
            json: { with: other, revision: state.revision, mine },
          }),
        )
        if (sameContent(mine, state.content)) return prepared
      }
      return null
    },
    [draftId],
  )

  /** Takes a merge over, or puts it before the writer. @returns whether there is a text to save now */
  const takeMerge = useCallback(
    (prepared: DraftMerge): boolean => {
      const state = now.current
      if (prepared.conflicts.length > 0) {
        state.held = true
        setMerge(prepared)
        setStatus('merging')
        return false
      }
      state.revision = prepared.revision
      state.base = prepared.baseVersionId
      state.saved = unlike(prepared.content)
      setRevision(prepared.revision)
      put(prepared.content)
      keep()
      latest.current.onMergedQuietly(prepared.theirs.by.name)
      setStatus('dirty')
      return true
    },
    [keep, put],
  )

  const save = useCallback(
    async function saveText(): Promise<SaveResult> {
      window.clearTimeout(timers.current.save)
      const state = now.current
      if (state.busy || state.held) return 'failed'
      if (sameContent(state.content, state.saved)) {
        setStatus('saved')
        return 'clean'
      }
      const again = (ms: number) => {
        window.clearTimeout(timers.current.save)
        timers.current.save = window.setTimeout(() => void saveText(), ms)
      }
      async function send(): Promise<SaveResult> {
        const sent = state.content
        try {
          const done = await read(
            api.editorial.drafts[':id'].$put({
              param: { id: draftId },
              json: { revision: state.revision, content: sent, baseVersionId: state.base },
            }),
          )
          state.revision = done.revision
          state.saved = sent
          setRevision(done.revision)
          setError(null)
          keep()
          latest.current.onSaved()
          const clean = sameContent(state.content, sent)
          setStatus(clean ? 'saved' : 'dirty')
          if (!clean) again(SAVE_MS)
          return clean ? 'clean' : 'dirty'
        } catch (caught) {
          keep()
          const problem = caught instanceof Error ? caught : new Error(String(caught))
          if (problem instanceof ApiError && problem.status === 409) return await mergeAfter(problem)
          return fail(problem)
        } finally {
          state.busy = false
        }
      }
      async function mergeAfter(cause: ApiError): Promise<SaveResult> {
        try {
          const prepared = await prepareMerge('draft')
          if (prepared === null) {
            setStatus('dirty')
            again(SAVE_MS)
            return 'dirty'
          }
          // The same revision: it is no working draft any more, and there is nothing to merge with.
          if (prepared.revision === state.revision) return fail(cause)
          if (!takeMerge(prepared)) return 'failed'
          again(0)
          return 'dirty'
        } catch (failed) {
          return fail(failed instanceof Error ? failed : cause)
        }
      }
      function fail(problem: Error): SaveResult {
        if (problem instanceof ServerGoneError) {
          setStatus('offline')
          again(RETRY_MS)
        } else {
          setStatus('refused')
          setError(problem)
        }
        return 'failed'
      }
      state.busy = true
      setStatus('saving')
      const work = send()
      running.current = work
      return work
    },
    [draftId, keep, prepareMerge, takeMerge],
  )

  const saveNow = useCallback(async (): Promise<boolean> => {
    for (let tries = 0; tries < MERGE_TRIES; tries += 1) {
      if (now.current.busy) await running.current
      const result = await save()
      if (result !== 'dirty') return result === 'clean'
    }
    return false
  }, [save])

  const change = useCallback(
    (part: Partial<DraftContent>) => {
      put({ ...now.current.content, ...part })
      setStatus((before) => (before === 'offline' || before === 'saving' ? before : 'dirty'))
      window.clearTimeout(timers.current.keep)
      timers.current.keep = window.setTimeout(keep, KEEP_MS)
      window.clearTimeout(timers.current.save)
      timers.current.save = window.setTimeout(() => void save(), SAVE_MS)
    },
    [keep, put, save],
  )

  // What others saved is taken over while there is nothing of one's own to lose.
  useEffect(() => {
    const state = now.current
    if (draft.revision <= state.revision || state.busy || state.held || !sameContent(state.content, state.saved)) return
    state.revision = draft.revision
    state.saved = draft.content
    state.base = draft.base?.versionId ?? null
    setRevision(draft.revision)
    put(draft.content)
  }, [draft, put])

  useEffect(() => {
    const held = timers.current
    const leave = () => {
      if (document.visibilityState === 'hidden') keep()
    }
    window.addEventListener('pagehide', keep)
    document.addEventListener('visibilitychange', leave)
    return () => {
      window.removeEventListener('pagehide', keep)
      document.removeEventListener('visibilitychange', leave)
      window.clearTimeout(held.keep)
      window.clearTimeout(held.save)
      // Leaving the page inside of the workspace: what is not saved yet is, now.
      keep()
      void save()
    }
  }, [keep, save])

  const restoreLocal = () => {
    if (local === null) return
    const state = now.current
    state.offered = false
    setLocal(null)
    put(local.content)
    // Over the revision it was written over: if others saved since, the server says so and the texts are merged.
    state.revision = local.revision
    setRevision(local.revision)
    setStatus('dirty')
    keep()
    void save()
  }
  const dropLocal = () => {
    now.current.offered = false
    dropLocalCopy(userId, draftId)
    setLocal(null)
  }
  const applyMerge = (merged: DraftContent) => {
    if (merge === null) return
    const state = now.current
    state.revision = merge.revision
    state.base = merge.baseVersionId
    state.held = false
    // What is merged differs from what the server has, even if it reads as it did before.
    state.saved = unlike(merged)
    setRevision(merge.revision)
    setMerge(null)
    put(merged)
    setStatus('dirty')
    keep()
    void save()
  }
  const mergeWith = async (other: 'published' | 'proposal') => {
    if (!(await saveNow())) return
    const state = now.current
    if (state.busy || state.held) return
    // No save in between: the merge is saved over this revision.
    state.busy = true
    const work = prepareMerge(other).then((prepared) => prepared !== null && takeMerge(prepared))
    running.current = work.catch(() => undefined)
    try {
      await work
    } catch (failed) {
      setStatus('refused')
      setError(failed instanceof Error ? failed : new Error(String(failed)))
    } finally {
      state.busy = false
    }
    // The merge, or what was typed while it was prepared.
    await save()
  }
  return {
    content,
    revision,
    status,
    error,
    local,
    merge,
    change,
    saveNow,
    savedRevision: () => now.current.revision,
    restoreLocal,
    dropLocal,
    applyMerge,
    mergeWithPublished: () => mergeWith('published'),
    mergeWithProposal: () => mergeWith('proposal'),
  }
}
