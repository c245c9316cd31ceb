import type { InForce } from './act.ts'
import { DATE, isoDate, numeral } from './dates.ts'

const PUBLICATION = String.raw`(?:его|ее|её|их)?\s*(?:первого\s+)?официального\s+опубликования`
/** Group 1: how many, where it is said; 2: «рабочих»; 3: of what. */
const AFTER_PUBLICATION = new RegExp(
  String.raw`по истечении\s+(?:([^()]{1,40}?(?:\([^()]{1,30}\))?)\s+)??(?:календарн\p{L}{2,3}\s+|(рабоч\p{L}{2,3})\s+)?(дня|дней|месяца|месяцев)\s+(?:после|со|с)\s+(?:дня\s+)?${PUBLICATION}`,
  'u',
)
const FROM_PUBLICATION = new RegExp(String.raw`(?:со|после)\s+дня\s+${PUBLICATION}`, 'u')
const NOT_BEFORE = new RegExp(`не ранее\\s+(${DATE})`, 'u')
// The state legal base writes this «с» with the Latin letter too.
const FROM_DATE = new RegExp(
  `(?:вводится|вводятся|вступает|вступают)\\s+в\\s+(?:действие|силу)\\s+[сc]\\s+(${DATE})`,
  'u',
)

const FROM_SIGNING = new RegExp(
  String.raw`(?:вводится|вводятся|вступает|вступают)\s+в\s+(?:действие|силу)\s+(с|со|после|c)\s+(?:дня|даты|момента)\s+(?:его\s+|её\s+|ее\s+|их\s+)?(?:подписания|принятия)(?!\p{L})`,
  'u',
)

/** When an act or a change enters into force, out of the words that say so. Unknown wording is `unstated`. Pure. */
export function parseInForce(text: string): InForce {
  const notBefore = isoDate(NOT_BEFORE.exec(text)?.[1] ?? '')
  const after = AFTER_PUBLICATION.exec(text)
  // «По истечении месяца» is one month.
  const count = after ? (after[1] === undefined ? 1 : numeral(after[1])) : null
  if (after && count !== null) {
    const unit = after[3]?.startsWith('месяц') ? 'month' : after[2] === undefined ? 'calendar' : 'working'
    return { rule: 'after-publication', days: count, unit, notBefore }
  }
  const date = isoDate(FROM_DATE.exec(text)?.[1] ?? '')
  if (date !== null) return { rule: 'date', date }
  const from = FROM_PUBLICATION.exec(text)
  const signing = from === null ? FROM_SIGNING.exec(text) : null
  if (signing) return { rule: 'signing', ...(signing[1] === 'после' ? { dayAfter: true as const } : {}) }
  // A term that is not understood is not «the day of publication».
  if (from && !/по истечении/iu.test(text)) {
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
