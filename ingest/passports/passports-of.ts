import type { Lang } from '#ingest/acts/act.ts'
import { fieldOfHeading } from './field-of-heading.ts'
import {
  PASSPORT_FIELDS,
  type PassportField,
  type PassportMessage,
  type PassportRow,
  type PassportSource,
  type ServicePassport,
} from './passport.ts'
import { comparable, countItems, readOutline } from './read-outline.ts'
import { readFee, readForms, readHours, readTerms } from './read-values.ts'

const FIELD_NAMES: Record<PassportField, string> = {
  provider: 'услугодатель',
  channels: 'способы предоставления',
  term: 'срок',
  form: 'форма',
  result: 'результат',
  fee: 'размер оплаты',
  hours: 'график работы',
  documents: 'перечень документов',
  refusal: 'основания для отказа',
  other: 'иные требования',
}

/**
 * The name in a standard's caption: what stands in quotation marks, inner ones included, without «(далее – Перечень)».
 * @returns null where the caption names no service. Pure.
 */
export function serviceName(caption: string): string | null {
  const line = caption
    .replaceAll(/\s+/gu, ' ')
    .replace(/\s*\((?:далее|бұдан әрі)[^)]*\)/giu, '')
    .trim()
  const start = line.search(/[«"“„]/u)
  const end = Math.max(...['»', '"', '”', '“'].map((mark) => line.lastIndexOf(mark)))
  if (start < 0 || end <= start) return null
  return line.slice(start + 1, end).trim() || null
}

/** Names of services are compared so: letters that texts mix up, quotation marks, spaces and case tell nothing apart. */
export const serviceNameKey = (name: string): string =>
  comparable(name)
    .replaceAll(/[-–—‑]/gu, '-')
    .replaceAll(/\s*-\s*/gu, '-')

const CAPTION_OF_SUBSERVICES = /подвид|кіші түр/iu

function readSubservices(text: string): ServicePassport['subservices'] {
  const groups = readOutline(text)
  return groups
    .filter(({ under }) => under.some((title) => CAPTION_OF_SUBSERVICES.test(title.text)))
    .flatMap(({ parts }) => parts.map((part) => ({ num: part.marker?.replace(/[.)]$/u, '') ?? null, text: part.text })))
}

const say = (rule: PassportMessage['rule'], place: { eid: string; label: string }, text: string): PassportMessage => ({
  rule,
  text: `${place.label}: ${text}`,
  eid: place.eid,
  label: place.label,
})

const noRows = (): ServicePassport['fields'] => ({
  provider: [],
  channels: [],
  term: [],
  form: [],
  result: [],
  fee: [],
  hours: [],
  documents: [],
  refusal: [],
  other: [],
})

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)

/**
 * The passport that one table of a standard gives.
 * @param table the provision of the table; @param rows its rows, in order
 * @returns every row under a field, what could be read of it, and a message for each thing that could not. Pure.
 */
export function passportOf(table: PassportSource, rows: readonly PassportSource[], lang: Lang): ServicePassport {
  const messages: PassportMessage[] = []
  const subservices = readSubservices(table.text)
  const fields = noRows()
  for (const row of rows) {
    const heading = row.heading ?? ''
    const field = fieldOfHeading(heading, lang)
    if (field === null)
      messages.push(
        say(
          'row-unknown',
          row,
          `заголовок строки «${short(heading)}» не опознан, строка показана в «иных требованиях». Сверьте заголовок с типовой формой.`,
        ),
      )
    else if (fields[field].length > 0 && field !== 'other')
      messages.push(say('field-repeated', row, `вторая строка с полем «${FIELD_NAMES[field]}». Показаны обе.`))
    fields[field ?? 'other'].push({
      eid: row.eid,
      label: row.label,
      num: row.num,
      heading,
      text: row.text,
      status: row.status,
      groups: readOutline(row.text, subservices),
    })
  }
  for (const field of PASSPORT_FIELDS)
    if (fields[field].length === 0)
      messages.push(say('field-missing', table, `в таблице нет строки «${FIELD_NAMES[field]}».`))
  const name = serviceName(table.heading ?? '')
  if (name === null) messages.push(say('name-unread', table, 'в заголовке таблицы нет наименования услуги в кавычках.'))

  const inForce = (field: PassportField): PassportRow[] => fields[field].filter(({ status }) => status === 'in-force')
  const textOf = (field: PassportField): string =>
    inForce(field)
      .map(({ text }) => text)
      .join('\n')
  const { terms, unread } = readTerms(fields.term, lang)
  for (const { row, text } of unread)
    messages.push(say('term-unread', row, `срок не прочитан однозначно: «${short(text)}». Читайте текст строки.`))
  const fee = readFee(textOf('fee'), lang)
  const forms = readForms(textOf('form'))
  const [feeRow, formRow] = [inForce('fee')[0], inForce('form')[0]]
  if (fee.kind === null && feeRow !== undefined)
    messages.push(say('fee-unread', feeRow, 'не сказано, платная ли услуга. Читайте текст строки.'))
  if (forms.length === 0 && formRow !== undefined)
    messages.push(say('form-unread', formRow, 'форма оказания не опознана. Читайте текст строки.'))
  const count = (field: 'documents' | 'refusal'): number | null => {
    const found = inForce(field)
    const counted = found.length === 1 && found[0] !== undefined ? countItems(found[0].groups) : null
    if (counted === null && found[0] !== undefined && found[0].text !== '')
      messages.push(
        say('items-unnumbered', found[0], `«${FIELD_NAMES[field]}»: список не пронумерован подряд, число не показано.`),
      )
    return counted
  }
  return {
    eid: table.eid,
    label: table.label,
    lang,
    name,
    caption: [table.heading ?? '', table.text].filter((text) => text !== '').join('\n'),
    subservices,
    fields,
    terms,
    fee,
    forms,
    hours: inForce('hours').flatMap(({ groups }) => readHours(groups)),
    counts: { documents: count('documents'), refusal: count('refusal') },
    messages,
  }
}

/**
 * Passports of all service standards among provisions, in the order of the act.
 * @param provisions of one text of an act: parsed, or those in force on a day
 * @returns one for every table that has rows of its own. Pure.
 */
export function passportsOf(provisions: readonly PassportSource[], lang: Lang): ServicePassport[] {
  const rows = new Map<string, PassportSource[]>()
  for (const provision of provisions)
    if (provision.kind === 'row' && provision.parentEid !== null)
      rows.set(provision.parentEid, [...(rows.get(provision.parentEid) ?? []), provision])
  return provisions.flatMap((table) => {
    const own = table.kind === 'table' ? rows.get(table.eid) : undefined
    return own === undefined ? [] : [passportOf(table, own, lang)]
  })
}
