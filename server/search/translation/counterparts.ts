import { sql, type SQL } from 'drizzle-orm'
import { shownTo, type Reader } from '#server/articles/visible-passages.ts'
import type { Lang } from '#server/context.ts'
import { arrayLiteral, queryRows } from '#server/db/database.ts'

interface Candidate extends Record<string, unknown> {
  id: string
  article_id: string
  act_id: string | null
  eids: string[]
}

/** The same point under another chapter is the same point: numbers of points run through a document. */
export const withoutDivisions = (eid: string): string => eid.replace(/(?:sec|chp)_[^_]+__/gu, '')

const keyOf = (actId: string, eid: string): string => `${actId} ${withoutDivisions(eid)}`

const list = (values: readonly string[]): string => arrayLiteral(new Set(values))

/** A provision and those that it stands in: a passage cites one of them where it holds it. */
export const selfAndAbove = (eid: string): string[] => {
  const parts = eid.split('__')
  return parts.map((_, index) => parts.slice(0, index + 1).join('__'))
}

/** Provisions `r` of some element ids; else of those ids chapters aside, which costs the length of the act. */
const eidAmong = (eids: readonly string[], isExact: boolean): SQL =>
  isExact
    ? sql`r.eid = any(${list(eids)}::text[])`
    : sql`regexp_replace(r.eid, '(sec|chp)_[^_]+__', '', 'g') = any(${list(eids.map((eid) => withoutDivisions(eid)))}::text[])`

/**
 * Which of some passages exist in one language alone.
 * @param passageIds passages in the other language
 * @param lang the language looked for: a passage has a counterpart when a provision of it stands in a passage in that language that
 * may be seen on the day; one that cites no act, when its article has a text in that language
 * @returns ids of the passages without a counterpart
 */
export async function withoutCounterpart(
  reader: Reader,
  passageIds: readonly string[],
  { lang, asOf }: { lang: Lang; asOf: string },
): Promise<Set<string>> {
  if (passageIds.length === 0) return new Set()
  const candidates = await queryRows<Candidate>(
    reader.db,
    sql`select p.id, p.article_id, r.act_id,
               array(select s ->> 'eid' from jsonb_array_elements(p.segments) s) || coalesce(array[r.eid], '{}') as eids
        from passage p left join provision r on r.id = p.provision_id where p.id = any(${list(passageIds)}::text[])`,
  )
  const provisions = new Set<string>()
  const read = async (wanted: readonly Candidate[], isExact: boolean): Promise<void> => {
    if (wanted.length === 0) return
    const eids = wanted.flatMap((one) => one.eids.flatMap((eid) => selfAndAbove(eid)))
    const rows = await queryRows<{ act_id: string; eids: string[] }>(
      reader.db,
      sql`select r.act_id, array(select s ->> 'eid' from jsonb_array_elements(p.segments) s) || r.eid as eids
          from provision r join passage p on p.provision_id = r.id join article_version v on v.id = p.version_id
          where r.act_id = any(${list(wanted.flatMap(({ act_id: act }) => act ?? []))}::text[]) and r.lang = ${lang} and p.lang = ${lang}
            and ${eidAmong(eids, isExact)} and ${shownTo(reader, asOf)}`,
    )
    for (const row of rows) for (const eid of row.eids) provisions.add(keyOf(row.act_id, eid))
  }
  const isAlone = ({ act_id: act, eids }: Candidate): boolean =>
    act !== null && !eids.some((eid) => provisions.has(keyOf(act, eid)))
  await read(
    candidates.filter(({ act_id: act }) => act !== null),
    true,
  )
  const missing = candidates.filter((one) => isAlone(one))
  const held = await heldIn(
    reader,
    missing.flatMap(({ act_id: act }) => act ?? []),
    lang,
  )
  await read(
    missing.filter(({ act_id: act }) => act !== null && held.has(act)),
    false,
  )
  const articles = candidates.flatMap((one) => (one.act_id === null ? one.article_id : []))
  const translated = new Set<string>()
  if (articles.length > 0)
    for (const { article_id: article } of await queryRows<{ article_id: string }>(
      reader.db,
      sql`select distinct v.article_id from article_version v
          where v.article_id = any(${list(articles)}::text[]) and v.lang = ${lang} and ${shownTo(reader, asOf)}`,
    ))
      translated.add(article)
  return new Set(
    candidates
      .filter((one) => (one.act_id === null ? !translated.has(one.article_id) : isAlone(one)))
      .map(({ id }) => id),
  )
}

/** The text of a provision in the other language. */
export interface Counterpart {
  passageId: string
  label: string
  lang: Lang
}

/** Where a passage stands, as far as its counterpart depends on it. */
export interface CounterpartPlace {
  passageId: string
  articleId: string
  lang: Lang
  actId: string | null
  eid: string | null
  ord: number
  /** Of a text that cites no act: how many passages its version has. */
  among: number | null
}

const LANGS: readonly Lang[] = ['ru', 'kk']
const IN_DIVISION = /(?:sec|chp)_/u

const passagesOfProvisions = (
  reader: Reader,
  { acts, eids, lang, asOf }: { acts: string; eids: SQL; lang: Lang; asOf: string },
) =>
  queryRows<{ id: string; label: string; act_id: string; eid: string }>(
    reader.db,
    sql`select p.id, p.label, r.act_id, r.eid
        from provision r join passage p on p.provision_id = r.id join article_version v on v.id = p.version_id
        where r.act_id = any(${acts}::text[]) and r.lang = ${lang} and p.lang = ${lang} and ${eids} and ${shownTo(reader, asOf)}
        order by p.id desc`,
  )

/** Which of some acts have a text in a language. */
async function heldIn(reader: Reader, acts: readonly string[], lang: Lang): Promise<Set<string>> {
  if (acts.length === 0) return new Set()
  const rows = await queryRows<{ act_id: string }>(
    reader.db,
    sql`select distinct act_id from edition where act_id = any(${list(acts)}::text[]) and lang = ${lang}`,
  )
  return new Set(rows.map(({ act_id: actId }) => actId))
}

/** Passages in a language at the places of some articles. Most articles have no text in it, which is cheap to know first. */
async function passagesAtPlaces(
  reader: Reader,
  places: readonly Pick<CounterpartPlace, 'articleId' | 'ord'>[],
  { lang, asOf }: { lang: Lang; asOf: string },
): Promise<{ id: string; label: string; article_id: string; ord: number; among: number }[]> {
  const versions = await queryRows<{ id: string; article_id: string }>(
    reader.db,
    sql`select v.id, v.article_id from article_version v
        where v.article_id = any(${list(places.map(({ articleId }) => articleId))}::text[]) and v.lang = ${lang} and ${shownTo(reader, asOf)}`,
  )
  const asked = versions.flatMap(({ id, article_id: articleId }) =>
    places.filter((place) => place.articleId === articleId).map(({ ord }) => ({ id, ord })),
  )
  if (asked.length === 0) return []
  return queryRows(
    reader.db,
    sql`select p.id, p.label, p.article_id, p.ord, (select count(*)::int from passage o where o.version_id = p.version_id) as among
        from unnest(${arrayLiteral(asked.map(({ id }) => id))}::text[], ${arrayLiteral(asked.map(({ ord }) => ord))}::int[]) as wanted (version_id, ord)
             join passage p on p.version_id = wanted.version_id and p.ord = wanted.ord`,
  )
}

/**
 * The same passages in the other language, as they may be seen on the day: of the same provision, chapters aside; of a text that cites no act, at the same
 * place of its article, where that has as many passages.
 * @returns by id of the passage; those in one language alone are missing
 */
export async function counterpartsOf(
  reader: Reader,
  places: readonly CounterpartPlace[],
  asOf: string,
): Promise<Map<string, Counterpart>> {
  const found = new Map<string, Counterpart>()
  for (const lang of LANGS) {
    const asked = places.filter((one) => one.lang !== lang)
    const cited = asked.flatMap(({ passageId, actId, eid }) =>
      actId === null || eid === null ? [] : [{ passageId, actId, eid, key: keyOf(actId, eid) }],
    )
    const byKey = new Map<string, Counterpart>()
    const read = async (wanted: typeof cited, isExact: boolean): Promise<void> => {
      if (wanted.length === 0) return
      const rows = await passagesOfProvisions(reader, {
        acts: list(wanted.map(({ actId }) => actId)),
        eids: eidAmong(
          wanted.map(({ eid }) => eid),
          isExact,
        ),
        lang,
        asOf,
      })
      for (const { id, label, act_id: actId, eid } of rows) byKey.set(keyOf(actId, eid), { passageId: id, label, lang })
    }
    await read(cited, true)
    const missing = cited.filter(({ eid, key }) => IN_DIVISION.test(eid) && !byKey.has(key))
    // Many an act is held in one language alone: its length need not be gone through to know that.
    const held = await heldIn(
      reader,
      missing.map(({ actId }) => actId),
      lang,
    )
    await read(
      missing.filter(({ actId }) => held.has(actId)),
      false,
    )
    for (const { passageId, key } of cited) {
      const counterpart = byKey.get(key)
      if (counterpart !== undefined) found.set(passageId, counterpart)
    }
    const plain = asked.filter(({ actId }) => actId === null)
    if (plain.length === 0) continue
    const twins = await passagesAtPlaces(reader, plain, { lang, asOf })
    for (const one of plain) {
      const twin = twins.find(
        (other) => other.article_id === one.articleId && other.ord === one.ord && other.among === one.among,
      )
      if (twin !== undefined) found.set(one.passageId, { passageId: twin.id, label: twin.label, lang })
    }
  }
  return found
}
