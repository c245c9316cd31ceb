import { Refusal } from './messages.ts'
import type { SubmissionFormat } from './submission.ts'

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean => prefix.every((byte, i) => bytes[i] === byte)

/** What the content says it is; a name can be wrong. `zip` needs a look inside. @throws Refusal */
export function detectContainer(bytes: Uint8Array): 'zip' | 'text' {
  if (startsWith(bytes, 0x50, 0x4b)) return 'zip'
  // OLE 2: Office before 2007, and encrypted files of any version.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) throw new Refusal('format-old')
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new Refusal('format-unknown')
  return 'text'
}

/** Which Office format the parts make, and whether programs hide among them. @throws Refusal */
export function detectOfficeFormat(names: ReadonlySet<string>): 'xlsx' | 'docx' {
  for (const name of names)
    if (/vbaProject|vbaData|macrosheets\/|activeX\//iu.test(name)) throw new Refusal('macros', { part: name })
  if (names.has('xl/workbook.xml')) return 'xlsx'
  if (names.has('word/document.xml')) return 'docx'
  throw new Refusal('format-unknown')
}

/** JSON or a table, by the first character of a text. @throws Refusal */
export function detectTextFormat(text: string): 'json' | 'csv' {
  const start = text.slice(0, 2000).trimStart()
  if (/^(?:<!doctype\s+html|<html|<table|<\?xml)/iu.test(start)) throw new Refusal('format-html')
  if (start.startsWith('{') || start.startsWith('[')) return 'json'
  return 'csv'
}

/** The format that a file's name promises; null when it promises none of ours. Pure. */
export function namedFormat(name: string): { extension: string; format: SubmissionFormat | null } {
  const extension = /\.([a-z0-9]{1,5})$/iu.exec(name)?.[1]?.toLowerCase() ?? ''
  const format =
    extension === 'xlsx' || extension === 'docx' || extension === 'json'
      ? extension
      : extension === 'csv' || extension === 'tsv' || extension === 'txt'
        ? 'csv'
        : null
  return { extension, format }
}
