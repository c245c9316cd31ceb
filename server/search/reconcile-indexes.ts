import { sql } from 'drizzle-orm'
import { everInForce } from '#server/articles/visible-passages.ts'
import { queryRows } from '#server/db/database.ts'
import { sha256 } from '#server/ids.ts'
import type { Lang } from '#server/context.ts'
import type { LexicalDocument } from './lexical-index.ts'
import type { SearchContext } from './search-context.ts'
import { dropStaleEmbeddings, ensureVectorIndex, missingEmbeddings, storeEmbeddings } from './vector-index.ts'

export interface Reconciliation {
  lexical: { written: number; removed: number; kept: number }
  vectors: { embedded: number; removed: number }
}

interface Row extends Record<string, unknown> {
  passage_id: string
  article_id: string
  lang: Lang
  title: string
  label: string
  context: string
  text: string
  valid_from: string
  valid_to: string | null
}

const documentOf = (row: Row): LexicalDocument => {
  const document = {
    passageId: row.passage_id,
    articleId: row.article_id,
    lang: row.lang,
    title: row.title,
    label: row.label,
    context: row.context,
    text: row.text,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }
  return { ...document, fingerprint: sha256(JSON.stringify(document)) }
}

const BATCH = 256

/**
 * Makes both indexes hold exactly what is published: compares state and writes the difference. It is no queue, so an
 * index that was emptied or missed a change heals by itself, and a second run writes nothing.
 * @param progress called with passages embedded so far and in all
 */
export async function reconcileIndexes(
  ctx: SearchContext,
  progress: (done: number, total: number) => void = () => {},
): Promise<Reconciliation> {
  const rows = await queryRows<Row>(
    ctx.db,
    sql`select p.id as passage_id, p.article_id, p.lang, v.title, p.label, p.context, p.text, v.valid_from::text, v.valid_to::text
        from passage p join article_version v on v.id = p.version_id
        where ${everInForce}`,
  )
  const wanted = new Map(rows.map((row) => [row.passage_id, documentOf(row)]))
  const held = await ctx.lexicalIndex.state()
  const upsert = [...wanted.values()].filter((document) => held.get(document.passageId) !== document.fingerprint)
  const remove = [...held.keys()].filter((id) => !wanted.has(id))
  if (upsert.length > 0 || remove.length > 0) await ctx.lexicalIndex.apply({ upsert, remove })

  await ensureVectorIndex(ctx.db, ctx.embedder)
  const missing = await missingEmbeddings(ctx.db, ctx.embedder)
  for (let i = 0; i < missing.length; i += BATCH) {
    const batch = missing.slice(i, i + BATCH)
    const vectors = await ctx.embedder.embedPassages(batch.map((row) => row.text))
    await storeEmbeddings(
      ctx.db,
      ctx.embedder,
      batch.flatMap((row, n) => {
        const embedding = vectors[n]
        if (embedding === undefined || embedding.length !== ctx.embedder.dimensions)
          throw new Error(
            `embedder ${ctx.embedder.name} gave a vector of ${embedding?.length ?? 0} dimensions, not ${ctx.embedder.dimensions}`,
          )
        return [{ textHash: row.textHash, embedding }]
      }),
    )
    progress(Math.min(i + BATCH, missing.length), missing.length)
  }
  const removed = await dropStaleEmbeddings(ctx.db, ctx.embedder)
  return {
    lexical: { written: upsert.length, removed: remove.length, kept: wanted.size - upsert.length },
    vectors: { embedded: missing.length, removed },
  }
}
