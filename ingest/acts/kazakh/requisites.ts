import type { InForce, Requisites } from '../act.ts'
import { KAZAKH_DATE, kazakhIsoDate } from '../dates.ts'

const ACT = new RegExp(
  String.raw`^(.{3,300}?)\s+(${KAZAKH_DATE})\s*№\s*([^\s;,]+)\s+(бұйры|қаулы|шешім|жарлы|Заң)\p{L}*`,
  'u',
)
const REGISTERED = new RegExp(String.raw`Әділет\s+министрлігінде\s+(${KAZAKH_DATE})\s*№\s*(\d+)`, 'u')
const KINDS: Record<string, string> = { бұйры: 'бұйрық', қаулы: 'қаулы', шешім: 'шешім', жарлы: 'жарлық', Заң: 'заң' }

/** Kind, issuer, date and number of an act out of the Kazakh line under its title. Null when it is no such line. Pure. */
export function parseKazakhRequisites(text: string, inForce: InForce): Requisites | null {
  const found = ACT.exec(text)
  const date = kazakhIsoDate(found?.[2] ?? '')
  const number = found?.[3]
  if (!found || date === null || number === undefined) return null
  const registered = REGISTERED.exec(text)
  const on = kazakhIsoDate(registered?.[1] ?? '')
  return {
    kind: KINDS[found[4] ?? ''] ?? 'акт',
    issuer: found[1] ?? '',
    date,
    number,
    registration: registered?.[2] !== undefined && on !== null ? { date: on, number: registered[2] } : null,
    inForce,
  }
}
