/** What the parser of Appendix 1 (order No. 83 of 26.01.2016, Rules of the Unified Contact Centre) gives. */

/** The eight columns of the form, in its order. */
export const COLUMNS = [
  'number',
  'registryNumber',
  'name',
  'byLaw',
  'changes',
  'webResource',
  'responsible',
  'contacts',
] as const
export type ColumnKey = (typeof COLUMNS)[number]

/** Titles of the columns as the form has them. */
export const COLUMN_TITLES: Record<ColumnKey, string> = {
  number: '№ п/п',
  registryNumber: '№ государственной услуги в реестре',
  name: 'Наименование государственной услуги',
  byLaw:
    'Подзаконный нормативный правовой акт, определяющий порядок оказания государственной услуги (с указанием его реквизитов)',
  changes: 'Сведения об изменениях нормативных правовых актов',
  webResource: 'Интернет-ресурс, на котором размещена информация о государственной услуге',
  responsible: 'Фамилия, имя, отчество, должность ответственного лица и/или услугодателя',
  contacts:
    'Контактные телефоны, адрес электронной почты ответственного лица государственного органа, и/или услугодателя',
}

export type SubmissionFormat = 'xlsx' | 'csv' | 'docx' | 'json'

/** A cell as the file has it. */
export interface Cell {
  text: string
  kind: 'text' | 'number' | 'date' | 'boolean' | 'error'
  /** A formula with the value it had when the file was saved, or without any. */
  formula: 'with-value' | 'without-value' | null
  /** Covered by a merged cell whose own place is above or to the left; `text` is of that one. */
  merged: 'down' | 'across' | null
}

export interface TableRow {
  /** From 1, as the program that shows the file counts. 0: not a row of the file (keys of JSON). */
  number: number
  cells: (Cell | undefined)[]
}

/** A sheet of a workbook, a table of a document, or all of a text file. */
export interface Table {
  name: string | null
  hidden: boolean
  rows: TableRow[]
}

/** Where a message belongs; null parts: the file as a whole. */
export interface SubmissionPlace {
  sheet: string | null
  row: number | null
  column: { key: ColumnKey | null; letter: string | null; title: string } | null
}

/** One fault or remark. `code` with `values` lets an interface say it in its own language. */
export interface SubmissionMessage {
  severity: 'error' | 'warning'
  code: string
  place: SubmissionPlace
  values: Record<string, string | number>
  /** What is wrong, in Russian. */
  reason: string
  /** How to mend it, in Russian. */
  mend: string
}

/** Requisites of an act as a cell has them. `date` is YYYY-MM-DD. */
export interface ActRequisites {
  /** In Russian, lower case («приказ»); null where the cell does not say. */
  kind: string | null
  date: string
  number: string
  /** The words of the cell. */
  text: string
}

export interface Person {
  name: string
  post: string
}

export interface Phone {
  /** +7XXXXXXXXXX, another international number, or a short number as dialled inside the country (1414). */
  number: string
  extension: string | null
}

/** A service as a row of the form states it, normalised for storage. */
export interface SubmittedService {
  registryNumber: string
  name: string
  byLaw: ActRequisites
  changes: ActRequisites[]
  webResources: string[]
  /** The first is the responsible person, the others stand beside. */
  responsible: Person[]
  phones: Phone[]
  emails: string[]
}

export interface SubmissionRow {
  /** Row of the file, from 1. */
  row: number
  /** The cells as sent. */
  raw: Record<ColumnKey, string>
  /** Null when the row has a fault. */
  service: SubmittedService | null
}

export interface ParsedSubmission {
  /** No errors: everything can be stored. */
  ok: boolean
  format: SubmissionFormat | null
  /** Of a text file. */
  encoding: string | null
  delimiter: string | null
  sheet: string | null
  columns: { key: ColumnKey; letter: string | null; title: string }[]
  rows: SubmissionRow[]
  messages: SubmissionMessage[]
  /** Faults beyond those listed. */
  unlisted: number
}
