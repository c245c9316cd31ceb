import type { InForce } from './act.ts'
import { DATE, isoDate, numeral } from './dates.ts'

const AFTER_PUBLICATION =
  /по истечении\s+([^()]{1,40}?(?:\([^()]{1,30}\)\s*)?)\s*(календарных|рабочих)\s+дней\s+(?:после|со)\s+(?:дня\s+)?(?:его|ее|их)?\s*(?:первого\s+)?официального\s+опубликования/u
const FROM_PUBLICATION = /(?:со|после)\s+дня\s+(?:его|ее|их)?\s*(?:первого\s+)?официального\s+опубликования/u
const NOT_BEFORE = new RegExp(`не ранее\\s+(${DATE})`, 'u')
// The state legal base writes this «с» with the Latin letter too.
const FROM_DATE = new RegExp(
  `(?:вводится|вводятся|вступает|вступают)\\s+в\\s+(?:действие|силу)\\s+[сc]\\s+(${DATE})`,
  'u',
)

/** When an act or a change enters into force, out of the words that say so. Unknown wording is `unstated`. Pure. */
export function parseInForce(text: string): InForce {
  const notBefore = isoDate(NOT_BEFORE.exec(text)?.[1] ?? '')
  const after = AFTER_PUBLICATION.exec(text)
  const days = after ? numeral(after[1] ?? '') : null
  if (after && days !== null) {
    return { rule: 'after-publication', days, unit: after[2] === 'рабочих' ? 'working' : 'calendar', notBefore }
  }
  const date = isoDate(FROM_DATE.exec(text)?.[1] ?? '')
  if (date !== null) return { rule: 'date', date }
  const from = FROM_PUBLICATION.exec(text)
  if (from && !after) {
    const inclusive = from[0].startsWith('со')
    return {
      rule: 'after-publication',
      days: 0,
      unit: 'calendar',
      notBefore,
      ...(inclusive ? { onTheDay: true as const } : {}),
    }
  }
  return { rule: 'unstated' }
}
