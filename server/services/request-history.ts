import { and, asc, inArray } from 'drizzle-orm'
import type { z } from '@hono/zod-openapi'
import { SYSTEM, type Context } from '#server/context.ts'
import { event } from '#server/db/schema/events.ts'
import { namesOf } from '#server/events/names-of.ts'
import type { UpdateRequestSchema } from './schema.ts'

type Step = z.infer<typeof UpdateRequestSchema>['history'][number]

const WHAT: Readonly<Record<string, Step['what']>> = {
  'update.requested': 'requested',
  'update.withdrawn': 'withdrawn',
  'update.reopened': 'reopened',
  'update.answered': 'answered',
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
  const toldWho = ctx.actor.role !== 'agency'
  const nameOf = await namesOf(ctx, toldWho ? rows.map(({ actorId }) => actorId) : [])
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
    const by = toldWho && row.actorId !== SYSTEM.id ? nameOf(row.actorId) : null
    const step = { what, at: row.at.toISOString(), by, reason }
    steps.set(row.subjectId, [...(steps.get(row.subjectId) ?? []), step].slice(-MOST_STEPS))
  }
  return steps
}
