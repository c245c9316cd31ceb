import { json, route, routes } from '#server/http/route.ts'
import { viewCall } from '../calls/call-routes.ts'
import { DESK, idOf, PRIVATE } from '../route-parts.ts'
import { CallSchema, ConfirmNotesSchema } from '../schema.ts'
import { confirmNotes } from './confirm-notes.ts'
import { draftNotes } from './draft-notes.ts'

const Id = idOf('cal')

/** Notes of calls: proposed, then confirmed by an operator. */
export const noteRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/calls/{id}/notes',
      tags: ['calls'],
      summary: 'Propose notes of a call; nothing is registered yet',
      access: DESK,
      request: { params: Id },
      responses: { 200: json(CallSchema, 'The call with its proposed notes') },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await draftNotes(ctx, { callId: id, signal: c.req.raw.signal })
      return c.json(await viewCall(ctx, { id, route: 'POST /calls/{id}/notes' }), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/calls/{id}/inquiry',
      tags: ['calls'],
      summary: 'Confirm the notes as edited: they become an inquiry, and what was changed is recorded',
      access: DESK,
      request: {
        params: Id,
        body: { required: true, content: { 'application/json': { schema: ConfirmNotesSchema } } },
      },
      responses: { 201: json(CallSchema, 'The call with its confirmed notes') },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await confirmNotes(ctx, { callId: id, ...c.req.valid('json') })
      return c.json(await viewCall(ctx, { id, route: 'POST /calls/{id}/inquiry' }), 201)
    },
  )
