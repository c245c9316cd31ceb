import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestMade } from '../evals/bench/bench-ingest.ts'
import { testApp, type TestApp } from './harness.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp({ content: false })
})
afterAll(() => t.close())

/**
 * Of an act with ten points a chapter, and a chapter an article: the point's wording in each language ends and another one begins; the
 * chapter's article gets another version, whose passages are its own; the difference of the languages is told of the new pair.
 */
const ONE_POINT = {
  amendment: 2,
  article_source: 20,
  article_version: 4,
  edition: 2,
  event: 8,
  language_difference: 2,
  passage: 20,
  passage_embedding: 2,
  provision: 4,
}

test('what an amendment writes follows from what it changes, whatever the size of the act', async () => {
  for (const points of [50, 500]) {
    const first = await ingestMade(t.ctx, points, null)
    expect(first.rows).toMatchObject({ provision: 2 * (points + points / 10 + 3), language_difference: points / 25 })
    expect((await ingestMade(t.ctx, points, null)).rows).toEqual({})
    expect((await ingestMade(t.ctx, points, points / 2)).rows).toEqual(ONE_POINT)
    expect((await ingestMade(t.ctx, points, points / 2)).rows).toEqual({})
    // The older text again: it is held already, and what it says is no news.
    expect((await ingestMade(t.ctx, points, null)).rows).toEqual({})
  }
}, 120_000)
