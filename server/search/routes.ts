import { z } from '@hono/zod-openapi'
import type { Role } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { FoundPassageQuerySchema, FoundPassageSchema, SearchQuerySchema, SearchResultSchema } from './schema.ts'
import { findPassage } from './search.ts'
import { searchNoted } from './search-noted.ts'

const EXPLAINED_TO: ReadonlySet<Role | null> = new Set<Role>(['editor', 'admin'])

/** Search, as the operator types. */
export const searchRoutes = routes()
  .openapi(
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
      const { fold, ...input } = query
      const shape = fold ? { reader: c.get('uiLang') === 'kk' ? ('kk' as const) : ('ru' as const) } : undefined
      return c.json(await searchNoted(ctx, { ...input, shape, signal: c.req.raw.signal }), 200)
    },
  )

  .openapi(
    route({
      method: 'get',
      path: '/passages/{id}',
      tags: ['search'],
      summary: 'One passage as a hit shows it, by the id of a hit or of its counterpart',
      access: READERS,
      request: { params: z.object({ id: z.string().max(100) }), query: FoundPassageQuerySchema },
      responses: { 200: json(FoundPassageSchema, 'The passage, in the wording of the day') },
    }),
    async (c) => {
      const { q, asOf } = c.req.valid('query')
      return c.json(await findPassage(c.get('ctx'), { passageId: c.req.valid('param').id, q, asOf }), 200)
    },
  )
