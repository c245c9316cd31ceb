import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, given, read } from '../api/client.ts'

const PAGE = '50'
const LIVE_MS = 10_000
export type InquiryState = 'open' | 'overdue' | 'mine'

export const inquiryListQuery = (input: { state: InquiryState | null; q: string | null }) =>
  infiniteQueryOptions({
    queryKey: ['desk', 'inquiries', input],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.inquiries.$get(
          { query: { limit: PAGE, ...given({ cursor: pageParam, state: input.state, q: input.q }) } },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const inquiryQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'inquiry', id],
    queryFn: ({ signal }) => read(api.inquiries[':id'].$get({ param: { id } }, { init: { signal } })),
    // An operator types into it: nothing is read anew under his hands.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: LIVE_MS,
  })

/** New calls come without anybody's click. */
export const callListQuery = queryOptions({
  queryKey: ['desk', 'calls'],
  queryFn: ({ signal }) => read(api.calls.$get({ query: {} }, { init: { signal } })),
  refetchInterval: 3000,
})

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'call', id],
    queryFn: ({ signal }) => read(api.calls[':id'].$get({ param: { id } }, { init: { signal } })),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: LIVE_MS,
  })

/** The mailbox changes by itself. */
export const incomingMailQuery = queryOptions({
  queryKey: ['desk', 'incoming-mail'],
  queryFn: ({ signal }) => read(api['incoming-mail'].$get({}, { init: { signal } })),
  refetchInterval: LIVE_MS,
})

export const apartListQuery = infiniteQueryOptions({
  queryKey: ['desk', 'apart'],
  queryFn: ({ pageParam, signal }) =>
    read(
      api['incoming-mail'].letters.$get(
        { query: { limit: PAGE, ...given({ cursor: pageParam }) } },
        { init: { signal } },
      ),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

export const apartLetterQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'apart', id],
    queryFn: ({ signal }) => read(api['incoming-mail'].letters[':id'].$get({ param: { id } }, { init: { signal } })),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
