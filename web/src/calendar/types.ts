import type { z } from 'zod'
import type { CalendarDaySchema, DayKindSchema, DayWithHistorySchema } from '#server/calendar/schema.ts'

export type CalendarDay = z.infer<typeof CalendarDaySchema>
export type DayKind = z.infer<typeof DayKindSchema>
export type DayWithHistory = z.infer<typeof DayWithHistorySchema>
