import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { parseSource } from '#ingest/acts/parse-source.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { queryRows } from '#server/db/database.ts'
import { withContext } from '#server/bin/with-context.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { ingestQuestionsOf } from '#server/content/ingest-questions.ts'
import { readSource } from '#server/content/read-source.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { actNumber, type ActCaseFile } from './read-act-cases.ts'

/**
 * Runs `body` over a knowledge base of the starter content and acts, made by production's own verbs in a directory that is
 * gone afterwards.
 * @param acts files of acts; those of `leftOut` (an act in a language) are not ingested
 * @throws when an act is refused
 */
export async function withActs<T>(
  acts: readonly string[],
  leftOut: ActCaseFile['leftOut'],
  body: (ctx: AnswerContext) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'bilim-evals-'))
  try {
    return await withContext({ dataDir: directory, purpose: 'npm run evals', prepare: true }, async (ctx, deps) => {
      for (const path of acts) {
        if (leftOut.length > 0 && (await isLeftOut(path, leftOut))) continue
        const { status, result } = await ingestFile(
          { ...ctx, contentChanged: () => {} },
          { path, contentDir: deps.config.contentDir },
        )
        if (status === 'refused') throw new Error(`${path}: refused; npm run ingest -- ${path} says why`)
        if (result !== null) await ingestQuestionsOf(ctx, join(deps.config.contentDir, 'questions'), result.actId)
      }
      await deps.reconciler.settle()
      await reconcileIndexes(ctx)
      return await body(ctx)
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Registration numbers of the acts held, numbers of laws, by id. */
export async function actNumbers(ctx: AnswerContext): Promise<Map<string, string>> {
  const rows = await queryRows<{ id: string; act: string }>(
    ctx.db,
    sql`select id, coalesce(registration_number, number) as act from act`,
  )
  return new Map(rows.map(({ id, act }) => [id, act]))
}

async function isLeftOut(path: string, leftOut: ActCaseFile['leftOut']): Promise<boolean> {
  const source = await readSource(path)
  const act = source.ok ? parseSource(source).act : null
  return act !== null && leftOut.some((one) => one.act === actNumber(act.requisites) && one.lang === act.lang)
}
