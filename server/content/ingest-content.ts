import { join } from 'node:path'
import { parseAgenciesFile } from '#server/agencies/agencies-file.ts'
import { loadAgencies } from '#server/agencies/load-agencies.ts'
import type { Context } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import { sourcePaths, textOf } from './content-files.ts'
import { ingestFile, type IngestFileResult } from './ingest-file.ts'
import { ingestQuestions } from './ingest-questions.ts'

/**
 * Ingests the starter knowledge base: the directory of competence, every source and the sample questions. What is there
 * already stays as it is, so it runs at every start.
 * @throws DomainError `source-refused` naming every faulty source; `validation-failed` for what stands beside them
 */
export async function ingestContent(ctx: Context, contentDir: string): Promise<IngestFileResult[]> {
  const file = join(contentDir, 'agencies.yaml')
  const { agencies, faults } = parseAgenciesFile(await textOf(file))
  if (agencies === null)
    throw new DomainError('validation-failed', `В файле ${file} есть ошибки.`, {
      faults: faults.map((message) => ({ path: 'agencies.yaml', message })),
    })
  await loadAgencies(ctx, agencies)

  const results: IngestFileResult[] = []
  for (const path of await sourcePaths(contentDir)) results.push(await ingestFile(ctx, { path, contentDir }))
  const refused = results.filter((result) => result.status === 'refused')
  if (refused.length > 0)
    throw new DomainError(
      'source-refused',
      'Источники базы знаний отклонены. Исправьте их или уберите из content/sources.',
      {
        faults: refused.flatMap(({ file: path, messages }) =>
          messages
            .filter((m) => m.severity === 'error')
            .map((m) => ({ path: `${path}:${m.place.start.line}:${m.place.start.column}`, message: m.text })),
        ),
      },
    )
  const own = new Set(results.flatMap(({ result }) => (result === null ? [] : [result.actId])))
  await ingestQuestions(ctx, join(contentDir, 'questions'), own)
  return results
}
