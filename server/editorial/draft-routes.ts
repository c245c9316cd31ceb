import { z } from '@hono/zod-openapi'
import { namesOf } from '#server/events/names-of.ts'
import { DRAFT_STATES } from '#server/db/schema/editorial.ts'
import { notFound } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { decodeCursor, page, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { createDraft } from './create-draft.ts'
import { draftPeople, presentDraft, presentDraftItem } from './present.ts'
import { draftById, listDrafts, listRevisions, revisionOf } from './queries.ts'
import { body, DraftId, draftJson, REVIEWERS, WRITERS } from './route-parts.ts'
import { saveDraft } from './save-draft.ts'
import { DraftContentSchema, DraftItemSchema, DraftSchema, NewDraftSchema, PersonSchema } from './schema.ts'

/** Drafts and their saved texts. */
export const draftRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/editorial/drafts',
      tags: ['editorial'],
      summary: 'Drafts, latest saved first',
      access: REVIEWERS,
      request: {
        query: PageQuerySchema.extend({
          state: z
            .enum([...DRAFT_STATES, 'open'])
            .default('open')
            .openapi({ description: '`open`: neither published nor discarded' }),
          articleId: z.string().max(64).optional(),
          mine: z.enum(['true', 'false']).optional(),
        }),
      },
      responses: { 200: json(pageOf(DraftItemSchema), 'Latest saved first') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { limit, cursor, state, articleId, mine } = c.req.valid('query')
      const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'text'])
      const rows = await listDrafts(ctx, {
        states: state === 'open' ? ['working', 'in-review', 'approved'] : [state],
        articleId,
        authorId: mine === 'true' ? ctx.actor.id : undefined,
        limit: limit + 1,
        after: at === undefined ? undefined : { at: new Date(at), id: String(id) },
      })
      const { items, nextCursor } = page(rows, limit, (row) => [row.updatedAt.toISOString(), row.id])
      const nameOf = await draftPeople(ctx, items)
      return c.json({ items: items.map((row) => presentDraftItem(row, nameOf)), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts',
      tags: ['editorial'],
      summary: 'Begin a draft: of a new article, or of a published one',
      access: WRITERS,
      request: { body: body(NewDraftSchema) },
      responses: { 201: json(DraftSchema, 'The draft') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await inTransaction(ctx, (tx) => createDraft(tx, c.req.valid('json')))
      return c.json(await presentDraft(ctx, row), 201)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/drafts/{id}',
      tags: ['editorial'],
      summary: 'A draft with its base, reviews and comments',
      access: REVIEWERS,
      request: { params: DraftId },
      responses: draftJson,
    }),
    async (c) => {
      const ctx = c.get('ctx')
      return c.json(await presentDraft(ctx, await draftById(ctx, c.req.valid('param').id)), 200)
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/editorial/drafts/{id}',
      tags: ['editorial'],
      summary: 'Save a working draft over the revision it was read at',
      access: WRITERS,
      request: {
        params: DraftId,
        body: body(
          z.strictObject({
            revision: z.number().int().min(1),
            content: DraftContentSchema,
            baseVersionId: z.string().max(64).nullable().optional(),
          }),
        ),
      },
      responses: { 200: json(DraftItemSchema, 'Saved, with its new revision; the same text again changes nothing') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await inTransaction(ctx, (tx) =>
        saveDraft(tx, { draftId: c.req.valid('param').id, ...c.req.valid('json') }),
      )
      return c.json(presentDraftItem(row, await draftPeople(ctx, [row])), 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/drafts/{id}/revisions',
      tags: ['editorial'],
      summary: 'Saved texts of a draft, newest first',
      access: REVIEWERS,
      request: { params: DraftId, query: PageQuerySchema },
      responses: {
        200: json(
          pageOf(z.object({ revision: z.number().int(), at: z.iso.datetime(), by: PersonSchema })),
          'The latest 200, and those that were reviewed',
        ),
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { limit, cursor } = c.req.valid('query')
      const row = await draftById(ctx, c.req.valid('param').id)
      const before = cursor === undefined ? null : Number(decodeCursor(cursor, ['count'])[0])
      const rows = await listRevisions(ctx, row.id, limit + 1, before)
      const { items, nextCursor } = page(rows, limit, (one) => [one.revision])
      const nameOf = await namesOf(
        ctx,
        items.map((one) => one.by),
      )
      return c.json(
        {
          items: items.map((one) => ({
            revision: one.revision,
            at: one.at.toISOString(),
            by: { id: one.by, name: nameOf(one.by) },
          })),
          nextCursor,
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/drafts/{id}/revisions/{revision}',
      tags: ['editorial'],
      summary: 'One saved text of a draft',
      access: REVIEWERS,
      request: {
        params: DraftId.extend({
          revision: z.coerce
            .number()
            .int()
            .min(1)
            .max(2_147_483_647)
            .openapi({ param: { name: 'revision', in: 'path' } }),
        }),
      },
      responses: { 200: json(z.object({ revision: z.number().int(), content: DraftContentSchema }), 'Its content') },
    }),
    async (c) => {
      const { id, revision } = c.req.valid('param')
      const found = await revisionOf(c.get('ctx'), id, revision)
      if (found === null) throw notFound('revision', String(revision))
      return c.json({ revision, content: found.content }, 200)
    },
  )
