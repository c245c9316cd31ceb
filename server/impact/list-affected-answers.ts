import { asc, inArray, sql } from 'drizzle-orm'
import { amendedByLine } from '#server/acts/act-identity.ts'
import { wordingOf } from '#server/acts/align-provisions.ts'
import { createStatesReader, followedIn, type FollowedProvisions } from '#server/acts/follow-provisions.ts'
import { diffWords } from '#server/articles/diff-words.ts'
import { dayBefore, diffPath } from '#server/articles/source-change.ts'
import { endOfWording, type EndedWording } from '#server/articles/visible-passages.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { provision } from '#server/db/schema/acts.ts'
import { madeOld, type EndedWordingDay } from './affected.ts'

/** A cited wording that has ended since, and what the provision says now. */
export interface EndedCitation {
  provisionId: string
  actId: string
  eid: string
  label: string
  since: string
  /** False: `since` is the earliest possible day. */
  known: boolean
  by: string | null
  url: string
  /** The number under which its words are in force now, the same or amended (`parts`). */
  movedTo: string | null
  before: string
  /** What it says now, whatever stands under its old number. Null: the provision is gone, or its new text is not held. */
  after: string | null
  parts: ReturnType<typeof diffWords>
}

export interface AffectedAnswer {
  answerId: string
  question: string
  lang: Lang
  at: Date
  status: 'answered' | 'partial' | 'no_answer'
  citations: EndedCitation[]
}

export interface ListAffectedAnswersInput {
  actId?: string | undefined
  /** Only wordings that ended on this day or later. */
  since?: string | undefined
  limit: number
  after?: { at: Date; id: string } | undefined
  /** Ended wordings that are looked for at once, those that ended last. */
  mostEnded?: number
}

export interface AffectedAnswers {
  items: AffectedAnswer[]
  /** More wordings have ended than were looked for: answers by older ones are not listed. */
  truncated: boolean
}

/** Far more than a year of amendments ends. */
const MOST_ENDED = 20_000

interface Ended extends EndedWordingDay, Record<string, unknown> {
  by: EndedWording['by']
  moved: string | null
}

/**
 * Answers that cite, without a warning, a wording which is not in force any more (`madeOld`); newest first. An amendment that arrives
 * after it took effect reaches those that were given in between, too.
 */
export async function listAffectedAnswers(ctx: Context, input: ListAffectedAnswersInput): Promise<AffectedAnswers> {
  const day = today(ctx)
  const most = input.mostEnded ?? MOST_ENDED
  const found = await queryRows<Ended>(
    ctx.db,
    sql`select r.id, q.day::text as day, q.ended_by as by, q.moved_to as moved
        from provision r cross join lateral (${endOfWording(sql`r.id`, day)}) q
        where r.valid_to is not null and r.valid_to <= ${day} and q.is_over
          ${input.actId === undefined ? sql`` : sql`and r.act_id = ${input.actId}`}
          ${input.since === undefined ? sql`` : sql`and q.day >= ${input.since}`}
        order by q.day desc, r.id
        limit ${most + 1}`,
  )
  const truncated = found.length > most
  const ended = found.slice(0, most)
  if (ended.length === 0) return { items: [], truncated }
  const rows = await queryRows<{
    id: string
    question: string
    lang: Lang
    at: string
    status: AffectedAnswer['status']
    cited: string[]
  }>(
    ctx.db,
    sql`select a.id, a.question, a.lang, a.at::text, a.status, array_agg(distinct d.id) as cited
        from ${madeOld(ended)}
        ${input.after === undefined ? sql`` : sql`where (a.at, a.id) < (${input.after.at.toISOString()}::timestamptz, ${input.after.id})`}
        group by a.id, a.question, a.lang, a.at, a.status
        order by a.at desc, a.id desc
        limit ${input.limit}`,
  )
  const told = await endedCitations(ctx, [...new Set(rows.flatMap((row) => row.cited))], ended, day)
  const items = rows.map((row) => ({
    answerId: row.id,
    question: row.question,
    lang: row.lang,
    at: new Date(row.at),
    status: row.status,
    citations: row.cited.flatMap((id) => told.get(id) ?? []),
  }))
  return { items, truncated }
}

interface CitedRow {
  actId: string
  lang: Lang
  eid: string
  validFrom: string
  validTo: string | null
}
const keyOf = ({ actId, lang }: CitedRow, from: string): string => `${actId} ${lang} ${from}`

async function endedCitations(
  ctx: Context,
  ids: readonly string[],
  ended: readonly Ended[],
  day: string,
): Promise<Map<string, EndedCitation>> {
  if (ids.length === 0) return new Map()
  const before = await ctx.db
    .select()
    .from(provision)
    .where(inArray(provision.id, [...ids]))
    .orderBy(asc(provision.actId), asc(provision.lang), asc(provision.id))
  // An amendment ends many on one day, and its act is aligned whole: once.
  const states = createStatesReader(ctx)
  const followed = new Map<string, FollowedProvisions>()
  const begins = new Map<string, string>()
  for (const row of before) {
    const end = ended.find(({ id }) => id === row.id)
    if (end === undefined || end.moved !== null) continue
    let from = dayBefore(end.day)
    // A text corrected in place was in force on no day of its own: what stands in its place from then on is followed.
    if (row.validTo !== null && row.validTo <= row.validFrom) {
      const { before } = await states(row, from, day)
      if (!before.some((one) => one.eid === row.eid && wordingOf(one) === wordingOf(row))) from = end.day
    }
    begins.set(row.id, keyOf(row, from))
    if (!followed.has(keyOf(row, from))) followed.set(keyOf(row, from), followedIn(await states(row, from, day)))
  }
  return new Map(
    before.flatMap((row) => {
      const end = ended.find(({ id }) => id === row.id)
      if (end === undefined) return []
      const after = followed.get(begins.get(row.id) ?? '')?.nowOf(row.eid, end.by)
      const was = wordingOf(row)
      const is = end.moved !== null ? was : after == null || after.status !== 'in-force' ? null : wordingOf(after)
      return [
        [
          row.id,
          {
            provisionId: row.id,
            actId: row.actId,
            eid: row.eid,
            label: row.label,
            since: end.day,
            known: end.by?.known ?? true,
            by: end.by === null ? null : amendedByLine(end.by, row.lang),
            url: diffPath(row.actId, row.lang, end.day, end.day),
            movedTo: end.moved ?? (is !== null && after != null && after.eid !== row.eid ? after.label : null),
            before: was,
            after: is,
            parts: diffWords(was, is ?? ''),
          },
        ] as const,
      ]
    }),
  )
}
