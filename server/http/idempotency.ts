import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { createMiddleware } from 'hono/factory'
import { idempotencyKey } from '#server/db/schema/events.ts'
import { DomainError } from '#server/errors.ts'
import { sha256 } from '#server/ids.ts'
import type { HttpEnv } from './env.ts'

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const KEY = /^[\x21-\x7e]{1,200}$/
const DAY_MS = 24 * 3600 * 1000
/** A request that has no answer after this long died with its server. */
const ABANDONED_MS = 5 * 60 * 1000
const PURGE_EVERY_MS = 10 * 60 * 1000
/** Refusals that say nothing about the request itself: asked again, it may well succeed. */
const NOT_KEPT = new Set([401, 403, 408, 409, 425, 429])
/** Kept in place of a body that shows a secret once: it was done, but is not told again. */
const SECRET = 'secret'

/** JSON or text, or nothing at all: a file would not come back as it was, and a stream never ends. */
const isText = (contentType: string | null): boolean =>
  contentType === null || /^(?:application\/(?:[\w.-]+\+)?json|text\/(?!event-stream))/i.test(contentType)

/**
 * Makes a repeated write act once: an unsafe request with `Idempotency-Key` is done the first time and answered from the
 * record for a day. Keys belong to a caller, method and path. Streams, files and answers that hold a secret are
 * not kept: a file is made anew.
 * @throws DomainError `bad-request` (a malformed key), `idempotency-mismatch` (the key came with another request),
 * `conflict` (the first one is still being done, or its answer held a secret)
 */
export function idempotency() {
  let purgedAt = 0
  return createMiddleware<HttpEnv>(async (c, next) => {
    const given = c.req.header('idempotency-key')
    const actor = c.get('actor')
    if (
      given === undefined ||
      actor === null ||
      !UNSAFE.has(c.req.method) ||
      (c.req.header('accept') ?? '').includes('text/event-stream')
    )
      return next()
    if (!KEY.test(given))
      throw new DomainError('bad-request', 'Idempotency-Key must be 1 to 200 visible ASCII characters.')

    const { db, now } = c.get('ctx')
    const at = now()
    const key = `${actor.id} ${c.req.method} ${c.req.path} ${given}`
    const query = c.req.url.slice(c.req.url.indexOf('?') + 1 || c.req.url.length)
    // As bytes: read as text, a file would not come to the handler as it was sent.
    const requestHash = sha256(Buffer.concat([Buffer.from(`${query}\n`), Buffer.from(await c.req.arrayBuffer())]))
    const expired = lt(idempotencyKey.createdAt, new Date(at.getTime() - DAY_MS))

    if (at.getTime() - purgedAt > PURGE_EVERY_MS) {
      purgedAt = at.getTime()
      await db.delete(idempotencyKey).where(expired)
    }
    const abandoned = and(
      isNull(idempotencyKey.status),
      lt(idempotencyKey.createdAt, new Date(at.getTime() - ABANDONED_MS)),
    )
    await db.delete(idempotencyKey).where(and(eq(idempotencyKey.key, key), or(expired, abandoned)))

    const [mine] = await db
      .insert(idempotencyKey)
      .values({ key, requestHash, createdAt: at })
      .onConflictDoNothing()
      .returning({ key: idempotencyKey.key })
    if (mine === undefined) {
      const [kept] = await db.select().from(idempotencyKey).where(eq(idempotencyKey.key, key))
      if (kept !== undefined && kept.requestHash !== requestHash)
        throw new DomainError('idempotency-mismatch', 'This Idempotency-Key came with another request before.')
      if (kept === undefined || kept.status === null)
        throw new DomainError('conflict', 'A request with this Idempotency-Key is being done right now.')
      if (kept.status === SECRET)
        throw new DomainError(
          'conflict',
          'This request was done already. Its answer held a secret, which is shown once and not kept.',
        )
      return new Response(kept.body, {
        status: Number(kept.status),
        headers: {
          'idempotency-replayed': 'true',
          ...(kept.contentType === null ? {} : { 'content-type': kept.contentType }),
        },
      })
    }

    const record = eq(idempotencyKey.key, key)
    try {
      await next()
    } catch (error) {
      await db.delete(idempotencyKey).where(record)
      throw error
    }
    const { status, headers } = c.res
    const contentType = headers.get('content-type')
    if (headers.get('cache-control')?.includes('no-store') === true && status < 400)
      await db.update(idempotencyKey).set({ status: SECRET }).where(record)
    else if (status >= 500 || NOT_KEPT.has(status) || !isText(contentType))
      await db.delete(idempotencyKey).where(record)
    else
      await db
        .update(idempotencyKey)
        .set({ status: String(status), body: status === 204 ? null : await c.res.clone().text(), contentType })
        .where(record)
    return undefined
  })
}
