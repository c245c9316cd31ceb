import type { InForce } from '../act.ts'
import { KAZAKH_DATE, kazakhIsoDate } from '../dates.ts'
import { kazakhNumeral } from './numerals.ts'

const PUBLISHED = String.raw`(?:алғашқы\s+)?ресми\s+жарияланған\s+күнінен`
// Words are glued here and there: «кейінкүнтізбелік».
const AFTER = new RegExp(
  String.raw`${PUBLISHED}\s+кейін\s*(?:(күнтізбелік|жұмыс)\s*)?(\d+|\p{L}{2,9}(?:\s+\p{L}{2,7})?)\s*(?:\([^()]{1,30}\)\s*)?(жұмыс\s+)?(күні?|ай)\s+өткен\s+соң`,
  'iu',
)
const FROM = new RegExp(String.raw`${PUBLISHED}\s+(кейін|бастап)\s+(?:қолданысқа|күшіне)\s+ен`, 'iu')
const FROM_DATE = new RegExp(String.raw`(${KAZAKH_DATE})\s*(?:ж\.\s*)?бастап\s+(?:қолданысқа|күшіне)\s+ен`, 'iu')
const NOT_BEFORE = new RegExp(String.raw`(${KAZAKH_DATE})\s*(?:ж\.\s*)?ерте\s+емес`, 'iu')

const FROM_SIGNING = new RegExp(
  String.raw`(?:қол\s+қойылған|қабылданған)\s+күн(?:і|н)?(?:нен|ен)\s+(кейін|бастап)\s+(?:қолданысқа|күшіне)\s+ен`,
  'iu',
)

/** When an act or a change enters into force, out of the Kazakh words that say so. Unknown wording is `unstated`. Pure. */
export function parseKazakhInForce(text: string): InForce {
  const notBefore = kazakhIsoDate(NOT_BEFORE.exec(text)?.[1] ?? '')
  const after = AFTER.exec(text)
  const days = after ? kazakhNumeral(after[2] ?? '') : null
  if (after && days !== null) {
    const working = after[1]?.toLowerCase() === 'жұмыс' || after[3] !== undefined
    const unit = after[4]?.toLowerCase() === 'ай' ? 'month' : working ? 'working' : 'calendar'
    return { rule: 'after-publication', days, unit, notBefore }
  }
  const date = kazakhIsoDate(FROM_DATE.exec(text)?.[1] ?? '')
  if (date !== null) return { rule: 'date', date }
  const from = FROM.exec(text)
  const signing = from === null ? FROM_SIGNING.exec(text) : null
  if (signing) return { rule: 'signing', ...(signing[1]?.toLowerCase() === 'кейін' ? { dayAfter: true as const } : {}) }
  if (!from) return { rule: 'unstated' }
  const inclusive = from[1]?.toLowerCase() === 'бастап'
  return {
    rule: 'after-publication',
    days: 0,
    unit: 'calendar',
    notBefore,
    ...(inclusive ? { onTheDay: true as const } : {}),
  }
}
