import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPglite } from '#server/db/open-pglite.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated, empty data directory to copy; '' when tests run on PostgreSQL. */
    template: string
  }
}

/** Makes one migrated database that every test file copies: a cold start takes seconds, a copy does not. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if ((process.env['DATABASE_URL'] ?? '') !== '') {
    project.provide('template', '')
    return async () => {}
  }
  const directory = await mkdtemp(join(tmpdir(), 'bilim-template-'))
  const database = await openPglite({ directory, purpose: 'test template' })
  await database.close()
  project.provide('template', directory)
  return () => rm(directory, { recursive: true, force: true })
}
