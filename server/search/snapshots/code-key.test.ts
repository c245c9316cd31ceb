import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { codeKey, sourcesOf } from './code-key.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bilim-code-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

it('covers all that reads a passage and keeps it: analysis, its tables, the packages it stands on', async () => {
  const names = [...(await sourcesOf('server/search/in-process-index.ts')).keys()]
  expect(names).toEqual(
    expect.arrayContaining([
      'server/search/in-process-index.ts',
      'server/search/postings.ts',
      'server/search/read-passage.ts',
      'server/search/bm25.ts',
      'server/search/snapshots/snapshot-file.ts',
      'server/search/analysis/analyser.ts',
      'server/search/analysis/vocabulary.ts',
      'server/search/analysis/stem-word.ts',
      'server/search/analysis/stop-words.ts',
      'server/search/analysis/kazakh/suffixes.ts',
      'ingest/text/russian-numerals.ts',
      'minisearch',
      '@orama/stemmers',
    ]),
  )
  expect(names).not.toContain('server/db/database.ts')
})

it('changes with any of the files, and with nothing else', async () => {
  await writeFile(
    join(directory, 'entry.ts'),
    "import type { T } from './types.ts'\nimport {\n  one,\n} from './one.ts'\nexport const x: T = one\n",
  )
  await writeFile(join(directory, 'one.ts'), "export const one = 1\nexport { two } from './two.ts'\n")
  await writeFile(join(directory, 'two.ts'), "// it comes from 'nowhere'\nexport const two = 2\n")
  const entry = join(directory, 'entry.ts')
  const key = await codeKey(entry)
  await writeFile(join(directory, 'types.ts'), 'export type T = number\n')
  expect(await codeKey(entry)).toBe(key)
  await cp(join(directory, 'two.ts'), join(directory, 'other.ts'))
  await writeFile(join(directory, 'two.ts'), "// it comes from 'nowhere'\nexport const two = 3\n")
  expect(await codeKey(entry)).not.toBe(key)
})
