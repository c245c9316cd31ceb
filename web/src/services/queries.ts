import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import { api, given, read } from '../api/client.ts'
import { uiLang } from '../i18n/i18n.ts'
import type { VisibilityReason } from './types.ts'

const MINUTE = 60_000
const PAGE = '100'

// The server words clocks and counts, so what is kept is kept for a language.

export const serviceListQuery = (input: { state: VisibilityReason | null; q: string | null }) =>
  infiniteQueryOptions({
    queryKey: ['services', 'list', uiLang(), input],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.services.$get(
          { query: { limit: PAGE, ...given({ cursor: pageParam, state: input.state, q: input.q }) } },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const serviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['services', 'one', uiLang(), id],
    queryFn: ({ signal }) => read(api.services[':id'].$get({ param: { id } }, { init: { signal } })),
  })

export const peopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['services', 'people', id],
    queryFn: ({ signal }) =>
      read(api.services[':id']['responsible-persons'].$get({ param: { id } }, { init: { signal } })),
  })

export const deadlineListQuery = (state: 'running' | 'all') =>
  infiniteQueryOptions({
    queryKey: ['services', 'deadlines', uiLang(), state],
    queryFn: ({ pageParam, signal }) =>
      read(
        api['service-deadlines'].$get(
          { query: { limit: PAGE, state, ...given({ cursor: pageParam }) } },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const deadlineQuery = (id: string) =>
  queryOptions({
    queryKey: ['services', 'deadline', uiLang(), id],
    queryFn: ({ signal }) => read(api['service-deadlines'][':id'].$get({ param: { id } }, { init: { signal } })),
  })

/** Reminders and overdue duties of the caller's agency: the most pressing hundred. */
export const agencyTaskListQuery = () =>
  queryOptions({
    queryKey: ['services', 'agency-tasks'],
    queryFn: ({ signal }) => read(api['agency-tasks'].$get({ query: { limit: 100 } }, { init: { signal } })),
  })

export const updateRequestListQuery = (serviceId: string | null, all = false) =>
  infiniteQueryOptions({
    queryKey: ['services', 'update-requests', serviceId, all],
    queryFn: ({ pageParam, signal }) =>
      read(
        api['update-requests'].$get(
          {
            query: {
              limit: PAGE,
              // A service shows what was asked of it, the desk what is still asked.
              state: serviceId === null && !all ? ('open' as const) : ('all' as const),
              ...given({ cursor: pageParam, serviceId }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const agencyListQuery = queryOptions({
  queryKey: ['agencies'],
  queryFn: ({ signal }) => read(api.agencies.$get({ query: { limit: '200' } }, { init: { signal } })),
  staleTime: 10 * MINUTE,
})

/** After a write everything of services is asked again. */
export const refreshServices = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: ['services'] })
