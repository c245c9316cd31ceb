import type { InForce } from './act.ts'

const DAY = 86_400_000

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** Weekends are skipped; public holidays are not known here, so the day is the earliest possible one. */
function addWorkingDays(date: string, days: number): string {
  let day = date
  for (let left = days; left > 0;) {
    day = addDays(day, 1)
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left -= 1
  }
  return day
}

/** A month ends on the day of the same number, or on the last day of a shorter month (Civil Code, art. 173). */
function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

const ADD = { calendar: addDays, working: addWorkingDays, month: addMonths } as const

/**
 * The day an act enters into force, or the earliest day it can.
 *
 * @param inForce The rule as its text gives it.
 * @param signedOn ISO date of signature: nothing is published before it.
 * @param publishedOn ISO date of first official publication, where it is known.
 * @returns ISO date; `known` is false when it rests on the date of signature alone. Pure.
 */
export function earliestInForce(
  inForce: InForce,
  signedOn: string,
  publishedOn?: string | null,
): { date: string; known: boolean } {
  // A day before the signing is printed so now and then; it is kept, but nobody can vouch for it.
  if (inForce.rule === 'date') return { date: inForce.date, known: inForce.date >= signedOn }
  // Nothing has to be published for it: the act's own date says it.
  if (inForce.rule === 'signing') return { date: addDays(signedOn, inForce.dayAfter ? 1 : 0), known: true }
  if (inForce.rule === 'unstated') return { date: publishedOn ?? signedOn, known: false }
  const published = publishedOn ?? signedOn
  const passed = ADD[inForce.unit](published, inForce.days)
  // «По истечении десяти дней после дня» – ten whole days pass, the act is in force from the next one.
  const date = inForce.onTheDay ? published : addDays(passed, 1)
  const { notBefore } = inForce
  return { date: notBefore !== null && notBefore > date ? notBefore : date, known: publishedOn != null }
}
