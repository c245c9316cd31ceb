import { json, READERS, route, routes } from '#server/http/route.ts'
import { SearchQuerySchema, SearchResultSchema } from './schema.ts'
import { search } from './search.ts'

/** Search, as the operator types. */
export const searchRoutes = routes().openapi(
  route({
    method: 'get',
    path: '/search',
    tags: ['search'],
    summary: 'Find passages of published articles in force on a day',
    access: READERS,
    request: { query: SearchQuerySchema },
    responses: { 200: json(SearchResultSchema, 'Passages, best first') },
  }),
  async (c) => c.json(await search(c.get('ctx'), c.req.valid('query')), 200),
)
