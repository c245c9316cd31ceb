import { sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import type { ForceFacts } from './answer-record.ts'
import type { AnswerCitation } from './schema.ts'
import { locateQuote } from './verify-sentence.ts'

interface Row extends Record<string, unknown> {
  passage_id: string
  state: string
  version_from: string
  version_to: string | null
  provision_id: string | null
  wording_from: string | null
  wording_to: string | null
  /** The wording of the same element that is in force on the day, where it is another one. */
  now_text: string | null
  now_from: string | null
  now_to: string | null
}

/**
 * What decides whether cited texts are in force on a day, as the database says at this moment: a model takes seconds, in which a
 * text can be withdrawn, and an article can quote a wording that an amendment has ended.
 * @returns in the order of the citations; a citation whose passage is gone is left out
 */
export async function forceFacts(
  ctx: Context,
  citations: readonly AnswerCitation[],
  asOf: string,
): Promise<ForceFacts[]> {
  if (citations.length === 0) return []
  const pairs = JSON.stringify(
    citations.map(({ passageId, provisionId }, ord) => ({ ord, passage: passageId, provision: provisionId })),
  )
  const rows = await queryRows<Row & { ord: number }>(
    ctx.db,
    sql`select c.ord, p.id as passage_id, v.state, v.valid_from::text as version_from, v.valid_to::text as version_to,
               r.id as provision_id, r.valid_from::text as wording_from, r.valid_to::text as wording_to,
               n.text as now_text, n.valid_from::text as now_from, n.valid_to::text as now_to
        from jsonb_to_recordset(${pairs}::jsonb) as c(ord int, passage text, provision text)
        join passage p on p.id = c.passage
        join article_version v on v.id = p.version_id
        left join provision r on r.id = c.provision
        left join lateral (
          select o.text, o.valid_from, o.valid_to from provision o
          where o.act_id = r.act_id and o.lang = r.lang and o.eid = r.eid and o.id <> r.id and o.status = 'in-force'
            and o.valid_from <= ${asOf} and (o.valid_to is null or o.valid_to > ${asOf})
          limit 1
        ) n on true
        order by c.ord`,
  )
  return rows.map((row) => {
    const quote = citations[row.ord]?.quote ?? ''
    // The same words in a newer wording (a mended print, another sentence changed) are in force.
    const isKept = row.now_text !== null && locateQuote(quote, row.now_text) !== null
    const own =
      row.wording_from !== null && row.wording_from <= asOf && (row.wording_to === null || row.wording_to > asOf)
    return {
      passageId: row.passage_id,
      provisionId: row.provision_id,
      versionState: row.state,
      versionFrom: row.version_from,
      versionTo: row.version_to,
      wordingFrom: !own && isKept ? row.now_from : row.wording_from,
      wordingTo: !own && isKept ? row.now_to : row.wording_to,
    }
  })
}

/**
 * Whether a text is published and both it and the wording it quotes are in force on a day.
 * @param ownWords a model's: over a wording that has ended they would mislead. An extract of one is shown, with the warning that its
 * citation carries (docs/decisions/0018-an-amendment-reaches-what-rests-on-it.md)
 */
export const isInForce = (facts: ForceFacts, asOf: string, ownWords: boolean): boolean => {
  const covers = (from: string, to: string | null): boolean => from <= asOf && (to === null || to > asOf)
  return (
    facts.versionState === 'published' &&
    covers(facts.versionFrom, facts.versionTo) &&
    (!ownWords || facts.wordingFrom === null || covers(facts.wordingFrom, facts.wordingTo))
  )
}
