import { and, asc, inArray } from 'drizzle-orm'
import type { z } from '@hono/zod-openapi'
import type { Context } from '#server/context.ts'
import { event } from '#server/db/schema/events.ts'
import { apiKey, user } from '#server/db/schema/identity.ts'
import type { UpdateRequestSchema } from './schema.ts'

type Step = z.infer<typeof UpdateRequestSchema>['history'][number]

const WHAT: Readonly<Record<string, Step['what']>> = {
  'update.requested': 'requested',
  'update.answered': 'answered',
  'update.withdrawn': 'withdrawn',
  'update.reopened': 'reopened',
}
/** Steps of one request: more are no history but a quarrel, and the newest of them say how it stands. */
const MOST_STEPS = 50

/**
 * What happened to requests, oldest first, from their events: at most 50 steps each, the newest. Who did it is the centre's to know; an
 * agency reads what and why.
 */
export async function historyOf(ctx: Context, requestIds: readonly string[]): Promise<Map<string, Step[]>> {
  const steps = new Map<string, Step[]>()
  if (requestIds.length === 0) return steps
  const rows = await ctx.db
    .select()
    .from(event)
    .where(and(inArray(event.subjectId, [...requestIds]), inArray(event.type, Object.keys(WHAT))))
    .orderBy(asc(event.at))
  const actors = [...new Set(rows.map(({ actorId }) => actorId))]
  const names = new Map<string, string>()
  if (ctx.actor.role !== 'agency' && actors.length > 0)
    for (const table of [user, apiKey])
      for (const one of await ctx.db
        .select({ id: table.id, name: table.name })
        .from(table)
        .where(inArray(table.id, actors)))
        names.set(one.id, one.name)
  // Of one instant: what the others answer comes first.
  const order = Object.keys(WHAT)
  rows.sort(
    (one, other) => one.at.getTime() - other.at.getTime() || order.indexOf(one.type) - order.indexOf(other.type),
  )
  for (const row of rows) {
    const what = WHAT[row.type]
    if (what === undefined) continue
    const said = row.payload
    const reason =
      typeof said === 'object' && said !== null && 'reason' in said && typeof said.reason === 'string'
        ? said.reason
        : null
    const step = { what, at: row.at.toISOString(), by: names.get(row.actorId) ?? null, reason }
    steps.set(row.subjectId, [...(steps.get(row.subjectId) ?? []), step].slice(-MOST_STEPS))
  }
  return steps
}
