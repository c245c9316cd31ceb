import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, given, read } from '../api/client.ts'
import type { Lang } from '../api/types.ts'
import type { QuestionOrigin } from './types.ts'

/** What is made anew when a question is added or removed. */
export const QUESTIONS_KEY = ['sample-questions'] as const

interface Wanted {
  actId: string | null
  lang: Lang | null
  eid: string | null
  q: string
  origin: QuestionOrigin | null
  needsLook: boolean
}

export const questionsQuery = (input: Wanted) =>
  infiniteQueryOptions({
    queryKey: [...QUESTIONS_KEY, 'list', input],
    queryFn: ({ pageParam, signal }) =>
      read(
        api['sample-questions'].$get(
          {
            query: {
              limit: '100',
              ...given({
                cursor: pageParam,
                actId: input.actId,
                lang: input.lang,
                eid: input.eid,
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

export const questionCountsQuery = (input: { actId: string; lang: Lang }) =>
  queryOptions({
    queryKey: [...QUESTIONS_KEY, 'counts', input],
    queryFn: ({ signal }) => read(api['sample-questions'].counts.$get({ query: input }, { init: { signal } })),
  })
