import { pageOf } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { tellPersonalData } from '#server/services/tell-personal-data.ts'
import { DESK, idOf, PRIVATE } from '../route-parts.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { InquirySchema } from '../schema.ts'
import { viewInquiry } from '../view-inquiry.ts'
import { apartLetter, incomingMail, listApart, presentApart } from './mailbox-queries.ts'
import {
  ApartLetterSchema,
  ApartListQuerySchema,
  IncomingMailSchema,
  WholeApartLetterSchema,
} from './mailbox-schema.ts'
import { dismissApart, registerApart } from './settle-letter.ts'
import { newInquiryOf } from './take-letter.ts'

const Id = idOf('mbl')

async function viewApart(ctx: InquiryContext, input: { id: string; route: string }) {
  const { row, source, read } = await apartLetter(ctx, input.id)
  await tellPersonalData(ctx, { subjectId: row.id, route: input.route, count: 1 })
  return {
    ...presentApart(row),
    text: read?.text ?? null,
    hidden: read?.hidden ?? null,
    attachments: read?.attachments.map(({ name, content }) => ({ name, bytes: content.length })) ?? [],
    mayBeRegistered:
      row.settledAt === null &&
      source !== null &&
      read !== null &&
      newInquiryOf(read, { source, isWhole: row.isWhole, receivedAt: row.receivedAt }) !== null,
  }
}

/** The mailbox that letters come in by, and the letters of programs that are no inquiries. */
export const mailboxRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/incoming-mail',
      tags: ['inquiries'],
      summary: 'Whether the mailbox is read, when a letter came last, and what went wrong',
      access: DESK,
      responses: { 200: json(IncomingMailSchema, 'As it stands now') },
    }),
    async (c) => c.json(await incomingMail(c.get('ctx')), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/incoming-mail/letters',
      tags: ['inquiries'],
      summary:
        'Letters kept apart: reports of delivery, automatic replies, mass mail, and what cannot be read; newest first',
      access: DESK,
      request: { query: ApartListQuerySchema },
      responses: { 200: json(pageOf(ApartLetterSchema), 'Letters') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { items, nextCursor } = await listApart(ctx, c.req.valid('query'))
      await tellPersonalData(ctx, { subjectId: 'mailbox', route: 'GET /incoming-mail/letters', count: items.length })
      return c.json({ items: items.map(presentApart), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/incoming-mail/letters/{id}',
      tags: ['inquiries'],
      summary: 'A letter kept apart, with its text',
      access: DESK,
      request: { params: Id },
      responses: { 200: json(WholeApartLetterSchema, 'The letter') },
    }),
    async (c) =>
      c.json(await viewApart(c.get('ctx'), { ...c.req.valid('param'), route: 'GET /incoming-mail/letters/{id}' }), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/incoming-mail/letters/{id}/inquiry',
      tags: ['inquiries'],
      summary: 'Register a letter that was kept apart after all',
      access: DESK,
      request: { params: Id },
      responses: { 201: json(InquirySchema, 'The inquiry that it became or joined') },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const id = await registerApart(ctx, c.req.valid('param'))
      return c.json(await viewInquiry(ctx, { id, route: 'POST /incoming-mail/letters/{id}/inquiry' }), 201)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/incoming-mail/letters/{id}/dismissal',
      tags: ['inquiries'],
      summary: 'Take a letter off the list of those kept apart: somebody has looked at it',
      access: DESK,
      request: { params: Id },
      responses: { 200: json(WholeApartLetterSchema, 'As it stands now') },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await dismissApart(ctx, { id })
      return c.json(await viewApart(ctx, { id, route: 'POST /incoming-mail/letters/{id}/dismissal' }), 200)
    },
  )
