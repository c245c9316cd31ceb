import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, given, read } from '../api/client.ts'
import type { Lang } from '../api/types.ts'
import type { GapQuestion } from './types.ts'

/** What is made anew when a gap is said, taken back or confirmed. */
export const GAPS_KEY = ['known-gaps'] as const
const MOST_NAMES = '20'

export const knownGapsQuery = (input: { q: string; origin: GapQuestion['origin'] | null; needsLook: boolean }) =>
  infiniteQueryOptions({
    queryKey: [...GAPS_KEY, 'list', input],
    queryFn: ({ pageParam, signal }) =>
      read(
        api['known-gaps'].$get(
          {
            query: {
              limit: '50',
              ...given({
                cursor: pageParam,
                q: input.q,
                origin: input.origin,
                needsLook: input.needsLook ? ('true' as const) : null,
              }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** What is known to be missing in an act, by some letters of it or of its questions: the same is best said by the same name. */
export const gapNamesQuery = (input: { actId: string; lang: Lang; q: string }) =>
  queryOptions({
    queryKey: [...GAPS_KEY, 'names', input],
    queryFn: async ({ signal }) => {
      const { items } = await read(
        api['known-gaps'].$get({ query: { ...input, limit: MOST_NAMES } }, { init: { signal } }),
      )
      return items.map(({ gap }) => gap)
    },
  })
