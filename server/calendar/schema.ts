import { z } from '@hono/zod-openapi'
import { DaySchema } from '#server/http/wire.ts'

export const DayParamsSchema = z.object({ date: DaySchema.openapi({ param: { name: 'date', in: 'path' } }) })

export const DayKindSchema = z.enum(['working', 'weekend', 'holiday', 'moved']).openapi('DayKind', {
  description: 'Only `working` is worked; `moved`: a day off carried over from a holiday or moved here by an order',
})

export const CalendarDaySchema = z
  .object({
    date: DaySchema,
    kind: DayKindSchema,
    note: z
      .string()
      .nullable()
      .openapi({ description: 'Why, in the language of Accept-Language, with the act if there is one' }),
    decree: z.string().nullable().openapi({ description: 'The act that moved the day' }),
    expected: z
      .boolean()
      .openapi({ description: 'Computed and not announced: it may turn out to be a day earlier or later' }),
    origin: z
      .enum(['rule', 'order', 'edit'])
      .openapi({ description: 'The rule of the law, an order that moves rest, or a supervisor' }),
  })
  .openapi('CalendarDay')

export const CountedDaySchema = CalendarDaySchema.extend({
  nth: z
    .number()
    .int()
    .nullable()
    .openapi({ description: 'Which day of the term, from 1; null for a day that does not count' }),
}).openapi('CountedDay')

export const TermSchema = z
  .object({
    date: DaySchema,
    count: z.array(CountedDaySchema).openapi({ description: 'Day by day, from the day after `from`' }),
    caveats: z
      .array(z.object({ code: z.enum(['expected-day', 'orders-to-come']), date: DaySchema, text: z.string() }))
      .openapi({ description: 'What the result rests on and could still change' }),
  })
  .openapi('Term')

export const DayEditSchema = z
  .object({
    kind: DayKindSchema.nullable().openapi({ description: 'Null: given back to the rules' }),
    reason: z.string(),
    decree: z.string().nullable(),
    actorId: z.string(),
    actorName: z.string(),
    at: z.string(),
  })
  .openapi('DayEdit')

export const DayWithHistorySchema = z
  .object({ day: CalendarDaySchema, edits: z.array(DayEditSchema) })
  .openapi('DayWithHistory')

export const ReasonSchema = z.string().trim().min(5).max(500).openapi({
  description: 'Shown in every deadline that meets the day',
  example: 'Приказ о переносе опубликован 12.12.2026',
})

export const DayChangeSchema = z
  .strictObject({
    kind: DayKindSchema,
    reason: ReasonSchema,
    decree: z.string().trim().min(3).max(200).nullable().default(null),
  })
  .openapi('DayChange')
