import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeGrouping } from './grouping-metrics.ts'
import { runStemming } from './run-stemming.ts'

const items = [
  { form: 'хат', lemma: 'хат' },
  { form: 'хаттар', lemma: 'хат' },
  { form: 'хатта', lemma: 'хатта' },
  { form: 'хаттау', lemma: 'хатта' },
]

it('agrees with figures worked out by hand', () => {
  // «хат» alone; the other three together: one pair of «хатта», two pairs of different lemmas.
  const judged = judgeGrouping(items, (form) => form.slice(0, 4))
  expect(judged).toMatchObject({ forms: 4, precision: 1 / 3, recall: 1 / 2, underStemming: 1 / 2, overStemming: 2 / 4 })
  expect(judged.f1).toBeCloseTo(0.4)
  expect(judgeGrouping(items, (form) => form)).toMatchObject({ recall: 0, precision: 1, f1: 0 })
})

const directory = ['../shared/data/language', 'data/language'].find((path) =>
  existsSync(join(path, 'kk_ktb-dev.conllu')),
)
describe.skipIf(directory === undefined)(
  `stemming by gold lemmas${directory === undefined ? ' (SKIPPED: no treebank on this machine)' : ''}`,
  () => {
    it('groups Kazakh forms better than the five-letter cut in both directions, on lemmas nobody looked at too', async () => {
      const rows = (await runStemming(directory ?? '')).filter(({ file }) => file.startsWith('kk'))
      const of = (words: string, stemmer: string) =>
        rows.find((row) => row.words === words && row.stemmer === stemmer) ?? expect.fail(`${words} ${stemmer}`)
      expect(of('all', 'ours').f1).toBeGreaterThan(0.8)
      expect(of('nouns', 'ours').f1).toBeGreaterThan(0.92)
      expect(of('verbs', 'ours').f1).toBeGreaterThan(0.8)
      for (const words of ['all', 'nouns', 'held-out lemmas']) {
        expect(of(words, 'ours').precision, words).toBeGreaterThan(of(words, 'five letters').precision)
        expect(of(words, 'ours').recall, words).toBeGreaterThan(1.5 * of(words, 'five letters').recall)
      }
    })
  },
)
