import { sql } from 'drizzle-orm'
import type { Database } from '#server/db/database.ts'
import { sha256 } from '#server/ids.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'

const AT_ONCE = 500
const NOW = '2026-11-24T00:00:00Z'

/** Puts a grown corpus into a database as published articles: passages of one article and language are of one version, in their order. */
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
  const passages = [...versions].flatMap(([id, own]) => own.map((one, ord) => ({ id, one, ord })))
  for (let at = 0; at < passages.length; at += AT_ONCE) {
    const part = passages
      .slice(at, at + AT_ONCE)
      .map(
        ({ id, one, ord }) =>
          sql`(${one.passageId}, ${id}, ${one.articleId}, ${one.lang}, ${ord}, ${one.label}, ${one.label}, ${one.context}, ${one.text}, ${sha256(one.text)}, '[]')`,
      )
    await db.execute(
      sql`insert into passage (id, version_id, article_id, lang, ord, label, anchor, context, text, text_hash, segments) values ${sql.join(part, sql`, `)}`,
    )
  }
}
