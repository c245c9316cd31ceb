import { z } from '@hono/zod-openapi'
import { route, routes } from '#server/http/route.ts'
import { approveDraft } from './approve-draft.ts'
import { discardDraft } from './discard-draft.ts'
import { publishDraft } from './publish-draft.ts'
import { reconcileImpact } from './reconcile-impact.ts'
import { returnDraft } from './return-draft.ts'
import { body, DraftId, draftJson, Note, Reason, REVIEWERS, step, Version, WRITERS } from './route-parts.ts'
import { submitDraft } from './submit-draft.ts'

/** From a working draft to what is published or put aside: review and its decisions. */
export const reviewRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/submit',
      tags: ['editorial'],
      summary: 'Freeze a draft and ask for its review',
      access: WRITERS,
      request: {
        params: DraftId,
        body: body(
          z.strictObject({
            revision: z.number().int().min(1),
            note: Note.nullable().default(null),
            reviewerId: z.string().max(64).nullable().default(null),
          }),
        ),
      },
      responses: draftJson,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await step(c.get('ctx'), id, (tx) => submitDraft(tx, { draftId: id, ...c.req.valid('json') })), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/approve',
      tags: ['editorial'],
      summary: 'Approve the frozen text, as its second person',
      access: REVIEWERS,
      request: { params: DraftId, body: body(Version.extend({ note: Note.nullable().default(null) }).strict()) },
      responses: draftJson,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(
        await step(c.get('ctx'), id, (tx) => approveDraft(tx, { draftId: id, ...c.req.valid('json') })),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/request-changes',
      tags: ['editorial'],
      summary: 'Return a draft to its authors with what to change',
      access: REVIEWERS,
      request: { params: DraftId, body: body(Version.extend({ note: Reason }).strict()) },
      responses: draftJson,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(
        await step(c.get('ctx'), id, (tx) =>
          returnDraft(tx, { draftId: id, why: 'changes-requested', ...c.req.valid('json') }),
        ),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/recall',
      tags: ['editorial'],
      summary: 'Take one’s own draft back from review',
      access: WRITERS,
      request: { params: DraftId, body: body(Version.strict()) },
      responses: draftJson,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(
        await step(c.get('ctx'), id, (tx) => returnDraft(tx, { draftId: id, why: 'recalled', ...c.req.valid('json') })),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/publish',
      tags: ['editorial'],
      summary: 'Publish an approved draft, now or on the day it is to begin',
      access: WRITERS,
      request: { params: DraftId, body: body(Version.strict()) },
      responses: draftJson,
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      const now = await step(ctx, id, (tx) => publishDraft(tx, { draftId: id, ...c.req.valid('json') }))
      await reconcileImpact(ctx)
      ctx.contentChanged()
      return c.json(now, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/discard',
      tags: ['editorial'],
      summary: 'Put a working draft aside for good',
      access: WRITERS,
      request: {
        params: DraftId,
        body: body(z.strictObject({ revision: z.number().int().min(1), reason: Note.nullable().default(null) })),
      },
      responses: draftJson,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(
        await step(c.get('ctx'), id, (tx) => discardDraft(tx, { draftId: id, ...c.req.valid('json') })),
        200,
      )
    },
  )
