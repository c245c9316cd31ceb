import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { Gauge } from 'prom-client'
import type { Metrics } from './observe.ts'
import { json, route, routes } from './route.ts'

const PartSchema = z.object({
  state: z.enum(['ok', 'degraded']),
  servedBy: z.string(),
  reason: z.string().nullable().openapi({ description: 'Why not by what was chosen' }),
})

const IndexesSchema = z.object({
  state: z.enum(['ok', 'degraded']).openapi({ description: '`degraded`: the last run failed' }),
  lastSuccess: z.iso.datetime().nullable(),
  lastFailure: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
})

const IncomingSchema = z.object({
  state: z
    .enum(['stopped', 'standby', 'connecting', 'connected', 'failed'])
    .openapi({ description: '`standby`: another process reads the mailbox' }),
  since: z.iso.datetime(),
  lastLetterAt: z.iso.datetime().nullable(),
  lastError: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
})

const HealthSchema = z
  .object({
    status: z.literal('ok'),
    version: z.string(),
    adapters: z.object({
      database: z.string(),
      lexicalIndex: z.string(),
      embedder: z.string(),
      answerer: z.string(),
      mail: z.string(),
      incomingMail: z.string(),
    }),
    search: z.object({ words: PartSchema, meaning: PartSchema, indexes: IndexesSchema }).openapi({
      description:
        'Whether both halves of search are answered by what was chosen for them, and whether their indexes follow what is published',
    }),
    schedule: IndexesSchema.openapi({
      description:
        'What the server does by the clock; `degraded`: the last run of some job failed, or the clock cannot be looked at',
    }),
    incomingMail: IncomingSchema.nullable().openapi({
      description:
        'How this process stands with the mailbox; null: none is configured, letters come by POST /inquiries',
    }),
    uptimeSeconds: z.number(),
  })
  .openapi('Health')

interface RunHealth {
  state: 'ok' | 'degraded'
  lastSuccess: Date | null
  lastFailure: { at: Date; reason: string } | null
}

interface SearchHealth {
  words: z.infer<typeof PartSchema>
  meaning: z.infer<typeof PartSchema>
  indexes: RunHealth
}

const presentRuns = ({ state, lastSuccess, lastFailure }: RunHealth): z.infer<typeof IndexesSchema> => ({
  state,
  lastSuccess: lastSuccess?.toISOString() ?? null,
  lastFailure: lastFailure === null ? null : { at: lastFailure.at.toISOString(), reason: lastFailure.reason },
})

interface MailHealth {
  state: z.infer<typeof IncomingSchema>['state']
  since: Date
  lastLetterAt: Date | null
  lastError: { at: Date; reason: string } | null
}

/** What `/health` says of incoming mail, for those who watch numbers. */
function measureMail({ registry }: Metrics, health: () => MailHealth | null): void {
  registry.registerMetric(
    new Gauge({
      name: 'bilim_incoming_mail_connected',
      help: '1 while the mailbox is read, by this process or another one; nothing where none is configured',
      registers: [],
      collect() {
        const now = health()
        if (now !== null) this.set(now.state === 'connected' || now.state === 'standby' ? 1 : 0)
      },
    }),
  )
}

const presentMail = (now: MailHealth | null): z.infer<typeof IncomingSchema> | null =>
  now === null
    ? null
    : {
        state: now.state,
        since: now.since.toISOString(),
        lastLetterAt: now.lastLetterAt?.toISOString() ?? null,
        lastError: now.lastError === null ? null : { at: now.lastError.at.toISOString(), reason: now.lastError.reason },
      }

/** What `/health` says of search, for those who watch numbers. */
function measureSearch({ registry }: Metrics, health: () => SearchHealth): void {
  registry.registerMetric(
    new Gauge({
      name: 'bilim_search_degraded',
      help: '1 while a part of search is not what was chosen for it, or its indexes do not follow what is published',
      labelNames: ['part'] as const,
      registers: [],
      collect() {
        for (const [part, { state }] of Object.entries(health())) this.set({ part }, state === 'ok' ? 0 : 1)
      },
    }),
  )
  registry.registerMetric(
    new Gauge({
      name: 'bilim_search_indexes_reconciled_timestamp_seconds',
      help: 'When the indexes were last made those of what is published; 0 before the first time',
      registers: [],
      collect() {
        this.set((health().indexes.lastSuccess?.getTime() ?? 0) / 1000)
      },
    }),
  )
}

const presentSearch = ({ words, meaning, indexes }: SearchHealth): z.infer<typeof HealthSchema>['search'] => ({
  words,
  meaning,
  indexes: presentRuns(indexes),
})

/** Liveness, readiness and metrics: for the machine that watches the server, without a sign-in. */
export const healthRoutes = (options: {
  version: string
  adapters: () => z.infer<typeof HealthSchema>['adapters']
  searchHealth: () => SearchHealth
  scheduleHealth: () => RunHealth
  mailHealth: () => MailHealth | null
  metrics: Metrics
  isStopping: () => boolean
}) => {
  measureSearch(options.metrics, options.searchHealth)
  measureMail(options.metrics, options.mailHealth)
  return routes()
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
            search: presentSearch(options.searchHealth()),
            schedule: presentRuns(options.scheduleHealth()),
            incomingMail: presentMail(options.mailHealth()),
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
}
