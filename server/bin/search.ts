import { DaySchema, LangSchema } from '#server/http/wire.ts'
import { search } from '#server/search/search.ts'
import { changeLine } from './change-line.ts'
import { commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'
import { explainLines } from './explain-lines.ts'
import { sayDegraded } from './say-degraded.ts'
import { withContext } from './with-context.ts'

const USAGE =
  'npm run search -- [--json] [--lang ru|kk] [--as-of YYYY-MM-DD] [--limit N] [--verbatim] [--explain] [--data-dir D] QUERY'

/** `npm run search`: passages in force, best first; with `--explain`, why each stands where it does. */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    json: { type: 'boolean' },
    lang: { type: 'string' },
    'as-of': { type: 'string' },
    limit: { type: 'string', default: '10' },
    verbatim: { type: 'boolean' },
    explain: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  const q = positionals.join(' ').trim()
  const lang = LangSchema.optional().safeParse(values.lang)
  const asOf = DaySchema.optional().safeParse(values['as-of'])
  const limit = Number(values.limit)
  if (q === '' || !lang.success || !asOf.success || !Number.isInteger(limit) || limit < 1 || limit > 50)
    throw new UsageError(`Usage: ${USAGE}`)
  return withContext({ dataDir: values['data-dir'], purpose: 'npm run search', prepare: true }, async (ctx) => {
    const result = await search(ctx, {
      q,
      lang: lang.data,
      asOf: asOf.data,
      limit,
      prefix: true,
      verbatim: values.verbatim,
      explain: values.explain,
    })
    if (values.json === true) process.stdout.write(`${JSON.stringify(result)}\n`)
    else {
      sayDegraded(result.degraded)
      if (result.correctedTo !== null)
        process.stdout.write(
          `searched for «${result.correctedTo}» instead of «${q}» (${result.correctionKind}); --verbatim to undo\n\n`,
        )
      if (result.phrases?.held === false && result.hits.length > 0)
        process.stdout.write('no passage has the quoted words as they stand; passages that have them apart follow\n\n')
      const foreign = result.crossLanguage?.to
      if (foreign !== undefined && result.hits.some(({ lang }) => lang === foreign))
        process.stdout.write(
          `little was found in the language of the question; passages marked [${foreign}] are in the other one\n\n`,
        )
      for (const hit of result.hits) {
        const edition = hit.citation?.edition
        const why =
          hit.explain === undefined
            ? ''
            : explainLines(hit.explain)
                .map((line) => `    ${line}\n`)
                .join('')
        process.stdout.write(
          `${hit.lang === foreign ? `[${hit.lang}] ` : ''}${hit.citation?.label ?? hit.title} · ${hit.title}${edition === undefined ? '' : ` · ред. ${edition.amendedBy ?? edition.date}`}\n  ${hit.text.replaceAll('\n', '\n  ')}\n${changeLine(hit.sourceChanged)}${why}\n`,
        )
      }
      process.stdout.write(`${result.hits.length} of ${result.total}, ${result.tookMs} ms\n`)
    }
    return 0
  })
})
