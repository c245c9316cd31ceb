import { isIP } from 'node:net'

/** The address that our own proxy saw: it appends to X-Forwarded-For, so the last one is not of the caller's making. */
export function forwardedAddress(headers: Headers): string | null {
  const last = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return isIP(last) === 0 ? null : last
}
