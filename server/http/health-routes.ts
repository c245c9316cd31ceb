import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Metrics } from './observe.ts'
import { json, route, routes } from './route.ts'

const PartSchema = z.object({
  state: z.enum(['ok', 'degraded']),
  servedBy: z.string(),
  reason: z.string().nullable().openapi({ description: 'Why not by what was chosen' }),
})

const HealthSchema = z
  .object({
    status: z.literal('ok'),
    version: z.string(),
    adapters: z.object({ database: z.string(), lexicalIndex: z.string(), embedder: z.string(), answerer: z.string() }),
    search: z
      .object({ words: PartSchema, meaning: PartSchema })
      .openapi({ description: 'Whether both halves of search are answered by what was chosen for them' }),
    uptimeSeconds: z.number(),
  })
  .openapi('Health')

/** Liveness, readiness and metrics: for the machine that watches the server, without a sign-in. */
export const healthRoutes = (options: {
  version: string
  adapters: () => z.infer<typeof HealthSchema>['adapters']
  searchHealth: () => z.infer<typeof HealthSchema>['search']
  metrics: Metrics
  isStopping: () => boolean
}) =>
  routes()
    .openapi(
      route({
        method: 'get',
        path: '/health',
        tags: ['operation'],
        summary: 'Alive, and with which adapters',
        access: 'public',
        responses: { 200: json(HealthSchema, 'Alive') },
      }),
      (c) =>
        c.json(
          {
            status: 'ok' as const,
            version: options.version,
            adapters: options.adapters(),
            search: options.searchHealth(),
            uptimeSeconds: Math.round(process.uptime()),
          },
          200,
        ),
    )
    .openapi(
      route({
        method: 'get',
        path: '/ready',
        tags: ['operation'],
        summary: 'Ready to serve: the database answers and the server is not stopping',
        access: 'public',
        responses: {
          200: json(z.object({ ready: z.boolean() }), 'Ready'),
          503: json(z.object({ ready: z.boolean() }), 'Not ready'),
        },
      }),
      async (c) => {
        if (options.isStopping()) return c.json({ ready: false }, 503)
        try {
          await c.get('ctx').db.execute(sql`select 1`)
          return c.json({ ready: true }, 200)
        } catch {
          return c.json({ ready: false }, 503)
        }
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/metrics',
        tags: ['operation'],
        summary: 'Metrics in Prometheus’ text format',
        access: 'public',
        responses: { 200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } } },
      }),
      async (c) => c.text(await options.metrics.registry.metrics(), 200),
    )
