import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { AgencySchema } from '#server/agencies/schema.ts'
import { api, given, read } from '../api/client.ts'

export type Agency = z.infer<typeof AgencySchema>

export const directoryQuery = (q: string | null) =>
  infiniteQueryOptions({
    queryKey: ['agencies', 'directory', q],
    queryFn: ({ pageParam, signal }) =>
      read(api.agencies.$get({ query: { limit: '50', ...given({ cursor: pageParam, q }) } }, { init: { signal } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const agencyPeopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['services', 'agency-people', id],
    queryFn: ({ signal }) =>
      read(api.agencies[':id']['responsible-persons'].$get({ param: { id } }, { init: { signal } })),
  })
