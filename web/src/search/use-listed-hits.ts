import { useQueries } from '@tanstack/react-query'
import { searchQuery } from '../api/queries.ts'
import type { SearchHit } from '../api/types.ts'
import type { SearchInput } from './hit-explanation.tsx'

/** What of a list is opened, by id: hits whose article's other hits are shown, hits shown in the other language. */
export interface Unfolded {
  groups: ReadonlySet<string>
  switched: ReadonlySet<string>
}

export interface ListedHit {
  hit: SearchHit
  /** Stands under the first hit of its article. */
  isUnder: boolean
}

const MOST_IN_ARTICLE = 50

/**
 * The rows of a list: its hits, and under those that are opened the other hits of their article, asked for when they are.
 * @param input the search that they were found by
 */
export function useListedHits(
  hits: readonly SearchHit[],
  input: SearchInput,
  { groups }: Unfolded,
  isStale: boolean,
): ListedHit[] {
  const opened = hits.filter(({ passageId, moreInArticle }) => moreInArticle > 0 && groups.has(passageId))
  const more = useQueries({
    queries: opened.map(({ articleId }) => ({
      ...searchQuery({ ...input, article: articleId, limit: MOST_IN_ARTICLE }),
      enabled: !isStale,
    })),
  })
  const shown = new Set(hits.map(({ passageId }) => passageId))
  return hits.flatMap((hit) => {
    const at = opened.indexOf(hit)
    const under = (more[at]?.data?.hits ?? []).filter(({ passageId }) => !shown.has(passageId))
    return [{ hit, isUnder: false }, ...under.map((one) => ({ hit: one, isUnder: true }))]
  })
}
