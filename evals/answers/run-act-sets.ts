import { basename } from 'node:path'
import { readActCases, type ActCaseFile } from './read-act-cases.ts'
import { runActAnswers, type ActAnswers, type ActAnswerSummary } from './run-act-answers.ts'
import { withActs } from './with-acts.ts'

/** Sets over acts, in `cases/`. */
export const ACT_SETS = [
  'acts.ru.yaml',
  'acts.kk.yaml',
  'acts-dev-2.ru.yaml',
  'acts-dev-2.kk.yaml',
  'acts-dev-3.ru.yaml',
  'acts-dev-3.kk.yaml',
  'acts-held-out.ru.yaml',
  'acts-held-out.kk.yaml',
  'acts-held-out-2.ru.yaml',
  'acts-held-out-2.kk.yaml',
  'acts-held-out-3.ru.yaml',
  'acts-held-out-3.kk.yaml',
  'acts-held-out-4.ru.yaml',
  'acts-held-out-4.kk.yaml',
  'acts-held-out-5.ru.yaml',
  'acts-held-out-5.kk.yaml',
  'cross-language.ru.yaml',
  'cross-language.kk.yaml',
] as const

export type ActSetReport = ActAnswers & { set: string }

/**
 * Asks sets of cases over acts, those that leave out the same texts over one knowledge base.
 * @param files paths of the sets
 * @param acts paths of the acts
 */
export async function runActSets(files: readonly string[], acts: readonly string[]): Promise<ActSetReport[]> {
  const bases = new Map<string, { leftOut: ActCaseFile['leftOut']; files: string[] }>()
  for (const file of files) {
    const { leftOut } = await readActCases(file)
    const key = JSON.stringify(leftOut)
    const base = bases.get(key) ?? { leftOut, files: [] }
    bases.set(key, base)
    base.files.push(file)
  }
  const reports: ActSetReport[] = []
  for (const base of bases.values())
    await withActs(acts, base.leftOut, async (ctx) => {
      for (const file of base.files) reports.push({ set: basename(file), ...(await runActAnswers(ctx, file)) })
    })
  return reports.sort((left, right) => orderOf(files, left.set) - orderOf(files, right.set))
}

const orderOf = (files: readonly string[], set: string): number => files.findIndex((file) => basename(file) === set)

/** Of a blind set only the means are ever seen. */
export const isHeldOut = (set: string): boolean => set.includes('held-out')

const percent = (value: number | null) => (value === null ? '–' : `${(value * 100).toFixed(1)} %`)

/** A report as lines for the terminal: lost cases of a set that is not held out, then the means by language. */
export function actSetLines({ set, results, summaries, leftOut }: ActSetReport): string[] {
  return [
    set,
    ...(isHeldOut(set) ? [] : results)
      .filter(({ miss }) => miss !== null)
      .map(
        ({ case: asked, miss, rank, cited, quotes }) =>
          `${asked.id} ${miss ?? ''}${rank > 0 ? ` at ${rank}` : ''}: cites ${cited.join(', ') || 'nothing'} instead of ${asked.provisions.join(' or ') || 'a refusal'}: ${asked.question}${quotes.length > 0 ? `\n      ${quotes.join(' | ')}` : ''}`,
      ),
    ...summaries.map(summaryLine),
    ...Object.entries(leftOut).map(([act, count]) => `act ${act}: not here, ${count} cases left out`),
  ]
}

const summaryLine = (s: ActAnswerSummary): string =>
  [
    `${s.lang}: right provision cited ${percent(s.rightCited)} of ${s.answerable}${s.acrossLanguages > 0 ? ` (${s.acrossLanguages} in the other language alone)` : ''}`,
    ...(s.namedAcross > 0 ? [`named with a refusal, in the other language ${s.namedAcross}`] : []),
    `right of citations ${percent(s.rightOfCitations)}`,
    `citation recall ${percent(s.citationRecall)}, precision ${percent(s.citationPrecision)}`,
    `expected words quoted ${percent(s.completeness)}`,
    `refused ${percent(s.refusalAccuracy)} of ${s.unanswerable} unanswerable (${Object.entries(s.refusals)
      .map(([why, [refused, all]]) => `${why} ${refused}/${all}`)
      .join(', ')})`,
    `wrongly refused ${percent(s.falseRefusals)}`,
    `verbatim ${percent(s.verbatim)}`,
    `lost: ${Object.entries(s.misses)
      .map(([miss, count]) => `${miss} ${count}`)
      .join(', ')}`,
    `p50 ${s.p50Ms} ms, p95 ${s.p95Ms} ms`,
  ].join('; ')
