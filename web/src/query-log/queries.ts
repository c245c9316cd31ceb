import { queryOptions } from '@tanstack/react-query'
import { api, given, read } from '../api/client.ts'
import type { Lang } from '../api/types.ts'
import type { QueryList } from './types.ts'

export const queryLogQuery = (input: { list: QueryList; days: number; lang: Lang | null; limit: number }) =>
  queryOptions({
    queryKey: ['query-log', input],
    queryFn: ({ signal }) =>
      read(
        api['query-log'].$get(
          {
            query: {
              list: input.list,
              days: String(input.days),
              limit: String(input.limit),
              ...given({ lang: input.lang }),
            },
          },
          { init: { signal } },
        ),
      ),
  })
