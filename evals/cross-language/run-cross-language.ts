import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { search } from '#server/search/search.ts'
import type { SearchContext } from '#server/search/search-context.ts'
import type { Glossary } from '#server/search/translation/glossary.ts'
import { learnLexicon } from '#server/search/translation/learn-lexicon.ts'
import { readProvisionPairs } from '#server/search/translation/read-provision-pairs.ts'
import { createTranslator, NO_TRANSLATION, type Translator } from '#server/search/translation/translator.ts'
import { readDomainCases } from '../domain/read-domain-cases.ts'
import { summarise } from '../retrieval/metrics.ts'

/** What words may be translated by. Words that both languages borrowed count with each but `none`. */
export const EXPANSIONS = ['none', 'glossary', 'lexicon', 'both'] as const
export type Expansion = (typeof EXPANSIONS)[number]

export interface CrossLanguageRow {
  set: string
  /** From the language of the questions to that of the passages. */
  direction: string
  expansion: Expansion
  queries: number
  recall10: number
  mrr10: number
  ndcg10: number
}

export interface CrossLanguageReport {
  rows: CrossLanguageRow[]
  /** What was not among ten with both, of the sets that may be looked at. */
  missed: { set: string; id: string; query: string; wants: string; first: string }[]
  /** Cases whose provision has no passage in the language asked for, by set. */
  leftOut: Record<string, number>
}

interface Question {
  id: string
  lang: Lang
  text: string
  act: string
  /** Registration number of the act and element id, with grades. */
  grades: ReadonlyMap<string, number>
}

/** Questions with the passages that are not there while they are asked. */
interface Round {
  set: string
  /** The language that answers. */
  lang: 'own' | 'other'
  questions: Question[]
  withdrawn: { act: string | null; lang: Lang } | null
  /** Nobody looks at single questions of it. */
  heldOut: boolean
}

const casesOf = (name: string): string => fileURLToPath(new URL(`../cases/${name}`, import.meta.url))
/** Files of the questions. */
export const CROSS_LANGUAGE_CASES = {
  rules: casesOf('cross-language-rules.kk.yaml'),
  domain: casesOf('search-domain.yaml'),
  heldOut: [casesOf('cross-language.kk.yaml'), casesOf('cross-language.ru.yaml')],
}

const DEPTH = 10
const OTHER: Record<Lang, Lang> = { ru: 'kk', kk: 'ru' }

const HeldOutFile = z.object({
  asOf: z.iso.date(),
  leftOut: z.array(z.object({ act: z.string(), lang: z.enum(['ru', 'kk']) })).default([]),
  cases: z.array(
    z.object({
      id: z.string(),
      lang: z.enum(['ru', 'kk']),
      question: z.string(),
      expect: z.string(),
      provisions: z.array(z.string()).default([]),
    }),
  ),
})

/** Questions of a file of answer cases across languages; those to be refused are left aside. */
async function readHeldOut(path: string): Promise<Question[]> {
  const { cases } = HeldOutFile.parse(parse(await readFile(path, 'utf8')))
  return cases.flatMap(({ id, lang, question, expect, provisions }) => {
    const act = provisions[0]?.split(' ')[0]
    return expect !== 'answered' || act === undefined
      ? []
      : [{ id, lang, text: question, act, grades: new Map(provisions.map((one) => [one, 2])) }]
  })
}

async function readQuestions(path: string): Promise<Question[]> {
  const { cases } = await readDomainCases(path)
  return cases.map(({ id, lang, act, query, eids, also }) => ({
    id,
    lang,
    text: query,
    act,
    grades: new Map([
      ...also.map((eid) => [`${act} ${eid}`, 1] as const),
      ...eids.map((eid) => [`${act} ${eid}`, 2] as const),
    ]),
  }))
}

/** Thrown to undo a transaction whose work is done. */
class Undo extends Error {}

/** Takes published passages out of the knowledge base while something runs: they are withdrawn, the indexes follow, and all is undone. */
async function withWithdrawn(
  ctx: SearchContext,
  what: Round['withdrawn'],
  run: (ctx: SearchContext) => Promise<void>,
): Promise<void> {
  if (what === null) return run(ctx)
  try {
    await ctx.db.transaction(async (db) => {
      const own = { ...ctx, db }
      await db.execute(
        sql`update article_version set state = 'withdrawn' where id in (
              select p.version_id from passage p join provision r on r.id = p.provision_id join act a on a.id = r.act_id
              where p.lang = ${what.lang} and (${what.act}::text is null or coalesce(a.registration_number, a.number) = ${what.act}))
            and state = 'published'`,
      )
      await reconcileIndexes(own)
      await run(own)
      throw new Undo()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  }
  await reconcileIndexes(ctx)
}

/**
 * Asks questions of one language about passages of the other, through the production verb, with and without what translates them.
 * Leave one act out: the lexicon is learned from the other acts, never from the one that is asked about.
 * @param files cases over the Rules, over acts in both languages (null: none), and held-out ones, which are asked where they are
 */
export async function runCrossLanguage(
  ctx: SearchContext,
  { language, glossary }: { language: LanguageData; glossary: Glossary },
  files: { rules: string; domain: string | null; heldOut: readonly string[] },
): Promise<CrossLanguageReport> {
  const acts = await queryRows<{ id: string; act: string }>(
    ctx.db,
    sql`select id, coalesce(registration_number, number) as act from act`,
  )
  const actOf = new Map(acts.map(({ id, act }) => [id, act]))
  const passages = await queryRows<{ act: string; lang: Lang; eid: string }>(
    ctx.db,
    sql`select distinct coalesce(a.registration_number, a.number) as act, p.lang, s ->> 'eid' as eid
        from passage p join article_version v on v.id = p.version_id join provision r on r.id = p.provision_id join act a on a.id = r.act_id,
             jsonb_array_elements(p.segments || jsonb_build_array(jsonb_build_object('eid', r.eid))) s
        where v.state = 'published'`,
  )
  const held = new Set(passages.map(({ act, lang, eid }) => `${lang} ${act} ${eid}`))
  const langsOf = (act: string): Lang[] =>
    (['ru', 'kk'] as const).filter((lang) => passages.some((one) => one.act === act && one.lang === lang))
  const bilingual = [...new Set(passages.map(({ act }) => act))].filter((act) => langsOf(act).length === 2)

  const domain = files.domain === null ? [] : await readQuestions(files.domain)
  const rounds: Round[] = [
    {
      set: 'Rules, in Russian alone',
      lang: 'other',
      questions: await readQuestions(files.rules),
      withdrawn: null,
      heldOut: false,
    },
  ]
  for (const lang of domain.length === 0 ? [] : (['kk', 'ru'] as const)) {
    const asked = domain.filter((one) => one.lang === lang && bilingual.includes(one.act))
    for (const act of bilingual)
      rounds.push({
        set: 'act left out in the language of the question',
        lang: 'other',
        questions: asked.filter((one) => one.act === act),
        withdrawn: { act, lang },
        heldOut: false,
      })
    rounds.push({
      set: 'nothing but the other language',
      lang: 'other',
      questions: asked,
      withdrawn: { act: null, lang },
      heldOut: false,
    })
    rounds.push({
      set: 'same language, nothing left out',
      lang: 'own',
      questions: asked,
      withdrawn: null,
      heldOut: false,
    })
  }
  for (const file of files.heldOut.filter((path) => existsSync(path))) {
    const questions = await readHeldOut(file)
    for (const act of new Set(questions.map((one) => one.act))) {
      const own = questions.filter((one) => one.act === act)
      const lang = own[0]?.lang ?? 'kk'
      rounds.push({
        set: 'held-out questions',
        lang: 'other',
        questions: own,
        withdrawn: langsOf(act).includes(lang) ? { act, lang } : null,
        heldOut: true,
      })
    }
  }

  const translators = new Map<string, Record<Expansion, Translator>>()
  const translatorsFor = async (act: string, db: SearchContext['db']): Promise<Record<Expansion, Translator>> => {
    const known = translators.get(act)
    if (known !== undefined) return known
    const without = acts.filter((one) => one.act === act).map(({ id }) => id)
    const lexicon = await learnLexicon(await readProvisionPairs(db, { without }))
    const made = {
      none: NO_TRANSLATION,
      glossary: createTranslator(language, glossary),
      lexicon: createTranslator(language, []),
      both: createTranslator(language, glossary),
    }
    made.lexicon.learn(lexicon)
    made.both.learn(lexicon)
    translators.set(act, made)
    return made
  }

  const runs = new Map<string, { run: Map<string, string[]>; judgements: Map<string, ReadonlyMap<string, number>> }>()
  const missed: CrossLanguageReport['missed'] = []
  const leftOut: Record<string, number> = {}
  for (const { set, lang, questions, withdrawn, heldOut } of rounds)
    await withWithdrawn(ctx, withdrawn, async (reduced) => {
      for (const { id, lang: spoken, text, act, grades: all } of questions) {
        const answering = lang === 'own' ? spoken : OTHER[spoken]
        const grades = new Map(
          [...all].flatMap(([key, grade]) =>
            held.has(`${answering} ${key}`) ? [[`${answering} ${key}`, grade] as const] : [],
          ),
        )
        if (![...grades.values()].includes(2)) {
          leftOut[set] = (leftOut[set] ?? 0) + 1
          continue
        }
        const made = await translatorsFor(act, reduced.db)
        for (const expansion of EXPANSIONS) {
          const { hits } = await search(
            { ...reduced, translator: made[expansion] },
            { q: text, asOf: '2026-11-25', limit: DEPTH },
          )
          const found = hits.map(({ citation, lang: own, title }) =>
            citation === null ? title : `${own} ${actOf.get(citation.actId) ?? ''} ${citation.eid}`,
          )
          const ranked = [...new Set(found)]
          const direction = lang === 'own' ? `${spoken} in ${spoken}` : `${spoken} → ${answering}`
          const key = JSON.stringify([set, direction, expansion])
          const own = runs.get(key) ?? { run: new Map(), judgements: new Map() }
          runs.set(key, own)
          own.run.set(id, ranked)
          own.judgements.set(id, grades)
          if (expansion === 'both' && !heldOut && ![...grades.keys()].some((one) => ranked.includes(one)))
            missed.push({ set, id, query: text, wants: [...grades.keys()].join(' or '), first: ranked[0] ?? 'nothing' })
        }
      }
    })
  const rows = [...runs].map(([key, { run, judgements }]): CrossLanguageRow => {
    const [set, direction, expansion] = z.tuple([z.string(), z.string(), z.enum(EXPANSIONS)]).parse(JSON.parse(key))
    const { queries, recall10, mrr10, ndcg10 } = summarise(run, judgements)
    return { set, direction, expansion, queries, recall10, mrr10, ndcg10 }
  })
  return { rows, missed, leftOut }
}
