import type { SearchContext } from './search-context.ts'
import type { SearchResult } from './schema.ts'
import { search, type SearchInput } from './search.ts'

/** A search that somebody makes, by whichever way: what was looked for is noted, so that editors learn what is missing. */
export async function searchNoted(ctx: SearchContext, input: SearchInput): Promise<SearchResult> {
  const result = await search(ctx, input)
  // A look into the past is not what people miss today.
  if (input.asOf === undefined) ctx.queries.typed(ctx.actor.id, input.q, result)
  return result
}
