import { answerQuestion } from '#server/answers/answer-question.ts'
import { QuestionSchema, type AnswerCitation } from '#server/answers/schema.ts'
import { DaySchema, LangSchema } from '#server/http/wire.ts'
import { changeLine } from './change-line.ts'
import { commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'
import { sayFallback } from './say-fallback.ts'
import { sayDegraded } from './say-degraded.ts'
import { sayGuidance } from './say-guidance.ts'
import { sayLeftOut } from './say-left-out.ts'
import { withContext } from './with-context.ts'

const USAGE =
  'npm run ask -- [--json] [--lang ru|kk] [--as-of YYYY-MM-DD] [--asker citizen|state-body] [--data-dir D] QUESTION'

const citationLines = ({ label, quote, edition, actTitle, sourceChanged }: AnswerCitation): string =>
  `    ${label}, ред. ${edition.amendedBy ?? edition.date}: «${quote}»\n    ${actTitle}\n${changeLine(sourceChanged)}`

/** `npm run ask`: a cited answer, or a refusal with the competent body. */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    json: { type: 'boolean' },
    lang: { type: 'string' },
    'as-of': { type: 'string' },
    asker: { type: 'string' },
    'data-dir': { type: 'string' },
  })
  const question = positionals.join(' ').trim()
  const lang = LangSchema.optional().safeParse(values.lang)
  const asOf = DaySchema.optional().safeParse(values['as-of'])
  const asker = QuestionSchema.shape.asker.safeParse(values.asker)
  if (question === '' || !lang.success || !asOf.success || !asker.success) throw new UsageError(`Usage: ${USAGE}`)
  return withContext({ dataDir: values['data-dir'], purpose: 'npm run ask', prepare: true }, async (ctx) => {
    const answer = await answerQuestion(ctx, {
      question,
      ...(lang.data === undefined ? {} : { lang: lang.data }),
      ...(asOf.data === undefined ? {} : { asOf: asOf.data }),
      ...(asker.data === undefined ? {} : { asker: asker.data }),
    })
    if (values.json === true) process.stdout.write(`${JSON.stringify(answer)}\n`)
    else {
      sayDegraded(answer.degraded)
      for (const sentence of answer.sentences) {
        process.stdout.write(`${sentence.text}\n`)
        for (const citation of sentence.citations) process.stdout.write(citationLines(citation))
      }
      process.stdout.write(sayLeftOut(answer))
      if (answer.fallback !== null) process.stdout.write(`${sayFallback(answer.fallback, answer.lang)}\n`)
      if (answer.message !== null) process.stdout.write(`${answer.message}\n`)
      for (const citation of answer.inOtherLanguage?.citations ?? []) process.stdout.write(citationLines(citation))
      sayGuidance(answer)
      if (answer.competence !== null)
        process.stdout.write(
          `${answer.competence.name}: ${answer.competence.contacts.map((contact) => contact.value).join(', ')}\n${answer.competence.reason}\n`,
        )
    }
    return 0
  })
})
