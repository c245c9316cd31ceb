import type { Role } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { SearchQuerySchema, SearchResultSchema } from './schema.ts'
import { searchNoted } from './search-noted.ts'

const EXPLAINED_TO: ReadonlySet<Role | null> = new Set<Role>(['editor', 'admin'])

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
  async (c) => {
    const ctx = c.get('ctx')
    const query = c.req.valid('query')
    if (query.explain === true && !EXPLAINED_TO.has(ctx.actor.role))
      throw new DomainError('forbidden', 'Only editors and administrators are told why a hit stands where it does')
    return c.json(await searchNoted(ctx, { ...query, signal: c.req.raw.signal }), 200)
  },
)
