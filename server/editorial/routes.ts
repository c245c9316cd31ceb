import { z } from '@hono/zod-openapi'
import { and, eq } from 'drizzle-orm'
import { diffAsMarkdown, diffWords } from '#server/articles/diff-words.ts'
import { namesOf } from '#server/articles/names-of.ts'
import { article } from '#server/db/schema/articles.ts'
import type { Context } from '#server/context.ts'
import { DRAFT_STATES, TASK_KINDS } from '#server/db/schema/editorial.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { decodeCursor, page, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { DaySchema, LangSchema } from '#server/http/wire.ts'
import { addComment } from './add-comment.ts'
import { approveDraft } from './approve-draft.ts'
import { assignTask } from './assign-task.ts'
import { checkDraft } from './check-draft.ts'
import { createDraft } from './create-draft.ts'
import { discardDraft } from './discard-draft.ts'
import { draftFile, exportArticles } from './export-articles.ts'
import { findBrokenReferences } from './find-broken-references.ts'
import { finishTask } from './finish-task.ts'
import { importFile } from './import-file.ts'
import { listStale } from './list-stale.ts'
import { mergeDraft } from './merge-draft.ts'
import { draftPeople, presentDraft, presentDraftItem, presentTasks } from './present.ts'
import { publishDraft } from './publish-draft.ts'
import {
  contentOf,
  currentVersion,
  draftById,
  listDrafts,
  listRevisions,
  listTasks,
  revisionOf,
  versionById,
} from './queries.ts'
import { reconcileImpact } from './reconcile-impact.ts'
import { reconcileTasks } from './reconcile-tasks.ts'
import { resolveComment } from './resolve-comment.ts'
import { returnDraft } from './return-draft.ts'
import { rollBack } from './roll-back.ts'
import { saveDraft } from './save-draft.ts'
import {
  BrokenReferenceSchema,
  CommentSchema,
  DraftContentSchema,
  DraftDiffSchema,
  DraftFaultSchema,
  DraftItemSchema,
  DraftMergeSchema,
  DraftSchema,
  ImportedFileSchema,
  NewDraftSchema,
  PersonSchema,
  StaleSchema,
  TaskSchema,
  type DraftView,
} from './schema.ts'
import { setReviewDate } from './set-review-date.ts'
import { submitDraft } from './submit-draft.ts'

/** Who writes and publishes; and who besides them reads drafts, comments and decides (docs/decisions/0013). */
const WRITERS = ['editor', 'admin'] as const
const REVIEWERS = ['editor', 'supervisor', 'admin'] as const

const DraftId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'drf_…' }) })
const CommentId = DraftId.extend({ commentId: z.string().openapi({ param: { name: 'commentId', in: 'path' } }) })
const ArticleId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'art_…' }) })
const TaskId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'tsk_…' }) })
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } })
const Note = z.string().trim().max(2_000)
const Reason = Note.min(3)
const Version = z.object({ versionId: z.string().max(64) })
const draftJson = { 200: json(DraftSchema, 'The draft as it stands now') }
const markdownFile = {
  200: { description: 'Markdown with front matter', content: { 'text/markdown': { schema: z.string() } } },
}
/** A step of a draft, and the draft as it stands after it. */
async function step(ctx: Context, draftId: string, verb: (tx: Context) => Promise<unknown>): Promise<DraftView> {
  await inTransaction(ctx, verb)
  return presentDraft(ctx, await draftById(ctx, draftId))
}
const MARKDOWN = { 'content-type': 'text/markdown; charset=utf-8' }

/** Drafts: written, commented on, reviewed and published. */
const draftRoutes = routes()
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
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/check',
      tags: ['editorial'],
      summary: 'Every fault of a text, saved or not, with its place',
      access: REVIEWERS,
      request: { params: DraftId, body: body(z.strictObject({ content: DraftContentSchema.optional() })) },
      responses: {
        200: json(z.object({ items: z.array(DraftFaultSchema) }), 'Errors keep it from review, warnings do not'),
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await draftById(ctx, c.req.valid('param').id)
      const { faults } = await checkDraft(ctx, {
        content: c.req.valid('json').content ?? contentOf(row),
        lang: row.lang,
        articleId: row.articleId,
        draftId: row.id,
      })
      return c.json({ items: faults }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/drafts/{id}/diff',
      tags: ['editorial'],
      summary: 'Word-level difference of the draft against a version of its article',
      access: REVIEWERS,
      request: {
        params: DraftId,
        query: z.object({
          from: z.string().max(64).optional().openapi({ description: 'Version; without it the newest published one' }),
        }),
      },
      responses: { 200: json(DraftDiffSchema, 'From the version to the draft') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await draftById(ctx, c.req.valid('param').id)
      const { from } = c.req.valid('query')
      const version =
        from !== undefined
          ? await versionById(ctx, from)
          : row.articleId === null
            ? null
            : await currentVersion(ctx, row.articleId, row.lang)
      if (from !== undefined && (version === null || version.articleId !== row.articleId))
        throw notFound('article version', from)
      const parts = diffWords(version?.body ?? '', row.body)
      return c.json(
        {
          from: version === null ? null : { versionId: version.id, number: version.number },
          title: diffWords(version?.title ?? '', row.title),
          parts,
          markdown: diffAsMarkdown(parts),
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/merge',
      tags: ['editorial'],
      summary: 'Prepare a three-way merge; nothing is written',
      access: WRITERS,
      request: {
        params: DraftId,
        body: body(
          z.strictObject({
            with: z.enum(['draft', 'published', 'proposal']),
            revision: z.number().int().min(1),
            mine: DraftContentSchema,
          }),
        ),
      },
      responses: { 200: json(DraftMergeSchema, 'Save the result over its revision and with its base') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const merged = await mergeDraft(ctx, { draftId: c.req.valid('param').id, ...c.req.valid('json') })
      const nameOf = await namesOf(ctx, [merged.theirs.by])
      return c.json(
        {
          ...merged,
          theirs: {
            by: { id: merged.theirs.by, name: nameOf(merged.theirs.by) },
            at: merged.theirs.at.toISOString(),
          },
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/drafts/{id}/file',
      tags: ['editorial'],
      summary: 'A draft as Markdown with front matter',
      access: REVIEWERS,
      request: { params: DraftId },
      responses: markdownFile,
    }),
    async (c) => c.body(draftFile(await draftById(c.get('ctx'), c.req.valid('param').id)), 200, MARKDOWN),
  )
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

/** What waits for editors, and what is wrong with what is published. */
const deskRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/editorial/tasks',
      tags: ['editorial'],
      summary: 'Tasks for editors, newest first',
      access: REVIEWERS,
      request: {
        query: PageQuerySchema.extend({
          state: z.enum(['open', 'done']).default('open'),
          kind: z.enum(TASK_KINDS).optional(),
          assignee: z.string().max(64).optional().openapi({ description: 'A person’s id, or `me`' }),
        }),
      },
      responses: { 200: json(pageOf(TaskSchema), 'Newest first') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { limit, cursor, state, kind, assignee } = c.req.valid('query')
      const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'text'])
      const rows = await listTasks(ctx, {
        state,
        kind,
        assigneeId: assignee === 'me' ? ctx.actor.id : assignee,
        limit: limit + 1,
        after: at === undefined ? undefined : { at: new Date(at), id: String(id) },
      })
      const { items, nextCursor } = page(rows, limit, (row) => [row.createdAt.toISOString(), row.id])
      return c.json({ items: await presentTasks(ctx, items), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/tasks/{id}/assign',
      tags: ['editorial'],
      summary: 'Take a task, give it to somebody, or give it back to all',
      access: REVIEWERS,
      request: {
        params: TaskId,
        body: body(
          z.strictObject({
            assigneeId: z.string().max(64).nullable(),
            was: z.string().max(64).nullable().default(null),
          }),
        ),
      },
      responses: { 200: json(z.object({ assigneeId: z.string().nullable() }), 'Whose it is now') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const given = c.req.valid('json')
      const assigneeId = given.assigneeId === 'me' ? ctx.actor.id : given.assigneeId
      await inTransaction(ctx, (tx) => assignTask(tx, { taskId: c.req.valid('param').id, ...given, assigneeId }))
      return c.json({ assigneeId }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/tasks/{id}/done',
      tags: ['editorial'],
      summary: 'Say that a task is done',
      access: REVIEWERS,
      request: { params: TaskId },
      responses: { 200: json(z.object({ state: z.literal('done') }), 'Done') },
    }),
    async (c) => {
      await inTransaction(c.get('ctx'), (tx) => finishTask(tx, { taskId: c.req.valid('param').id }))
      return c.json({ state: 'done' as const }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/checks',
      tags: ['editorial'],
      summary: 'Bring the tasks of changed acts, stale articles and broken references up to date',
      access: REVIEWERS,
      responses: {
        200: json(z.object({ opened: z.number().int(), closed: z.number().int() }), 'A second run changes nothing'),
      },
    }),
    async (c) => c.json(await reconcileTasks(c.get('ctx')), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/stale',
      tags: ['editorial'],
      summary: 'Articles that somebody must look at: overdue, and due within some days',
      access: REVIEWERS,
      request: {
        query: z.object({
          days: z.coerce.number().int().min(0).max(366).default(30),
          limit: z.coerce.number().int().min(1).max(1_000).default(200),
        }),
      },
      responses: { 200: json(z.object({ items: z.array(StaleSchema) }), 'Most urgent first') },
    }),
    async (c) => c.json({ items: await listStale(c.get('ctx'), c.req.valid('query')) }, 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/broken-references',
      tags: ['editorial'],
      summary: 'Links and references of published articles that lead nowhere today',
      access: REVIEWERS,
      request: { query: z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(200) }) },
      responses: {
        200: json(
          z.object({ items: z.array(BrokenReferenceSchema), checked: z.number().int(), truncated: z.boolean() }),
          'With line and column of the Markdown',
        ),
      },
    }),
    async (c) => c.json(await findBrokenReferences(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/import',
      tags: ['editorial'],
      summary: 'Take an edited file back as a draft',
      access: WRITERS,
      request: { body: body(z.strictObject({ text: z.string().max(250_000) })) },
      responses: { 200: json(ImportedFileSchema, 'What became of it') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const taken = await inTransaction(ctx, (tx) => importFile(tx, c.req.valid('json')))
      if (taken.status === 'refused')
        throw new DomainError('validation-failed', 'The file has faults.', {
          faults: taken.faults.map(({ line, column, message }) => ({ path: `${line}:${column}`, message })),
        })
      const { status, draftId, articleId, slug, conflicts } = taken
      return c.json({ status, draftId, articleId, slug, conflicts }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/articles/{id}/rollback',
      tags: ['editorial'],
      summary: 'Begin a draft with the text of an earlier version',
      access: WRITERS,
      request: { params: ArticleId, body: body(Version.extend({ reason: Reason }).strict()) },
      responses: { 201: json(DraftSchema, 'The draft, to be reviewed and published as a new version') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await inTransaction(ctx, (tx) =>
        rollBack(tx, { articleId: c.req.valid('param').id, ...c.req.valid('json') }),
      )
      return c.json(await presentDraft(ctx, row), 201)
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/articles/{id}/review-date',
      tags: ['editorial'],
      summary: 'Say when an article must be looked at again',
      access: WRITERS,
      request: { params: ArticleId, body: body(z.strictObject({ lang: LangSchema, reviewBy: DaySchema })) },
      responses: { 200: json(z.object({ reviewBy: DaySchema }), 'Set') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      const { lang, reviewBy } = c.req.valid('json')
      const [known] = await ctx.db
        .select({ id: article.id })
        .from(article)
        .where(and(eq(article.id, id)))
      if (known === undefined) throw notFound('article', id)
      await inTransaction(ctx, (tx) => setReviewDate(tx, { articleId: id, lang, reviewBy }))
      return c.json({ reviewBy }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/articles/{id}/file',
      tags: ['articles'],
      summary: 'A published article in force today as Markdown with front matter',
      access: READERS,
      request: { params: ArticleId, query: z.object({ lang: LangSchema.optional() }) },
      responses: markdownFile,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const [file] = await exportArticles(c.get('ctx'), { articleId: id, lang: c.req.valid('query').lang })
      if (file === undefined) throw notFound('article in force', id)
      return c.body(file.text, 200, MARKDOWN)
    },
  )

/** Editorial work: drafts, reviews, tasks. */
export const editorialRoutes = routes().route('/', draftRoutes).route('/', deskRoutes)
