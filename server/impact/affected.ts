import { sql, type SQL } from 'drizzle-orm'
import { endOfWording } from '#server/articles/visible-passages.ts'
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

/** A cited wording, and the first day on which what it says is not in force any more. */
export interface EndedWordingDay {
  id: string
  day: string
}

/**
 * What of these wordings ends, each judged on its own last day, with every other row of the same words: an answer may cite any of them.
 * Words that go on in another row have not ended.
 */
export const endsOf = (ctx: Context, provisionIds: readonly string[]): Promise<EndedWordingDay[]> =>
  queryRows<EndedWordingDay & Record<string, unknown>>(
    ctx.db,
    sql`select s.id, q.day::text as day
        from (select act_id, lang, eid, content_hash, greatest(max(valid_to), ${today(ctx)}::date) as on_day from provision p
              where exists (select 1 from provision e where e.id = any(${listOf(provisionIds)})
                            and e.act_id = p.act_id and e.lang = p.lang and e.eid = p.eid and e.content_hash = p.content_hash)
              group by act_id, lang, eid, content_hash) g
        join provision s using (act_id, lang, eid, content_hash)
        cross join lateral (${endOfWording(sql`s.id`, sql`g.on_day`)}) q
        where q.is_over`,
  )

/** Ids of the wordings that an answer cites, as the index `answer_cited` holds them. */
const CITED = sql`jsonb_path_query_array(sentences, '$[*].citations[*].provisionId')`

/** The day in Almaty on which an answer was asked for: `at` is when it was ready. */
const ASKED_ON = sql`((a.at - make_interval(secs => a.took_ms / 1000.0)) at time zone 'Asia/Almaty')::date`

/**
 * Answers (`a`) that a wording (`d`) made old when it ended, a row for each such citation: the record has no warning with it, whenever
 * the amendment became known here. Who asked of a past day was told what was in force on it, and that stays true unless the wording
 * had ended by then. Records from before there were warnings have none.
 */
export const madeOld = (ended: readonly EndedWordingDay[]): SQL => {
  const ids = listOf(ended.map(({ id }) => id))
  return sql`(select * from answer where ${CITED} ?| ${ids}) a
    cross join lateral jsonb_path_query(a.sentences, '$[*].citations[*]') c
    join unnest(${ids}, ${`{${ended.map(({ day }) => day).join(',')}}`}::date[]) as d(id, day) on d.id = c ->> 'provisionId'
      and coalesce(c -> 'sourceChanged', 'null'::jsonb) = 'null'::jsonb and (a.as_of >= ${ASKED_ON} or d.day <= a.as_of)`
}

/** How many saved answers these wordings make old when they end: what `listAffectedAnswers` lists of them once they have. */
export async function countAffectedAnswers(ctx: Context, ended: readonly EndedWordingDay[]): Promise<number> {
  if (ended.length === 0) return 0
  const [row] = await queryRows<{ count: number }>(
    ctx.db,
    sql`select count(distinct a.id)::int as count from ${madeOld(ended)}`,
  )
  return row?.count ?? 0
}
