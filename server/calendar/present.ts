import type { z } from 'zod'
import type { DayStatus } from './build-year.ts'
import type { Translations } from './calendar-data.ts'
import type { Term } from './count-days.ts'
import type { CalendarEditRow } from './queries.ts'
import type { CalendarDaySchema, DayEditSchema, TermSchema } from './schema.ts'

type Lang = keyof Translations

export function presentDay(day: DayStatus, lang: Lang): z.infer<typeof CalendarDaySchema> {
  const { date, kind, expected, origin } = day
  const decree = day.decree?.[lang] ?? null
  const note = [day.note?.[lang], decree ?? undefined].filter((part) => part !== undefined).join('; ')
  return { date, kind, note: note === '' ? null : note, decree, expected, origin }
}

export const presentTerm = (term: Term, lang: Lang): z.infer<typeof TermSchema> => ({
  date: term.date,
  count: term.count.map(({ nth, ...day }) => ({ ...presentDay(day, lang), nth })),
  caveats: term.caveats.map(({ code, date, text }) => ({ code, date, text: text[lang] })),
})

export const presentEdit = ({
  kind,
  reason,
  decree,
  actorId,
  actorName,
  at,
}: CalendarEditRow & { actorName: string }): z.infer<typeof DayEditSchema> => ({
  kind,
  reason,
  decree,
  actorId,
  actorName,
  at: at.toISOString(),
})
