import { createContext, use, useCallback, useMemo } from 'react'

interface Use {
  queryId: string
  action: 'opened' | 'copied'
  passageId: string
}

/** A search that led somewhere else: what the link to it carries along. */
export interface FoundBy {
  queryId: string
  passageId: string
}

const MOST_REPORTED = 200
const reported = new Set<string>()

/**
 * Tells the server that a passage was opened or copied, so that editors learn what helps. Names the search and the passage, nobody. Keeps
 * nobody waiting and never says that it failed: nothing hangs on it. The same is told once.
 */
export function reportUse(used: Use): void {
  const key = `${used.queryId} ${used.action} ${used.passageId}`
  if (reported.has(key)) return
  reported.add(key)
  const [oldest] = reported
  if (reported.size > MOST_REPORTED && oldest !== undefined) reported.delete(oldest)
  // Not through the client of the API: a failure must raise no banner. `keepalive`: the page may be left at once.
  fetch('/api/v1/query-log/uses', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(used),
    credentials: 'same-origin',
    keepalive: true,
  }).catch(() => undefined)
}

/** The search whose results are on the screen; null where nothing is to be told: a look into the past, another page. */
export const QueryContext = createContext<string | null>(null)

/** What to tell of the passages found by the search around. */
export function useReport() {
  const queryId = use(QueryContext)
  const report = useCallback(
    (action: Use['action'], passageId: string) => {
      if (queryId !== null) reportUse({ queryId, action, passageId })
    },
    [queryId],
  )
  return useMemo(
    () => ({
      opened: (passageId: string) => report('opened', passageId),
      copied: (passageId: string) => report('copied', passageId),
      /** For the state of a link, so that the page behind it knows by what it was found. */
      foundBy: (passageId: string): FoundBy | null => (queryId === null ? null : { queryId, passageId }),
    }),
    [queryId, report],
  )
}

/** The search that led to a page, from the state of its address. */
export function foundByOf(state: unknown): FoundBy | null {
  if (typeof state !== 'object' || state === null || !('queryId' in state) || !('passageId' in state)) return null
  const { queryId, passageId } = state
  return typeof queryId === 'string' && typeof passageId === 'string' ? { queryId, passageId } : null
}
