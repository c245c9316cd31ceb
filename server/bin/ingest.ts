import { join } from 'node:path'
import { ingestFile } from '#server/content/ingest-file.ts'
import { ingestQuestionsOf, questionsFaults } from '#server/content/ingest-questions.ts'
import { isRefusal } from '#server/content/refusal-messages.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { commandLine } from './command-line.ts'
import { ingestSubmission } from './ingest-submission.ts'
import { runCommand, UsageError } from './run-command.ts'
import { withContext } from './with-context.ts'

const USAGE = 'npm run ingest -- [--json] [--data-dir D] [--complete] [--review] [--agency ID] [--electronic] FILE…'

/**
 * `npm run ingest`: acts into the knowledge base, and sheets of Appendix 1 into services; a line a message, exit code 1 if any file
 * was refused or files of sample questions are faulty. `--complete` vouches that a text suspected of being cut off is complete; with `--review` new texts of articles wait for a second person; `--agency` says whose the services are,
 * `--electronic` that they are others in electronic form (п. 33 of the Rules).
 */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    json: { type: 'boolean' },
    'data-dir': { type: 'string' },
    complete: { type: 'boolean', default: false },
    review: { type: 'boolean', default: false },
    agency: { type: 'string' },
    electronic: { type: 'boolean', default: false },
  })
  if (positionals.length === 0) throw new UsageError(`Name at least one file.\n\nUsage: ${USAGE}`)
  return withContext({ dataDir: values['data-dir'], purpose: 'npm run ingest', prepare: false }, async (ctx, deps) => {
    const results = []
    for (const [i, path] of positionals.entries()) {
      if (values.json !== true && process.stderr.isTTY)
        process.stderr.write(`[${i + 1}/${positionals.length}] ${path}\n`)
      // The indexes follow once, at the end.
      const quiet = { ...ctx, contentChanged: () => {} }
      const { contentDir } = deps.config
      results.push(
        (await ingestSubmission(quiet, {
          path,
          agencyId: values.agency,
          kind: values.electronic ? 'electronic' : undefined,
        })) ??
          (await ingestFile(quiet, {
            path,
            contentDir,
            complete: values.complete,
            mode: values.review ? 'review' : 'publish',
          })),
      )
    }
    await reconcileIndexes(ctx, (done, total) => {
      if (process.stderr.isTTY)
        process.stderr.write(`\rembedded ${done} of ${total} passages${done === total ? '\n' : ''}`)
    })
    // Last but for the telling: the acts are stored, whatever is wrong with the files of questions.
    const faults = new Set<string>()
    for (const ingested of results) {
      if (ingested.status !== 'ingested' || !('result' in ingested) || ingested.result === null) continue
      try {
        await ingestQuestionsOf(ctx, join(deps.config.contentDir, 'questions'), ingested.result.actId)
      } catch (error) {
        if (!isRefusal(error)) ctx.log.error({ err: error }, 'sample questions were not loaded')
        for (const fault of questionsFaults(error)) faults.add(fault)
      }
    }
    if (values.json === true) process.stdout.write(`${JSON.stringify(results)}\n`)
    else
      for (const ingested of results) {
        const { file, status, messages, result } = ingested
        for (const { severity, rule, text, place } of messages)
          process.stdout.write(`${file}:${place.start.line}:${place.start.column} ${severity} ${rule} ${text}\n`)
        const { added = 0, rewritten = 0, removed = 0 } = result?.provisions ?? {}
        process.stdout.write(
          status === 'refused'
            ? `${file}: refused, nothing of it is stored\n`
            : 'submission' in ingested && status === 'ingested'
              ? `${file}: ingested: services ${ingested.submission.added} added, ${ingested.submission.changed} changed\n`
              : status === 'unchanged'
                ? `${file}: unchanged, this text is in the knowledge base already\n`
                : `${file}: ingested: provisions ${added} added, ${rewritten} changed, ${removed} removed; article versions ${result?.versions.length ?? 0}, waiting for an editor ${result?.proposed.length ?? 0}\n`,
        )
        // What the act no longer gives: ended here, or, of --review, by a second person.
        if (result !== null && 'endings' in result) {
          for (const slug of result.ended) process.stdout.write(`${file}: ended ${slug}\n`)
          for (const { slug, lang, endsOn, known } of result.endings)
            process.stdout.write(
              `${file}: to be ended by a second person ${slug} (${lang}) ${known ? 'on' : 'not before'} ${endsOn}\n`,
            )
        }
      }
    for (const fault of faults) process.stderr.write(`sample questions: ${fault}\n`)
    return faults.size > 0 || results.some((result) => result.status === 'refused') ? 1 : 0
  })
})
