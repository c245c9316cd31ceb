import { sql } from 'drizzle-orm'
import type { Database } from '#server/db/database.ts'
import { sha256 } from '#server/ids.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'

const AT_ONCE = 500
const NOW = '2026-11-24T00:00:00Z'

/** Puts a grown corpus into a database as published passages, each of a version of its own. */
export async function storeCorpus(db: Database, documents: readonly LexicalDocument[]): Promise<void> {
  const articles = [...new Set(documents.map(({ articleId }) => articleId))]
  for (let at = 0; at < articles.length; at += AT_ONCE) {
    const rows = articles.slice(at, at + AT_ONCE).map((id, n) => sql`(${id}, ${id}, ${at + n}, ${NOW})`)
    await db.execute(sql`insert into article (id, slug, ord, created_at) values ${sql.join(rows, sql`, `)}`)
  }
  for (let at = 0; at < documents.length; at += AT_ONCE) {
    const part = documents.slice(at, at + AT_ONCE)
    const versions = part.map(
      (one, n) =>
        sql`(${`ver_${one.passageId}`}, ${one.articleId}, ${one.lang}, ${at + n + 1}, ${one.title}, '', '', 'published', ${one.validFrom}, true, ${one.validTo}, ${NOW}, 'bench')`,
    )
    await db.execute(
      sql`insert into article_version (id, article_id, lang, number, title, body, content_hash, state, valid_from, valid_from_known, valid_to, created_at, created_by) values ${sql.join(versions, sql`, `)}`,
    )
    const passages = part.map(
      (one, n) =>
        sql`(${one.passageId}, ${`ver_${one.passageId}`}, ${one.articleId}, ${one.lang}, ${at + n}, ${one.label}, ${one.label}, ${one.context}, ${one.text}, ${sha256(one.text)}, '[]')`,
    )
    await db.execute(
      sql`insert into passage (id, version_id, article_id, lang, ord, label, anchor, context, text, text_hash, segments) values ${sql.join(passages, sql`, `)}`,
    )
  }
}
