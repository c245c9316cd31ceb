import { uiLang } from '../i18n/i18n.ts'
import { ServerGoneError, toApiError } from './api-error.ts'
import { connection } from './connection.ts'

const signedOutWatchers = new Set<() => void>()

/** Calls back when the server says that nobody is signed in any more. */
export function onSignedOut(watcher: () => void): () => void {
  signedOutWatchers.add(watcher)
  return () => signedOutWatchers.delete(watcher)
}

const GATEWAY_GONE = new Set([502, 504])

/** `fetch` in the language of the interface; anything but a success is thrown as an error that can be shown. */
export async function fetchApi(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('accept-language', uiLang())
  let response: Response
  try {
    response = await fetch(input, { ...init, headers, credentials: 'same-origin' })
  } catch (error) {
    if (init.signal?.aborted === true) throw error
    connection.report('gone')
    throw new ServerGoneError(error)
  }
  if (GATEWAY_GONE.has(response.status)) {
    connection.report('gone')
    throw new ServerGoneError(response.statusText)
  }
  connection.report('up')
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => null)
  const error = toApiError(response.status, body, response.headers)
  const path = input instanceof Request ? input.url : input.toString()
  if (response.status === 401 && !path.includes('/auth/')) for (const watcher of signedOutWatchers) watcher()
  throw error
}
