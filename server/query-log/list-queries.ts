import { sql, type SQL } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import type { LoggedQuery, QUERY_LISTS } from './schema.ts'

export interface ListQueriesInput {
  list: (typeof QUERY_LISTS)[number]
  days: number
  limit: number
}

const LEAST_CONFIDENT = 0.5
const OF_LIST: Record<ListQueriesInput['list'], SQL> = {
  'nothing-found': sql`count(*) filter (where source = 'search' and failed) > 0`,
  'not-answered': sql`count(*) filter (where source = 'answer' and failed) > 0`,
  'low-confidence': sql`avg(confidence) < ${LEAST_CONFIDENT} and not bool_or(failed)`,
  frequent: sql`true`,
}

/** What people looked for in the last days, the most frequent first, without what was dismissed. Days are of Asia/Almaty. */
export async function listQueries(ctx: Context, { list, days, limit }: ListQueriesInput): Promise<LoggedQuery[]> {
  const from = today({ now: () => new Date(ctx.now().getTime() - (days - 1) * 86_400_000) })
  const dismissed =
    list === 'frequent'
      ? sql``
      : sql`and not exists (select 1 from search_dismissal d where d.key = q.key and d.lang = q.lang)`
  return queryRows<LoggedQuery>(
    ctx.db,
    sql`select q.*, t.id as "taskId" from (
          select key, lang, (array_agg(text order by day desc, hour desc))[1] as text, count(*)::int as times,
                 count(*) filter (where failed)::int as failures, count(opened_passage_id)::int as opened,
                 avg(confidence)::float8 as confidence, max(day)::text as "lastDay"
          from search_query where day >= ${from}
          group by key, lang having ${OF_LIST[list]}) q
        left join editorial_task t on t.key = 'gap:search:' || q.lang || ':' || q.key and t.state = 'open'
        where true ${dismissed}
        order by ${list === 'frequent' || list === 'low-confidence' ? sql`q.times` : sql`q.failures`} desc, q."lastDay" desc, q.key limit ${limit}`,
  )
}
