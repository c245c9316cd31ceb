import { z } from '@hono/zod-openapi'
import { inTransaction } from '#server/events/event.ts'
import { json, route, routes } from '#server/http/route.ts'
import { addComment } from './add-comment.ts'
import { presentDraft } from './present.ts'
import { draftById } from './queries.ts'
import { resolveComment } from './resolve-comment.ts'
import { body, DraftId, draftJson, Note, REVIEWERS, step } from './route-parts.ts'
import { CommentSchema } from './schema.ts'

const CommentId = DraftId.extend({ commentId: z.string().openapi({ param: { name: 'commentId', in: 'path' } }) })

/** Comments on drafts. */
export const commentRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/comments',
      tags: ['editorial'],
      summary: 'Comment on a passage or on the whole draft, or answer a comment',
      access: REVIEWERS,
      request: {
        params: DraftId,
        body: body(
          z.strictObject({
            text: Note.min(1),
            threadId: z.string().max(64).nullable().default(null),
            range: z
              .strictObject({
                start: z.number().int().min(0),
                end: z.number().int().min(1),
                revision: z.number().int().min(1),
              })
              .nullable()
              .default(null)
              .openapi({ description: 'Of the Markdown body at a revision, in UTF-16 units' }),
          }),
        ),
      },
      responses: { 201: json(CommentSchema, 'The comment') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      const commentId = await inTransaction(ctx, (tx) => addComment(tx, { draftId: id, ...c.req.valid('json') }))
      const { comments } = await presentDraft(ctx, await draftById(ctx, id))
      const made = comments.find((comment) => comment.commentId === commentId)
      if (made === undefined) throw new Error('a comment was not written')
      return c.json(made, 201)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/comments/{commentId}/resolve',
      tags: ['editorial'],
      summary: 'Resolve a thread of comments, or open it again',
      access: REVIEWERS,
      request: { params: CommentId, body: body(z.strictObject({ resolved: z.boolean() })) },
      responses: draftJson,
    }),
    async (c) => {
      const { id, commentId } = c.req.valid('param')
      return c.json(
        await step(c.get('ctx'), id, (tx) => resolveComment(tx, { draftId: id, commentId, ...c.req.valid('json') })),
        200,
      )
    },
  )
