import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAgenciesFile } from '#server/agencies/agencies-file.ts'
import { loadAgencies } from '#server/agencies/load-agencies.ts'
import { eq } from 'drizzle-orm'
import { loadSampleQuestions } from '#server/answers/sample-questions/load-sample-questions.ts'
import { parseSampleQuestions } from '#server/answers/sample-questions/sample-questions-file.ts'
import type { Context } from '#server/context.ts'
import { act } from '#server/db/schema/acts.ts'
import { derivedId } from '#server/ids.ts'
import { DomainError } from '#server/errors.ts'
import { ingestFile, type IngestFileResult } from './ingest-file.ts'

/**
 * Ingests the starter knowledge base: the directory of competence and every source. What is there already stays as it
 * is, so it runs at every start.
 * @throws DomainError `source-refused` naming every faulty file
 */
export async function ingestContent(ctx: Context, contentDir: string): Promise<IngestFileResult[]> {
  const file = join(contentDir, 'agencies.yaml')
  const { agencies, faults } = parseAgenciesFile(await readFile(file, 'utf8'))
  if (agencies === null)
    throw new DomainError('validation-failed', `${file} has faults`, {
      faults: faults.map((message) => ({ path: 'agencies.yaml', message })),
    })
  await loadAgencies(ctx, agencies)

  const sources = join(contentDir, 'sources')
  const names = (await readdir(sources)).filter((name) => name.endsWith('.txt')).sort()
  const results: IngestFileResult[] = []
  for (const name of names) results.push(await ingestFile(ctx, { path: join(sources, name), contentDir }))
  const refused = results.filter((result) => result.status === 'refused')
  if (refused.length > 0)
    throw new DomainError('source-refused', 'Starter content was refused', {
      faults: refused.flatMap(({ file: path, messages }) =>
        messages
          .filter((m) => m.severity === 'error')
          .map((m) => ({ path: `${path}:${m.place.start.line}:${m.place.start.column}`, message: m.text })),
      ),
    })
  await ingestQuestions(ctx, join(contentDir, 'questions'))
  return results
}

/** Sample questions of acts that are held; a file about another act waits for it. */
async function ingestQuestions(ctx: Context, directory: string): Promise<void> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort()
  for (const name of names) {
    const { file, faults } = parseSampleQuestions(await readFile(join(directory, name), 'utf8'))
    if (file === null)
      throw new DomainError('validation-failed', `${join(directory, name)} has faults`, {
        faults: faults.map((message) => ({ path: name, message })),
      })
    const actId = derivedId('act', file.act)
    const [held] = await ctx.db.select({ id: act.id }).from(act).where(eq(act.id, actId))
    if (held !== undefined) await loadSampleQuestions(ctx, { actId, lang: file.lang, questions: file.questions })
  }
}
