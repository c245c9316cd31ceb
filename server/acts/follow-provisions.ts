import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { Context, Lang } from '#server/context.ts'
import { provision, type EndedBy } from '#server/db/schema/acts.ts'
import { alignProvisions } from './align-provisions.ts'
import type { ProvisionRow } from './queries.ts'

/** What became of the provisions of one day, by their order and words and not by their numbers alone (decision 0034). */
export interface FollowedProvisions {
  /**
   * What a provision is on the later day; null: it is gone; undefined: nobody knows, since it is not held as of the first day, or since it
   * was changed by an act of whose text nothing is held.
   */
  nowOf: (eid: string, endedBy: Pick<EndedBy, 'change' | 'date' | 'number'> | null) => ProvisionRow | null | undefined
}

/** Pure: `before` and `after` are the provisions of an act in one language, in force on two days. */
export function pairProvisions(
  before: readonly ProvisionRow[],
  after: readonly ProvisionRow[],
): ReadonlyMap<string, ProvisionRow> {
  const rows = new Map(after.map((row) => [row.eid, row]))
  return new Map(
    [...alignProvisions(before, after)].flatMap(([eid, was]) => {
      const is = rows.get(eid)
      return is === undefined ? [] : [[was.eid, is] as const]
    }),
  )
}

/**
 * Wordings of an act in one language that are in force on a day, in the order of the act.
 * @param day YYYY-MM-DD; null: as they stand once all that is known has come
 */
export const wordingsInForce = (
  ctx: Context,
  act: { actId: string; lang: Lang },
  day: string | null,
): Promise<ProvisionRow[]> =>
  ctx.db
    .select()
    .from(provision)
    .where(
      and(
        eq(provision.actId, act.actId),
        eq(provision.lang, act.lang),
        day === null
          ? isNull(provision.validTo)
          : and(lte(provision.validFrom, day), or(isNull(provision.validTo), gt(provision.validTo, day))),
      ),
    )
    .orderBy(asc(provision.ord))

/**
 * Follows the provisions of an act in one language from a day to another.
 * @param input.from YYYY-MM-DD, on which they were in force
 * @param input.to YYYY-MM-DD; null: as they stand once all that is known has come
 */
export async function followProvisions(
  ctx: Context,
  input: { actId: string; lang: Lang; from: string; to: string | null },
): Promise<FollowedProvisions> {
  const [before, after] = [await wordingsInForce(ctx, input, input.from), await wordingsInForce(ctx, input, input.to)]
  const pairs = pairProvisions(before, after)
  const known = new Set(before.map(({ eid }) => eid))
  const numbers = new Set(after.map(({ eid }) => eid))
  return {
    nowOf(eid, endedBy) {
      const is = pairs.get(eid)
      if (is !== undefined) return is
      if (!known.has(eid)) return undefined
      const isTextHeld =
        endedBy === null ||
        (endedBy.change !== 'restated' && endedBy.change !== 'changed') ||
        numbers.has(eid) ||
        after.some(({ changedBy }) => changedBy?.date === endedBy.date && changedBy.number === endedBy.number)
      return isTextHeld ? null : undefined
    },
  }
}
