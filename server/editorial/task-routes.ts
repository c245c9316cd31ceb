import { z } from '@hono/zod-openapi'
import { TASK_KINDS } from '#server/db/schema/editorial.ts'
import { inTransaction } from '#server/events/event.ts'
import { decodeCursor, page, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { assignTask } from './assign-task.ts'
import { faultsIn } from './fault-wordings.ts'
import { findBrokenReferences } from './find-broken-references.ts'
import { finishTask } from './finish-task.ts'
import { listStale } from './list-stale.ts'
import { presentTasks } from './present.ts'
import { listTasks } from './queries.ts'
import { reconcileTasks } from './reconcile-tasks.ts'
import { body, REVIEWERS } from './route-parts.ts'
import { BrokenReferenceSchema, StaleSchema, TaskSchema } from './schema.ts'

const TaskId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'tsk_…' }) })

/** What waits for editors, and what is wrong with what is published. */
export const taskRoutes = routes()
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
      return c.json({ items: await presentTasks(ctx, items, c.get('uiLang')), nextCursor }, 200)
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
    async (c) => {
      const { items, ...rest } = await findBrokenReferences(c.get('ctx'), c.req.valid('query'))
      return c.json({ items: faultsIn(c.get('uiLang'), items), ...rest }, 200)
    },
  )
