import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Message } from '#ingest/acts/act.ts'
import { documentHtml } from '#ingest/acts/docx/document-html.ts'
import type { ActSource } from '#ingest/acts/parse-source.ts'
import { PRINT_LIMITS } from '#ingest/acts/pdf/print.ts'
import { printHtml } from '#ingest/acts/pdf/print-html.ts'
import { decodeText } from '#ingest/services/decode-text.ts'
import { LIMITS } from '#ingest/services/limits.ts'
import { Refusal } from '#ingest/services/messages.ts'
import { decodeUtf8, systemCode } from './files.ts'
import { readMeta, type BesideText } from './read-meta.ts'

/** Acts as text come no larger; a larger file is refused before it is read. */
export const LARGEST_SOURCE = 8 * 1024 * 1024

/** Markdown is parsed in time that grows faster than its size; the longest acts take a tenth of this. */
export const LARGEST_MARKDOWN = 2 * 1024 * 1024

/** A page of an act takes a tenth of this; what is larger is no page of one. */
export const LARGEST_PAGE = 4 * 1024 * 1024

/** A print of 600 pages is read in a sixth of this; after it the rest is given up. */
const LONGEST_READING_MS = 60_000

/** Formats that ingestion reads, and the largest file of each in bytes. */
export const SOURCE_FORMATS: Readonly<Record<string, number>> = {
  '.txt': LARGEST_SOURCE,
  '.md': LARGEST_MARKDOWN,
  '.html': LARGEST_PAGE,
  '.htm': LARGEST_PAGE,
  '.docx': LIMITS.fileBytes,
  '.pdf': PRINT_LIMITS.fileBytes,
}

/** A source that was read, or why it was not. `messages` of a good one are warnings. */
export type SourceFile =
  | ({ ok: true; messages: Message[] } & ActSource)
  | { ok: false; name: string; messages: Message[] }

const start = { line: 1, column: 1, offset: 0 }
const refusal = (rule: string, text: string, place = { start, end: start }): Message => ({
  severity: 'error',
  rule,
  text,
  place,
})

/** Place of the first byte that is not UTF-8, as line and column. */
function placeOfBadByte(bytes: Uint8Array): { line: number; column: number; offset: number } {
  // As a stream, a prefix that only ends inside a character is still good, so goodness is monotone in its length.
  const decode = (length: number): string | null => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true })
    } catch {
      return null
    }
  }
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (decode(middle) === null) bad = middle
    else good = middle
  }
  const text = decode(good) ?? ''
  return { line: text.split('\n').length, column: text.length - text.lastIndexOf('\n'), offset: text.length }
}

/** The text with what stands beside it; a sidecar with faults refuses the text, since it names the act. */
function withMeta(name: string, text: string, beside: BesideText, said: readonly Message[]): SourceFile {
  const { lang, meta, versionDate, file, ofOtherEdition, faults } = beside
  if (faults.length > 0)
    return {
      ok: false,
      name,
      messages: faults.map((fault) => refusal('meta-faulty', file === null ? fault : `${file}: ${fault}`)),
    }
  const messages: Message[] = ofOtherEdition
    ? [
        {
          severity: 'info',
          rule: 'meta-of-other-edition',
          text: `Рядом нет описания этой редакции; реквизиты взяты из ${file ?? ''}, дата редакции – из имени файла.`,
          place: { start, end: start },
        },
      ]
    : []
  return { ok: true, name, text, lang, meta, versionDate, messages: [...said, ...messages] }
}

const atStart = { start, end: start }

/** The text of a file, by its format; null with the faults that refuse it. */
interface ReadText {
  text: string | null
  messages: Message[]
}

/** A page of an older site is in an encoding of one byte a letter; which, its letters say. */
function decodePage(bytes: Uint8Array): ReadText {
  try {
    const { text, encoding } = decodeText(bytes)
    return {
      text,
      messages: [
        {
          severity: 'warning',
          rule: 'not-utf-8',
          text: `Страница не в кодировке UTF-8, прочитана как ${encoding}. Сверьте буквы с печатным изданием.`,
          place: atStart,
        },
      ],
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { text: null, messages: [refusal(error.told.code, `${error.told.reason} ${error.told.mend}`)] }
  }
}

async function textOf(extension: string, bytes: Uint8Array): Promise<ReadText> {
  if (extension === '.docx' || extension === '.pdf') {
    const late = Date.now() + LONGEST_READING_MS
    const { html, messages } =
      extension === '.docx' ? await documentHtml(bytes) : await printHtml(bytes, () => Date.now() > late)
    return { text: html, messages }
  }
  const text = decodeUtf8(bytes)
  if (text !== null) return { text, messages: [] }
  if (extension === '.html' || extension === '.htm') return decodePage(bytes)
  const place = placeOfBadByte(bytes)
  return {
    text: null,
    messages: [
      refusal(
        'not-utf-8',
        'Байты не в кодировке UTF-8: файл повреждён или сохранён в другой кодировке; сохраните его в UTF-8.',
        { start: place, end: place },
      ),
    ],
  }
}

const formatOf = (name: string): string => extname(name).toLowerCase()

/** Why a file of this name and size is not read at all; null: it is. Pure. */
function refusedFormat(name: string, size: number | null): SourceFile | null {
  const extension = formatOf(name)
  const largest = SOURCE_FORMATS[extension]
  if (largest === undefined)
    return {
      ok: false,
      name,
      messages: [
        refusal(
          'format-unknown',
          `Формат ${extension === '' ? 'без расширения' : extension} не читается: нужен один из ${Object.keys(SOURCE_FORMATS).join(', ')}.`,
        ),
      ],
    }
  if (size === null || size <= largest) return null
  return {
    ok: false,
    name,
    messages: [
      refusal('too-large', `Файл больше ${largest / 1024 / 1024} МБ; разделите его или проверьте, тот ли это файл.`),
    ],
  }
}

/**
 * A source out of its bytes: text as it is, .docx and .pdf as HTML that says the same. What cannot be read is refused with the place
 * (line and column; of .docx the paragraph, of .pdf the page and the line on it). Never throws for bad bytes.
 * @param beside what its name and its sidecar say
 */
export async function sourceOfBytes(name: string, bytes: Uint8Array, beside: BesideText): Promise<SourceFile> {
  const refused = refusedFormat(name, bytes.length)
  if (refused !== null) return refused
  const { text, messages } = await textOf(formatOf(name), bytes)
  return text === null ? { ok: false, name, messages } : withMeta(name, text, beside, messages)
}

/** Reads a source file whole (`sourceOfBytes`) with what stands beside it. Never throws for a bad file. */
export async function readSource(path: string): Promise<SourceFile> {
  const name = basename(path)
  const refused = refusedFormat(name, null)
  if (refused !== null) return refused
  let bytes: Uint8Array
  try {
    const info = await stat(path)
    if (!info.isFile()) return { ok: false, name, messages: [refusal('not-a-file', 'Это не файл.')] }
    const tooLarge = refusedFormat(name, info.size)
    if (tooLarge !== null) return tooLarge
    bytes = await readFile(path)
  } catch (error) {
    const code = systemCode(error)
    return {
      ok: false,
      name,
      messages: [
        refusal('unreadable', code === 'ENOENT' ? 'Файл не найден; проверьте путь.' : `Файл не читается (${code}).`),
      ],
    }
  }
  return sourceOfBytes(name, bytes, await readMeta(path))
}
