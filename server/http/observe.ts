import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { newId } from '#server/ids.ts'
import type { HttpEnv } from './env.ts'

export interface Metrics {
  registry: Registry
  requests: Histogram<'method' | 'route' | 'status'>
}

/** Metrics of one server: latencies by route, and the process's own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'bilim_http_request_duration_seconds',
    help: 'Time from request to response',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.3, 1, 3],
    registers: [registry],
  })
  return { registry, requests }
}

const REQUEST_ID = /^[\w-]{8,64}$/

/** Gives every request an id (the caller's own, if well-formed), a log line without its query, and a measured time. */
export const observe = (log: Logger, metrics: Metrics) =>
  createMiddleware<HttpEnv>(async (c, next) => {
    const started = performance.now()
    const given = c.req.header('x-request-id')
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : newId('req')
    c.set('requestId', requestId)
    await next()
    // Set on the response itself: an error's answer is not made through `c`.
    c.res.headers.set('x-request-id', requestId)
    const seconds = (performance.now() - started) / 1000
    const route = routePath(c, -1)
    metrics.requests.observe({ method: c.req.method, route, status: c.res.status }, seconds)
    // The path without its query: questions may hold personal data.
    const line = {
      requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(seconds * 1000),
      actor: c.get('actor')?.id ?? null,
    }
    if (c.res.status >= 500) log.error(line, 'request')
    else log.info(line, 'request')
  })
