import type { Translations } from '#server/calendar/calendar-data.ts'
import type { Term } from '#server/calendar/count-days.ts'
import { firstDayAfterTerm } from '#server/calendar/first-day-after-term.ts'
import { lastDayOfTerm } from '#server/calendar/last-day-of-term.ts'
import { RULES_TERMS } from '#server/calendar/rules-terms.ts'
import type { WorkingCalendar } from '#server/calendar/working-calendar.ts'
import type { ServiceKind } from '#server/db/schema/services.ts'

export type DeadlinePoint = '20' | '21' | '23' | '26' | '27'

/** The clocks of the Rules that a service runs through, by point. */
export const DEADLINE_RULES: Record<DeadlinePoint, { workingDays: number; duty: Translations; event: Translations }> = {
  '20': {
    workingDays: RULES_TERMS.submission.length,
    duty: {
      ru: 'Назначить ответственное лицо и направить Приложение 1',
      kk: 'Жауапты адамды тағайындап, 1-қосымшаны жіберу',
      en: 'Appoint a responsible person and send Appendix 1',
    },
    event: { ru: 'Утверждён акт', kk: 'Акт бекітілді', en: 'The act was approved' },
  },
  '21': {
    workingDays: RULES_TERMS.training.length,
    duty: {
      ru: 'Провести обучение сотрудника контакт-центра',
      kk: 'Байланыс орталығының қызметкерін оқыту',
      en: 'Train the contact centre’s staff',
    },
    event: { ru: 'Представлено Приложение 1', kk: '1-қосымша ұсынылды', en: 'Appendix 1 was submitted' },
  },
  '23': {
    workingDays: RULES_TERMS.goLive.length,
    duty: {
      ru: 'Начало консультаций: первый рабочий день по истечении пяти',
      kk: 'Консультациялар басталады: бес жұмыс күні өткеннен кейінгі алғашқы жұмыс күні',
      en: 'Advice starts: the first working day after five have run out',
    },
    event: { ru: 'Подписан протокол', kk: 'Хаттамаға қол қойылды', en: 'The protocol was signed' },
  },
  '26': {
    workingDays: RULES_TERMS.update.length,
    duty: {
      ru: 'Актуализировать сведения об услуге',
      kk: 'Қызмет туралы мәліметтерді өзектендіру',
      en: 'Bring the information on the service up to date',
    },
    event: { ru: 'Внесены изменения в акт', kk: 'Актіге өзгерістер енгізілді', en: 'The act was amended' },
  },
  '27': {
    workingDays: RULES_TERMS.replacementNotice.length,
    duty: {
      ru: 'Уведомить о замене ответственного лица',
      kk: 'Жауапты адамның ауысқаны туралы хабарлау',
      en: 'Give notice of the replaced responsible person',
    },
    event: { ru: 'Заменено ответственное лицо', kk: 'Жауапты адам ауыстырылды', en: 'The person was replaced' },
  },
}

export const isDeadlinePoint = (value: unknown): value is DeadlinePoint =>
  typeof value === 'string' && Object.hasOwn(DEADLINE_RULES, value)

/** «п. 21», or «п. 33, 21» for a service in electronic form, to which п. 20–25 apply by п. 33; in Kazakh «21-тармақ». */
export function pointLabel(point: DeadlinePoint, kind: ServiceKind, lang: keyof Translations = 'ru'): string {
  const points = kind === 'electronic' && point <= '25' ? ['33', point] : [point]
  return lang === 'kk' ? points.map((one) => `${one}-тармақ`).join(', ') : `п. ${points.join(', ')}`
}

/**
 * The end of a clock, counted day by day. Of п. 23 it is the day on which advice starts.
 * @param event YYYY-MM-DD
 * @throws DomainError `bad-request` when it leaves the years of the calendar
 */
export const termOf = (calendar: WorkingCalendar, point: DeadlinePoint, event: string): Term =>
  point === '23'
    ? firstDayAfterTerm(calendar, { event, days: DEADLINE_RULES[point].workingDays })
    : lastDayOfTerm(calendar, { event, term: { unit: 'working-days', length: DEADLINE_RULES[point].workingDays } })

export type DeadlineState = 'open' | 'overdue' | 'met' | 'met-late'

/** Where a clock stands on a day; it may be met until the end of its last day (Civil Code, art. 176). Pure. */
export function deadlineState(
  deadline: { point: DeadlinePoint; dueOn: string; metOn: string | null },
  today: string,
): DeadlineState {
  // Nobody has to do anything for п. 23: the day comes.
  if (deadline.point === '23') return today >= deadline.dueOn ? 'met' : 'open'
  if (deadline.metOn !== null) return deadline.metOn <= deadline.dueOn ? 'met' : 'met-late'
  return today <= deadline.dueOn ? 'open' : 'overdue'
}
