import { sql } from 'drizzle-orm'
import { inForceOn } from '#server/articles/visible-passages.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'

export interface StaleArticle {
  articleId: string
  versionId: string
  lang: Lang
  title: string
  reason: 'review-due' | 'source-changed' | 'ends' | 'proposed'
  dueOn: string
  isOverdue: boolean
}

export interface ListStaleInput {
  /** How many days ahead to look. */
  days: number
  limit: number
}

/**
 * Articles in force that somebody must look at, most urgent first: their review-by date has come or comes within these
 * days; a wording that they quote ended or ends; they end themselves and nothing follows; or the act gave a new text that
 * waits for an editor.
 */
export async function listStale(ctx: Context, input: ListStaleInput): Promise<StaleArticle[]> {
  const day = today(ctx)
  const until = addDays(day, input.days)
  const rows = await queryRows<{
    article_id: string
    version_id: string
    lang: Lang
    title: string
    reason: StaleArticle['reason']
    due_on: string
  }>(
    ctx.db,
    sql`with live as (
          select v.* from article_version v
          where ${inForceOn(day)}
        ), due as (
          select l.id, 'review-due' as reason, d.review_by as due_on
          from live l join article_review_date d on d.article_id = l.article_id and d.lang = l.lang
          where d.review_by <= ${until}
          union all
          select l.id, 'source-changed', min(r.valid_to)
          from live l join article_source s on s.version_id = l.id join provision r on r.id = s.provision_id
          where r.valid_to <= ${until}
            and not exists (select 1 from article_version n where n.article_id = l.article_id and n.lang = l.lang and n.state = 'published' and n.valid_from = l.valid_to)
          group by l.id
          union all
          select l.id, 'ends', l.valid_to
          from live l
          where l.valid_to <= ${until}
            and not exists (select 1 from article_version n where n.article_id = l.article_id and n.lang = l.lang and n.state = 'published' and n.valid_from = l.valid_to)
          union all
          select l.id, 'proposed', min(n.valid_from)
          from live l join article_version n on n.article_id = l.article_id and n.lang = l.lang and n.number > l.number and n.state = 'draft'
          -- Words that the article had before are no new text of the act's, only another day of it.
          where not exists (select 1 from article_version o where o.article_id = n.article_id and o.lang = n.lang
                              and o.number < n.number and o.title = n.title and o.body = n.body)
          group by l.id
        )
        select l.article_id, l.id as version_id, l.lang, l.title, due.reason, due.due_on::text
        from due join live l on l.id = due.id
        order by due.due_on, l.title, l.id, due.reason
        limit ${input.limit}`,
  )
  return rows.map((row) => ({
    articleId: row.article_id,
    versionId: row.version_id,
    lang: row.lang,
    title: row.title,
    reason: row.reason,
    dueOn: row.due_on,
    isOverdue: isOverdue(row.reason, row.due_on, day),
  }))
}

/** The day of a review, or of an agency's duty, is the last one for it; on the others' days it has happened: a wording ended, a text begins. */
export const isOverdue = (reason: unknown, dueOn: string, day: string): boolean =>
  reason === 'review-due' || reason === 'deadline' ? dueOn < day : dueOn <= day

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
