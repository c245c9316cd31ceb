import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { growCorpus, readSources } from './grow-corpus.ts'
import { searchWhileRebuilt } from './search-while-rebuilt.ts'

/** Ten thousand take minutes: `npm run bench -- rebuild`. */
const SEARCHES = 200
const PASSAGES = 120

it(
  'no search fails, misses what is there or shows what was withdrawn, while the index is made anew and passages come and go',
  { timeout: 240_000 },
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'bilim-rebuild-'))
    try {
      const config = readConfig({ DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent', DEMO: 'false' })
      const { sources } = await readSources()
      const figures = await searchWhileRebuilt(config, growCorpus(sources, PASSAGES), SEARCHES)
      expect(figures).toMatchObject({
        searches: SEARCHES,
        failed: 0,
        reasons: [],
        withdrawnShown: 0,
        missed: 0,
        degraded: 0,
        warnings: {},
      })
      expect(figures.rebuilds).toBeGreaterThan(1)
      expect(figures.withdrawn).toBeGreaterThan(0)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  },
)
