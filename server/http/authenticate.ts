import { createMiddleware } from 'hono/factory'
import type { Identity } from '#server/identity/identity.ts'
import type { HttpEnv } from './env.ts'

/** Endpoints that make and end sessions: they read the cookie themselves. */
const OWN = '/api/v1/auth/'

/** Recognises the caller by key or cookie and leaves it for the handlers; a session in use gets its new cookie. */
export const authenticate = (identity: Identity) =>
  createMiddleware<HttpEnv>(async (c, next) => {
    const recognised = c.req.path.startsWith(OWN) ? null : await identity.authenticate(c.req.raw.headers)
    c.set('identity', identity)
    c.set('actor', recognised?.actor ?? null)
    c.set('credential', recognised?.credential ?? null)
    await next()
    for (const cookie of recognised?.setCookie ?? []) c.header('set-cookie', cookie, { append: true })
    // What a caller may see depends on who it is, and workplaces are shared: nothing is kept by a browser or a proxy.
    if (recognised !== null && !c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-store')
  })
