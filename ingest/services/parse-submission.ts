import { decodeText } from './decode-text.ts'
import { detectContainer, detectOfficeFormat, detectTextFormat, namedFormat } from './detect-format.ts'
import { findTable } from './find-table.ts'
import { LIMITS } from './limits.ts'
import { message, Refusal } from './messages.ts'
import { readCsv } from './read-csv.ts'
import { readDocument } from './read-document.ts'
import { readJson } from './read-json.ts'
import { readRows } from './read-rows.ts'
import { readWorkbook } from './read-workbook.ts'
import type { ParsedSubmission, SubmissionMessage, Table } from './submission.ts'
import { openZipParts } from './zip-parts.ts'

type Opened = Pick<ParsedSubmission, 'format' | 'encoding' | 'delimiter'> & {
  tables: Table[]
  messages: SubmissionMessage[]
}

const MIB = 1024 * 1024

async function open(bytes: Uint8Array): Promise<Opened> {
  if (bytes.length === 0) throw new Refusal('file-empty')
  if (bytes.length > LIMITS.fileBytes) throw new Refusal('file-too-large', { limit: LIMITS.fileBytes / MIB })
  if (detectContainer(bytes) === 'zip') {
    const parts = await openZipParts(bytes)
    const format = detectOfficeFormat(parts.names)
    const tables = await (format === 'xlsx' ? readWorkbook(parts) : readDocument(parts))
    return { format, encoding: null, delimiter: null, tables, messages: [] }
  }
  const { text, encoding, messages } = decodeText(bytes)
  if (text.trim() === '') throw new Refusal('file-empty')
  const format = detectTextFormat(text)
  if (format === 'json') {
    if (bytes.length > LIMITS.jsonBytes) throw new Refusal('file-too-large', { limit: LIMITS.jsonBytes / MIB })
    return { format, encoding, delimiter: null, tables: readJson(text), messages }
  }
  const { tables, delimiter } = readCsv(text)
  return { format, encoding, delimiter, tables, messages }
}

/** Errors come first to be listed; within them the order of the file stays. */
function bounded(messages: readonly SubmissionMessage[]): { messages: SubmissionMessage[]; unlisted: number } {
  if (messages.length <= LIMITS.messages) return { messages: [...messages], unlisted: 0 }
  const kept = new Set(
    messages
      .toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
      .slice(0, LIMITS.messages),
  )
  return { messages: messages.filter((one) => kept.has(one)), unlisted: messages.length - kept.size }
}

/**
 * Reads a submission of Appendix 1 (п. 20 of the Rules): .xlsx, .csv, .docx or .json, told by its content. Never throws for a bad
 * file: every fault comes at once with its row, column, reason and mending, and time and memory are bounded (`limits.ts`). Pure.
 * @param input.name the file's name, for its extension
 * @param input.today YYYY-MM-DD, after which no act can be dated; null when it is not known
 */
export async function parseSubmission(
  bytes: Uint8Array,
  input: { name: string; today: string | null },
): Promise<ParsedSubmission> {
  const result: ParsedSubmission = {
    ok: false,
    format: null,
    encoding: null,
    delimiter: null,
    sheet: null,
    columns: [],
    rows: [],
    messages: [],
    unlisted: 0,
  }
  const named = namedFormat(input.name)
  let messages: SubmissionMessage[] = []
  try {
    if (/^(?:xlsm|xltm|xlam|docm|dotm)$/u.test(named.extension))
      throw new Refusal('macros', { part: `.${named.extension}` })
    const opened = await open(bytes)
    result.format = opened.format
    result.encoding = opened.encoding
    result.delimiter = opened.delimiter
    messages = opened.messages
    if (named.extension !== '' && named.format !== opened.format)
      messages.push(message('format-unlike-name', { named: `.${named.extension}`, format: `.${opened.format ?? ''}` }))
    const found = findTable(opened.tables, opened.format !== 'json')
    result.sheet = found.table.name
    result.columns = found.columns.map(({ key, letter, title }) => ({ key, letter, title }))
    messages = [...messages, ...found.messages]
    const read = await readRows(found, input.today)
    result.rows = read.rows
    messages = [...messages, ...read.messages]
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    messages = [...messages, error.told]
  }
  result.ok = !messages.some((one) => one.severity === 'error')
  return { ...result, ...bounded(messages) }
}
