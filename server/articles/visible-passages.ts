import { sql, type SQL } from 'drizzle-orm'
import { arrayLiteral, queryRows } from '#server/db/database.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import type { ChangedBy, EndedBy } from '#server/db/schema/acts.ts'
import type { Segment } from '#server/db/schema/articles.ts'
import { amendedByLine } from '#server/acts/act-identity.ts'
import type { DifferenceKind, DifferenceSide } from '#ingest/compare/compare-languages.ts'
import type { Citation, DatedWording, LanguageDifference, SourceChange } from '#server/http/wire.ts'
import { sourceChangeOf } from './source-change.ts'

/** A part of a passage, with the wording of its own provision: a sub-point may be older or newer than the rest of its point. */
export interface VisibleSegment extends Segment {
  /** Null where its provision is not held any more. */
  wording: DatedWording | null
}

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
  segments: VisibleSegment[]
  /** Of the passage as a whole: dated by the newest wording that it holds. */
  citation: Citation | null
  /** Where its words and those of the other language differ in what a caller would act on. */
  languageDifferences: LanguageDifference[]
  /** What it quotes was changed by the day that is asked for. Found by reading, so nothing has to be marked. */
  sourceChanged: SourceChange | null
  /** What it quotes changes on a later day that is known. */
  changesOn: SourceChange | null
}

/** A quoted provision whose wording has ended, or ends on a known day. */
export interface EndedWording {
  eid: string
  label: string
  actId: string
  day: string
  by: (ChangedBy & Partial<EndedBy>) | null
  isOver: boolean
  /** The number under which the same words are in force instead; null where they are not. */
  movedTo: string | null
}

interface WordingRow {
  id: string
  changedBy: ChangedBy | null
  wordingDate: string
  validFrom: string
  validFromKnown: boolean
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
  /** Of the provision that it cites and of those of its segments. */
  wordings: WordingRow[] | null
  /** A wording that it quotes has a last day, come or to come; null without wordings. */
  ends_known: boolean | null
  differences: { id: string; kind: DifferenceKind; ru: DifferenceSide; kk: DifferenceSide }[] | null
}

/** Who reads, and when. Without `isEditor` it is an operator, whoever asks. */
export type Reader = Pick<Context, 'db' | 'now'> & { isEditor?: boolean }

/** Who reads drafts: those who write and approve texts. Nobody else sees people's texts before their day. */
const seesDrafts = ({ actor }: Context): boolean =>
  actor.role === 'editor' || actor.role === 'supervisor' || actor.role === 'admin'

/**
 * The caller, as who reads articles by name. Search, answers, calls and letters know no editor: what they say is told to callers.
 */
export const readerOf = (ctx: Context): Reader => ({ db: ctx.db, now: ctx.now, isEditor: seesDrafts(ctx) })

/**
 * Whether somebody may read a version at all. What people wrote is for editors alone until its day has come, whatever day is asked
 * for; and so is what tells of a service, until operators may advise on it (п. 23): the service has a protocol of acceptance whose
 * clock has run out by the calendar as it is now. What an act says on a day to come may be read by everybody.
 * @param day of which it is read: on days past nobody read of a service that opened later
 * @param version the table of versions, under its name in the query
 */
export function readableBy(reader: Reader, day: string, version: SQL = sql`v`): SQL {
  if (reader.isEditor === true) return sql`true`
  const now = today(reader)
  return sql`not exists (
    select 1 from editorial_review own
    where own.version_id = ${version}.id and (${version}.valid_from > ${now} or (own.service_id is not null and not exists (
      select 1 from acceptance_protocol signed join service_deadline gate on gate.cause = signed.id and gate.point = '23'
      where signed.service_id = own.service_id and gate.due_on <= ${day < now ? day : now}
        and not exists (select 1 from record_annulment void where void.record_id = signed.id)
    ))))`
}

/** Published, in force on the day, and the reader's to read: the one condition that decides what anybody may find. */
export const shownTo = (reader: Reader, asOf: string, version: SQL = sql`v`): SQL =>
  sql`${inForceOn(asOf, version)} and ${readableBy(reader, asOf, version)}`

/**
 * Passages that are in force on the day and not the reader's to read: what indexes must pass over, so that nothing that they count,
 * quote or put aside tells of them.
 */
export async function hiddenPassages(reader: Reader, asOf: string): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    reader.db,
    sql`select p.id from editorial_review r join article_version v on v.id = r.version_id join passage p on p.version_id = v.id
        where (r.service_id is not null or v.valid_from > ${today(reader)}) and ${inForceOn(asOf)} and not ${readableBy(reader, asOf)}`,
  )
  return rows.map(({ id }) => id)
}

/** Published, and in force on the day, whoever asks. */
export const inForceOn = (asOf: string, version: SQL = sql`v`): SQL =>
  sql`${version}.state = 'published' and ${version}.valid_from <= ${asOf} and (${version}.valid_to is null or ${version}.valid_to > ${asOf})`

/** Published for at least a day: only such a version can ever be found, so only such ones are indexed. */
export const everInForce: SQL = sql`v.state = 'published' and (v.valid_to is null or v.valid_to > v.valid_from)`

const datedWording = (row: WordingRow, lang: Lang): DatedWording => ({
  edition: {
    date: row.wordingDate,
    amendedBy: row.changedBy === null ? null : amendedByLine(row.changedBy, lang),
  },
  validFrom: row.validFrom,
  validFromKnown: row.validFromKnown,
})

/** Of two wordings the one that came into force later; of one day that of the later act. */
export const newerWording = (one: DatedWording, other: DatedWording): DatedWording =>
  (other.validFrom.localeCompare(one.validFrom) || other.edition.date.localeCompare(one.edition.date)) > 0 ? other : one

/** A whole passage reads as it does since the last of its provisions changed, be it a sub-point alone. */
function citationOf(row: Row, own: DatedWording | undefined, segments: readonly VisibleSegment[]): Citation | null {
  if (row.provision_id === null || row.act_id === null || row.eid === null || own === undefined) return null
  return {
    actId: row.act_id,
    actTitle: row.act_title ?? '',
    provisionId: row.provision_id,
    eid: row.eid,
    label: row.label,
    ...segments.reduce((newest, { wording }) => (wording === null ? newest : newerWording(newest, wording)), own),
    url: `/articles/${row.article_id}?lang=${row.lang}#${row.anchor}`,
    anchor: row.anchor,
  }
}

const saysAs = (one: string, other: string): string =>
  `${one}.act_id = ${other}.act_id and ${one}.lang = ${other}.lang and ${one}.text = ${other}.text and ${one}.heading is not distinct from ${other}.heading`
const standsOn = (one: string, day: string): string =>
  `${one}.valid_from <= ${day} and (${one}.valid_to is null or ${one}.valid_to > ${day})`
/** `gone.day` is the day on which the words of `w` were no longer in force in its place. */
const stoodBefore = (one: string): string =>
  `${one}.valid_from < gone.day and ${one}.valid_to is distinct from ${one}.valid_from and (${one}.valid_to is null or ${one}.valid_to >= gone.day)`

/**
 * Whether the words of a provision `w` go on under another number, that of `n`. A short text («бесплатно») stands in many places: it must keep
 * the last part of its number and go along with its parent. The words go on where they came when they were gone from their place, not where others said them already; and
 * where another text of the act stands in that place now, only among the same siblings or with the parent, since otherwise the place was merely
 * restated, as the alignment has it (decision 0034). Rows that were derived anew are in force on no day and say nothing of days.
 */
export const goesOnAs = sql.raw(`n.act_id = w.act_id and n.lang = w.lang and n.eid <> w.eid and n.kind = w.kind
      and n.status = 'in-force' and w.status = 'in-force'
      and n.text = w.text and n.heading is not distinct from w.heading and n.valid_from > w.valid_from
      and (length(w.text) >= 30 or (w.text <> '' and substring(n.eid from '[^_]+_[^_]+$') = substring(w.eid from '[^_]+_[^_]+$')))
      and exists (
        select 1 from (
          select coalesce(max(coalesce(x.valid_to, 'infinity')), w.valid_to) as day from provision x
          where x.act_id = w.act_id and x.lang = w.lang and x.eid = w.eid and x.content_hash = w.content_hash
            and x.valid_to is distinct from x.valid_from
        ) gone
        where n.valid_from >= gone.day and (
          (
            length(w.text) >= 30
            and not exists (select 1 from provision x where x.eid = n.eid and ${saysAs('x', 'n')} and ${stoodBefore('x')})
            and (
              n.parent_eid is not distinct from w.parent_eid
              or not exists (
                select 1 from provision x
                where x.act_id = w.act_id and x.lang = w.lang and x.eid = w.eid and x.content_hash <> w.content_hash
                  and x.status = 'in-force' and ${standsOn('x', 'n.valid_from')}
              )
            )
          )
          or exists (
            select 1 from provision was join provision is_now on is_now.eid = n.parent_eid and ${saysAs('is_now', 'was')}
            where was.act_id = w.act_id and was.lang = w.lang and was.eid = w.parent_eid and n.parent_eid <> w.parent_eid
              and (was.text <> '' or was.heading <> '') and ${stoodBefore('was')} and ${standsOn('is_now', 'n.valid_from')}
              and not exists (
                select 1 from provision x
                where x.eid = was.eid and ${saysAs('x', 'was')} and ${standsOn('x', 'n.valid_from')}
              )
              and not exists (select 1 from provision x where x.eid = is_now.eid and ${saysAs('x', 'is_now')} and ${stoodBefore('x')})
          )
        )
      )`)

/**
 * Of a wording: the day on which what it says stops being in force, whether that day has come, and what ended it. No row while it
 * stays in force. Another row with the same words that is in force (a better scan, a day of publication given later) is the
 * same wording: nothing has changed for whoever quotes it. Where the same words go on under another number, `moved_to` is its label;
 * a few words («1) паспорт;») are known again by their own number where their parent went.
 * @param provisionId its id, as a value of the query
 */
export const endOfWording = (provisionId: SQL, asOf: string | SQL): SQL => sql`
  select w.eid, w.label, w.act_id, w.ord, h.id is null as is_over,
         case when h.id is not null then h.valid_to
              when w.valid_to > w.valid_from then w.valid_to
              else coalesce(anew.valid_to, o.valid_from, w.valid_to) end as day,
         coalesce(h.ended_by, anew.ended_by, w.ended_by, o.changed_by) as ended_by, m.label as moved_to
  from (select * from provision where id = ${provisionId} and valid_to is not null limit 1) w
  left join lateral (
    select n.id, n.valid_to, n.ended_by from provision n
    where n.act_id = w.act_id and n.lang = w.lang and n.eid = w.eid and n.content_hash = w.content_hash
      and n.valid_from <= ${asOf} and (n.valid_to is null or n.valid_to > ${asOf})
    limit 1
  ) h on true
  left join lateral (
    select n.valid_from, n.changed_by from provision n
    where h.id is null and n.act_id = w.act_id and n.lang = w.lang and n.eid = w.eid and n.content_hash <> w.content_hash
      and n.valid_from >= w.valid_from and n.valid_from <= ${asOf} and n.valid_to is distinct from n.valid_from
    order by n.valid_from limit 1
  ) o on true
  -- It was derived anew, so its own row is in force on no day: the same words in its place have ended.
  left join lateral (
    select n.valid_to, n.ended_by from provision n
    where h.id is null and w.valid_to = w.valid_from
      and n.act_id = w.act_id and n.lang = w.lang and n.eid = w.eid and n.content_hash = w.content_hash
      and n.valid_to > n.valid_from and n.valid_to <= ${asOf}
    order by n.valid_to desc limit 1
  ) anew on true
  left join lateral (
    select n.label from provision n
    where ${goesOnAs}
      and n.valid_from <= coalesce(h.valid_to, ${asOf}) and (n.valid_to is null or n.valid_to > coalesce(h.valid_to, ${asOf}))
    order by n.ord limit 1
  ) m on true
  where case when h.id is null then w.valid_to <= ${asOf} else h.valid_to is not null end`

/**
 * What of some passages stops being in force. A query of its own: it is the dearest part of reading to plan, and of most passages nothing ends.
 * @returns by passage; those of which nothing ends are missing
 */
async function endsOf(
  reader: Reader,
  passageIds: readonly string[],
  asOf: string,
): Promise<ReadonlyMap<string, EndedWording[]>> {
  if (passageIds.length === 0) return new Map()
  const rows = await queryRows<{ id: string; ends: EndedWording[] }>(
    reader.db,
    sql`select p.id, json_agg(json_build_object('eid', q.eid, 'label', q.label, 'actId', q.act_id, 'day', q.day, 'by', q.ended_by, 'isOver', q.is_over,
                                                'movedTo', q.moved_to)
                              order by q.day, q.ord) as ends
        from passage p cross join jsonb_array_elements(p.segments) s
             cross join lateral (${endOfWording(sql`s ->> 'provisionId'`, asOf)}) q
        where p.id = any(${arrayLiteral(passageIds)}::text[])
        group by p.id`,
  )
  return new Map(rows.map(({ id, ends }) => [id, ends]))
}

/**
 * Reads passages back from the database and drops those that may not be seen on that day by whoever reads.
 * @param where which passages, over `p` (passage) and `v` (article_version)
 */
export async function readVisiblePassages(reader: Reader, where: SQL, asOf: string): Promise<VisiblePassage[]> {
  const rows = await queryRows<Row>(
    reader.db,
    sql`select p.id as passage_id, p.article_id, p.version_id, v.title, p.lang, p.label, p.anchor, p.context, p.text, p.segments,
               r.id as provision_id, r.eid, r.act_id, t.title as act_title, w.wordings, w.ends_known, d.differences
        from passage p
        join article_version v on v.id = p.version_id
        left join provision r on r.id = p.provision_id
        left join lateral (
          select coalesce(e.annex_title, e.title) as title from edition e
          where e.act_id = r.act_id and e.lang = r.lang order by e.date desc, e.imported_at desc limit 1
        ) t on true
        left join lateral (
          select json_agg(json_build_object('id', o.id, 'changedBy', o.changed_by, 'wordingDate', o.wording_date,
                                              'validFrom', o.valid_from, 'validFromKnown', o.valid_from_known)) as wordings,
                 bool_or(o.valid_to is not null) as ends_known
          -- An array is taken for ten ids, the elements of a list for a hundred: then all provisions would be read for each passage.
          from (select distinct unnest(array(select s ->> 'provisionId' from jsonb_array_elements(p.segments) s) || p.provision_id) as id) own
               join provision o on o.id = own.id
        ) w on true
        left join lateral (
          select json_agg(json_build_object('id', l.id, 'kind', l.kind, 'ru', l.ru, 'kk', l.kk) order by l.ord) as differences
          from language_difference l
          where l.act_id = r.act_id and l.is_material and l.decision = 'open'
            and l.valid_from <= ${asOf} and (l.valid_to is null or l.valid_to > ${asOf})
            and case p.lang when 'ru' then l.ru_provision_id else l.kk_provision_id end
              = any(select s ->> 'provisionId' from jsonb_array_elements(p.segments) s)
        ) d on true
        where ${shownTo(reader, asOf)} and ${where}
        order by p.article_id, p.ord`,
  )
  const ends = await endsOf(
    reader,
    rows.flatMap((row) => (row.ends_known === true ? row.passage_id : [])),
    asOf,
  )
  return rows.map((row) => {
    const wordings = new Map((row.wordings ?? []).map((one) => [one.id, datedWording(one, row.lang)]))
    const segments = row.segments.map((one) => ({ ...one, wording: wordings.get(one.provisionId) ?? null }))
    return {
      passageId: row.passage_id,
      articleId: row.article_id,
      versionId: row.version_id,
      title: row.title,
      lang: row.lang,
      label: row.label,
      anchor: row.anchor,
      context: row.context,
      text: row.text,
      segments,
      citation: citationOf(row, wordings.get(row.provision_id ?? ''), segments),
      sourceChanged: sourceChangeOf(ends.get(row.passage_id) ?? null, row.lang, true),
      changesOn: sourceChangeOf(ends.get(row.passage_id) ?? null, row.lang, false),
      languageDifferences: (row.differences ?? []).map(({ id, kind, ru, kk }) => ({
        differenceId: id,
        kind,
        ru: { label: ru.label, said: ru.said.map(({ text }) => text) },
        kk: { label: kk.label, said: kk.said.map(({ text }) => text) },
      })),
    }
  })
}

/** By id, in the order of the ids; what may not be seen is left out. */
export async function passagesByIds(reader: Reader, ids: readonly string[], asOf: string): Promise<VisiblePassage[]> {
  if (ids.length === 0) return []
  const found = await readVisiblePassages(reader, sql`p.id = any(${arrayLiteral(ids)}::text[])`, asOf)
  const byId = new Map(found.map((passage) => [passage.passageId, passage]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
