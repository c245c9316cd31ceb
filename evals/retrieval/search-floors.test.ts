import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { compareEngines } from './compare-engines.ts'

const directory = ['../shared/data/retrieval', 'data/retrieval'].find((path) => existsSync(path))
const skipped = directory === undefined ? ' (SKIPPED: no retrieval data on this machine)' : ''

/** nDCG@10 of clean queries. */
const CLEAN: Readonly<Record<string, number>> = { 'xquad-ru': 0.971, 'kazqad-kk': 0.85 }
/** The share of it that is left when queries are typed otherwise. */
const KEPT: Readonly<Record<string, number>> = {
  clean: 1,
  typos: 0.95,
  'us-layout': 0.98,
  'ru-layout': 0.98,
  'kk-layout': 0.98,
  'no-kazakh-letters': 0.97,
}

describe.skipIf(directory === undefined)(`search in process on judged sets${skipped}`, () => {
  it(
    'reaches its floors: clean, with an error a word, on the wrong layout, without Kazakh letters; vectors take nothing away',
    { timeout: 300_000 },
    async () => {
      const rows = await compareEngines(
        directory ?? '',
        await readLanguageData('content'),
        () => {},
        ({ engine, distortion }) =>
          (engine === 'lexical' && distortion in KEPT) || (engine === 'hybrid' && distortion === 'clean'),
      )
      const words = rows.filter(({ engine }) => engine === 'lexical')
      expect(new Set(words.map(({ set }) => set))).toEqual(new Set(Object.keys(CLEAN)))
      for (const { set, distortion, ndcg10, kept } of words) {
        expect(kept, `${set}, ${distortion}`).toBeGreaterThanOrEqual(KEPT[distortion] ?? 1)
        if (distortion !== 'clean') continue
        expect(ndcg10, set).toBeGreaterThanOrEqual(CLEAN[set] ?? 1)
        const both = rows.find((row) => row.set === set && row.engine === 'hybrid')
        expect(both?.ndcg10, `${set}, hybrid`).toBeGreaterThanOrEqual(ndcg10 - 1e-9)
      }
    },
  )
})
