import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAgenciesFile } from '#server/agencies/agencies-file.ts'
import { loadAgencies } from '#server/agencies/load-agencies.ts'
import type { Context } from '#server/context.ts'
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
  return results
}
