import { sql, type SQL } from 'drizzle-orm'
import { namesOf } from '#server/events/names-of.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { QUERY_LISTS, type LoggedQuery, type PlacesOpened, type QueryCounts } from './schema.ts'

export interface ListQueriesInput {
  list: (typeof QUERY_LISTS)[number]
  days: number
  limit: number
  lang?: Lang | undefined
}

const LEAST_CONFIDENT = 0.5
/** On average the best that was opened stood no higher. */
const OPENED_LOW = 2
/** Passages of one question that are shown. */
const PASSAGES = 3
/** Wordings of one question that are shown. */
const EXAMPLES = 4
const OF_LIST: Record<ListQueriesInput['list'], SQL> = {
  'nothing-found': sql`g."notFound" and d.key is null`,
  'not-answered': sql`g."notAnswered" and d.key is null`,
  'low-confidence': sql`g.confidence < ${LEAST_CONFIDENT} and g.failures = 0 and d.key is null`,
  tasked: sql`t.id is not null`,
  frequent: sql`true`,
  closed: sql`d.key is not null`,
  'opened-low': sql`g.place >= ${OPENED_LOW} and d.key is null`,
}

/** What became of each query: whether something was opened or copied, and where the best of it stood. */
const usesSince = (from: string) => sql`
  left join (select query_id, bool_or(use <> 'cited') as opened, bool_or(use = 'copied') as copied,
                    min(place) filter (where use <> 'cited') as place
             from search_query_passage where query_id in (select id from search_query where day >= ${from})
             group by query_id) u on u.query_id = q.id`

/**
 * What people looked for in the last days, and how many questions each list of the same days holds. Days are of Asia/Almaty.
 * @returns the questions of one list, those that failed or were asked most often first
 */
export async function listQueries(
  ctx: Context,
  { list, days, limit, lang }: ListQueriesInput,
): Promise<{ items: LoggedQuery[]; counts: QueryCounts; places: PlacesOpened }> {
  const from = today({ now: () => new Date(ctx.now().getTime() - (days - 1) * 86_400_000) })
  const ofLang = lang === undefined ? sql`` : sql`and lang = ${lang}`
  const questions = sql`
    from (select key, lang, (array_agg(text order by day desc, hour desc))[1] as text,
                 to_jsonb((array_agg(distinct text))[1:${sql.raw(String(EXAMPLES + 1))}]) as texts,
                 count(*)::int as times, count(*) filter (where source = 'answer')::int as asked,
                 count(*) filter (where failed)::int as failures,
                 bool_or(source = 'search' and failed) as "notFound", bool_or(source = 'answer' and failed) as "notAnswered",
                 count(*) filter (where u.opened)::int as opened, count(*) filter (where u.copied)::int as copied,
                 avg(u.place)::float8 as place,
                 avg(confidence)::float8 as confidence, max(day)::text as "lastDay"
          from search_query q ${usesSince(from)} where day >= ${from} ${ofLang} group by key, lang) g
    left join search_dismissal d on d.key = g.key and d.lang = g.lang
    left join editorial_task t on t.key = 'gap:search:' || g.lang || ':' || g.key and t.state = 'open'`
  const order =
    list === 'frequent' || list === 'low-confidence' || list === 'opened-low' ? sql`g.times` : sql`g.failures`
  const [counts] = await queryRows<QueryCounts>(
    ctx.db,
    sql`select ${sql.join(
      QUERY_LISTS.map((name) => sql`count(*) filter (where ${OF_LIST[name]})::int as ${sql.identifier(name)}`),
      sql`, `,
    )} ${questions}`,
  )
  const rows = await queryRows<
    Omit<LoggedQuery, 'examples' | 'closed' | 'passages'> & {
      texts: string[]
      reason: string | null
      by: string | null
      closedOn: string | null
    }
  >(
    ctx.db,
    sql`select g.key, g.lang, g.text, g.texts, g.times, g.asked, g.failures, g.opened, g.copied, g.place, g.confidence, g."lastDay",
               t.id as "taskId", d.reason, d.by, (d.at at time zone 'Asia/Almaty')::date::text as "closedOn"
        ${questions} where ${OF_LIST[list]} order by ${order} desc, g.times desc, g."lastDay" desc, g.key limit ${limit}`,
  )
  const nameOf = await namesOf(
    ctx,
    rows.flatMap(({ by }) => by ?? []),
  )
  const passages = await usedPassages(ctx, rows, from)
  const [places] = await queryRows<PlacesOpened>(
    ctx.db,
    sql`select count(*)::int as found, count(*) filter (where u.opened)::int as opened,
               count(*) filter (where u.place = 1)::int as first, count(*) filter (where u.place in (2, 3))::int as second,
               count(*) filter (where u.place > 3)::int as lower,
               count(*) filter (where u.opened and u.place is null)::int as unknown
        from search_query q ${usesSince(from)} where source = 'search' and not failed and day >= ${from} ${ofLang}`,
  )
  return {
    places: places ?? { found: 0, opened: 0, first: 0, second: 0, lower: 0, unknown: 0 },
    items: rows.map(({ texts, reason, by, closedOn, ...row }) => ({
      ...row,
      passages: passages.get(`${row.lang} ${row.key}`) ?? [],
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
      'opened-low': 0,
      ...counts,
    },
  }
}

/**
 * What was opened after each question, and what answers to it cite: places of articles, whatever edition of them was shown.
 * @returns by language and key, those that were of use most often first
 */
async function usedPassages(
  ctx: Context,
  questions: readonly { key: string; lang: Lang }[],
  from: string,
): Promise<Map<string, LoggedQuery['passages']>> {
  const found = new Map<string, LoggedQuery['passages']>()
  if (questions.length === 0) return found
  const asked = sql.join(
    questions.map(({ key, lang }) => sql`(${key}, ${lang})`),
    sql`, `,
  )
  const rows = await queryRows<LoggedQuery['passages'][number] & { key: string; askedIn: Lang }>(
    ctx.db,
    sql`select q.key, q.lang as "askedIn", p.lang, (array_agg(p.id order by v.number desc, p.id))[1] as "passageId", p.article_id as "articleId",
               (array_agg(v.title order by v.number desc, p.id))[1] as title, p.label, (array_agg(p.anchor order by v.number desc, p.id))[1] as anchor, count(distinct q.id) filter (where u.use <> 'cited')::int as opened,
               count(distinct q.id) filter (where u.use = 'cited')::int as cited,
               min(u.place) filter (where u.use <> 'cited') as place
        from search_query q
        join search_query_passage u on u.query_id = q.id
        join passage p on p.id = u.passage_id
        join article_version v on v.id = p.version_id
        where q.day >= ${from} and (q.key, q.lang) in (${asked})
        group by q.key, q.lang, p.article_id, p.lang, p.label
        order by count(distinct q.id) desc, "place" nulls last, p.label`,
  )
  for (const { key, askedIn, ...passage } of rows) {
    const own = found.get(`${askedIn} ${key}`) ?? []
    if (own.length < PASSAGES) found.set(`${askedIn} ${key}`, [...own, passage])
  }
  return found
}
