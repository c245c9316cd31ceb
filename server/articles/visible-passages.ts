import { sql, type SQL } from 'drizzle-orm'
import { queryRows, type Database } from '#server/db/database.ts'
import type { Lang } from '#server/context.ts'
import type { ChangedBy } from '#server/db/schema/acts.ts'
import type { Segment } from '#server/db/schema/articles.ts'
import { amendedByLine } from '#server/acts/act-identity.ts'
import type { DifferenceKind, DifferenceSide } from '#ingest/compare/compare-languages.ts'
import type { Citation, LanguageDifference } from '#server/http/wire.ts'

/** A passage that may be shown, with all that a citation of it needs. */
export interface VisiblePassage {
  passageId: string
  articleId: string
  versionId: string
  title: string
  lang: Lang
  label: string
  anchor: string
  context: string
  text: string
  segments: Segment[]
  citation: Citation | null
  /** Where its words and those of the other language differ in what a caller would act on. */
  languageDifferences: LanguageDifference[]
}

interface Row extends Record<string, unknown> {
  passage_id: string
  article_id: string
  version_id: string
  title: string
  lang: Lang
  label: string
  anchor: string
  context: string
  text: string
  segments: Segment[]
  provision_id: string | null
  eid: string | null
  act_id: string | null
  act_title: string | null
  changed_by: ChangedBy | null
  wording_date: string | null
  valid_from: string | null
  valid_from_known: boolean | null
  differences: { id: string; kind: DifferenceKind; ru: DifferenceSide; kk: DifferenceSide }[] | null
}

/** Published, and in force on the day: the one condition that decides what anybody may find. */
export const inForceOn = (asOf: string): SQL =>
  sql`v.state = 'published' and v.valid_from <= ${asOf} and (v.valid_to is null or v.valid_to > ${asOf})`

/** Published for at least a day: only such a version can ever be found, so only such ones are indexed. */
export const everInForce: SQL = sql`v.state = 'published' and (v.valid_to is null or v.valid_to > v.valid_from)`

const citationOf = (row: Row): Citation | null =>
  row.provision_id === null || row.act_id === null || row.eid === null || row.wording_date === null
    ? null
    : {
        actId: row.act_id,
        actTitle: row.act_title ?? '',
        provisionId: row.provision_id,
        eid: row.eid,
        label: row.label,
        edition: {
          date: row.wording_date,
          amendedBy: row.changed_by === null ? null : amendedByLine(row.changed_by, row.lang),
        },
        validFrom: row.valid_from ?? '',
        validFromKnown: row.valid_from_known ?? false,
        url: `/articles/${row.article_id}?lang=${row.lang}#${row.anchor}`,
        anchor: row.anchor,
      }

/**
 * Reads passages back from the database and drops those that may not be seen on that day.
 * @param where which passages, over `p` (passage) and `v` (article_version)
 */
export async function readVisiblePassages(db: Database, where: SQL, asOf: string): Promise<VisiblePassage[]> {
  const rows = await queryRows<Row>(
    db,
    sql`select p.id as passage_id, p.article_id, p.version_id, v.title, p.lang, p.label, p.anchor, p.context, p.text, p.segments,
               r.id as provision_id, r.eid, r.act_id, r.changed_by, r.wording_date::text, r.valid_from::text, r.valid_from_known,
               t.title as act_title, d.differences
        from passage p
        join article_version v on v.id = p.version_id
        left join provision r on r.id = p.provision_id
        left join lateral (
          select coalesce(e.annex_title, e.title) as title from edition e
          where e.act_id = r.act_id and e.lang = r.lang order by e.date desc, e.imported_at desc limit 1
        ) t on true
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind, 'ru', l.ru, 'kk', l.kk) order by l.ord) as differences
          from language_difference l
          where l.act_id = r.act_id and l.is_material and l.decision = 'open'
            and l.valid_from <= ${asOf} and (l.valid_to is null or l.valid_to > ${asOf})
            and case p.lang when 'ru' then l.ru_provision_id else l.kk_provision_id end
              = any(select s ->> 'provisionId' from jsonb_array_elements(p.segments) s)
        ) d on true
        where ${inForceOn(asOf)} and ${where}
        order by p.article_id, p.ord`,
  )
  return rows.map((row) => ({
    passageId: row.passage_id,
    articleId: row.article_id,
    versionId: row.version_id,
    title: row.title,
    lang: row.lang,
    label: row.label,
    anchor: row.anchor,
    context: row.context,
    text: row.text,
    segments: row.segments,
    citation: citationOf(row),
    languageDifferences: (row.differences ?? []).map(({ id, kind, ru, kk }) => ({
      differenceId: id,
      kind,
      ru: { label: ru.label, said: ru.said.map(({ text }) => text) },
      kk: { label: kk.label, said: kk.said.map(({ text }) => text) },
    })),
  }))
}

/** By id, in the order of the ids; what may not be seen is left out. */
export async function passagesByIds(db: Database, ids: readonly string[], asOf: string): Promise<VisiblePassage[]> {
  if (ids.length === 0) return []
  const found = await readVisiblePassages(
    db,
    // One parameter however many: the statement stays the same, and so does its plan.
    sql`p.id = any(${`{${ids.join(',')}}`}::text[])`,
    asOf,
  )
  const byId = new Map(found.map((passage) => [passage.passageId, passage]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
