import { hc, type ClientResponse } from 'hono/client'
import type { AppType } from '#server/app.ts'
import { fetchApi } from './fetch-api.ts'

/** The server's routes as functions, with the types of the server itself. */
export const api = hc<AppType>('/api/v1', { fetch: fetchApi })

type Body<R> = R extends ClientResponse<infer T, 200 | 201, 'json'> ? T : never

/** The body of a success: `fetchApi` has thrown everything else. */
export async function read<R extends ClientResponse<unknown>>(response: Promise<R>): Promise<Body<R>> {
  return (await (await response).json()) as Body<R>
}

/** Parameters that are set: the address of a request names no empty ones. */
export function given<T extends Readonly<Record<string, string | null>>>(params: T) {
  const entries = Object.entries(params).filter(([, value]) => value !== null && value !== '')
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], null> }
}
