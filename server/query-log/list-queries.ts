import { sql, type SQL } from 'drizzle-orm'
import { namesOf } from '#server/events/names-of.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { QUERY_LISTS, type LoggedQuery, type QueryCounts } from './schema.ts'

export interface ListQueriesInput {
  list: (typeof QUERY_LISTS)[number]
  days: number
  limit: number
  lang?: Lang | undefined
}

const LEAST_CONFIDENT = 0.5
/** Wordings of one question that are shown. */
const EXAMPLES = 4
const OF_LIST: Record<ListQueriesInput['list'], SQL> = {
  'nothing-found': sql`g."notFound" and d.key is null`,
  'not-answered': sql`g."notAnswered" and d.key is null`,
  'low-confidence': sql`g.confidence < ${LEAST_CONFIDENT} and g.failures = 0 and d.key is null`,
  tasked: sql`t.id is not null`,
  frequent: sql`true`,
  closed: sql`d.key is not null`,
}

/**
 * What people looked for in the last days, and how many questions each list of the same days holds. Days are of Asia/Almaty.
 * @returns the questions of one list, those that failed or were asked most often first
 */
export async function listQueries(
  ctx: Context,
  { list, days, limit, lang }: ListQueriesInput,
): Promise<{ items: LoggedQuery[]; counts: QueryCounts }> {
  const from = today({ now: () => new Date(ctx.now().getTime() - (days - 1) * 86_400_000) })
  const ofLang = lang === undefined ? sql`` : sql`and lang = ${lang}`
  const questions = sql`
    from (select key, lang, (array_agg(text order by day desc, hour desc))[1] as text,
                 to_jsonb((array_agg(distinct text))[1:${sql.raw(String(EXAMPLES + 1))}]) as texts,
                 count(*)::int as times, count(*) filter (where source = 'answer')::int as asked,
                 count(*) filter (where failed)::int as failures,
                 bool_or(source = 'search' and failed) as "notFound", bool_or(source = 'answer' and failed) as "notAnswered",
                 count(opened_passage_id)::int as opened, count(*) filter (where copied)::int as copied,
                 avg(confidence)::float8 as confidence, max(day)::text as "lastDay"
          from search_query where day >= ${from} ${ofLang} group by key, lang) g
    left join search_dismissal d on d.key = g.key and d.lang = g.lang
    left join editorial_task t on t.key = 'gap:search:' || g.lang || ':' || g.key and t.state = 'open'`
  const order = list === 'frequent' || list === 'low-confidence' ? sql`g.times` : sql`g.failures`
  const [counts] = await queryRows<QueryCounts>(
    ctx.db,
    sql`select ${sql.join(
      QUERY_LISTS.map((name) => sql`count(*) filter (where ${OF_LIST[name]})::int as ${sql.identifier(name)}`),
      sql`, `,
    )} ${questions}`,
  )
  const rows = await queryRows<
    Omit<LoggedQuery, 'examples' | 'closed'> & {
      texts: string[]
      reason: string | null
      by: string | null
      closedOn: string | null
    }
  >(
    ctx.db,
    sql`select g.key, g.lang, g.text, g.texts, g.times, g.asked, g.failures, g.opened, g.copied, g.confidence, g."lastDay",
               t.id as "taskId", d.reason, d.by, (d.at at time zone 'Asia/Almaty')::date::text as "closedOn"
        ${questions} where ${OF_LIST[list]} order by ${order} desc, g.times desc, g."lastDay" desc, g.key limit ${limit}`,
  )
  const nameOf = await namesOf(
    ctx,
    rows.flatMap(({ by }) => by ?? []),
  )
  return {
    items: rows.map(({ texts, reason, by, closedOn, ...row }) => ({
      ...row,
      examples: texts.filter((text) => text !== row.text).slice(0, EXAMPLES),
      closed: closedOn === null || by === null ? null : { on: closedOn, by: nameOf(by), reason: reason ?? '' },
    })),
    counts: {
      'nothing-found': 0,
      'not-answered': 0,
      'low-confidence': 0,
      tasked: 0,
      frequent: 0,
      closed: 0,
      ...counts,
    },
  }
}
