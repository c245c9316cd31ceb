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

export const submissionListQuery = infiniteQueryOptions({
  queryKey: ['services', 'submissions'],
  queryFn: ({ pageParam, signal }) =>
    read(
      api['service-submissions'].$get(
        { query: { limit: PAGE, ...given({ cursor: pageParam }) } },
        { init: { signal } },
      ),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

export const submissionQuery = (id: string) =>
  queryOptions({
    queryKey: ['services', 'submission', uiLang(), id],
    queryFn: ({ signal }) => read(api['service-submissions'][':id'].$get({ param: { id } }, { init: { signal } })),
  })

export const updateRequestListQuery = (serviceId: string | null, state: 'open' | 'all') =>
  infiniteQueryOptions({
    queryKey: ['services', 'update-requests', serviceId, state],
    queryFn: ({ pageParam, signal }) =>
      read(
        api['update-requests'].$get(
          {
            query: {
              limit: PAGE,
              state,
              ...given({ cursor: pageParam, serviceId }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** Services to choose from: of a body or of all, by a part of the name or number; the first fifty. */
export const serviceChoiceQuery = (input: { agencyId: string | null; q: string | null }) =>
  queryOptions({
    queryKey: ['services', 'choice', uiLang(), input],
    queryFn: ({ signal }) => read(api.services.$get({ query: { limit: '50', ...given(input) } }, { init: { signal } })),
    placeholderData: keepPreviousData,
  })

/** One service by name, or none; the page of the service tells who answers for it too, and that leaves an event. */
export const serviceNameQuery = (id: string | null) =>
  queryOptions({
    queryKey: ['services', 'name', uiLang(), id],
    queryFn: async ({ signal }) => {
      const { items } = await read(api.services.$get({ query: { limit: '1', ...given({ id }) } }, { init: { signal } }))
      return items[0] ?? null
    },
    enabled: id !== null,
  })

/** Services of one body, to choose from. */
export const agencyServicesQuery = (agencyId: string) =>
  queryOptions({
    queryKey: ['services', 'of-agency', uiLang(), agencyId],
    queryFn: ({ signal }) => read(api.services.$get({ query: { limit: '200', agencyId } }, { init: { signal } })),
  })

export const agencyListQuery = queryOptions({
  queryKey: ['agencies'],
  queryFn: ({ signal }) => read(api.agencies.$get({ query: { limit: '200' } }, { init: { signal } })),
  staleTime: 10 * MINUTE,
})

/** After a write everything of services is asked again. */
export const refreshServices = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: ['services'] })
