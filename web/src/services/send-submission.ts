import { given } from '../api/client.ts'
import { fetchApi } from '../api/fetch-api.ts'
import type { ServiceKind, SubmitResult } from './types.ts'

export interface Sending {
  /** Null: services stay what they are; new ones are of the state. */
  kind: ServiceKind | null
  /** Null: callers of an agency, who send their own. */
  agencyId: string | null
  /** Look and compare, store nothing. */
  checkOnly: boolean
}

const addressOf = ({ kind, agencyId, checkOnly }: Sending): string =>
  `/api/v1/service-submissions?${new URLSearchParams(given({ kind, agencyId, checkOnly: checkOnly ? 'true' : null }))}`

const formOf = (file: File): FormData => {
  const form = new FormData()
  form.set('file', file)
  return form
}

/** Sends a file of Appendix 1. A check gives the faults as its result; a sending that is refused throws them. */
export const sendFile = async (file: File, sending: Sending, signal?: AbortSignal): Promise<SubmitResult> =>
  (
    await fetchApi(addressOf(sending), {
      method: 'POST',
      body: formOf(file),
      ...(signal === undefined ? {} : { signal }),
    })
  ).json() as Promise<SubmitResult>

/** Sends rows of Appendix 1 as JSON, keys as its columns. */
export const sendRows = async (
  rows: readonly Readonly<Record<string, string>>[],
  sending: Sending,
  signal?: AbortSignal,
): Promise<SubmitResult> =>
  (
    await fetchApi(addressOf(sending), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rows),
      ...(signal === undefined ? {} : { signal }),
    })
  ).json() as Promise<SubmitResult>

const FILE_NAME = /filename\*=UTF-8''(?<name>[^;]+)/u

/** The bytes of an answer and the name to save them under. */
async function fileOf(response: Response): Promise<{ blob: Blob; name: string }> {
  const name = FILE_NAME.exec(response.headers.get('content-disposition') ?? '')?.groups?.['name']
  return { blob: await response.blob(), name: name === undefined ? 'annotated.xlsx' : decodeURIComponent(name) }
}

/** A submission that was kept, back with its faulty cells marked. */
export const fetchAnnotatedOf = async (submissionId: string): Promise<{ blob: Blob; name: string }> =>
  fileOf(await fetchApi(`/api/v1/service-submissions/${encodeURIComponent(submissionId)}/annotated.xlsx`, {}))

/** The file back with its faulty cells marked, and the name to save it under. */
export const fetchAnnotated = async (file: File): Promise<{ blob: Blob; name: string }> =>
  fileOf(await fetchApi('/api/v1/service-submissions/annotated.xlsx', { method: 'POST', body: formOf(file) }))
