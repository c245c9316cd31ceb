import { sql } from 'drizzle-orm'
import type { Database } from '#server/db/database.ts'
import type { Segment } from '#server/db/schema/articles.ts'
import { sha256 } from '#server/ids.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'

const AT_ONCE = 500
const NOW = '2026-11-24T00:00:00Z'

/** A sentence of a passage is a sub-point, the first one its point. */
const segmentsOf = ({ passageId, label, text }: LexicalDocument, number: number): (Segment & { text: string })[] => {
  const ends = [...[...text.matchAll(/(?<=[.!?;:])\s+/gu)].map(({ index }) => index), text.length]
  let start = 0
  return ends.map((end, at) => {
    const part = {
      start,
      end,
      eid: at === 0 ? `pt_${number}` : `pt_${number}__sub_${at}`,
      label: at === 0 ? label : `${label}, ${at})`,
      provisionId: `prv_${passageId}_${at}`,
      text: text.slice(start, end),
    }
    start = end + 1
    return part
  })
}

const REQUISITES = JSON.stringify({ kind: 'order', issuer: '', date: '2016-01-01', number: '1', registration: null })

/**
 * Puts a grown corpus into a database as published articles: passages of one article and language are of one version, in their order, each made from provisions
 * of an act of its own, as those that acts are read into.
 */
export async function storeCorpus(db: Database, documents: readonly LexicalDocument[]): Promise<void> {
  const articles = [...new Set(documents.map(({ articleId }) => articleId))]
  for (let at = 0; at < articles.length; at += AT_ONCE) {
    const rows = articles.slice(at, at + AT_ONCE).map((id, n) => sql`(${id}, ${id}, ${at + n}, ${NOW})`)
    await db.execute(sql`insert into article (id, slug, ord, created_at) values ${sql.join(rows, sql`, `)}`)
  }
  const versions = new Map<string, LexicalDocument[]>()
  for (const one of documents) {
    const id = `ver_${one.articleId}_${one.lang}`
    const own = versions.get(id)
    if (own === undefined) versions.set(id, [one])
    else own.push(one)
  }
  const rows = [...versions].flatMap(([id, [first]]) => (first === undefined ? [] : [{ id, first }]))
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const part = rows
      .slice(at, at + AT_ONCE)
      .map(
        ({ id, first }) =>
          sql`(${id}, ${first.articleId}, ${first.lang}, 1, ${first.title}, '', '', 'published', ${first.validFrom}, true, ${first.validTo}, ${NOW}, 'bench')`,
      )
    await db.execute(
      sql`insert into article_version (id, article_id, lang, number, title, body, content_hash, state, valid_from, valid_from_known, valid_to, created_at, created_by) values ${sql.join(part, sql`, `)}`,
    )
  }
  await storeProvisions(db, rows, versions)
  const passages = [...versions].flatMap(([id, own]) => own.map((one, ord) => ({ id, one, ord })))
  for (let at = 0; at < passages.length; at += AT_ONCE) {
    const part = passages
      .slice(at, at + AT_ONCE)
      .map(
        ({ id, one, ord }) =>
          sql`(${one.passageId}, ${id}, ${one.articleId}, ${one.lang}, ${ord}, ${segmentsOf(one, ord)[0]?.provisionId}, ${one.label}, ${one.label}, ${one.context}, ${one.text}, ${sha256(one.text)}, ${JSON.stringify(segmentsOf(one, ord).map(({ start, end, eid, label, provisionId }) => ({ start, end, eid, label, provisionId })))})`,
      )
    await db.execute(
      sql`insert into passage (id, version_id, article_id, lang, ord, provision_id, label, anchor, context, text, text_hash, segments) values ${sql.join(part, sql`, `)}`,
    )
  }
}

async function storeProvisions(
  db: Database,
  versions: readonly { id: string; first: LexicalDocument }[],
  passagesOf: ReadonlyMap<string, LexicalDocument[]>,
): Promise<void> {
  for (let at = 0; at < versions.length; at += AT_ONCE) {
    const own = versions.slice(at, at + AT_ONCE)
    const acts = own.map(({ id, first }) => sql`(${`act_${id}`}, 'order', ${id}, ${first.validFrom}, ${NOW})`)
    await db.execute(sql`insert into act (id, kind, number, signed_on, created_at) values ${sql.join(acts, sql`, `)}`)
    const editions = own.map(
      ({ id, first }) =>
        sql`(${`edn_${id}`}, ${`act_${id}`}, ${first.lang}, ${first.validFrom}, ${first.title}, ${REQUISITES}, '[]', '[]', 'bench', ${id}, '', ${NOW}, 'bench')`,
    )
    await db.execute(
      sql`insert into edition (id, act_id, lang, date, title, requisites, remarks, repairs, source_name, source_sha256, source_text, imported_at, imported_by) values ${sql.join(editions, sql`, `)}`,
    )
  }
  const provisions = versions.flatMap(({ id, first }) =>
    (passagesOf.get(id) ?? []).flatMap((one, number) =>
      segmentsOf(one, number).map((part, ord) => ({ id, lang: first.lang, validFrom: first.validFrom, part, ord })),
    ),
  )
  for (let at = 0; at < provisions.length; at += AT_ONCE) {
    const part = provisions
      .slice(at, at + AT_ONCE)
      .map(
        ({ id, lang, validFrom, part: { provisionId, eid, label, text }, ord }) =>
          sql`(${provisionId}, ${`act_${id}`}, ${lang}, ${eid}, ${ord === 0 ? 'point' : 'subpoint'}, ${at + ord}, ${label}, ${text}, ${text}, 1, 'in-force', '[]', ${sha256(text)}, ${`edn_${id}`}, ${validFrom}, ${validFrom}, true)`,
      )
    await db.execute(
      sql`insert into provision (id, act_id, lang, eid, kind, ord, label, text, raw, line, status, "references", content_hash, edition_id, wording_date, valid_from, valid_from_known) values ${sql.join(part, sql`, `)}`,
    )
  }
}
