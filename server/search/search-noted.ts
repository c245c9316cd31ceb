import type { SearchContext } from './search-context.ts'
import type { SearchResult } from './schema.ts'
import { search, type SearchInput } from './search.ts'

/**
 * A search that somebody makes, by whichever way: what was looked for is noted, so that editors learn what is missing.
 * @param input.signal aborted: whoever asked is gone
 */
export async function searchNoted(
  ctx: SearchContext,
  { signal, ...input }: SearchInput & { signal?: AbortSignal },
): Promise<SearchResult> {
  const result = await search(ctx, input)
  const isNarrowed = [input.kind, input.agency, input.service, input.article].some((one) => one !== undefined)
  // A look into the past, or into one corner, is not what people miss today; a request given up is a keystroke that another one has overtaken.
  if (input.asOf === undefined && !isNarrowed && signal?.aborted !== true)
    ctx.queries.typed(ctx.actor.id, input.q, result)
  return result
}
