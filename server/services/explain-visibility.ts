import { printedDay } from '#ingest/text/printed-day.ts'
import type { Term } from '#server/calendar/count-days.ts'
import type { Translations } from '#server/calendar/calendar-data.ts'
import type { WorkingCalendar } from '#server/calendar/working-calendar.ts'
import { termOf } from './deadline-rules.ts'

export type VisibilityReason = 'training-awaited' | 'training-overdue' | 'protocol-awaited' | 'term-running' | 'visible'

export interface Visibility {
  visible: boolean
  /** First day on which operators advise on it; null while no protocol is signed. */
  from: string | null
  reason: VisibilityReason
  explanation: Translations
  /** How `from` was counted. */
  term: Term | null
}

/**
 * Whether operators may advise on a service on a day, and why, in one line: training (п. 21), then a protocol (п. 22), then five
 * working days that have run out (п. 23). Pure.
 * @param facts.trainingDue last day for training; null when it cannot be counted
 * @throws DomainError `bad-request` when the protocol's term leaves the years of the calendar
 */
export function explainVisibility(
  calendar: WorkingCalendar,
  facts: { trainedOn: string | null; trainingDue: string | null; signedOn: string | null },
  today: string,
): Visibility {
  const hidden = { visible: false, from: null, term: null }
  if (facts.signedOn !== null) {
    const term = termOf(calendar, '23', facts.signedOn)
    const [from, signed] = [printedDay(term.date), printedDay(facts.signedOn)]
    return today >= term.date
      ? {
          visible: true,
          from: term.date,
          reason: 'visible',
          explanation: {
            ru: `Консультации идут с ${from}: протокол подписан ${signed}, пять рабочих дней истекли (п. 23).`,
            kk: `Консультациялар ${from} бастап беріледі: хаттамаға ${signed} қол қойылды, бес жұмыс күні өтті (23-тармақ).`,
            en: `Advice has been given since ${from}: the protocol was signed on ${signed} and five working days have run out (п. 23).`,
          },
          term,
        }
      : {
          visible: false,
          from: term.date,
          reason: 'term-running',
          explanation: {
            ru: `Операторам откроется ${from}: протокол подписан ${signed}, идут пять рабочих дней (п. 23).`,
            kk: `Операторларға ${from} ашылады: хаттамаға ${signed} қол қойылды, бес жұмыс күні өтуде (23-тармақ).`,
            en: `Opens to operators on ${from}: the protocol was signed on ${signed} and five working days are running (п. 23).`,
          },
          term,
        }
  }
  if (facts.trainedOn !== null)
    return {
      ...hidden,
      reason: 'protocol-awaited',
      explanation: {
        ru: `Операторам не открыта: обучение прошло ${printedDay(facts.trainedOn)}, ждёт протокола с подписями обеих сторон (п. 22).`,
        kk: `Операторларға ашылмаған: оқыту ${printedDay(facts.trainedOn)} өтті, екі тарап қол қоятын хаттама күтілуде (22-тармақ).`,
        en: `Not open to operators: training was held on ${printedDay(facts.trainedOn)}, the protocol of both sides is awaited (п. 22).`,
      },
    }
  const due = facts.trainingDue
  if (due !== null && today > due)
    return {
      ...hidden,
      reason: 'training-overdue',
      explanation: {
        ru: `Операторам не открыта: обучение надо было провести до ${printedDay(due)} включительно, срок прошёл (п. 21).`,
        kk: `Операторларға ашылмаған: оқытуды ${printedDay(due)} дейін (қоса алғанда) өткізу керек еді, мерзімі өтті (21-тармақ).`,
        en: `Not open to operators: training was due by ${printedDay(due)} and is late (п. 21).`,
      },
    }
  const until =
    due === null
      ? { ru: '', kk: '', en: '' }
      : { ru: ` до ${printedDay(due)}`, kk: ` (${printedDay(due)} дейін)`, en: ` by ${printedDay(due)}` }
  return {
    ...hidden,
    reason: 'training-awaited',
    explanation: {
      ru: `Операторам не открыта: ждёт обучения${until.ru} (п. 21).`,
      kk: `Операторларға ашылмаған: оқыту күтілуде${until.kk} (21-тармақ).`,
      en: `Not open to operators: training is awaited${until.en} (п. 21).`,
    },
  }
}

/** Longer than any run of days off in which five working days could hide. */
const LOOK_BACK = 60

/**
 * The latest day of a protocol whose service is visible on `day`: later ones still wait, earlier ones are visible too. Pure.
 * @throws DomainError `bad-request` when the day is outside the years of the calendar
 */
export function lastSigningVisibleOn(calendar: WorkingCalendar, day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  for (let back = 0; back < LOOK_BACK; back += 1) {
    const signedOn = at.toISOString().slice(0, 10)
    if (termOf(calendar, '23', signedOn).date <= day) return signedOn
    at.setUTCDate(at.getUTCDate() - 1)
  }
  return at.toISOString().slice(0, 10)
}
