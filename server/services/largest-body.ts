import { PRINT_LIMITS } from '#ingest/acts/pdf/print.ts'
import { LIMITS } from '#ingest/services/limits.ts'

const MIB = 1024 * 1024
/** What a form adds around its file. */
const FORM = 64 * 1024

/**
 * Bytes that a request may have: files of submissions and protocols are larger than anything else; JSON costs many times its size
 * when it is read, so that of a submission stays smaller.
 */
export function largestBody(request: { method: string; path: string; contentType: string | undefined }): number {
  if (request.method !== 'POST') return MIB
  // A letter with its attachments in base 64.
  if (request.path.endsWith('/inquiries')) return 11 * MIB
  // Two hundred stretches of speech, or a letter, in JSON.
  if (request.path.endsWith('/telephony/events')) return 2 * MIB
  if (/\/service-submissions(?:\/annotated\.xlsx)?$/u.test(request.path))
    return request.contentType?.startsWith('application/json') === true ? LIMITS.jsonBytes : LIMITS.fileBytes + FORM
  // A text of an act (`server/content/read-source.ts`) and its sidecar.
  if (request.path.endsWith('/act-imports')) return PRINT_LIMITS.fileBytes + 2 * FORM
  // Eight megabytes in base 64.
  return /\/services\/[^/]+\/protocol$/u.test(request.path) ? 11 * MIB : MIB
}
