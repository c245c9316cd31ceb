import { sql } from 'drizzle-orm'
import { sourceChangeOf } from '#server/articles/source-change.ts'
import { endOfWording, type EndedWording } from '#server/articles/visible-passages.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import type { SourceChange } from '#server/http/wire.ts'

/** A cited wording that is not in force any more. */
export interface ChangeSince {
  provisionId: string
  change: SourceChange
}

/**
 * What has become, by today, of the wordings that an answer cites: changed, ended, or under another number. Who asked of a past day
 * was told what was in force on it, and that stays true unless the wording had ended by then (as in `listAffectedAnswers`).
 * @param given.at when the answer was ready; it was asked for `given.tookMs` earlier
 */
export async function changesSince(
  ctx: Context,
  given: { provisionIds: readonly string[]; asOf: string; at: Date; tookMs: number },
): Promise<ChangeSince[]> {
  const ids = [...new Set(given.provisionIds)]
  if (ids.length === 0) return []
  const rows = await queryRows<{ id: string; end: EndedWording; lang: Lang }>(
    ctx.db,
    sql`select r.id, r.lang, jsonb_build_object('eid', q.eid, 'label', q.label, 'actId', q.act_id, 'day', q.day, 'by', q.ended_by,
                                                'isOver', q.is_over, 'movedTo', q.moved_to) as "end"
        from provision r cross join lateral (${endOfWording(sql`r.id`, today(ctx))}) q
        where r.id = any(${`{${ids.join(',')}}`}::text[]) and q.is_over`,
  )
  const askedOn = today({ now: () => new Date(given.at.getTime() - given.tookMs) })
  return ids.flatMap((provisionId) => {
    const row = rows.find(({ id }) => id === provisionId)
    if (row === undefined || (given.asOf < askedOn && row.end.day > given.asOf)) return []
    const change = sourceChangeOf([row.end], row.lang, true)
    return change === null ? [] : [{ provisionId, change }]
  })
}
