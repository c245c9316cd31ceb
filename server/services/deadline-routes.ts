import { z } from '@hono/zod-openapi'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { today } from '#server/context.ts'
import { pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { presentDeadline, presentDeadlineWithCount, presentListedDeadline } from './present.ts'
import { deadlineById, listDeadlines } from './queries.ts'
import { body, CENTRE, IdParams, WATCHERS } from './route-parts.ts'
import { DeadlineSchema, DeadlineWithCountSchema, ListedDeadlineSchema, NewClockSchema } from './schema.ts'
import { startClock } from './start-clock.ts'
import { startReplacementClock } from './start-replacement-clock.ts'

/** Clocks of п. 20–27 and 33. */
export const deadlineRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/service-deadlines',
      tags: ['services'],
      summary: 'Clocks of п. 20–27 and 33, the most pressing first; an agency sees its own',
      access: WATCHERS,
      request: {
        query: PageQuerySchema.extend({
          agencyId: z.string().max(64).optional(),
          serviceId: z.string().max(64).optional(),
          state: z.enum(['running', 'all']).default('running'),
        }),
      },
      responses: { 200: json(pageOf(ListedDeadlineSchema), 'Deadlines') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { items, nextCursor } = await listDeadlines(ctx, c.req.valid('query'))
      const day = today(ctx)
      return c.json({ items: items.map((row) => presentListedDeadline(row, day, c.get('uiLang'))), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/service-deadlines/{id}',
      tags: ['services'],
      summary: 'A clock with its count day by day',
      access: WATCHERS,
      request: { params: IdParams },
      responses: { 200: json(DeadlineWithCountSchema, 'The deadline') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await deadlineById(ctx, c.req.valid('param').id)
      return c.json(presentDeadlineWithCount(row, await loadCalendar(ctx), today(ctx), c.get('uiLang')), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/service-deadlines',
      tags: ['services'],
      summary: 'Start an agency’s clock: of an approved (п. 20) or amended (п. 26) act, of a replaced person (п. 27)',
      access: CENTRE,
      request: body(NewClockSchema),
      responses: { 201: json(DeadlineSchema, 'The clock, also when it was running already') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const lang = c.get('uiLang')
      const input = c.req.valid('json')
      const clock =
        input.point === '27'
          ? await startReplacementClock(ctx, { ...input, lang })
          : await startClock(ctx, { ...input, lang })
      return c.json(presentDeadline(clock, today(ctx), lang), 201)
    },
  )
