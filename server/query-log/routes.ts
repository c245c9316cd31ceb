import { z } from '@hono/zod-openapi'
import { inTransaction } from '#server/events/event.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { dismissQuery } from './dismiss-query.ts'
import { listQueries } from './list-queries.ts'
import { openGap } from './open-gap.ts'
import { reopenQuery } from './reopen-query.ts'
import {
  DismissalSchema,
  LoggedQuerySchema,
  PlacesOpenedSchema,
  QueryCountsSchema,
  QueryKeySchema,
  QueryListSchema,
  QueryUseSchema,
} from './schema.ts'

const EDITORS = ['editor', 'supervisor', 'admin'] as const
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } })

/** What people look for, and what they do not find. */
export const queryLogRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/query-log',
      tags: ['search'],
      summary: 'What people looked for and did not find, or look for most',
      description: 'Without who asked: the log knows no person, no address and no time finer than the hour.',
      access: EDITORS,
      request: { query: QueryListSchema },
      responses: {
        200: json(
          z.object({
            items: z.array(LoggedQuerySchema),
            places: PlacesOpenedSchema.openapi({ description: 'Where what was opened in these days had stood' }),
            counts: QueryCountsSchema.openapi({ description: 'How many questions each list of these days holds' }),
          }),
          'The most frequent first',
        ),
      },
    }),
    async (c) => c.json(await listQueries(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/query-log/tasks',
      tags: ['search'],
      summary: 'Ask editors for what a question did not find',
      access: EDITORS,
      request: { body: body(QueryKeySchema) },
      responses: { 200: json(z.object({ taskId: z.string() }), 'The open task') },
    }),
    async (c) => {
      const input = c.req.valid('json')
      return c.json({ taskId: await inTransaction(c.get('ctx'), (tx) => openGap(tx, input)) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/query-log/dismissals',
      tags: ['search'],
      summary: 'Say that a question needs nothing, and why',
      access: EDITORS,
      request: { body: body(DismissalSchema) },
      responses: { 200: json(z.object({ dismissed: z.literal(true) }), 'It leaves the lists') },
    }),
    async (c) => {
      const input = c.req.valid('json')
      await inTransaction(c.get('ctx'), (tx) => dismissQuery(tx, input))
      return c.json({ dismissed: true as const }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/query-log/reopenings',
      tags: ['search'],
      summary: 'Take back that a question needs nothing',
      access: EDITORS,
      request: { body: body(QueryKeySchema) },
      responses: { 200: json(z.object({ reopened: z.literal(true) }), 'It stands in the lists again') },
    }),
    async (c) => {
      const input = c.req.valid('json')
      await inTransaction(c.get('ctx'), (tx) => reopenQuery(tx, input))
      return c.json({ reopened: true as const }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/query-log/uses',
      tags: ['search'],
      summary: 'Say that a hit of a search was opened or copied',
      access: READERS,
      request: { body: body(QueryUseSchema) },
      responses: { 200: json(z.object({ noted: z.literal(true) }), 'Noted, where the query is known') },
    }),
    async (c) => {
      await c.get('ctx').queries.used(c.req.valid('json'))
      return c.json({ noted: true as const }, 200)
    },
  )
