import { sql, type SQL } from 'drizzle-orm'
import { queryRows, type Database } from '#server/db/database.ts'
import type { Lang } from '#server/context.ts'
import { passageEmbedding } from '#server/db/schema/search.ts'
import { sha256 } from '#server/ids.ts'
import type { Embedder } from './embedder.ts'
import { everInForce, inForceOn } from '#server/articles/visible-passages.ts'

const literal = (vector: readonly number[]): string => `[${vector.join(',')}]`

/** Name that may stand inside DDL: embedders are ours to name, and this keeps it so. */
function checkedName(embedder: Embedder): string {
  if (!/^[a-z0-9][a-z0-9._:-]{0,80}$/i.test(embedder.name))
    throw new Error(`embedder name not allowed: ${embedder.name}`)
  return embedder.name
}

const PREFIX = 'passage_embedding_hnsw_'
/** PostgreSQL cuts names at 63 bytes: a long one ends in its hash, so that two models never share an index. */
export const indexName = (embedder: Embedder, lang: Lang): string => {
  const name = `${checkedName(embedder)} ${lang}`
  const slug = name.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()
  return PREFIX.length + slug.length <= 63
    ? `${PREFIX}${slug}`
    : `${PREFIX}${slug.slice(0, 30)}_${sha256(name).slice(0, 9)}`
}

/** HNSW takes vectors of up to 2000 dimensions, half-precision ones of up to 4000. */
const typeOf = ({ dimensions }: Embedder): { type: SQL; operators: SQL } => {
  const kind = dimensions > 2000 ? 'halfvec' : 'vector'
  return { type: sql.raw(`${kind}(${Math.trunc(dimensions)})`), operators: sql.raw(`${kind}_cosine_ops`) }
}

const LANGS = ['ru', 'kk'] as const

/** Makes the approximate-neighbour indexes, one a language, of this embedder's vectors, if they are not there (pgvector HNSW, cosine). */
export async function ensureVectorIndex(db: Database, embedder: Embedder): Promise<void> {
  const { type, operators } = typeOf(embedder)
  for (const lang of LANGS)
    await db.execute(
      sql`create index if not exists ${sql.raw(indexName(embedder, lang))} on passage_embedding
          using hnsw ((embedding::${type}) ${operators})
          where embedder = ${sql.raw(`'${checkedName(embedder)}'`)} and lang = ${sql.raw(`'${lang}'`)}`,
    )
}

export interface VectorQuery {
  vector: readonly number[]
  lang?: Lang
  asOf: string
  limit: number
  /** A further condition over `p` (passage), « and …» (`attributeCondition`). */
  narrowed?: SQL
}

/** Nearest passages that are in force, with cosine similarity, best first. */
export async function searchVectors(
  db: Database,
  embedder: Embedder,
  query: VectorQuery,
): Promise<{ passageId: string; score: number }[]> {
  const { type } = typeOf(embedder)
  const target = sql`${literal(query.vector)}::${type}`
  const langs = query.lang === undefined ? LANGS : [query.lang]
  const nearest = langs.map(
    (lang) =>
      sql`(select p.id as "passageId", 1 - (e.embedding::${type} <=> ${target}) as score
           from passage_embedding e
           join passage p on p.text_hash = e.text_hash and p.lang = e.lang
           join article_version v on v.id = p.version_id
           where e.embedder = ${sql.raw(`'${checkedName(embedder)}'`)} and e.lang = ${sql.raw(`'${lang}'`)} and ${inForceOn(query.asOf)} ${query.narrowed ?? sql``}
           order by e.embedding::${type} <=> ${target}
           limit ${query.limit})`,
  )
  const rows = await queryRows<{ passageId: string; score: number }>(
    db,
    sql`select * from (${sql.join(nearest, sql` union all `)}) nearest order by score desc limit ${query.limit}`,
  )
  return rows.filter((row) => row.score >= embedder.leastSimilarity)
}

/** Published texts that this embedder has not seen. */
export const missingEmbeddings = (
  db: Database,
  embedder: Embedder,
): Promise<{ lang: Lang; textHash: string; text: string }[]> =>
  queryRows(
    db,
    sql`select p.lang, p.text_hash as "textHash", min(p.text) as text
        from passage p join article_version v on v.id = p.version_id
        where ${everInForce}
          and not exists (select 1 from passage_embedding e where e.embedder = ${embedder.name} and e.lang = p.lang and e.text_hash = p.text_hash)
        group by p.lang, p.text_hash`,
  )

export const storeEmbeddings = async (
  db: Database,
  embedder: Embedder,
  rows: readonly { lang: Lang; textHash: string; embedding: number[] }[],
): Promise<void> => {
  if (rows.length > 0)
    await db
      .insert(passageEmbedding)
      .values(rows.map((row) => ({ embedder: embedder.name, ...row })))
      .onConflictDoNothing()
}

/** Removes this embedder's vectors of texts that no published passage has any more. Returns how many. */
export async function dropStaleEmbeddings(db: Database, embedder: Embedder): Promise<number> {
  const removed = await queryRows(
    db,
    sql`delete from passage_embedding e
        where e.embedder = ${embedder.name}
          and not exists (select 1 from passage p join article_version v on v.id = p.version_id where p.text_hash = e.text_hash and p.lang = e.lang and ${everInForce})
        returning e.text_hash`,
  )
  return removed.length
}

/**
 * Removes the vectors and indexes of every other embedder. Not done in passing: while instances are being upgraded, two
 * embedders are in use at once.
 * @returns how many vectors went
 */
export async function dropOtherEmbedders(db: Database, embedder: Embedder): Promise<number> {
  const removed = await queryRows(
    db,
    sql`delete from passage_embedding where embedder <> ${embedder.name} returning text_hash`,
  )
  const old = await queryRows<{ indexname: string }>(
    db,
    sql`select indexname from pg_indexes where schemaname = current_schema() and indexname like 'passage\\_embedding\\_hnsw\\_%' and indexname not in (${indexName(embedder, 'ru')}, ${indexName(embedder, 'kk')})`,
  )
  for (const { indexname } of old) await db.execute(sql`drop index if exists ${sql.identifier(indexname)}`)
  return removed.length
}
