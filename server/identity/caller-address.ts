import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as HonoContext } from 'hono'
import type { HttpEnv } from '#server/http/env.ts'
import { forwardedAddress } from './forwarded-address.ts'

/**
 * The network address of a caller: of the connection, or behind our own proxy the one it tells.
 * @returns null when there is no connection, as in a test that calls the app directly
 */
export function callerAddress(c: HonoContext<HttpEnv>, trustProxy: boolean): string | null {
  if (trustProxy) return forwardedAddress(c.req.raw.headers)
  try {
    return getConnInfo(c).remote.address ?? null
  } catch {
    return null
  }
}
