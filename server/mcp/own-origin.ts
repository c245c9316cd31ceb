import { createMiddleware } from 'hono/factory'
import { refuse, type Said } from '#server/errors.ts'
import type { HttpEnv } from '#server/http/env.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
const OTHER_SITE: Said = {
  ru: 'Заголовок Origin называет другой сайт: /mcp отвечает программам и страницам самого этого сервера.',
  kk: 'Origin тақырыбы басқа сайтты атайды: /mcp бағдарламаларға және осы сервердің өз беттеріне жауап береді.',
  en: 'The Origin header names another site: /mcp answers programs, and pages of this server itself.',
}

/**
 * Model Context Protocol, specification 2025-06-18, Transports, Security Warning: a request with an `Origin` that is not our own is
 * refused, key or not. A name that a stranger's page has made point here (DNS rebinding) comes as our own address would, so without
 * `PUBLIC_URL` only names of this machine are ours. Programs send no Origin.
 * @param options.publicUrl the address people open; null: the one that the request came to
 * @throws DomainError `forbidden`
 */
export const ownOrigin = (options: { publicUrl: string | null }) =>
  createMiddleware<HttpEnv>(async (c, next) => {
    const origin = c.req.header('origin')
    const own = new URL(options.publicUrl ?? c.req.url)
    const isOurs = origin === own.origin && (options.publicUrl !== null || LOOPBACK.has(own.hostname))
    if (origin !== undefined && !isOurs) throw refuse('forbidden', OTHER_SITE)
    await next()
  })
