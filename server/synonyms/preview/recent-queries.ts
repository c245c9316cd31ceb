import { sql } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'

const DAYS = 90
const MOST = 1000

/** Different questions of the last 90 days, the most frequent first; personal data are masked in the log already. */
export const recentQueries = (ctx: Context): Promise<{ text: string; times: number }[]> =>
  queryRows(
    ctx.db,
    sql`select (array_agg(text order by day desc, hour desc))[1] as text, count(*)::int as times from search_query
        where day >= ${today({ now: () => new Date(ctx.now().getTime() - DAYS * 86_400_000) })}
        group by key, lang order by times desc, text limit ${MOST}`,
  )
