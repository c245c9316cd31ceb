import { newId } from '#server/ids.ts'
import { meilisearchServer } from '../retrieval/meilisearch-engines.ts'

/** Environments to search in while the index is made anew: in process, and over Meilisearch where one is named. */
export const rebuildConfigs = (): { engine: 'in-process' | 'meilisearch'; variables: Record<string, string> }[] => {
  const server = meilisearchServer()
  return [
    { engine: 'in-process', variables: {} },
    ...(server === null
      ? []
      : [
          {
            engine: 'meilisearch' as const,
            variables: {
              MEILI_URL: server.url,
              MEILI_SEARCH_KEY: server.searchKey,
              MEILI_ADMIN_KEY: server.adminKey,
              // A server that shares its processors with the rebuild needs longer than people would wait.
              MEILI_SEARCH_MS: process.env['MEILI_SEARCH_MS'] ?? '20000',
              MEILI_INDEX: `bilim_bench_${newId('req').slice(4)}`,
            },
          },
        ]),
  ]
}
