import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { gatherPassages, numberPassages, type GatheredPassage } from '#server/answers/gather-passages.ts'
import type { AskedOfGaps } from '#server/answers/answerer.ts'
import type { ExtractionCandidate, ModelKind } from '#server/answers/extract/extraction-model.ts'
import { derivedId } from '#server/ids.ts'
import { withContext } from '#server/bin/with-context.ts'
import type { Lang } from '#server/context.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { provisionMatches, readActCases, type ActCase } from '../read-act-cases.ts'
import { pointMatches, pointOf, readCases } from '../read-cases.ts'
import { actNumbers, withActs } from '../with-acts.ts'
import { examine, type Asked } from './asked.ts'
import { readGathered, writeGathered } from './gathered-cache.ts'

const pathOf = (name: string): string => fileURLToPath(new URL(`../../cases/${name}`, import.meta.url))
const RULES_FILES = [
  'contact-centre-rules.ru.yaml',
  'contact-centre-rules-more.ru.yaml',
  'contact-centre-rules-dev-1.ru.yaml',
  'contact-centre-rules-dev-2.ru.yaml',
  'contact-centre-rules-dev-4.ru.yaml',
  'contact-centre-rules-dev-3.ru.yaml',
  'contact-centre-rules-colloquial.ru.yaml',
]
const ACT_FILES = [
  'acts.ru.yaml',
  'acts-dev-2.ru.yaml',
  'acts-dev-3.ru.yaml',
  'fitting.ru.yaml',
  'unanswerable-dev.ru.yaml',
  'acts.kk.yaml',
  'acts-dev-2.kk.yaml',
  'acts-dev-3.kk.yaml',
  'fitting.kk.yaml',
  'unanswerable-dev.kk.yaml',
]

export interface GatheredCase {
  /** What is left out together: a set of questions about the Rules, or an act; '' of no act. */
  set: string
  file: string
  question: string
  lang: Lang
  asOf: string
  answerable: boolean
  passages: GatheredPassage[]
  gaps: AskedOfGaps
  /** Of each passage the element ids that answer. */
  right: string[][]
}

/** Every question with the passages that search and sample questions bring, once with sample questions and once as if there were none. */
export interface Gathered {
  /** About the Rules, where they alone are held. */
  rules: GatheredCase[]
  /** About acts and about the Rules, where both are held. */
  sampled: GatheredCase[]
  plain: GatheredCase[]
}

/**
 * @param acts directory of acts as Markdown; null: the Rules alone
 * @param cache a file that keeps what was gathered
 */
export async function gatherAsked(acts: string | null, cache: string | undefined): Promise<Gathered> {
  if (cache !== undefined && existsSync(cache)) return readGathered(cache)
  const gathered: Gathered = { rules: await gatherRules(), sampled: [], plain: [] }
  if (acts !== null) {
    const paths = (await readdir(acts))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => join(acts, name))
    await withActs(paths, [], async (ctx) => {
      gathered.sampled = [...(await gatherRulesOver(ctx)), ...(await gatherActs(ctx))]
      const without: AnswerContext = {
        ...ctx,
        sampleQuestions: {
          matches: () =>
            Promise.resolve({
              nearest: [],
              gaps: [],
              gapActs: [],
              of: () => undefined,
              hasAct: () => false,
              elsewhere: [],
            }),
          ofAct: () => Promise.resolve([]),
          prepare: () => Promise.resolve(),
        },
      }
      gathered.plain = await gatherActs(without)
    })
  }
  if (cache !== undefined) await writeGathered(cache, gathered)
  return gathered
}

async function gatherRules(): Promise<GatheredCase[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bilim-fit-'))
  try {
    return await withContext({ dataDir: directory, purpose: 'fitting', prepare: true }, (ctx) => gatherRulesOver(ctx))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** The sets about the Rules, asked of whatever is held. */
async function gatherRulesOver(ctx: AnswerContext): Promise<GatheredCase[]> {
  const rules = derivedId('act', ctx.scope.appeal.cites.act)
  const gathered: GatheredCase[] = []
  for (const file of RULES_FILES) {
    const { cases, asOf } = await readCases(pathOf(file))
    for (const { question, lang, expect, points } of cases) {
      if (lang !== 'ru') continue
      const isRight = (eid: string, actId: string): boolean =>
        actId === rules && (points ?? []).some((point) => pointMatches(pointOf(eid), point))
      gathered.push(
        await gather(
          ctx,
          { set: basename(file), file, question, lang, asOf, answerable: expect === 'answered' },
          isRight,
        ),
      )
    }
  }
  return gathered
}

async function gatherActs(ctx: AnswerContext): Promise<GatheredCase[]> {
  const numbers = await actNumbers(ctx)
  const gathered: GatheredCase[] = []
  for (const file of ACT_FILES) {
    const { cases, asOf } = await readActCases(pathOf(file))
    for (const one of cases) {
      const { question, lang, expect, provisions } = one
      const isRight = (eid: string, actId: string): boolean => isProvision(one, numbers.get(actId) ?? '', eid)
      const set = provisions[0]?.split(' ')[0] ?? ''
      gathered.push(await gather(ctx, { set, file, question, lang, asOf, answerable: expect === 'answered' }, isRight))
    }
  }
  return leftOutByAct(gathered)
}

const isProvision = ({ provisions }: ActCase, act: string, eid: string): boolean =>
  provisions.some((one) => one.startsWith(`${act} `) && provisionMatches(eid, one.slice(one.indexOf(' ') + 1)))

async function gather(
  ctx: AnswerContext,
  asked: Omit<GatheredCase, 'passages' | 'gaps' | 'right'>,
  isRight: (eid: string, actId: string) => boolean,
): Promise<GatheredCase> {
  const { question, lang, asOf } = asked
  const { passages, gaps } = await gatherPassages(ctx, { question, lang, asOf })
  const right = passages.map(({ citation, segments }) =>
    [...segments.map(({ eid }) => eid), ...(citation === null ? [] : [citation.eid])].filter((eid) =>
      isRight(eid, citation?.actId ?? ''),
    ),
  )
  return { ...asked, passages, gaps, right }
}

/** Questions of no act are left out with each act in turn. */
function leftOutByAct(cases: readonly GatheredCase[]): GatheredCase[] {
  const acts = [...new Set(cases.map(({ set }) => set))].filter((act) => act !== '').sort()
  let next = 0
  return cases.map((one) => (one.set === '' ? { ...one, set: acts[next++ % acts.length] ?? '' } : one))
}

/**
 * A question as the models of a kind see it.
 */
export function askedOf(language: LanguageData, gathered: GatheredCase, kind: ModelKind): Asked {
  const { question, lang, asOf, passages, gaps, right, answerable, set, file } = gathered
  const isRight = ({ number, unit }: ExtractionCandidate): boolean => {
    const passage = passages[number - 1]
    const segment = passage?.segments.find(({ start, end }) => unit.start >= start && unit.end <= end)
    const eid = segment?.eid ?? passage?.citation?.eid
    return eid !== undefined && (right[number - 1] ?? []).includes(eid)
  }
  const input = { question, lang, asOf, passages: numberPassages(passages), gaps }
  return { set, file, ...examine(language, input, kind, answerable, isRight) }
}
