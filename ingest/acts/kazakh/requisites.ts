import type { InForce, Requisites } from '../act.ts'

const MONTHS = [
  'қаңтар',
  'ақпан',
  'наурыз',
  'сәуір',
  'мамыр',
  'маусым',
  'шілде',
  'тамыз',
  'қыркүйек',
  'қазан',
  'қараша',
  'желтоқсан',
]
const DATE = String.raw`(\d{4})\s+жылғы\s+(\d{1,2})\s+(\p{L}+)`
const ACT = new RegExp(String.raw`^(.{3,300}?)\s+${DATE}\s*№\s*([^\s;,]+)\s+(бұйры|қаулы|шешім|жарлы|Заң)\p{L}*`, 'u')
const REGISTERED = new RegExp(String.raw`Әділет\s+министрлігінде\s+${DATE}\s*№\s*(\d+)`, 'u')
const KINDS: Record<string, string> = { бұйры: 'бұйрық', қаулы: 'қаулы', шешім: 'шешім', жарлы: 'жарлық', Заң: 'заң' }

function isoDate(year: string | undefined, day: string | undefined, month: string | undefined): string | null {
  const name = month?.toLowerCase().replaceAll('i', 'і') ?? ''
  const at = MONTHS.findIndex((one) => name.startsWith(one))
  if (year === undefined || day === undefined || at < 0) return null
  return `${year}-${String(at + 1).padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Kind, issuer, date and number of an act out of the Kazakh line under its title. Null when it is no such line. Pure. */
export function parseKazakhRequisites(text: string, inForce: InForce): Requisites | null {
  const found = ACT.exec(text)
  const date = isoDate(found?.[2], found?.[3], found?.[4])
  const number = found?.[5]
  if (!found || date === null || number === undefined) return null
  const registered = REGISTERED.exec(text)
  const on = isoDate(registered?.[1], registered?.[2], registered?.[3])
  return {
    kind: KINDS[found[6] ?? ''] ?? 'акт',
    issuer: found[1] ?? '',
    date,
    number,
    registration: registered?.[4] !== undefined && on !== null ? { date: on, number: registered[4] } : null,
    inForce,
  }
}
