import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, given, read } from '../api/client.ts'
import type { SynonymGroup } from './types.ts'

const PAGE = '60'

export const groupListQuery = (input: { q: string; origin: SynonymGroup['origin'] | null }) =>
  infiniteQueryOptions({
    queryKey: ['synonyms', 'list', input],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.synonyms.$get(
          { query: { q: input.q, limit: PAGE, ...given({ cursor: pageParam, origin: input.origin }) } },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['synonyms', 'group', id],
    queryFn: ({ signal }) => read(api.synonyms[':id'].$get({ param: { id } }, { init: { signal } })),
  })
