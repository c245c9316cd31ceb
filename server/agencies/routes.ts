import { z } from '@hono/zod-openapi'
import { pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { presentAgency } from './present.ts'
import { agencyById, listAgencies } from './queries.ts'
import { AgencyKindSchema, AgencySchema } from './schema.ts'

/** The directory of bodies: whose question it is, and how to reach them (п. 10). */
export const agencyRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/agencies',
      tags: ['agencies'],
      summary: 'Bodies with their competence and contacts',
      access: READERS,
      request: {
        query: PageQuerySchema.extend({
          kind: AgencyKindSchema.optional(),
          q: z.string().trim().min(1).max(200).optional().openapi({
            description: 'A part of a name, a subject of competence or a contact',
          }),
        }),
      },
      responses: { 200: json(pageOf(AgencySchema), 'Bodies by id') },
    }),
    async (c) => {
      const { items, nextCursor } = await listAgencies(c.get('ctx'), c.req.valid('query'))
      return c.json({ items: items.map(presentAgency), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/agencies/{id}',
      tags: ['agencies'],
      summary: 'A body with its competence and contacts',
      access: READERS,
      request: { params: z.object({ id: z.string().min(1).max(64) }) },
      responses: { 200: json(AgencySchema, 'The body') },
    }),
    async (c) => c.json(presentAgency(await agencyById(c.get('ctx'), c.req.valid('param').id)), 200),
  )
