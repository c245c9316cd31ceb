import { printedDay } from '#ingest/text/printed-day.ts'
import type { FoundColumn, FoundTable } from './find-table.ts'
import { LIMITS } from './limits.ts'
import { message, quoted, Refusal, type MessageCode } from './messages.ts'
import { readContacts, type Finding } from './read-contacts.ts'
import { readPeople } from './read-people.ts'
import { readWebResources } from './read-web-resources.ts'
import { completeRequisites, findRequisites, hasNumber } from './requisites.ts'
import {
  COLUMNS,
  type ActRequisites,
  type Cell,
  type ColumnKey,
  type SubmissionMessage,
  type SubmissionRow,
  type SubmittedService,
  type TableRow,
} from './submission.ts'

/** Longest text of each column, in characters. */
const LONGEST: Record<ColumnKey, number> = {
  number: 20,
  registryNumber: 64,
  name: 1000,
  byLaw: 4000,
  changes: 10_000,
  webResource: 2000,
  responsible: 2000,
  contacts: 2000,
}
const REQUIRED: ReadonlySet<ColumnKey> = new Set(COLUMNS.filter((key) => key !== 'number' && key !== 'changes'))
const NONE =
  /^(?:[-–—]+|нет|нет изменений|не вносились|изменени[яй]\s+не\s+вносились|отсутствуют|жоқ|өзгеріс\p{L}*\s+жоқ|енгізілмеген)\.?$/iu
/** Signatures under the form. */
const SIGNATURE = /^(?:ф\.?\s?и\.?\s?о\.?|дата|подпись|м\.?п\.?|исполнитель|исп\.|т\.?а\.?ә\.?|күні|қолы)(?!\p{L})/iu
const UNSEEN = /[\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{2064}\u{FEFF}\u{AD}]/gu
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u{0}-\u{8}\u{B}\u{C}\u{E}-\u{1F}\u{7F}\u{FFFD}]|\p{Surrogate}/u

/** The text of a cell without what nobody sees; spaces are one, lines stay. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(UNSEEN, '')
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/ ?\n ?/gu, '\n')
    .replaceAll(/\n{2,}/gu, '\n')
    .trim()

interface Read {
  raw: Record<ColumnKey, string>
  /** Cells in use, by column; the first of a split one. */
  cells: Partial<Record<ColumnKey, Cell>>
}

function readRow(row: TableRow, columns: readonly FoundColumn[]): Read {
  const raw = Object.fromEntries(COLUMNS.map((key) => [key, ''])) as Record<ColumnKey, string>
  const cells: Partial<Record<ColumnKey, Cell>> = {}
  for (const { key, indexes } of columns) {
    const found = indexes.flatMap((index) => row.cells[index] ?? [])
    const texts = found.map((cell) => cell.text).filter((text, i, all) => text !== '' && all.indexOf(text) === i)
    raw[key] = texts.join(key === 'responsible' ? ', ' : '\n')
    const worst = found.find((cell) => cell.kind === 'error' || cell.formula !== null) ?? found[0]
    if (worst !== undefined) cells[key] = worst
  }
  return { raw, cells }
}

const isData = ({ raw, cells }: Read): boolean =>
  COLUMNS.filter((key) => key !== 'number' && (raw[key] !== '' || cells[key]?.formula != null)).filter(
    (key) => cells[key]?.merged !== 'across',
  ).length >= 2

type Tell = (key: ColumnKey, code: MessageCode, values?: SubmissionMessage['values']) => void

/** Faults that a cell of any column can have. @returns whether its text can be read at all */
function checkCell(key: ColumnKey, text: string, cell: Cell | undefined, tell: Tell): boolean {
  if (cell?.formula === 'without-value') {
    tell(key, 'cell-formula-without-value')
    return false
  }
  if (cell?.kind === 'error') {
    tell(key, text.startsWith('#') ? 'cell-error' : 'cell-type', { text: quoted(text), kind: 'вложенная структура' })
    return false
  }
  if (text === '') {
    if (REQUIRED.has(key)) tell(key, 'cell-empty')
    return false
  }
  if (cell?.formula === 'with-value') tell(key, 'cell-formula')
  if (cell?.merged === 'across') {
    tell(key, 'cell-merged-across')
    return false
  }
  if (cell?.merged === 'down') tell(key, 'cell-merged-down')
  if (cell?.kind === 'boolean') {
    tell(key, 'cell-type', { kind: 'логическое значение' })
    return false
  }
  if (CONTROL.test(text)) {
    tell(key, 'cell-control-characters')
    return false
  }
  if (text.length > LONGEST[key]) {
    tell(key, 'cell-too-long', { limit: LONGEST[key] })
    return false
  }
  const sign = /^[=@]/u.exec(text)?.[0]
  if (sign !== undefined) {
    tell(key, 'cell-formula-text', { sign })
    return false
  }
  return true
}

function registryNumber(text: string, cell: Cell | undefined, tell: Tell): string | null {
  const number = text.replaceAll(/^№\s*|[\s'’]+/gu, '').toUpperCase()
  if (/^\d+[.,]\d+E\+?\d+$/u.test(number) || (cell?.kind === 'number' && !/^\d+$/u.test(number))) {
    tell('registryNumber', 'registry-number-rounded', { text: quoted(text) })
    return null
  }
  if (!/\d/u.test(number) || !/^[\p{L}\d][\p{L}\d./-]{0,31}$/u.test(number) || cell?.kind === 'date') {
    tell('registryNumber', 'registry-number-wrong', { text: quoted(text) })
    return null
  }
  if (cell?.kind === 'number' && /^\d{5,7}$/u.test(number)) {
    const padded = number.padStart(8, '0')
    tell('registryNumber', 'registry-number-padded', { number: padded })
    return padded
  }
  if (!/^\d{8}$/u.test(number)) tell('registryNumber', 'registry-number-unusual', { number })
  return number
}

function byLaw(text: string, today: string | null, tell: Tell): ActRequisites | null {
  const [found] = findRequisites(text)
  if (found === undefined) {
    tell('byLaw', 'act-date-missing')
    if (!hasNumber(text)) tell('byLaw', 'act-number-missing')
    return null
  }
  if (found.date === null) tell('byLaw', 'act-date-impossible', { text: found.printedDate })
  if (found.number === null) tell('byLaw', 'act-number-missing')
  if (found.kind === null) tell('byLaw', 'act-kind-missing')
  if (found.date !== null && today !== null && found.date > today) {
    tell('byLaw', 'act-date-future', { date: printedDay(found.date) })
    return null
  }
  return completeRequisites(found, text)
}

function changesOf(text: string, act: ActRequisites | null, today: string | null, tell: Tell): ActRequisites[] {
  if (text === '' || NONE.test(text)) return []
  const found = findRequisites(text)
  const changes: ActRequisites[] = []
  let unclear = found.length === 0
  for (const one of found) {
    if (one.date === null) tell('changes', 'act-date-impossible', { text: one.printedDate })
    else if (today !== null && one.date > today) tell('changes', 'act-date-future', { date: printedDay(one.date) })
    const complete = completeRequisites(one, one.text)
    if (complete !== null) changes.push(complete)
    else if (one.date !== null) unclear = true
    if (act !== null && one.date !== null && one.date < act.date)
      tell('changes', 'change-before-act', { date: one.date, act: act.date })
  }
  if (unclear) tell('changes', 'changes-unclear', { text: quoted(text) })
  return changes
}

function serviceOf(
  read: Read,
  input: { today: string | null; missing: ReadonlySet<ColumnKey>; tell: Tell },
): SubmittedService | null {
  let faulty = false
  const tell: Tell = (key, code, values) => {
    if (message(code, values).severity === 'error') faulty = true
    input.tell(key, code, values)
  }
  const texts = Object.fromEntries(COLUMNS.map((key) => [key, cleanText(read.raw[key])])) as Record<ColumnKey, string>
  const readable = Object.fromEntries(
    // A missing column is told once, not in every row.
    COLUMNS.map((key) => [key, !input.missing.has(key) && checkCell(key, texts[key], read.cells[key], tell)]),
  ) as Record<ColumnKey, boolean>
  const tellAll = (key: ColumnKey, findings: readonly Finding[]) => {
    for (const { code, values } of findings) tell(key, code, values)
  }

  const number = readable.registryNumber ? registryNumber(texts.registryNumber, read.cells.registryNumber, tell) : null
  const name = texts.name.replaceAll('\n', ' ')
  if (readable.name && (name.length < 5 || (name.match(/\p{L}/gu)?.length ?? 0) < name.length / 3))
    tell('name', 'name-wrong', { text: quoted(name) })
  const act = readable.byLaw ? byLaw(texts.byLaw, input.today, tell) : null
  const changes = readable.changes ? changesOf(texts.changes, act, input.today, tell) : []
  const web = readable.webResource ? readWebResources(texts.webResource) : { urls: [], findings: [] }
  tellAll('webResource', web.findings)
  const people = readable.responsible ? readPeople(texts.responsible) : { people: [], findings: [] }
  tellAll('responsible', people.findings)
  const contacts = readable.contacts ? readContacts(texts.contacts) : { phones: [], emails: [], findings: [] }
  tellAll('contacts', contacts.findings)

  if (faulty || number === null || act === null || input.missing.size > 0) return null
  return {
    registryNumber: number,
    name,
    byLaw: act,
    changes,
    webResources: web.urls,
    responsible: people.people,
    phones: contacts.phones,
    emails: contacts.emails,
  }
}

/** Rows between two breaths. */
const BREATH = 200

const placeOf = ({ place }: SubmissionMessage): number => COLUMNS.findIndex((key) => key === place.column?.key)

/**
 * Reads the rows under the header: every fault of every cell, with its row and column.
 * @param today YYYY-MM-DD: acts cannot be dated later; null when it is not known
 * @throws Refusal `too-many-rows`
 */
export async function readRows(
  found: FoundTable,
  today: string | null,
): Promise<{ rows: SubmissionRow[]; messages: SubmissionMessage[] }> {
  const { table, headerAt, columns } = found
  const messages: SubmissionMessage[] = []
  const rows: SubmissionRow[] = []
  const seen = new Map<string, number>()
  const present = new Map(columns.map((column) => [column.key, column]))
  const missing = new Set(COLUMNS.filter((key) => key !== 'number' && !present.has(key)))

  for (const [i, row] of table.rows.slice(headerAt + 1).entries()) {
    // Searches go on while a large submission is read.
    if (i % BREATH === BREATH - 1) await new Promise((resume) => setImmediate(resume))
    const read = readRow(row, columns)
    const tell: Tell = (key, code, values) => {
      const column = present.get(key)
      messages.push(
        message(code, values, {
          sheet: table.name,
          row: row.number,
          column: { key, letter: column?.letter ?? null, title: column?.title ?? '' },
        }),
      )
    }
    if (!isData(read)) {
      const text = quoted([...new Set(row.cells.flatMap((cell) => cell?.text ?? []))].join(' '))
      if (text !== '' && !SIGNATURE.test(text) && !/^[\d.,\s]+$/u.test(text))
        messages.push(message('row-left-out', { text }, { sheet: table.name, row: row.number, column: null }))
      continue
    }
    if (rows.length === LIMITS.rows) throw new Refusal('too-many-rows', { limit: LIMITS.rows })
    const told = messages.length
    const service = serviceOf(read, { today, missing, tell })
    const number = service?.registryNumber ?? cleanText(read.raw.registryNumber)
    const before = number === '' ? undefined : seen.get(number)
    if (before !== undefined)
      tell('registryNumber', 'registry-number-repeated', { number: quoted(number), row: before })
    else if (number !== '') seen.set(number, row.number)
    // In the order of the columns, as the row is read.
    messages.push(...messages.splice(told).toSorted((a, b) => placeOf(a) - placeOf(b)))
    rows.push({ row: row.number, raw: read.raw, service: before === undefined ? service : null })
  }
  if (rows.length === 0) messages.push(message('no-rows', {}, { sheet: table.name, row: null, column: null }))
  return { rows, messages }
}
