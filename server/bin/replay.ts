import { replayAnswer } from '#server/answers/replay-answer.ts'
import { commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'
import { withContext } from './with-context.ts'

const USAGE = 'npm run replay -- [--json] [--data-dir D] ANSWER_ID'

/** `npm run replay`: the checks of an answer once more, over its record. Exit code 1 when something comes out otherwise. */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, { json: { type: 'boolean' }, 'data-dir': { type: 'string' } })
  const [answerId] = positionals
  if (answerId === undefined || positionals.length > 1) throw new UsageError(`Usage: ${USAGE}`)
  return withContext({ dataDir: values['data-dir'], purpose: 'npm run replay', prepare: false }, async (ctx) => {
    const replay = await replayAnswer(ctx, { answerId })
    if (values.json === true) process.stdout.write(`${JSON.stringify(replay)}\n`)
    else {
      const { proposals, sentences, passages } = replay.checked
      process.stdout.write(
        `${replay.same ? 'the same' : 'NOT the same'}: ${proposals} proposals, ${sentences} sentences shown, ${passages} passages; checks ${replay.verifier.recorded}${replay.verifier.now === replay.verifier.recorded ? '' : `, now ${replay.verifier.now}`}\n`,
      )
      for (const { what, subject, recorded, replayed } of replay.differences)
        process.stdout.write(`  ${what} ${subject}: recorded ${recorded}, now ${replayed}\n`)
      for (const { subject, recorded, replayed } of replay.today)
        process.stdout.write(`  by the checks of today ${subject}: ${replayed} instead of ${recorded}\n`)
      for (const { passageId, change } of replay.since) process.stdout.write(`  since then ${passageId}: ${change}\n`)
    }
    return replay.same ? 0 : 1
  })
})
