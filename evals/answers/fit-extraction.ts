import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { AllFitted, FittedModels, ModelKind } from '#server/answers/extract/extraction-model.ts'
import { FITTED } from '#server/answers/extract/extraction-weights.ts'
import { commandConfig } from '#server/bin/command-line.ts'
import { runCommand } from '#server/bin/run-command.ts'
import type { Lang } from '#server/context.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { isOfActs } from './fit/asked.ts'
import { fit } from './fit/fit-models.ts'
import { askedOf, gatherAsked } from './fit/gather-asked.ts'
import { RECIPES, type Recipe } from './fit/recipes.ts'

const TARGET = fileURLToPath(new URL('../../server/answers/extract/extraction-weights.ts', import.meta.url))

/**
 * Fits the models of the extractive answerer and reports what they reach on each set of questions when fitted on the others:
 * `npx tsx evals/answers/fit-extraction.ts --acts DIR [--only sampled-ru …] [--cache FILE] [--misses] [--unjudged] [--write]`. The Rules, acts with
 * sample questions and acts without have models of their own, the latter two in two languages; that of Russian acts with sample questions is fitted over the Rules as well. `--cache` keeps the
 * gathered passages: gather anew after a change of search. `--unjudged` leaves the report out, which fits anew for each set. `--write` puts the models into `server/answers/extract/extraction-weights.ts`,
 * those that were not fitted staying. Run it again when language data or features change, after `fit-subwords.ts` and `fit-answered-wording.ts`.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      acts: { type: 'string' },
      only: { type: 'string', multiple: true },
      cache: { type: 'string' },
      misses: { type: 'boolean' },
      unjudged: { type: 'boolean' },
      write: { type: 'boolean' },
    },
  })
  const out = (line: string) => process.stdout.write(`${line}\n`)
  const language = await readLanguageData(commandConfig(undefined).contentDir)
  const gathered = await gatherAsked(values.acts ?? null, values.cache)
  const models: AllFitted = { rules: FITTED.rules, sampled: { ...FITTED.sampled }, plain: { ...FITTED.plain } }
  const fitted = (kind: ModelKind, lang: Lang, recipe: Recipe, known: FittedModels): FittedModels => {
    const own = gathered[kind].filter((one) => one.lang === lang)
    if (own.length === 0 || (values.only !== undefined && !values.only.includes(`${kind}-${lang}`))) return known
    out(`${kind}, ${lang}`)
    const asked = own.map((one) => askedOf(language, one, kind))
    // So many questions about the Rules teach what acts are too few for; only acts are judged.
    const isJudged = values.unjudged === true ? () => false : kind === 'rules' ? () => true : isOfActs
    return fit(asked, recipe, values.misses === true, out, isJudged)
  }
  models.rules = { ru: fitted('rules', 'ru', RECIPES.rules.ru, FITTED.rules.ru) }
  for (const kind of ['sampled', 'plain'] as const)
    for (const lang of ['ru', 'kk'] as const)
      models[kind][lang] = fitted(kind, lang, RECIPES[kind][lang], FITTED[kind][lang])
  if (values.write === true) await writeFile(TARGET, weightsFile(models))
  return 0
})

function weightsFile(models: AllFitted): string {
  return `import type { AllFitted } from './extraction-model.ts'

/* oxlint-disable oxc/approx-constant -- a weight may look like a constant */
// Written by evals/answers/fit-extraction.ts --write; not edited by hand.
/** Of the Rules, of acts with sample questions and of acts without. */
export const FITTED: AllFitted = ${JSON.stringify(models)}
`
}
