import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { FittedModels } from '#server/answers/extract/extraction-model.ts'
import { FITTED } from '#server/answers/extract/extraction-weights.ts'
import { commandConfig } from '#server/bin/command-line.ts'
import { runCommand } from '#server/bin/run-command.ts'
import type { Lang } from '#server/context.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { fit } from './fit/fit-models.ts'
import { askedOf, gatherAsked } from './fit/gather-asked.ts'
import { RECIPES } from './fit/recipes.ts'

const TARGET = fileURLToPath(new URL('../../server/answers/extract/extraction-weights.ts', import.meta.url))

/**
 * Fits the models of the extractive answerer and reports what they reach on each set of questions when fitted on the others:
 * `npx tsx evals/answers/fit-extraction.ts --acts DIR [--only sampled-ru …] [--cache FILE] [--misses] [--write]`. Acts with sample questions and
 * acts without have models of their own, each in two languages; that of Russian acts with sample questions is fitted over the Rules alone. `--cache` keeps the
 * gathered passages: gather anew after a change of search. `--write` puts the models into `server/answers/extract/extraction-weights.ts`,
 * those that were not fitted staying. Run it again when language data or features change.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      acts: { type: 'string' },
      only: { type: 'string', multiple: true },
      cache: { type: 'string' },
      misses: { type: 'boolean' },
      write: { type: 'boolean' },
    },
  })
  const out = (line: string) => process.stdout.write(`${line}\n`)
  const language = await readLanguageData(commandConfig(undefined).contentDir)
  const gathered = await gatherAsked(values.acts ?? null, values.cache)
  const models: typeof FITTED = { sampled: { ...FITTED.sampled }, plain: { ...FITTED.plain } }
  for (const kind of ['sampled', 'plain'] as const)
    for (const lang of ['ru', 'kk'] as const) {
      // With acts in the fitting, «хочу подать жалобу на акимат» was answered from point 35 (0026).
      const own = gathered[kind].filter(
        (one) => one.lang === lang && (kind === 'plain' || lang === 'kk' || !one.file.startsWith('acts')),
      )
      if (own.length === 0 || (values.only !== undefined && !values.only.includes(`${kind}-${lang}`))) continue
      out(`${kind}, ${lang}`)
      const asked = own.map((one) => askedOf(language, one, kind === 'sampled'))
      models[kind][lang] = fit(asked, RECIPES[kind][lang], values.misses === true, out)
    }
  if (values.write === true) await writeFile(TARGET, weightsFile(models))
  return 0
})

function weightsFile(models: Record<'sampled' | 'plain', Record<Lang, FittedModels>>): string {
  return `import type { Lang } from '#server/context.ts'
import type { FittedModels } from './extraction-model.ts'

/* oxlint-disable oxc/approx-constant -- a weight may look like a constant */
// Written by evals/answers/fit-extraction.ts --write; not edited by hand.
/** Of acts with sample questions and of acts without. */
export const FITTED: Record<'sampled' | 'plain', Record<Lang, FittedModels>> = ${JSON.stringify(models)}
`
}
