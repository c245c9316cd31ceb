import { z } from '@hono/zod-openapi'
import { pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { presentAgency, presentContactEdit } from './present.ts'
import { agencyById, contactEditsOf, listAgencies } from './queries.ts'
import { AgencyKindSchema, AgencySchema, ContactEditSchema, GivenContactsSchema } from './schema.ts'
import { setContacts } from './set-contacts.ts'

const AgencyId = z.object({ id: z.string().min(1).max(64) })
/** Telephones of bodies are the administrator's to enter. */
const EDITORS = ['admin'] as const

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
      request: { params: AgencyId },
      responses: { 200: json(AgencySchema, 'The body') },
    }),
    async (c) => c.json(presentAgency(await agencyById(c.get('ctx'), c.req.valid('param').id)), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/agencies/{id}/contacts',
      tags: ['agencies'],
      summary: 'What administrators said of how a body is reached, newest first',
      access: EDITORS,
      request: { params: AgencyId },
      responses: { 200: json(z.object({ items: z.array(ContactEditSchema) }), 'The last fifty changes') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await agencyById(ctx, id)
      return c.json({ items: (await contactEditsOf(ctx, id)).map(presentContactEdit) }, 200)
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/agencies/{id}/contacts',
      tags: ['agencies'],
      summary: 'Say how a body is reached, over the directory’s file',
      access: EDITORS,
      request: {
        params: AgencyId,
        body: { required: true, content: { 'application/json': { schema: GivenContactsSchema } } },
      },
      responses: { 200: json(AgencySchema, 'The body as it is now') },
    }),
    async (c) =>
      c.json(
        presentAgency(await setContacts(c.get('ctx'), { agencyId: c.req.valid('param').id, ...c.req.valid('json') })),
        200,
      ),
  )
