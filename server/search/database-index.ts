import { sql, type SQL } from 'drizzle-orm'
import { inForceOn } from '#server/articles/visible-passages.ts'
import { attributeCondition } from './attributes/attribute-condition.ts'
import { recentDirectory } from './attributes/read-directory.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import type { LexicalHit, LexicalIndex, LexicalQuery } from './lexical-index.ts'

/** Matches that are ranked at most, the shortest: ranking reads the text of each, and of those that hold the words they say most about them. */
const RANKED = 400
/** Fewer passages with all the words than this, and those with any of them are taken too. */
const FEW = 5

const vectorOf = {
  ru: sql.raw(`to_tsvector('russian', p.label || ' ' || p.text)`),
  kk: sql.raw(`to_tsvector('simple', p.label || ' ' || p.text)`),
}

/** Makes the indexes of the database's full-text search, if they are not there. PostgreSQL knows no Kazakh: whole words only. */
export async function ensureDatabaseIndex(db: Database): Promise<void> {
  for (const [lang, configuration] of [
    ['ru', 'russian'],
    ['kk', 'simple'],
  ] as const)
    await db.execute(
      sql.raw(
        `create index if not exists passage_fts_${lang} on passage using gin (to_tsvector('${configuration}', label || ' ' || text)) where lang = '${lang}'`,
      ),
    )
}

/**
 * Full-text search of the database itself: what answers while the chosen engine is away. It corrects nothing, completes
 * nothing and knows no synonyms; it needs no index but the database's own, so it is never behind.
 */
export const createDatabaseIndex = (db: Database): Pick<LexicalIndex, 'name' | 'search'> => {
  const find = async (query: LexicalQuery, any: boolean): Promise<{ hits: LexicalHit[]; total: number }> => {
    const words = (configuration: string): SQL => {
      const all = sql`plainto_tsquery(${sql.raw(`'${configuration}'`)}, ${query.text})`
      return any ? sql`replace(${all}::text, ' & ', ' | ')::tsquery` : all
    }
    const langs = query.lang === undefined ? (['ru', 'kk'] as const) : [query.lang]
    const narrowed =
      query.attributes === undefined ? sql`` : attributeCondition(await recentDirectory(db), query.attributes)
    const parts = langs.map((lang) => {
      const wanted = words(lang === 'ru' ? 'russian' : 'simple')
      return sql`(select p.id, ts_rank_cd(${vectorOf[lang]}, ${wanted}, 1)::float8 as score, p.among
                  from (select p.id, p.label, p.text, count(*) over () as among
                        from passage p join article_version v on v.id = p.version_id
                        where p.lang = ${sql.raw(`'${lang}'`)} and ${vectorOf[lang]} @@ ${wanted} and ${inForceOn(query.asOf)} ${narrowed}
                        order by length(p.text), p.id limit ${RANKED}) p)`
    })
    // Of each language all that matched; the rows of a language all say the same number.
    const rows = await queryRows<{ passageId: string; score: number; total: number }>(
      db,
      sql`with found as (${sql.join(
        parts.map((part, at) => sql`select id, score, among, ${at}::int as part from ${part} ranked`),
        sql` union all `,
      )})
          select id as "passageId", score,
                 (select sum(among) from (select distinct part, among from found) each)::int as total
          from found order by score desc, id limit ${query.limit}`,
    )
    return { hits: rows.map(({ passageId, score }) => ({ passageId, score })), total: rows[0]?.total ?? 0 }
  }
  return {
    name: 'database',
    async search(query) {
      const exact = await find(query, false)
      // What holds all the words stands first, whatever the ranks of the two queries.
      const hits = exact.hits.map((hit) => ({ ...hit, score: hit.score + 1 }))
      if (exact.total >= FEW) return { hits, total: exact.total, correctedTo: null, correctionKind: null }
      const found = new Set(hits.map(({ passageId }) => passageId))
      const wide = await find(query, true)
      hits.push(...wide.hits.filter(({ passageId }) => !found.has(passageId)))
      return { hits: hits.slice(0, query.limit), total: wide.total, correctedTo: null, correctionKind: null }
    },
  }
}
