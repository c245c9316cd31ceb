import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Forbidden imports, a file each: the architecture must notice every one of them. */
const FORBIDDEN: [file: string, from: string][] = [
  ['ingest/acts/x.ts', '#server/errors.ts'],
  ['ingest/acts/x.ts', '../../server/errors.ts'],
  ['ingest/acts/x.ts', 'node:fs'],
  ['ingest/acts/x.ts', 'fs'],
  ['ingest/articles/x.ts', 'drizzle-orm'],
  ['server/acts/x.ts', '#server/articles/queries.ts'],
  ['server/acts/x.ts', '../search/search.ts'],
  ['server/articles/x.ts', '#server/search/search.ts'],
  ['server/search/analysis/x.ts', '../../answers/answer-question.ts'],
  ['server/search/x.ts', '#server/identity/create-key.ts'],
  ['server/answers/x.ts', './extractive-answerer.ts'],
  ['server/articles/x.ts', '#server/compose.ts'],
  ['server/articles/x.ts', '../app.ts'],
  ['server/identity/x.ts', '#server/db/open-pglite.ts'],
  ['server/events/x.ts', '#server/acts/queries.ts'],
  ['server/db/x.ts', '#server/articles/queries.ts'],
  ['server/http/x.ts', '#server/search/search.ts'],
  ['server/http/x.ts', '#server/answers/answer-question.ts'],
  ['server/context.ts', './search/search.ts'],
  ['server/errors.ts', '#server/http/wire.ts'],
  ['server/app.ts', '#server/db/open-postgres.ts'],
  ['web/src/x.ts', '#server/db/database.ts'],
  ['web/src/x.ts', '../../server/errors.ts'],
]

/** What must stay allowed, or the rules would forbid the architecture itself. */
const ALLOWED: [file: string, from: string][] = [
  ['server/articles/x.ts', '#server/acts/queries.ts'],
  ['server/answers/x.ts', '#server/search/search.ts'],
  ['server/articles/x.ts', '#server/db/schema/articles.ts'],
  ['server/acts/x.ts', '#ingest/acts/parse-act.ts'],
  ['server/compose.ts', '#server/db/open-pglite.ts'],
  ['web/src/x.ts', '#server/search/schema.ts'],
  ['server/http/x.ts', '#server/answers/answer-context.ts'],
]

test('the linter holds the import directions that ARCHITECTURE.md tells', () => {
  const directory = mkdtempSync(join(tmpdir(), 'bilim-lint-'))
  try {
    cpSync(join(ROOT, '.oxlintrc.json'), join(directory, '.oxlintrc.json'))
    const complained = ([file, from]: [string, string], i: number): boolean => {
      const base = join(directory, String(i))
      const path = join(base, file)
      mkdirSync(dirname(path), { recursive: true })
      cpSync(join(ROOT, '.oxlintrc.json'), join(base, '.oxlintrc.json'))
      writeFileSync(path, `import type * as x from '${from}'\nexport type X = typeof x\n`)
      try {
        execFileSync(join(ROOT, 'node_modules/.bin/oxlint'), ['-c', '.oxlintrc.json', '.'], {
          cwd: base,
          encoding: 'utf8',
          stdio: 'pipe',
        })
        return false
      } catch (error) {
        return String((error as { stdout: string }).stdout).includes('no-restricted-imports')
      }
    }
    expect(FORBIDDEN.filter((one, i) => !complained(one, i))).toEqual([])
    expect(ALLOWED.filter((one, i) => complained(one, FORBIDDEN.length + i))).toEqual([])
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}, 60_000)
