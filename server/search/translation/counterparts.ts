import { sql } from 'drizzle-orm'
import { inForceOn } from '#server/articles/visible-passages.ts'
import type { Lang } from '#server/context.ts'
import { queryRows, type Database } from '#server/db/database.ts'

interface Candidate extends Record<string, unknown> {
  id: string
  article_id: string
  act_id: string | null
  eids: string[]
}

/** The same point under another chapter is the same point: numbers of points run through a document. */
const withoutDivisions = (eid: string): string => eid.replace(/(?:sec|chp)_[^_]+__/gu, '')

/**
 * Which of some passages exist in one language alone.
 * @param passageIds passages in the other language
 * @param lang the language looked for: a passage has a counterpart when a provision of it stands in a passage in that language that
 * may be seen on the day; one that cites no act, when its article has a text in that language
 * @returns ids of the passages without a counterpart
 */
export async function withoutCounterpart(
  db: Database,
  passageIds: readonly string[],
  { lang, asOf }: { lang: Lang; asOf: string },
): Promise<Set<string>> {
  if (passageIds.length === 0) return new Set()
  const ids = `{${passageIds.join(',')}}`
  const candidates = await queryRows<Candidate>(
    db,
    sql`select p.id, p.article_id, r.act_id,
               array(select s ->> 'eid' from jsonb_array_elements(p.segments) s) || coalesce(array[r.eid], '{}') as eids
        from passage p left join provision r on r.id = p.provision_id where p.id = any(${ids}::text[])`,
  )
  const acts = [...new Set(candidates.flatMap(({ act_id: actId }) => actId ?? []))]
  const articles = [...new Set(candidates.flatMap((one) => (one.act_id === null ? one.article_id : [])))]
  const held = await queryRows<{ act_id: string | null; article_id: string | null; eid: string | null }>(
    db,
    sql`select distinct r.act_id, null as article_id, s ->> 'eid' as eid
        from provision r join passage p on p.provision_id = r.id join article_version v on v.id = p.version_id,
             jsonb_array_elements(p.segments || jsonb_build_array(jsonb_build_object('eid', r.eid))) s
        where r.act_id = any(${`{${acts.join(',')}}`}::text[]) and r.lang = ${lang} and p.lang = ${lang} and ${inForceOn(asOf)}
        union
        select distinct null, p.article_id, null from passage p join article_version v on v.id = p.version_id
        where p.article_id = any(${`{${articles.join(',')}}`}::text[]) and p.lang = ${lang} and ${inForceOn(asOf)}`,
  )
  const provisions = new Set(
    held.flatMap(({ act_id: act, eid }) => (act === null || eid === null ? [] : `${act} ${withoutDivisions(eid)}`)),
  )
  const translated = new Set(held.flatMap(({ article_id: article }) => article ?? []))
  return new Set(
    candidates
      .filter(({ act_id: act, article_id: article, eids }) =>
        act === null
          ? !translated.has(article)
          : !eids.some((eid) => provisions.has(`${act} ${withoutDivisions(eid)}`)),
      )
      .map(({ id }) => id),
  )
}
