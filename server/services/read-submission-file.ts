import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { parseSubmission } from '#ingest/services/parse-submission.ts'
import { LIMITS } from '#ingest/services/limits.ts'

/** Formats of Appendix 1 alone. A .docx may also be an act: its content says. */
const SHEETS: ReadonlySet<string> = new Set(['.xlsx', '.xlsm', '.xls', '.csv', '.tsv', '.json'])

export type SubmissionFile = { name: string; bytes: Uint8Array } | { name: string; bytes: null; reason: string }

/**
 * Reads a file that is a submission of Appendix 1 by its format or, for .docx, because a table of it has the columns of the form.
 * @returns null: it is none; whoever reads acts has the word. No bytes: a sheet by its name that cannot be read, and why. Of a file
 * beyond the limit only its being so large is told, and it is refused for that
 */
export async function readSubmissionFile(path: string): Promise<SubmissionFile | null> {
  const extension = extname(path).toLowerCase()
  if (!SHEETS.has(extension) && extension !== '.docx') return null
  const name = basename(path)
  let bytes: Uint8Array
  try {
    const { size } = await stat(path)
    bytes = size > LIMITS.fileBytes ? new Uint8Array(LIMITS.fileBytes + 1) : await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = code === 'ENOENT' ? 'Файл не найден; проверьте путь.' : `Файл не читается (${code}).`
    return extension === '.docx' ? null : { name, bytes: null, reason }
  }
  if (extension !== '.docx') return { name, bytes }
  const { columns } = await parseSubmission(bytes, { name, today: null })
  return columns.length === 0 ? null : { name, bytes }
}
