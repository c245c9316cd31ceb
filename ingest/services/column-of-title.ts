import type { ColumnKey } from './submission.ts'

/** A title as letters alone: line breaks, hyphenation, letter spacing and case are the printer's. */
const compact = (title: string): string =>
  title
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    // Latin letters that look like Cyrillic ones, within Cyrillic words.
    .replaceAll(/[^\p{L}\p{N}№]/gu, '')

const KEYS: Record<string, ColumnKey> = {
  number: 'number',
  ordinal: 'number',
  registrynumber: 'registryNumber',
  name: 'name',
  bylaw: 'byLaw',
  changes: 'changes',
  webresource: 'webResource',
  responsible: 'responsible',
  contacts: 'contacts',
}

/** First match counts: titles name each other's words («…ответственного лица» stands in two of them). */
const PATTERNS: readonly [ColumnKey, RegExp][] = [
  ['number', /^(?:№|№?п\/?п|№?пп|№?рс|рс№|пн|номерпп|реттікнөмірі?|реттікнөмір|no|n)$/u],
  ['contacts', /контакт|телефон|электрон\p{L}*(?:почт|адрес)|электрондықпошта|поштамекен|байланыс|^email|почт/u],
  ['changes', /изменени|өзгеріс/u],
  ['byLaw', /подзаконн|заңғатәуелді|^нпа|нормативн\p{L}*правов\p{L}*акт|нормативтікқұқықтықакт/u],
  ['webResource', /интернет|веб|сайт|ссылк|webресурс/u],
  ['responsible', /ответственн|жауапты|^фио|^фамилия|^должность|^тегі|^лауазым|атыжөні/u],
  ['registryNumber', /реестр|тізілім|регистр|^код(?:гос|услуг)|^номер(?:гос|услуг)|^№(?:гос|услуг)/u],
  ['name', /^(?:полное)?(?:наименование|название)|^услуга$|қызмет\p{L}*атауы|^атауы/u],
]

/** The column of the form that a title means, in Russian, Kazakh or as a key of JSON; null when none. Pure. */
export function columnOfTitle(title: string): ColumnKey | null {
  if (title.length > 400) return null
  const text = compact(title)
  if (text === '') return title.trim() === '#' ? 'number' : null
  const key = KEYS[text]
  if (key !== undefined) return key
  return PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}
