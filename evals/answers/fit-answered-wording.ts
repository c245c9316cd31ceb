import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  readWordingModels,
  wordingOdds,
  wordingOf,
  writeWordingModels,
  type WordingModel,
} from '#server/answers/extract/answered-wording.ts'
import { parseSampleQuestions } from '#server/answers/sample-questions/sample-questions-file.ts'
import { runCommand } from '#server/bin/run-command.ts'
import type { Lang } from '#server/context.ts'
import { areaUnder, fitWording } from './fit/fit-wording.ts'
import { readActCases } from './read-act-cases.ts'

const QUESTIONS = new URL('../../content/questions/', import.meta.url)
const TARGET = fileURLToPath(new URL('../../server/answers/extract/answered-wording.bin', import.meta.url))
const SETS = ['acts', 'acts-dev-2', 'acts-dev-3', 'fitting', 'unanswerable-dev']

/**
 * Fits what the wording of a question says of whether acts answer it (0052), over the sample questions and known gaps of `content/questions`:
 * `npx tsx evals/answers/fit-answered-wording.ts [--write]`. Reports for each language how often, of an answerable and an unanswerable development question, it puts the former higher.
 * `--write` puts the models into `server/answers/extract/answered-wording.bin`. Half a minute; `fit-extraction.ts` after it.
 */
await runCommand(async () => {
  const { values } = parseArgs({ options: { write: { type: 'boolean' } } })
  const asked: { lang: Lang; text: string; answered: boolean }[] = []
  for (const name of (await readdir(QUESTIONS)).filter((one) => one.endsWith('.yaml')).sort()) {
    const { file, faults } = parseSampleQuestions(await readFile(new URL(name, QUESTIONS), 'utf8'))
    if (file === null) throw new Error(`${name}: ${faults.join('; ')}`)
    const add = (of: Record<string, string[]>, answered: boolean) =>
      asked.push(...Object.values(of).flatMap((texts) => texts.map((text) => ({ lang: file.lang, text, answered }))))
    add(file.questions, true)
    add(file.gaps?.questions ?? {}, false)
  }
  const fitted = (lang: Lang): WordingModel =>
    fitWording(
      asked
        .filter((one) => one.lang === lang)
        .map(({ text, answered }) => ({ wording: wordingOf(text, lang), answered })),
    )
  const data = writeWordingModels({ ru: fitted('ru'), kk: fitted('kk') })
  // Judged as they will be read.
  const models = readWordingModels(data)
  for (const lang of ['ru', 'kk'] as const) {
    const sets = SETS.map((set) => fileURLToPath(new URL(`../cases/${set}.${lang}.yaml`, import.meta.url)))
    const cases = (await Promise.all(sets.map(readActCases))).flatMap((file) => file.cases)
    const judged = cases.map(({ question, expect }) => ({
      odds: wordingOdds(models[lang], wordingOf(question, lang)),
      answered: expect === 'answered',
    }))
    const own = asked.filter((one) => one.lang === lang)
    process.stdout.write(
      `${lang}: ${own.length} questions, ${own.filter(({ answered }) => !answered).length} of them of gaps; of ${judged.length} development questions the answerable one is higher in ${(areaUnder(judged) * 100).toFixed(1)} % of pairs\n`,
    )
  }
  if (values.write === true) await writeFile(TARGET, data)
  return 0
})
