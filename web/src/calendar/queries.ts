import { queryOptions } from '@tanstack/react-query'
import { api, read } from '../api/client.ts'
import { uiLang } from '../i18n/i18n.ts'

// The server words reasons and counts, so what is kept is kept for a language.

export const calendarYearQuery = (year: number) =>
  queryOptions({
    queryKey: ['calendar', 'year', uiLang(), year],
    queryFn: ({ signal }) =>
      read(api.calendar.days.$get({ query: { from: `${year}-01-01`, to: `${year}-12-31` } }, { init: { signal } })),
    retry: false,
  })

export const calendarDayQuery = (date: string) =>
  queryOptions({
    queryKey: ['calendar', 'day', uiLang(), date],
    queryFn: ({ signal }) => read(api.calendar.days[':date'].$get({ param: { date } }, { init: { signal } })),
    retry: false,
  })

export const termQuery = (from: string, days: number) =>
  queryOptions({
    queryKey: ['calendar', 'term', uiLang(), from, days],
    queryFn: ({ signal }) =>
      read(api.calendar['add-working-days'].$get({ query: { from, days: String(days) } }, { init: { signal } })),
  })
