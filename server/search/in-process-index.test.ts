import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createInProcessIndex } from './in-process-index.ts'
import type { LexicalDocument } from './lexical-index.ts'
import { readLanguageData } from './read-language-data.ts'

const language = await readLanguageData('content')
const ASK = { asOf: '2026-11-24', limit: 10, prefix: false }

const document = (label: string, text: string, more: Partial<LexicalDocument> = {}): LexicalDocument => ({
  passageId: label,
  articleId: 'art_1',
  lang: 'ru',
  title: 'Правила',
  label,
  context: '',
  text,
  validFrom: '2016-01-01',
  validTo: null,
  fingerprint: `f ${label}`,
  ...more,
})

const ndcg = (ranked: readonly string[], grades: ReadonlyMap<string, number>, depth: number): number => {
  const worth = (values: readonly number[]): number =>
    values.slice(0, depth).reduce((sum, grade, rank) => sum + grade / Math.log2(rank + 2), 0)
  return worth(ranked.map((id) => grades.get(id) ?? 0)) / worth([...grades.values()].sort((a, b) => b - a))
}

// What both engines promise stands in lexical-engine.test.ts.
describe('in-process index', () => {
  it('finds the same after many editions of a passage as one that was filled with the last alone', async () => {
    const edited = createInProcessIndex(language)
    const last = createInProcessIndex(language)
    const others = ['Порядок внесения данных.', 'Запись разговора оператора.'].map((text, at) =>
      document(`п. ${at + 1}`, text),
    )
    const edition = (day: number): LexicalDocument =>
      document('п. 9', `Ответ на письмо даётся в течение ${day} рабочих дней.`, {
        fingerprint: String(day),
        validFrom: `2016-01-${String(day).padStart(2, '0')}`,
      })
    await edited.apply({ upsert: others, remove: [] })
    for (let day = 1; day <= 30; day += 1) await edited.apply({ upsert: [edition(day)], remove: [] })
    await last.apply({ upsert: [...others, edition(30)], remove: [] })
    for (const text of ['ответ на письмо', '30 дней', '29 рабочих дней', 'запись', 'порядок ответа'])
      for (const asOf of ['2016-01-29', ASK.asOf])
        expect(await edited.search({ ...ASK, text, asOf })).toEqual(await last.search({ ...ASK, text, asOf }))
    expect((await edited.search({ ...ASK, text: 'письмо', asOf: '2016-01-29' })).hits).toEqual([])
  })
})

const retrievalDir = ['../shared/data', 'data'].map((dir) => join(dir, 'retrieval')).find((dir) => existsSync(dir))
describe.skipIf(retrievalDir === undefined)(
  `in-process index on judged sets${retrievalDir === undefined ? ' (SKIPPED: no retrieval data on this machine)' : ''}`,
  () => {
    it.each([
      ['xquad-ru', 'ru', 0.971],
      ['kazqad-kk', 'kk', 0.85],
    ] as const)('reaches on %s (%s) an nDCG@10 of %f', { timeout: 120_000 }, async (set, lang, least) => {
      const read = (name: string): string[] =>
        readFileSync(join(retrievalDir ?? '', set, name), 'utf8')
          .split('\n')
          .filter(Boolean)
      const rows = (name: string): { _id: string; title: string; text: string }[] =>
        read(name).map((line) => JSON.parse(line))
      const index = createInProcessIndex(language)
      await index.apply({
        upsert: rows('corpus.jsonl').map(({ _id, title, text }) => document('', text, { passageId: _id, title, lang })),
        remove: [],
      })
      const judged = new Map<string, Map<string, number>>()
      for (const line of read('qrels.tsv').slice(1)) {
        const [query = '', passage = '', grade = '1'] = line.split('\t')
        judged.set(query, (judged.get(query) ?? new Map<string, number>()).set(passage, Number(grade)))
      }
      let gain = 0
      for (const { _id, text } of rows('queries.jsonl')) {
        const grades = judged.get(_id)
        if (grades === undefined) continue
        const hits = (await index.search({ ...ASK, text })).hits.map(({ passageId }) => passageId)
        gain += ndcg(hits, grades, 10)
      }
      expect(gain / judged.size).toBeGreaterThan(least)
    })
  },
)
