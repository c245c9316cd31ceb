import { sql } from 'drizzle-orm'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'

/** A published article that quotes wordings which end. */
export interface AffectedArticle {
  articleId: string
  versionId: string
  lang: Lang
  title: string
  /** Written by people: its new text is proposed as a draft of theirs, not as one of ingestion. */
  byPeople: boolean
  labels: string[]
}

const listOf = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::text[]`

/** The published articles, in force or to come, that quote these wordings. */
export async function affectedArticles(ctx: Context, provisionIds: readonly string[]): Promise<AffectedArticle[]> {
  if (provisionIds.length === 0) return []
  const rows = await queryRows<{
    article_id: string
    version_id: string
    lang: Lang
    title: string
    by_people: boolean
    labels: string[]
  }>(
    ctx.db,
    sql`select v.article_id, v.id as version_id, v.lang, v.title, w.version_id is not null as by_people,
               array_agg(r.label order by s.ord) as labels
        from article_version v
        join article_source s on s.version_id = v.id
        join provision r on r.id = s.provision_id
        left join editorial_review w on w.version_id = v.id
        where v.state = 'published' and (v.valid_to is null or v.valid_to > ${today(ctx)})
          and (v.valid_to is null or v.valid_to > v.valid_from) and s.provision_id = any(${listOf(provisionIds)})
        group by v.article_id, v.id, v.lang, v.title, w.version_id
        order by v.title, v.id`,
  )
  return rows.map((row) => ({
    articleId: row.article_id,
    versionId: row.version_id,
    lang: row.lang,
    title: row.title,
    byPeople: row.by_people,
    labels: row.labels,
  }))
}

/** Ids of the wordings that an answer cites, as the index `answer_cited` holds them. */
export const CITED = sql`jsonb_path_query_array(sentences, '$[*].citations[*].provisionId')`

/** How many saved answers cite these wordings. */
export async function countAffectedAnswers(ctx: Context, provisionIds: readonly string[]): Promise<number> {
  if (provisionIds.length === 0) return 0
  const [row] = await queryRows<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from answer where ${CITED} ?| ${listOf(provisionIds)}`,
  )
  return row?.count ?? 0
}
