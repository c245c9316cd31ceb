import { answerQuestion } from '#server/answers/answer-question.ts'
import { DaySchema, LangSchema } from '#server/http/wire.ts'
import { changeLine } from './change-line.ts'
import { commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'
import { sayFallback } from './say-fallback.ts'
import { sayDegraded } from './say-degraded.ts'
import { withContext } from './with-context.ts'

const USAGE = 'npm run ask -- [--json] [--lang ru|kk] [--as-of YYYY-MM-DD] [--data-dir D] QUESTION'

/** `npm run ask`: a cited answer, or a refusal with the competent body. */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    json: { type: 'boolean' },
    lang: { type: 'string' },
    'as-of': { type: 'string' },
    'data-dir': { type: 'string' },
  })
  const question = positionals.join(' ').trim()
  const lang = LangSchema.optional().safeParse(values.lang)
  const asOf = DaySchema.optional().safeParse(values['as-of'])
  if (question === '' || !lang.success || !asOf.success) throw new UsageError(`Usage: ${USAGE}`)
  return withContext({ dataDir: values['data-dir'], purpose: 'npm run ask', prepare: true }, async (ctx) => {
    const answer = await answerQuestion(ctx, {
      question,
      ...(lang.data === undefined ? {} : { lang: lang.data }),
      ...(asOf.data === undefined ? {} : { asOf: asOf.data }),
    })
    if (values.json === true) process.stdout.write(`${JSON.stringify(answer)}\n`)
    else {
      sayDegraded(answer.degraded)
      for (const sentence of answer.sentences) {
        process.stdout.write(`${sentence.text}\n`)
        for (const { label, quote, edition, actTitle, sourceChanged } of sentence.citations)
          process.stdout.write(
            `    ${label}, ред. ${edition.amendedBy ?? edition.date}: «${quote}»\n    ${actTitle}\n${changeLine(sourceChanged)}`,
          )
      }
      if (answer.fallback !== null) process.stdout.write(`${sayFallback(answer.fallback, answer.lang)}\n`)
      if (answer.message !== null) process.stdout.write(`${answer.message}\n`)
      if (answer.competence !== null)
        process.stdout.write(
          `${answer.competence.name}: ${answer.competence.contacts.map((contact) => contact.value).join(', ')}\n${answer.competence.reason}\n`,
        )
    }
    return 0
  })
})
