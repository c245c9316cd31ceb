import { sql } from 'drizzle-orm'
import { queryRows } from '#server/db/database.ts'
import type { Lang } from '#server/context.ts'
import { search } from '#server/search/search.ts'
import type { SearchContext } from '#server/search/search-context.ts'
import { distortQuery } from '../retrieval/distort-queries.ts'
import { summarise, type Summary } from '../retrieval/metrics.ts'
import { readDomainCases, type DomainCase } from './read-domain-cases.ts'

export interface DomainResult {
  case: DomainCase
  half: 'tuned' | 'held out'
  /** Place of the first right or helpful passage among ten; 0 when there is none. */
  rank: number
  /** What stood first. */
  first: string
}

export interface DomainReport {
  /** By half, then by language, Kazakh once more as typed on a Russian keyboard, and by act of both halves. */
  rows: (Pick<Summary, 'queries' | 'hit1' | 'mrr10' | 'ndcg10'> & { group: string })[]
  results: DomainResult[]
  /** Cases left out, by the act that is not in the knowledge base. */
  leftOut: Record<string, number>
}

const DEPTH = 10
/** How Kazakh cases are asked once more. */
const WITHOUT_LETTERS = 'no-kazakh-letters'
const RIGHT = 2
const HELPFUL = 1

/** Halves first, then languages, then acts. */
const orderOf = (group: string): number => (group.startsWith('act') ? 2 : group.includes(',') ? 1 : 0)

interface Row extends Record<string, unknown> {
  act: string
  lang: Lang
  eid: string
  has_passage: boolean
}

/**
 * Searches as an operator does, through the production verb, without a language filter, and judges what comes back.
 * @throws when a case names a provision that an act of the knowledge base does not have, or that no passage is cited as: the case is wrong then
 */
export async function runDomain(ctx: SearchContext, casesFile: string): Promise<DomainReport> {
  const { cases, asOf } = await readDomainCases(casesFile)
  const acts = new Map(
    (
      await queryRows<{ id: string; act: string }>(
        ctx.db,
        sql`select id, coalesce(registration_number, number) as act from act`,
      )
    ).map(({ id, act }) => [id, act]),
  )
  const held = await queryRows<Row>(
    ctx.db,
    sql`select coalesce(a.registration_number, a.number) as act, r.lang, r.eid,
               bool_or(exists (select 1 from passage p where p.provision_id = r.id)) as has_passage
        from provision r join act a on a.id = r.act_id group by 1, 2, 3`,
  )
  const known = new Set(held.map(({ act, lang, eid }) => `${act} ${lang} ${eid}`))
  const cited = new Set(
    held.flatMap(({ act, lang, eid, has_passage }) => (has_passage ? [`${act} ${lang} ${eid}`] : [])),
  )
  const langsOf = (act: string): Lang[] => [...new Set(held.filter((row) => row.act === act).map(({ lang }) => lang))]

  const results: DomainResult[] = []
  const leftOut: Record<string, number> = {}
  const wrong: string[] = []
  const run = new Map<string, string[]>()
  const judgements = new Map<string, Map<string, number>>()
  for (const [index, asked] of cases.entries()) {
    const langs = langsOf(asked.act)
    if (langs.length === 0) {
      leftOut[asked.act] = (leftOut[asked.act] ?? 0) + 1
      continue
    }
    // Where the act is not in the language of the query, what stands in the other one is right.
    const lang = langs.includes(asked.lang) ? asked.lang : (langs[0] ?? asked.lang)
    const grades = new Map<string, number>()
    for (const [eids, grade] of [
      [asked.also, HELPFUL],
      [asked.eids, RIGHT],
    ] as const)
      for (const eid of eids) {
        if (!known.has(`${asked.act} ${lang} ${eid}`)) wrong.push(`${asked.id}: ${asked.act} (${lang}) has no ${eid}`)
        // What stands in the passage of its point is cited as the point.
        else if (grade === RIGHT && !cited.has(`${asked.act} ${lang} ${eid}`))
          wrong.push(`${asked.id}: no passage is cited as ${eid} of ${asked.act} (${lang})`)
        grades.set(`${asked.act} ${lang} ${eid}`, grade)
      }
    const find = async (q: string): Promise<string[]> => {
      const { hits } = await search(ctx, { q, asOf, limit: DEPTH, shape: { reader: asked.lang } })
      const found = hits.map(({ citation, lang: own, title }) =>
        citation === null ? title : `${acts.get(citation.actId) ?? ''} ${own} ${citation.eid}`,
      )
      // A provision in two passages is one document.
      return [...new Set(found)]
    }
    const ranked = await find(asked.query)
    run.set(asked.id, ranked)
    judgements.set(asked.id, grades)
    if (asked.lang === 'kk') {
      const id = `${asked.id}, ${WITHOUT_LETTERS}`
      run.set(id, await find(distortQuery(asked.query, WITHOUT_LETTERS, 'kk', asked.id)))
      judgements.set(id, grades)
    }
    results.push({
      case: asked,
      half: index % 2 === 0 ? 'tuned' : 'held out',
      rank: ranked.findIndex((key) => grades.has(key)) + 1,
      first: ranked[0] ?? 'nothing',
    })
  }
  if (wrong.length > 0) throw new Error(`${casesFile}:\n${wrong.map((fault) => `  ${fault}`).join('\n')}`)

  const groupsOf = ({ half, case: asked }: DomainResult): string[] => [
    half,
    `${asked.lang}, ${half}`,
    `act ${asked.act} ${asked.lang}, both halves`,
  ]
  const groups = new Map<string, string[]>()
  for (const result of results)
    for (const group of groupsOf(result)) groups.set(group, [...(groups.get(group) ?? []), result.case.id])
  const typedWithout = results.flatMap(({ case: { id, lang } }) => (lang === 'kk' ? [`${id}, ${WITHOUT_LETTERS}`] : []))
  if (typedWithout.length > 0) groups.set(`kk, ${WITHOUT_LETTERS}`, typedWithout)
  const rows = [...groups]
    .sort(([left], [right]) => orderOf(left) - orderOf(right) || left.localeCompare(right))
    .map(([group, ids]) => {
      const only = new Map(ids.map((id) => [id, judgements.get(id) ?? new Map<string, number>()]))
      const { queries, hit1, mrr10, ndcg10 } = summarise(run, only)
      return { group, queries, hit1, mrr10, ndcg10 }
    })
  return { rows, results, leftOut }
}
