import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeGrouping } from './grouping-metrics.ts'
import { runStemming, type StemmingRow } from './run-stemming.ts'

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

/** Treebanks that the decision on stemming was measured over. */
const DECIDED_ON: ReadonlySet<string> = new Set(['kk_ktb-dev.conllu', 'ru_gsd-ud-dev.conllu'])
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
        const [ours, cut] = [of(words, 'ours'), of(words, 'five letters')]
        expect(ours.precision, words).toBeGreaterThan(cut.precision)
        expect(ours.recall, words).toBeGreaterThan(1.5 * cut.recall)
        expect(ours.underStemming, words).toBeLessThan(cut.underStemming / 3)
      }
      for (const words of ['nouns', 'held-out lemmas'])
        expect(of(words, 'ours').overStemming, words).toBeLessThan(of(words, 'five letters').overStemming)
      // Over all words it puts together 2.4 times as many pairs, and an eighth more of the wrong ones (decision 0009).
      expect(of('all', 'ours').overStemming).toBeLessThan(1.25 * of('all', 'five letters').overStemming)
    })

    it('groups Russian forms better than the five-letter cut in both directions', async () => {
      const rows = (await runStemming(directory ?? '')).filter(({ file }) => file.startsWith('ru'))
      for (const words of rows.length === 0 ? [] : ['all', 'nouns', 'adjectives', 'held-out lemmas']) {
        const of = (stemmer: string) =>
          rows.find((row) => row.words === words && row.stemmer === stemmer) ?? expect.fail(`${words} ${stemmer}`)
        expect(of('ours').underStemming, words).toBeLessThan(of('five letters').underStemming)
        expect(of('ours').overStemming, words).toBeLessThan(of('five letters').overStemming)
      }
    })

    it('gives the figures of decision 0009', async () => {
      const decision = await readFile('docs/decisions/0009-kazakh-stems-by-suffix-order.md', 'utf8')
      const rows = (await runStemming(directory ?? '')).filter(({ file }) => DECIDED_ON.has(file))
      for (const ours of rows.filter(({ stemmer }) => stemmer === 'ours')) {
        const { file, words, forms } = ours
        const cut =
          rows.find((row) => row.file === file && row.words === words && row.stemmer === 'five letters') ??
          expect.fail(`${file} ${words}`)
        const of = (write: (row: StemmingRow) => string) => `${write(ours)} / ${write(cut)}`
        const cells = [
          of((row) => row.underStemming.toFixed(3)),
          of((row) => String(Math.round(row.overStemming * 1e6))),
          of((row) => row.precision.toFixed(3)),
        ]
        const group = words === 'all' || words === 'held-out lemmas' ? `, ${words}` : ` ${words}`
        expect(decision).toContain(
          `| ${file.startsWith('kk') ? 'Kazakh' : 'Russian'}${group} (${forms}) | ${cells.join(' | ')} |`,
        )
      }
    })
  },
)
