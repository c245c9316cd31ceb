import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { Context, Lang } from '#server/context.ts'
import { provision, type EndedBy } from '#server/db/schema/acts.ts'
import { alignProvisions, type AlignedRow } from './align-provisions.ts'
import type { ProvisionRow } from './queries.ts'

/** A wording with what following it needs: an act may have thousands, and most of a row is its tables and its citations. */
export type FollowedRow = AlignedRow & Pick<ProvisionRow, 'id' | 'ord' | 'label' | 'changedBy' | 'validFromKnown'>

/** What became of the provisions of one day, by their order and words and not by their numbers alone (decision 0034). */
export interface FollowedProvisions {
  /**
   * What a provision is on the later day; null: it is gone; undefined: nobody knows, since it is not held as of the first day, or since it
   * was changed by an act of whose text nothing is held.
   */
  nowOf: (eid: string, endedBy: Pick<EndedBy, 'change' | 'date' | 'number'> | null) => FollowedRow | null | undefined
}

/** An act in one language on two days, and what of the first, by element id, is what on the second. */
export interface ActStates {
  before: readonly FollowedRow[]
  after: readonly FollowedRow[]
  pairs: ReadonlyMap<string, FollowedRow>
}

interface ActInLanguage {
  actId: string
  lang: Lang
}

/** Pure: `before` and `after` are the provisions of an act in one language, in force on two days. */
export function pairProvisions<Row extends AlignedRow>(
  before: readonly Row[],
  after: readonly Row[],
): ReadonlyMap<string, Row> {
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
const wordingsInForce = (ctx: Context, act: ActInLanguage, day: string | null): Promise<FollowedRow[]> =>
  ctx.db
    .select({
      id: provision.id,
      eid: provision.eid,
      parentEid: provision.parentEid,
      kind: provision.kind,
      ord: provision.ord,
      label: provision.label,
      heading: provision.heading,
      text: provision.text,
      status: provision.status,
      changedBy: provision.changedBy,
      validFromKnown: provision.validFromKnown,
    })
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

/** States of one act that are kept at once: texts of one act were written, and its provisions ended, on few days. */
const MOST_KEPT = 16

/** A map that forgets what was asked for longest ago. */
function keepFew<Value>(): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Value>()
  return async (key, make) => {
    const value = kept.get(key) ?? (await make())
    kept.delete(key)
    kept.set(key, value)
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break
      kept.delete(oldest)
    }
    return value
  }
}

export type StatesReader = (act: ActInLanguage, from: string, to: string | null) => Promise<ActStates>

/**
 * Reads and aligns acts, each day of an act read once, each two days aligned once. Keeps one act in one language: ask act by act, one question
 * after the other.
 * @returns of a first day, YYYY-MM-DD, and a later one; null: as provisions stand once all that is known has come
 */
export function createStatesReader(ctx: Context): StatesReader {
  let held = ''
  let [days, states] = [keepFew<FollowedRow[]>(), keepFew<ActStates>()]
  return (act, from, to) => {
    const own = `${act.actId} ${act.lang}`
    if (own !== held) [held, days, states] = [own, keepFew<FollowedRow[]>(), keepFew<ActStates>()]
    const read = days
    const on = (day: string | null) => read(day ?? '', () => wordingsInForce(ctx, act, day))
    return states(`${from} ${to ?? ''}`, async () => {
      const [before, after] = [await on(from), await on(to)]
      return { before, after, pairs: pairProvisions(before, after) }
    })
  }
}

/** Pure. */
export function followedIn({ before, after, pairs }: ActStates): FollowedProvisions {
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
