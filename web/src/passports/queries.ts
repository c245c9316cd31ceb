import { queryOptions } from '@tanstack/react-query'
import { api, given, read } from '../api/client.ts'

const MINUTE = 60_000

/** Passports of an act on a day; both languages come together. */
export const passportsQuery = (input: { actId: string; asOf: string | null }) =>
  queryOptions({
    queryKey: ['passports', input],
    queryFn: ({ signal }) =>
      read(
        api.acts[':id'].passports.$get(
          { param: { id: input.actId }, query: given({ asOf: input.asOf }) },
          { init: { signal } },
        ),
      ),
    staleTime: MINUTE,
  })
