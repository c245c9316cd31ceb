import { z } from '@hono/zod-openapi'
import { today } from '#server/context.ts'
import { pageOf } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { attachmentOf } from './attachments/attachment-queries.ts'
import { boundAttachments } from './attachments/enclosed.ts'
import { download, file } from '#server/services/route-parts.ts'
import { tellPersonalData } from '#server/services/tell-personal-data.ts'
import { changeInquiry } from './change-inquiry.ts'
import { presentListedInquiry } from './present.ts'
import { listInquiries, namesFor } from './queries.ts'
import { registerInquiry } from './register-inquiry.ts'
import { draftReply } from './replies/draft-reply.ts'
import { sendReply } from './replies/send-reply.ts'
import { DESK, idOf, PRIVATE } from './route-parts.ts'
import {
  InquiryChangeSchema,
  InquiryListQuerySchema,
  InquirySchema,
  ListedInquirySchema,
  NewInquirySchema,
  RegisteredInquirySchema,
  SendReplySchema,
} from './schema.ts'
import { viewInquiry } from './view-inquiry.ts'

const WATCHERS = [...DESK, 'authority'] as const
const Id = idOf('inq')

/** Inquiries (п. 7, 8) and the replies to letters. */
export const inquiryRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/inquiries',
      tags: ['inquiries'],
      summary: 'Register an inquiry: its number at once, and of a letter its last day (п. 8)',
      description:
        'The same letter, by its message id, is registered once; a letter that answers one of ours joins its inquiry.',
      access: DESK,
      request: { body: { required: true, content: { 'application/json': { schema: NewInquirySchema } } } },
      responses: {
        200: json(RegisteredInquirySchema, 'This letter was registered before'),
        201: json(RegisteredInquirySchema, 'Registered'),
      },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const given = c.req.valid('json')
      const attachments =
        given.channel === 'e-mail'
          ? boundAttachments(
              given.letter.attachments.map((one) => ({ ...one, content: Buffer.from(one.content, 'base64') })),
            )
          : []
      const { row, isNew } = await registerInquiry(ctx, given, { attachments, hidden: null, remarks: [] })
      const shown = { ...(await viewInquiry(ctx, { id: row.id, route: 'POST /inquiries' })), isNew }
      return isNew ? c.json(shown, 201) : c.json(shown, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/inquiries',
      tags: ['inquiries'],
      summary: 'Inquiries, newest first; contacts are masked',
      access: WATCHERS,
      request: { query: InquiryListQuerySchema },
      responses: { 200: json(pageOf(ListedInquirySchema), 'Inquiries') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { items, nextCursor } = await listInquiries(ctx, c.req.valid('query'))
      const names = await namesFor(ctx, {
        people: items.map(({ operatorId }) => operatorId),
        services: items.map(({ serviceId }) => serviceId),
      })
      const shown = { today: today(ctx), contact: 'masked' as const }
      return c.json({ items: items.map((row) => presentListedInquiry(row, names, shown)), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/inquiries/{id}',
      tags: ['inquiries'],
      summary: 'An inquiry with its letters, its draft and what was answered',
      access: WATCHERS,
      request: { params: Id },
      responses: { 200: json(InquirySchema, 'The inquiry; the supervising body sees it without who asked') },
    }),
    async (c) =>
      c.json(await viewInquiry(c.get('ctx'), { ...c.req.valid('param'), route: 'GET /inquiries/{id}' }), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/inquiries/{id}/attachments/{attachmentId}',
      tags: ['inquiries'],
      summary: 'Download what came with a letter; nothing has looked into it',
      access: DESK,
      request: {
        params: Id.extend({
          attachmentId: z.string().openapi({ param: { name: 'attachmentId', in: 'path' }, example: 'att_…' }),
        }),
      },
      responses: { 200: file('application/octet-stream', 'The file, to be saved and not to be shown') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id, attachmentId } = c.req.valid('param')
      const { name, content } = await attachmentOf(ctx, { inquiryId: id, id: attachmentId })
      await tellPersonalData(ctx, {
        subjectId: id,
        route: 'GET /inquiries/{id}/attachments/{attachmentId}',
        count: 1,
      })
      const response = download(content, 'application/octet-stream', name)
      response.headers.set('cache-control', PRIVATE)
      response.headers.set('content-security-policy', "default-src 'none'; sandbox")
      return response
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/inquiries/{id}',
      tags: ['inquiries'],
      summary: 'Change fields of an inquiry, its status, or take it over',
      access: DESK,
      request: {
        params: Id,
        body: { required: true, content: { 'application/json': { schema: InquiryChangeSchema } } },
      },
      responses: { 200: json(InquirySchema, 'As it stands now') },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await changeInquiry(ctx, { id, ...c.req.valid('json') })
      return c.json(await viewInquiry(ctx, { id, route: 'PATCH /inquiries/{id}' }), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/inquiries/{id}/reply-draft',
      tags: ['inquiries'],
      summary:
        'Draft the reply to a letter: each of its questions answered with verified quotes, or whose question it is',
      access: DESK,
      request: { params: Id },
      responses: { 200: json(InquirySchema, 'The inquiry with its new draft') },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await draftReply(ctx, { inquiryId: id, signal: c.req.raw.signal })
      return c.json(await viewInquiry(ctx, { id, route: 'POST /inquiries/{id}/reply-draft' }), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/inquiries/{id}/replies',
      tags: ['inquiries'],
      summary: 'Send a draft as the operator has edited it; sent again, it was sent already',
      access: DESK,
      request: { params: Id, body: { required: true, content: { 'application/json': { schema: SendReplySchema } } } },
      responses: { 200: json(InquirySchema, 'The inquiry with what was sent, and how it differs from the draft') },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await sendReply(ctx, { inquiryId: id, ...c.req.valid('json') })
      return c.json(await viewInquiry(ctx, { id, route: 'POST /inquiries/{id}/replies' }), 200)
    },
  )
