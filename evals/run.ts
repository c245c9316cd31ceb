import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandConfig, commandLine } from '#server/bin/command-line.ts'
import { runCommand, UsageError } from '#server/bin/run-command.ts'
import { withContext } from '#server/bin/with-context.ts'
import { derivedId } from '#server/ids.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { readGlossary } from '#server/search/translation/read-glossary.ts'
import { isActCaseFile } from './answers/read-act-cases.ts'
import { withActs } from './answers/with-acts.ts'
import { ACT_SETS, actSetLines, isHeldOut, runActSets } from './answers/run-act-sets.ts'
import { runAnswers } from './answers/run-answers.ts'
import {
  CROSS_LANGUAGE_CASES,
  runCrossLanguage,
  type CrossLanguageRow,
  type Expansion,
} from './cross-language/run-cross-language.ts'
import { domainFaults } from './domain/domain-floors.ts'
import { runDomain } from './domain/run-domain.ts'
import { compareEngines } from './retrieval/compare-engines.ts'
import { runNotes } from './notes/run-notes.ts'
import { REPORT_PARTS, runReport, type ReportPart } from './report/run-report.ts'
import { ENGINES } from './retrieval/engines.ts'
import { runRetrieval } from './retrieval/run-retrieval.ts'
import { runStemming } from './stemming/run-stemming.ts'

const USAGE = `npm run evals -- retrieval --data DIR [--engine NAME|list] [--run FILE] [--json]
       npm run evals -- compare --data DIR [--json]
       npm run evals -- stemming --data DIR [--json]
       npm run evals -- domain [--data DIR] [--check] [--json]
       npm run evals -- cross-language [--data DIR] [--check] [--json]
       npm run evals -- report [--only quality,domain,cross-language,speed,served,rebuild,text] [--data DIR] [--acts DIR] [--to DIR] [--engines lexical,…] [--distortions clean,…] [--sizes 1000,10000] [--searches N] [--passages N]
       npm run evals -- notes [--cases FILE] [--check] [--json]
       npm run evals -- answers [--cases FILE] [--acts DIR] [--check] [--json]
       npm run evals -- answers --among-acts [--acts DIR]`

type Floor = Record<'citationRecall' | 'refusalAccuracy' | 'verbatim', number>
/**
 * What the answers must reach over the Rules (Russian); `--check` fails below it. The first two sets were looked at while the
 * answerer was made. Sets B, D and E were not fitted over: their floors leave room for how few questions they have.
 */
const FLOOR: Floor = { citationRecall: 0.85, refusalAccuracy: 0.9, verbatim: 1 }
const SETS: { file: string; floor: Floor }[] = [
  { file: 'contact-centre-rules.ru.yaml', floor: FLOOR },
  { file: 'contact-centre-rules-dev-4.ru.yaml', floor: FLOOR },
  {
    file: 'contact-centre-rules-held-out-b.ru.yaml',
    floor: { citationRecall: 0.8, refusalAccuracy: 0.85, verbatim: 1 },
  },
  {
    file: 'contact-centre-rules-held-out-d.ru.yaml',
    floor: { citationRecall: 0.9, refusalAccuracy: 0.85, verbatim: 1 },
  },
  {
    file: 'contact-centre-rules-held-out-e.ru.yaml',
    floor: { citationRecall: 0.85, refusalAccuracy: 0.8, verbatim: 1 },
  },
]

type ActFloor = Record<'rightCited' | 'refusalAccuracy' | 'verbatim', number>
/**
 * What answers over acts must reach, in the language of the set; a little below what was measured on 2026-11-28. Where there are no acts nothing is held. Sets that the
 * models were fitted over but for the first are asked without `--check` alone: what breaks breaks here, too.
 */
const ACT_FLOORS: Partial<Record<string, ActFloor>> = {
  'acts.ru.yaml': { rightCited: 0.92, refusalAccuracy: 0.96, verbatim: 1 },
  'acts.kk.yaml': { rightCited: 0.94, refusalAccuracy: 0.96, verbatim: 1 },
  'acts-held-out.ru.yaml': { rightCited: 0.97, refusalAccuracy: 0.94, verbatim: 1 },
  'acts-held-out.kk.yaml': { rightCited: 0.92, refusalAccuracy: 0.88, verbatim: 1 },
  'acts-held-out-2.ru.yaml': { rightCited: 0.88, refusalAccuracy: 0.88, verbatim: 1 },
  'acts-held-out-2.kk.yaml': { rightCited: 0.91, refusalAccuracy: 0.96, verbatim: 1 },
  'acts-held-out-3.ru.yaml': { rightCited: 0.86, refusalAccuracy: 0.89, verbatim: 1 },
  'acts-held-out-3.kk.yaml': { rightCited: 0.89, refusalAccuracy: 0.84, verbatim: 1 },
  'acts-held-out-4.ru.yaml': { rightCited: 0.85, refusalAccuracy: 0.88, verbatim: 1 },
  'acts-held-out-4.kk.yaml': { rightCited: 0.87, refusalAccuracy: 0.79, verbatim: 1 },
  'acts-held-out-5.ru.yaml': { rightCited: 0.88, refusalAccuracy: 0.84, verbatim: 1 },
  'acts-held-out-5.kk.yaml': { rightCited: 0.9, refusalAccuracy: 0.88, verbatim: 1 },
}
/**
 * What Kazakh searches over the Rules, which are in Russian alone, must reach; `--check` fails below it. Synonyms alone find most
 * among sixty passages: that the right one stands high is what translations give.
 */
const CROSS_LANGUAGE_FLOOR = { recall10: 0.92, ndcg10: 0.86 }
/**
 * How many times as much Kazakh searches over the Rules must find (recall@10) with translations as without: over the Rules alone, and
 * among the acts beside the project, where texts in Kazakh stand in the way. A little below what was measured on 2026-11-26.
 */
const TRANSLATION_GAIN_FLOOR = { alone: 1.02, amongActs: 2.8 }
/** Of the rows of a run over the Rules: recall@10 with translations over that without; infinite where nothing is found without. */
const translationGain = (rows: readonly CrossLanguageRow[]): number => {
  const of = (expansion: Expansion): number =>
    rows.find((row) => row.set.startsWith('Rules') && row.expansion === expansion)?.recall10 ?? 0
  return of('both') === 0 ? 0 : of('both') / of('none')
}

const NOTE_KEYS = ['subject', 'language', 'questions', 'promises', 'clean'] as const
/** What extracted notes of calls must reach, in each language and half. */
const NOTES_FLOOR: Record<(typeof NOTE_KEYS)[number], number> = {
  subject: 0.9,
  language: 0.9,
  questions: 0.9,
  promises: 0.9,
  clean: 0.8,
}

/** Acts as Markdown: in the directory named, else where data stands beside the project. */
const sharedActs = async (named: string | undefined): Promise<string[]> => {
  if (named !== undefined && !existsSync(named)) throw new UsageError(`${named}: no such directory`)
  const directory = named ?? ['../shared/data/law', 'data/law'].find((path) => existsSync(path))
  if (directory === undefined) return []
  return (await readdir(directory))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(directory, name))
}

const percent = (value: number) => `${(value * 100).toFixed(1)} %`

/** `npm run evals`: retrieval over BEIR files, answers over question cases, both through production's own verbs. */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    data: { type: 'string' },
    engine: { type: 'string' },
    run: { type: 'string' },
    cases: { type: 'string' },
    acts: { type: 'string' },
    check: { type: 'boolean' },
    'among-acts': { type: 'boolean' },
    only: { type: 'string', default: REPORT_PARTS.join(',') },
    to: { type: 'string', default: 'docs' },
    engines: { type: 'string' },
    distortions: { type: 'string' },
    sizes: { type: 'string', default: '1000,10000,40000,100000' },
    searches: { type: 'string', default: '10000' },
    // Of the corpus that is rebuilt while it is searched.
    passages: { type: 'string', default: '500' },
    json: { type: 'boolean' },
  })
  const out = (line: string) => process.stdout.write(`${line}\n`)
  if (positionals[0] === 'retrieval') {
    if (values.engine === 'list') {
      for (const name of Object.keys(ENGINES)) out(name)
      return 0
    }
    if (values.data === undefined || (values.engine !== undefined && !(values.engine in ENGINES)))
      throw new UsageError(`Usage: ${USAGE}`)
    const language = await readLanguageData(commandConfig(undefined).contentDir)
    const result = await runRetrieval({
      directory: values.data,
      engine: values.engine ?? 'hybrid',
      runFile: values.run ?? null,
      language,
    })
    if (values.json === true) out(JSON.stringify(result))
    else
      out(
        `${result.set} ${result.engine}: nDCG@10 ${result.ndcg10.toFixed(4)}  MRR@10 ${result.mrr10.toFixed(4)}  hit@1 ${result.hit1.toFixed(4)}  recall@10 ${result.recall10.toFixed(4)}  recall@100 ${result.recall100.toFixed(4)}  (${result.queries} queries, ${result.msPerQuery.toFixed(2)} ms each)`,
      )
    return 0
  }
  if (positionals[0] === 'compare') {
    if (values.data === undefined) throw new UsageError(`Usage: ${USAGE}`)
    const language = await readLanguageData(commandConfig(undefined).contentDir)
    const rows = await compareEngines(values.data, language, (row) => {
      if (values.json !== true)
        out(
          `${row.set.padEnd(12)} ${row.distortion.padEnd(18)} ${row.engine.padEnd(17)} nDCG@10 ${row.ndcg10.toFixed(4)}  of clean ${percent(row.kept).padStart(7)}  MRR@10 ${row.mrr10.toFixed(4)}  hit@1 ${row.hit1.toFixed(4)}  recall@10 ${row.recall10.toFixed(4)}`,
        )
    })
    if (values.json === true) out(JSON.stringify(rows))
    return 0
  }
  if (positionals[0] === 'stemming') {
    if (values.data === undefined) throw new UsageError(`Usage: ${USAGE}`)
    const rows = await runStemming(values.data)
    if (values.json === true) out(JSON.stringify(rows))
    else
      for (const row of rows)
        out(
          `${row.file.padEnd(24)} ${row.words.padEnd(16)} ${row.stemmer.padEnd(13)} precision ${row.precision.toFixed(3)}  recall ${row.recall.toFixed(3)}  F1 ${row.f1.toFixed(3)}  under-stemming ${row.underStemming.toFixed(4)}  over-stemming ${row.overStemming.toFixed(6)}  (${row.forms} forms)`,
        )
    return 0
  }
  if (positionals[0] === 'domain') {
    const acts = await sharedActs(values.data)
    if (acts.length === 0)
      process.stderr.write(
        'No acts beside the project (data/law): their cases are left out, the Rules alone are asked.\n',
      )
    return await withActs(acts, [], async (ctx) => {
      const report = await runDomain(ctx, fileURLToPath(new URL('./cases/search-domain.yaml', import.meta.url)))
      if (values.json === true) {
        out(JSON.stringify(report))
      } else {
        for (const { case: asked, half, rank, first } of report.results)
          if (half === 'tuned' && rank !== 1)
            out(
              `${asked.id} «${asked.query}»: ${rank === 0 ? 'not among ten' : `at ${rank}`}, wants ${asked.act} ${asked.eids.join(' or ')}; first ${first}`,
            )
        for (const { group, queries, hit1, mrr10, ndcg10 } of report.rows)
          out(
            `${group.padEnd(30)} hit@1 ${hit1.toFixed(3)}  MRR@10 ${mrr10.toFixed(3)}  nDCG@10 ${ndcg10.toFixed(3)}  (${queries} queries)`,
          )
        for (const [act, count] of Object.entries(report.leftOut)) out(`act ${act}: not here, ${count} cases left out`)
      }
      const below = values.check === true ? domainFaults(report) : []
      for (const fault of below) process.stderr.write(`Below the floor: ${fault}\n`)
      return below.length > 0 ? 1 : 0
    })
  }
  if (positionals[0] === 'cross-language') {
    // The floor is for the starter content: among all acts the Rules are one of many.
    const acts = values.check === true ? [] : await sharedActs(values.data)
    if (values.check !== true && acts.length === 0)
      process.stderr.write(
        'No acts beside the project (data/law): their questions are left out, the Rules alone are asked.\n',
      )
    const { contentDir } = commandConfig(undefined)
    const words = { language: await readLanguageData(contentDir), glossary: await readGlossary(contentDir) }
    const report = await withActs(acts, [], (ctx) => runCrossLanguage(ctx, words, CROSS_LANGUAGE_CASES))
    if (values.json === true) out(JSON.stringify(report))
    else {
      for (const { set, id, query, wants, first } of report.missed)
        out(`${set}: ${id} «${query}»: not among ten, wants ${wants}; first ${first}`)
      for (const { set, direction, expansion, queries, recall10, mrr10, ndcg10 } of report.rows)
        out(
          `${set.padEnd(45)} ${direction.padEnd(8)} ${expansion.padEnd(9)} recall@10 ${recall10.toFixed(3)}  MRR@10 ${mrr10.toFixed(3)}  nDCG@10 ${ndcg10.toFixed(3)}  (${queries} queries)`,
        )
      for (const [set, count] of Object.entries(report.leftOut))
        out(`${set}: ${count} cases left out, their provisions have no passage in the language that should answer`)
    }
    if (values.check !== true) return 0
    const rules = report.rows.find(({ set, expansion }) => set.startsWith('Rules') && expansion === 'both')
    const below = (['recall10', 'ndcg10'] as const)
      .filter((key) => (rules?.[key] ?? 0) < CROSS_LANGUAGE_FLOOR[key])
      .map((key) => `${key} over the Rules ${rules?.[key] ?? 0} < ${CROSS_LANGUAGE_FLOOR[key]}`)
    const gains: [keyof typeof TRANSLATION_GAIN_FLOOR, string, number][] = [
      ['alone', 'the Rules alone', translationGain(report.rows)],
    ]
    const beside = await sharedActs(values.data)
    if (beside.length === 0)
      process.stderr.write(
        'No acts beside the project (data/law): what translations add to searches of the Rules among acts is not held to its floor.\n',
      )
    else {
      const among = await withActs(beside, [], (ctx) =>
        runCrossLanguage(ctx, words, { ...CROSS_LANGUAGE_CASES, domain: null, heldOut: [] }),
      )
      gains.push(['amongActs', 'the Rules among acts', translationGain(among.rows)])
    }
    for (const [key, where, gain] of gains) {
      if (values.json !== true) out(`${where}: recall@10 with translations is ${gain.toFixed(2)} times that without`)
      if (gain < TRANSLATION_GAIN_FLOOR[key])
        below.push(
          `recall@10 with translations over ${where} ${gain.toFixed(2)} times that without < ${TRANSLATION_GAIN_FLOOR[key]}`,
        )
    }
    for (const fault of below) process.stderr.write(`Below the floor: ${fault}\n`)
    return below.length > 0 ? 1 : 0
  }
  if (positionals[0] === 'report') {
    const parts = values.only.split(',')
    const sizes = values.sizes.split(',').map(Number)
    const searches = Number(values.searches)
    const rebuiltPassages = Number(values.passages)
    if (
      !parts.every((part): part is ReportPart => (REPORT_PARTS as readonly string[]).includes(part)) ||
      !sizes.every((size) => Number.isInteger(size) && size > 0) ||
      ![searches, rebuiltPassages].every((count) => Number.isInteger(count) && count > 0)
    )
      throw new UsageError(`Usage: ${USAGE}`)
    const retrieval = values.data ?? ['../shared/data/retrieval', 'data/retrieval'].find((path) => existsSync(path))
    await runReport(
      {
        parts,
        retrieval: retrieval ?? null,
        engines: values.engines?.split(',') ?? null,
        distortions: values.distortions?.split(',') ?? null,
        acts: await sharedActs(values.acts),
        to: values.to,
        sizes,
        searches,
        rebuiltPassages,
        language: await readLanguageData(commandConfig(undefined).contentDir),
        glossary: await readGlossary(commandConfig(undefined).contentDir),
      },
      (line) => process.stderr.write(`${line}\n`),
    )
    out(join(values.to, 'search-report.md'))
    return 0
  }
  if (positionals[0] === 'notes') {
    const report = await runNotes(
      values.cases ?? fileURLToPath(new URL('./cases/call-notes.ru-kk.yaml', import.meta.url)),
    )
    if (values.json === true) out(JSON.stringify(report.rows))
    else {
      // Of the held-out half only the sums: what is looked at is no measure any more.
      for (const { id, half, what, notes } of report.missed)
        if (half === 'tuned') out(`${id} ${what}: ${notes.replaceAll('\n', ' | ')}`)
      for (const row of report.rows)
        out(
          `${row.half.padEnd(9)} ${row.lang}: subject ${percent(row.subject)}; language ${percent(row.language)}; questions ${percent(row.questions)}; promises ${percent(row.promises)}; clean ${percent(row.clean)}  (${row.calls} calls)`,
        )
    }
    const below = report.rows.flatMap((row) =>
      NOTE_KEYS.filter((key) => row[key] < NOTES_FLOOR[key]).map(
        (key) => `${row.half} ${row.lang}: ${key} ${percent(row[key])} < ${percent(NOTES_FLOOR[key])}`,
      ),
    )
    if (values.check === true && below.length > 0) {
      process.stderr.write(`Below the floor: ${below.join(', ')}\n`)
      return 1
    }
    return 0
  }
  if (positionals[0] !== 'answers') throw new UsageError(`Usage: ${USAGE}`)
  if (values['among-acts'] === true) {
    const acts = await sharedActs(values.acts)
    if (acts.length === 0) throw new UsageError('No acts beside the project (data/law): --acts DIR names a directory.')
    return await withActs(acts, [], async (ctx) => {
      for (const { file } of SETS) {
        const path = fileURLToPath(new URL(`./cases/${file}`, import.meta.url))
        const { summaries } = await runAnswers(ctx, path, derivedId('act', ctx.scope.appeal.cites.act))
        for (const s of summaries.filter(({ answerable }) => answerable > 0))
          out(
            `${file} ${s.lang}, where acts are held as well: right point cited ${percent(s.citationRecall)} of ${s.answerable}; wrongly refused ${percent(s.falseRefusals)}; of ${s.unanswerable} that the Rules do not answer refused ${percent(s.refusalAccuracy)}`,
          )
      }
      return 0
    })
  }
  const isOverActs = values.cases !== undefined && (await isActCaseFile(values.cases))
  const actFiles =
    values.cases === undefined
      ? // What has no floor need not be asked to see whether floors hold.
        ACT_SETS.filter((file) => values.check !== true || file in ACT_FLOORS).map((file) =>
          fileURLToPath(new URL(`./cases/${file}`, import.meta.url)),
        )
      : isOverActs
        ? [values.cases]
        : []
  const acts = actFiles.length === 0 ? [] : await sharedActs(values.acts)
  if (actFiles.length > 0 && acts.length === 0)
    process.stderr.write(
      'No acts beside the project (data/law; --acts DIR names another directory): questions over acts are skipped.\n',
    )
  const overActs = acts.length === 0 ? [] : await runActSets(actFiles, acts)
  const ofActs = {
    summaries: overActs.flatMap(({ set, summaries }) => summaries.map((summary) => ({ set, ...summary }))),
    results: overActs.flatMap(({ set, results }) =>
      isHeldOut(set) ? [] : results.map((result) => ({ set, ...result })),
    ),
  }
  if (isOverActs) {
    if (values.json === true) out(JSON.stringify(ofActs))
    else for (const report of overActs) for (const line of actSetLines(report)) out(line)
    return 0
  }
  // Evaluations ask the starter content, never somebody's own data.
  const directory = await mkdtemp(join(tmpdir(), 'bilim-evals-'))
  try {
    return await withContext({ dataDir: directory, purpose: 'npm run evals', prepare: true }, async (ctx) => {
      const sets =
        values.cases === undefined
          ? SETS.map(({ file, floor }) => ({ file: fileURLToPath(new URL(`./cases/${file}`, import.meta.url)), floor }))
          : [{ file: values.cases, floor: FLOOR }]
      const judged = []
      for (const { file, floor } of sets) judged.push({ set: basename(file), floor, ...(await runAnswers(ctx, file)) })
      if (values.json === true)
        out(
          JSON.stringify({
            summaries: judged.flatMap(({ set, summaries }) => summaries.map((summary) => ({ set, ...summary }))),
            results: judged.flatMap(({ set, results }) =>
              isHeldOut(set) ? [] : results.map((result) => ({ set, ...result })),
            ),
            ...(overActs.length === 0 ? {} : { acts: ofActs }),
          }),
        )
      else
        for (const { set, results, summaries } of judged) {
          out(set)
          for (const { case: asked, right, cited, status, quotes } of isHeldOut(set) ? [] : results)
            if (!right)
              out(
                `${asked.id} ${status} cites ${cited.join(', ') || 'nothing'} instead of ${asked.expect === 'refused' ? 'a refusal' : (asked.points ?? []).join(' or ')}: ${asked.question}${quotes.length > 0 ? `\n      ${quotes.join(' | ')}` : ''}`,
              )
          for (const s of summaries)
            out(
              `${s.lang}: right point cited ${percent(s.citationRecall)} of ${s.answerable}; citation precision ${percent(s.citationPrecision)}; expected fragment quoted ${percent(s.completeness)}; refused ${percent(s.refusalAccuracy)} of ${s.unanswerable} unanswerable; wrongly refused ${percent(s.falseRefusals)}; verbatim ${percent(s.verbatim)}; p50 ${s.p50Ms} ms, p95 ${s.p95Ms} ms`,
            )
        }
      if (values.json !== true) for (const report of overActs) for (const line of actSetLines(report)) out(line)
      const below = judged.flatMap(({ set, floor, summaries }) => {
        const russian = summaries.find((summary) => summary.lang === 'ru')
        return russian === undefined
          ? []
          : (Object.keys(floor) as (keyof Floor)[])
              .filter((key) => russian[key] < floor[key])
              .map((key) => `${set}: ${key} ${percent(russian[key])} < ${percent(floor[key])}`)
      })
      for (const { set, summaries } of overActs) {
        const floor = ACT_FLOORS[set]
        for (const summary of floor === undefined ? [] : summaries)
          for (const key of Object.keys(floor ?? {}) as (keyof ActFloor)[])
            if ((summary[key] ?? 1) < (floor?.[key] ?? 0))
              below.push(`${set}: ${key} ${percent(summary[key] ?? 1)} < ${percent(floor?.[key] ?? 0)}`)
      }
      if (values.check === true && below.length > 0) {
        process.stderr.write(`Below the floor: ${below.join(', ')}\n`)
        return 1
      }
      return 0
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
