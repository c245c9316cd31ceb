import { z } from '@hono/zod-openapi'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { DaySchema } from '#server/http/wire.ts'
import { addWorkingDays } from './add-working-days.ts'
import { listDays } from './list-days.ts'
import { loadCalendar } from './load-calendar.ts'
import { presentDay, presentEdit, presentTerm } from './present.ts'
import { editsWithNames } from './queries.ts'
import { CalendarDaySchema, DayParamsSchema, DayWithHistorySchema, TermSchema } from './schema.ts'

/** The working calendar: its days, and deadlines counted on it; `server/gate/routes.ts` changes it. */
export const calendarRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/calendar/add-working-days',
      tags: ['calendar'],
      summary: 'The last day of a term in working days, with the count day by day',
      access: READERS,
      request: {
        query: z.object({
          from: DaySchema.openapi({ description: 'Day of the event; the term runs from the day after it' }),
          days: z.coerce.number().int().min(1).max(2500),
        }),
      },
      responses: { 200: json(TermSchema, 'The last day of the term, always a working day') },
    }),
    async (c) =>
      c.json(presentTerm(addWorkingDays(await loadCalendar(c.get('ctx')), c.req.valid('query')), c.get('uiLang')), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/calendar/days',
      tags: ['calendar'],
      summary: 'Days of a range, a year at most',
      access: READERS,
      request: { query: z.object({ from: DaySchema, to: DaySchema }) },
      responses: {
        200: json(
          z.object({ items: z.array(CalendarDaySchema), from: DaySchema, to: DaySchema }),
          'In order: the range is read as one',
        ),
      },
    }),
    async (c) => {
      const query = c.req.valid('query')
      const items = await listDays(c.get('ctx'), query)
      return c.json({ items: items.map((day) => presentDay(day, c.get('uiLang'))), ...query }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/calendar/days/{date}',
      tags: ['calendar'],
      summary: 'A day with everything supervisors said of it, newest first',
      access: READERS,
      request: { params: DayParamsSchema },
      responses: { 200: json(DayWithHistorySchema, 'The day') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { date } = c.req.valid('param')
      const day = (await loadCalendar(ctx)).kindOf(date)
      return c.json(
        { day: presentDay(day, c.get('uiLang')), edits: (await editsWithNames(ctx, date)).map(presentEdit) },
        200,
      )
    },
  )
