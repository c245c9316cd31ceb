import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'
import { api, given, read } from './client.ts'
import type { Lang, PassageKind } from './types.ts'

const MINUTE = 60_000
const PAGE = '100'

/** Who is signed in; null: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    try {
      return await read(api.session.$get({}, { init: { signal } }))
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }
  },
  staleTime: 5 * MINUTE,
})

export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: ({ signal }) => read(api['sign-in-options'].$get({}, { init: { signal } })),
  staleTime: 60 * MINUTE,
})

export const searchQuery = (input: {
  q: string
  lang: Lang | null
  asOf: string | null
  verbatim: boolean
  kind: PassageKind | null
  agency: string | null
  service: string | null
  /** Count the result by kind, body and service. */
  facets?: boolean
  /** Only hits in this article. */
  article?: string
  /** For editors and administrators alone. */
  explain?: boolean
  limit: number
}) =>
  queryOptions({
    queryKey: ['search', input],
    queryFn: ({ signal }) =>
      read(
        api.search.$get(
          {
            query: {
              q: input.q,
              limit: String(input.limit),
              ...given({
                lang: input.lang,
                asOf: input.asOf,
                verbatim: input.verbatim ? ('true' as const) : null,
                kind: input.kind,
                agency: input.agency,
                service: input.service,
                facets: input.facets === true ? ('true' as const) : null,
                article: input.article ?? null,
                explain: input.explain === true ? ('true' as const) : null,
              }),
            },
          },
          { init: { signal } },
        ),
      ),
    staleTime: MINUTE,
  })

/** One passage as a hit shows it, marked by a query. */
export const passageQuery = (input: { passageId: string; q: string; asOf: string | null }) =>
  queryOptions({
    queryKey: ['passage', input],
    queryFn: ({ signal }) =>
      read(
        api.passages[':id'].$get(
          { param: { id: input.passageId }, query: given({ q: input.q, asOf: input.asOf }) },
          { init: { signal } },
        ),
      ),
    staleTime: MINUTE,
  })

export const articleListQuery = infiniteQueryOptions({
  queryKey: ['articles'],
  queryFn: ({ pageParam, signal }) =>
    read(api.articles.$get({ query: { limit: PAGE, ...given({ cursor: pageParam }) } }, { init: { signal } })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  staleTime: MINUTE,
})

export const articleQuery = (input: { articleId: string; asOf: string | null; lang: Lang | null }) =>
  queryOptions({
    queryKey: ['article', input],
    queryFn: ({ signal }) =>
      read(
        api.articles[':id'].$get(
          { param: { id: input.articleId }, query: given({ asOf: input.asOf, lang: input.lang }) },
          { init: { signal } },
        ),
      ),
    staleTime: MINUTE,
  })

export const versionsQuery = (articleId: string) =>
  queryOptions({
    queryKey: ['article-versions', articleId],
    queryFn: ({ signal }) =>
      read(
        api.articles[':id'].versions.$get({ param: { id: articleId }, query: { limit: PAGE } }, { init: { signal } }),
      ),
    staleTime: MINUTE,
  })

export const articleDiffQuery = (articleId: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['article-diff', articleId, from, to],
    queryFn: ({ signal }) =>
      read(api.articles[':id'].diff.$get({ param: { id: articleId }, query: { from, to } }, { init: { signal } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const actListQuery = queryOptions({
  queryKey: ['acts'],
  queryFn: ({ signal }) => read(api.acts.$get({ query: { limit: PAGE } }, { init: { signal } })),
  staleTime: MINUTE,
})

export const actQuery = (actId: string) =>
  queryOptions({
    queryKey: ['act', actId],
    queryFn: ({ signal }) => read(api.acts[':id'].$get({ param: { id: actId } }, { init: { signal } })),
    staleTime: MINUTE,
  })

export const editionsQuery = (actId: string) =>
  queryOptions({
    queryKey: ['editions', actId],
    queryFn: ({ signal }) =>
      read(api.acts[':id'].editions.$get({ param: { id: actId }, query: { limit: PAGE } }, { init: { signal } })),
    staleTime: MINUTE,
  })

export const timelineQuery = (actId: string) =>
  queryOptions({
    queryKey: ['timeline', actId],
    queryFn: ({ signal }) => read(api.acts[':id'].timeline.$get({ param: { id: actId } }, { init: { signal } })),
    staleTime: MINUTE,
  })

export const provisionsQuery = (input: { actId: string; asOf: string | null; lang: Lang }) =>
  queryOptions({
    queryKey: ['provisions', input],
    queryFn: ({ signal }) =>
      read(
        api.acts[':id'].provisions.$get(
          { param: { id: input.actId }, query: { lang: input.lang, ...given({ asOf: input.asOf }) } },
          { init: { signal } },
        ),
      ),
    staleTime: MINUTE,
  })

export const actDiffQuery = (input: { actId: string; from: string; to: string; lang: Lang }) =>
  queryOptions({
    queryKey: ['act-diff', input],
    queryFn: ({ signal }) =>
      read(
        api.acts[':id'].diff.$get(
          { param: { id: input.actId }, query: { from: input.from, to: input.to, lang: input.lang } },
          { init: { signal } },
        ),
      ),
    staleTime: MINUTE,
  })

export const languageDifferencesQuery = (input: { actId: string; asOf: string | null }) =>
  queryOptions({
    queryKey: ['language-differences', input],
    queryFn: ({ signal }) =>
      read(
        api.acts[':id']['language-differences'].$get(
          { param: { id: input.actId }, query: given({ asOf: input.asOf }) },
          { init: { signal } },
        ),
      ),
    staleTime: MINUTE,
  })

export const userListQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => read(api.users.$get({ query: { limit: PAGE } }, { init: { signal } })),
})

export const keyListQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => read(api.keys.$get({ query: { limit: PAGE } }, { init: { signal } })),
})

export const eventListQuery = queryOptions({
  queryKey: ['events'],
  queryFn: ({ signal }) => read(api.events.$get({ query: { limit: PAGE } }, { init: { signal } })),
})
