import { z } from '@hono/zod-openapi'
import { clearDay } from '#server/calendar/clear-day.ts'
import { presentDay } from '#server/calendar/present.ts'
import { CalendarDaySchema, DayChangeSchema, DayParamsSchema, ReasonSchema } from '#server/calendar/schema.ts'
import { setDay } from '#server/calendar/set-day.ts'
import { today } from '#server/context.ts'
import { json, route, routes } from '#server/http/route.ts'
import { annulRecord } from '#server/services/annul-record.ts'
import { presentService } from '#server/services/present.ts'
import { body, IdParams, refusal, WRITERS } from '#server/services/route-parts.ts'
import { AnnulmentSchema, ServiceSchema } from '#server/services/schema.ts'
import { viewService } from '#server/services/view-service.ts'
import { followGate } from './follow-gate.ts'

const EDITORS = ['supervisor', 'admin'] as const

/** What moves the day on which a service opens (п. 23): the calendar, and records that were a mistake. */
export const gateRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/annulments',
      tags: ['services'],
      summary:
        'Annul a training or a protocol that was recorded by mistake; the service closes where its day rests on it',
      access: WRITERS,
      request: { params: IdParams, ...body(AnnulmentSchema) },
      responses: {
        200: json(ServiceSchema, 'The service as it stands now, with the annulled record'),
        409: refusal('It is annulled already, or a protocol rests on it'),
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await followGate(ctx, (tx) => annulRecord(tx, { serviceId: id, ...c.req.valid('json') }))
      return c.json(presentService(await viewService(ctx, { id }), today(ctx), c.get('uiLang')), 200)
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/calendar/days/{date}',
      tags: ['calendar'],
      summary: 'Say what a day is, over the rules',
      access: EDITORS,
      request: {
        params: DayParamsSchema,
        body: { required: true, content: { 'application/json': { schema: DayChangeSchema } } },
      },
      responses: {
        200: json(CalendarDaySchema, 'The day as it is now'),
        409: refusal('Changed by somebody else meanwhile'),
      },
    }),
    async (c) =>
      c.json(
        presentDay(
          await followGate(c.get('ctx'), (tx) => setDay(tx, { ...c.req.valid('param'), ...c.req.valid('json') })),
          c.get('uiLang'),
        ),
        200,
      ),
  )
  .openapi(
    route({
      method: 'delete',
      path: '/calendar/days/{date}',
      tags: ['calendar'],
      summary: 'Give a day back to the rules; its history stays',
      access: EDITORS,
      request: { params: DayParamsSchema, query: z.object({ reason: ReasonSchema }) },
      responses: {
        200: json(CalendarDaySchema, 'The day as the rules have it'),
        404: refusal('Nothing was said of the day'),
        409: refusal('Changed by somebody else meanwhile'),
      },
    }),
    async (c) =>
      c.json(
        presentDay(
          await followGate(c.get('ctx'), (tx) => clearDay(tx, { ...c.req.valid('param'), ...c.req.valid('query') })),
          c.get('uiLang'),
        ),
        200,
      ),
  )
