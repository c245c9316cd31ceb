import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, given, read } from '../api/client.ts'
import { uiLang } from '../i18n/i18n.ts'
import type { DraftContent } from './types.ts'

const PAGE = '100'

/** Looks for what others did this often. */
const POLL_MS = 10_000

export const taskListQuery = (mine: boolean) =>
  infiniteQueryOptions({
    // The server words the point of a task.
    queryKey: ['editorial', 'tasks', mine, uiLang()],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.editorial.tasks.$get(
          { query: { limit: PAGE, ...given({ cursor: pageParam, assignee: mine ? 'me' : null }) } },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** What people complained of in the answers of a task. */
export const complaintsQuery = (taskId: string) =>
  infiniteQueryOptions({
    queryKey: ['editorial', 'tasks', 'complaints', taskId],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.editorial.tasks[':id'].complaints.$get(
          { param: { id: taskId }, query: { limit: '20', ...given({ cursor: pageParam }) } },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const draftListQuery = (input: { mine: boolean; articleId: string | null }) =>
  infiniteQueryOptions({
    queryKey: ['editorial', 'drafts', input],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.editorial.drafts.$get(
          {
            query: {
              limit: PAGE,
              ...given({
                cursor: pageParam,
                articleId: input.articleId,
                mine: input.mine ? ('true' as const) : null,
              }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const staleQuery = queryOptions({
  queryKey: ['editorial', 'stale'],
  queryFn: ({ signal }) => read(api.editorial.stale.$get({ query: { days: '30' } }, { init: { signal } })),
})

export const brokenQuery = queryOptions({
  queryKey: ['editorial', 'broken'],
  queryFn: ({ signal }) => read(api.editorial['broken-references'].$get({ query: {} }, { init: { signal } })),
})

export const draftQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['editorial', 'draft', draftId],
    queryFn: ({ signal }) => read(api.editorial.drafts[':id'].$get({ param: { id: draftId } }, { init: { signal } })),
    refetchInterval: POLL_MS,
  })

export const draftDiffQuery = (draftId: string, revision: number) =>
  queryOptions({
    queryKey: ['editorial', 'draft-diff', draftId, revision],
    queryFn: ({ signal }) =>
      read(api.editorial.drafts[':id'].diff.$get({ param: { id: draftId }, query: {} }, { init: { signal } })),
  })

export const draftCheckQuery = (draftId: string, content: DraftContent) =>
  queryOptions({
    queryKey: ['editorial', 'draft-check', draftId, content],
    queryFn: ({ signal }) =>
      read(
        api.editorial.drafts[':id'].check.$post({ param: { id: draftId }, json: { content } }, { init: { signal } }),
      ),
    gcTime: 0,
  })
