import { sql } from 'drizzle-orm'
import { serviceName } from '#ingest/passports/passports-of.ts'
import { readVisiblePassages } from '#server/articles/visible-passages.ts'
import type { Context, Lang } from '#server/context.ts'
import type { RankedPassage } from '#server/search/search.ts'

/** A service by the standard of it that is held: the list of basic requirements that the Law on State Services prescribes (article 14, 3-1). */
export interface HeldService {
  name: string
  actId: string
  /** Article of its standard. */
  articleId: string
}

type Standard = Pick<RankedPassage, 'articleId' | 'title' | 'citation' | 'lang'>

/** More standards are not read for one question back. */
const MOST_READ = 200
const ROW = /(?:^|__)row_[\d-]+$/u

/** Services whose standards have a row among passages, in their order; a standard without a name in its caption is none. Pure. */
export function servicesAmong(passages: readonly Standard[], lang: Lang): HeldService[] {
  const services = passages.flatMap(({ articleId, title, citation, lang: of }): HeldService[] => {
    if (of !== lang || citation === null || !ROW.test(citation.eid)) return []
    const name = serviceName(title)
    return name === null ? [] : [{ name, actId: citation.actId, articleId }]
  })
  return services.filter(({ articleId }, at) => services.findIndex((one) => one.articleId === articleId) === at)
}

/** All services whose standards are in force on a day, in a language: those of the acts that were found for a question first, in their order. */
export async function servicesHeld(
  ctx: Context,
  input: { lang: Lang; asOf: string; passages: readonly Pick<RankedPassage, 'citation'>[] },
): Promise<HeldService[]> {
  const { lang, asOf } = input
  const rows = await readVisiblePassages(
    ctx,
    sql`p.id in (
      select q.id from passage q join provision o on o.id = q.provision_id
      where q.lang = ${lang} and (o.eid like '%\\_\\_row\\_1' or o.eid = 'row_1')
      order by o.act_id, o.eid limit ${MOST_READ})`,
    asOf,
  )
  const acts = input.passages.map(({ citation }) => citation?.actId)
  const placeOf = ({ actId }: HeldService): number => (acts.includes(actId) ? acts.indexOf(actId) : acts.length)
  return servicesAmong(rows, lang).toSorted(
    (left, right) => placeOf(left) - placeOf(right) || left.name.localeCompare(right.name, lang),
  )
}
