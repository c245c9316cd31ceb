import type { InForce, Requisites } from './act.ts'
import { DATE, isoDate } from './dates.ts'

const RU = new RegExp(
  `^(приказ|постановление|решение|указ|закон|распоряжение)\\s+(.{0,300}?)\\s+от\\s+(${DATE})\\s*№\\s*([^\\s;,]+)`,
  'iu',
)
const RU_REGISTERED = new RegExp(
  `Зарегистрирован\\p{L}*\\s+в\\s+Министерстве\\s+юстиции.{0,60}?(${DATE})\\s*№\\s*(\\d+)`,
  'iu',
)

/** Kind, issuer, date and number of an act out of the line under its title. Null when it is no such line. Pure. */
export function parseRequisites(text: string, inForce: InForce): Requisites | null {
  const found = RU.exec(text)
  const date = isoDate(found?.[3] ?? '')
  const number = found?.[4]?.replace(/\.$/, '')
  if (!found || !date || !number) return null
  const registered = RU_REGISTERED.exec(text)
  const registeredOn = isoDate(registered?.[1] ?? '')
  return {
    kind: (found[1] ?? '').toLowerCase(),
    issuer: found[2] ?? '',
    date,
    number,
    registration: registered?.[2] !== undefined && registeredOn ? { date: registeredOn, number: registered[2] } : null,
    inForce,
  }
}
