import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { DomainError } from '#server/errors.ts'
import type { HttpEnv } from '#server/http/env.ts'
import { entryFault } from './word-fault.ts'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const EXTENSIONS: Record<string, string> = {
  'application/json': '.json',
  'text/csv': '.csv',
  [XLSX]: '.xlsx',
  [DOCX]: '.docx',
}

const FileBody = z.any().openapi({ type: 'string', format: 'binary' })
const RowsBody = z.any().openapi({
  description: 'A list of rows, or an object with `rows`; keys as the columns of Appendix 1',
  example: [
    {
      registryNumber: '00101001',
      name: 'Выдача справки',
      byLaw: 'приказ Министра юстиции от 12 мая 2023 года № 302',
      changes: 'нет',
      webResource: 'https://egov.kz',
      responsible: 'Ахметов Серик Болатович, главный специалист',
      contacts: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz',
    },
  ],
})

/** What a request with a file of Appendix 1 may hold: the file as its body, or in a form. */
export const UPLOAD_CONTENT = {
  'application/json': { schema: RowsBody },
  'text/csv': { schema: FileBody },
  'text/plain': { schema: FileBody },
  // What browsers on Windows call a .csv.
  'application/vnd.ms-excel': { schema: FileBody },
  'application/octet-stream': { schema: FileBody },
  [XLSX]: { schema: FileBody },
  [DOCX]: { schema: FileBody },
  'multipart/form-data': { schema: z.any().openapi({ type: 'object' }) },
}

/** The file of a request: a part named `file` of a form, or the body itself. @throws DomainError `validation-failed` */
export async function readUpload(
  c: HonoContext<HttpEnv>,
  named: string | undefined,
): Promise<{ bytes: Uint8Array; name: string }> {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data') {
    const { file: part } = await c.req.parseBody()
    if (!(part instanceof File))
      throw new DomainError('validation-failed', 'The form has no file.', {
        faults: [entryFault('form.file', 'form-without-file', c.get('uiLang'))],
      })
    return { bytes: new Uint8Array(await part.arrayBuffer()), name: named ?? part.name }
  }
  const extension = EXTENSIONS[type]
  return {
    bytes: new Uint8Array(await c.req.arrayBuffer()),
    name: named ?? (extension === undefined ? '' : `submission${extension}`),
  }
}
