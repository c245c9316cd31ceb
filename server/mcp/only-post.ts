import { createMiddleware } from 'hono/factory'
import type { HttpEnv } from '#server/http/env.ts'

/** Streamable HTTP without sessions has no stream of its own to open and no session to end: clients are told so by 405. */
export const onlyPost = createMiddleware<HttpEnv>(async (c, next) => {
  if (c.req.method !== 'POST') return c.text('Send messages with POST.', 405, { allow: 'POST' })
  return next()
})
