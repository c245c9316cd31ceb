import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createInProcessIndex } from './in-process-index.ts'
import type { LexicalDocument, LexicalIndex } from './lexical-index.ts'
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

const PASSAGES = [
  document(
    'п. 6',
    'Единый контакт-центр предоставляет свои услуги физическим и юридическим лицам круглосуточно, без перерывов, выходных и праздничных дней.',
  ),
  document(
    'п. 7',
    'Обращения граждан и государственных органов поступают на бесплатные телефонные номера: 1414, 8 800 080 7777, на адрес электронной почты: support@goscorp.kz.',
  ),
  document(
    'п. 8',
    'Регистрация обращений, поступивших на электронную почту, осуществляется автоматически, ответ предоставляется в течение двух рабочих дней.',
  ),
  document(
    'п. 14',
    'Единый контакт-центр предоставляет запись разговора оператора в срок, не превышающий четырех часов.',
  ),
  document(
    'п. 21',
    'Ответственное лицо проводит обучение в срок не позднее десяти рабочих дней после представления информации, указанной в пункте 8 настоящих Правил.',
  ),
  document('п. 3 пп. 4', '4) база знаний – электронная база данных', {
    context: 'В настоящих Правилах используются следующие понятия:',
  }),
  document('п. 80', 'Порядок внесения данных.'),
  document('8-тармақ', 'Электрондық поштаға келіп түскен өтініштерге жауап екі жұмыс күні ішінде беріледі.', {
    lang: 'kk',
  }),
  document('старый п. 8', 'Ответ на письмо давали в течение месяца.', { validTo: '2022-10-04' }),
]

describe('in-process index', () => {
  let index: LexicalIndex
  const found = async (text: string, more: object = {}): Promise<string[]> =>
    (await index.search({ ...ASK, text, ...more })).hits.map(({ passageId }) => passageId)

  beforeAll(async () => {
    index = createInProcessIndex(language)
    await index.apply({ upsert: PASSAGES, remove: [] })
  })

  it.each([
    ['п. 8', 'п. 8'],
    ['что говорит пункт 8', 'п. 8'],
    ['п14', 'п. 14'],
    ['подпункт 4) пункта 3', 'п. 3 пп. 4'],
    ['п. 3', 'п. 3 пп. 4'],
    ['8 800 080 77 77', 'п. 7'],
    ['support@goscorp.kz', 'п. 7'],
    ['имейл', 'п. 8'],
    ['ночью', 'п. 6'],
    ['аудиозапись звонка', 'п. 14'],
    ['запись разговора', 'п. 14'],
    ['в какой срок отвечают на письмо', 'п. 8'],
    ['за сколько отвечают на письма', 'п. 8'],
    ['2 рабочих дня', 'п. 8'],
    ['семинар 10 дней', 'п. 21'],
  ])('puts first for «%s»: %s', async (query, label) => {
    expect((await found(query, { lang: 'ru' }))[0]).toBe(label)
  })

  it('finds while the last word is being typed, and only the last', async () => {
    expect(await found('аудиоз', { prefix: true })).toContain('п. 14')
    expect(await found('регистр', { prefix: true })).toContain('п. 8')
    expect(await found('электронная поч', { prefix: true })).toContain('п. 8')
    expect(await found('регис', { prefix: false })).not.toContain('п. 14')
  })

  it.each([
    ['элетронная почта', 'электронная почта'],
    ['гражадн', 'граждан'],
    ['раговор', 'разговор'],
    ['бесплтные', 'бесплатные'],
  ])('corrects «%s»', async (query, corrected) => {
    const result = await index.search({ ...ASK, text: query })
    expect(result.correctedTo?.slice(0, 6)).toBe(corrected.slice(0, 6))
    expect(result.hits.length).toBeGreaterThan(0)
  })

  it.each(['электронная почта', 'письмо', 'п. 9', 'дом', '1415', 'обучени'])('leaves «%s» as it is', async (query) => {
    expect((await index.search({ ...ASK, text: query, prefix: true })).correctedTo).toBeNull()
  })

  it('shows what is in force on the day asked about', async () => {
    expect(await found('ответ на письмо')).not.toContain('старый п. 8')
    expect(await found('ответ на письмо', { asOf: '2022-10-03' })).toContain('старый п. 8')
    expect(await found('ответ на письмо', { asOf: '2022-10-04' })).not.toContain('старый п. 8')
    expect(await found('ответ на письмо', { asOf: '2015-12-31' })).toEqual([])
  })

  it('keeps to a language when asked, and lets a Kazakh word find the Russian passage when not', async () => {
    expect(await found('жауап күн', { lang: 'kk' })).toEqual(['8-тармақ'])
    expect(await found('хатқа жауап')).toEqual(expect.arrayContaining(['8-тармақ', 'п. 8']))
  })

  it('counts all that matched beyond the limit', async () => {
    const { hits, total } = await index.search({ ...ASK, text: 'обращения на почту', limit: 1 })
    expect(hits).toHaveLength(1)
    expect(total).toBeGreaterThan(1)
  })

  it('finds nothing for words that nobody wrote', async () => {
    expect(await index.search({ ...ASK, text: 'zzz' })).toEqual({
      hits: [],
      total: 0,
      correctedTo: null,
      correctionKind: null,
    })
    expect(await index.search({ ...ASK, text: '  ' })).toEqual({
      hits: [],
      total: 0,
      correctedTo: null,
      correctionKind: null,
    })
  })

  it('replaces and forgets', async () => {
    const own = createInProcessIndex(language)
    await own.apply({ upsert: [document('п. 1', 'старое слово')], remove: [] })
    await own.apply({ upsert: [document('п. 1', 'новое слово', { fingerprint: 'f2' })], remove: [] })
    expect(await own.state()).toEqual(new Map([['п. 1', 'f2']]))
    expect((await own.search({ ...ASK, text: 'старое' })).hits).toEqual([])
    expect((await own.search({ ...ASK, text: 'новое' })).hits).toHaveLength(1)
    await own.apply({ upsert: [], remove: ['п. 1', 'unknown'] })
    expect((await own.state()).size).toBe(0)
    expect((await own.search({ ...ASK, text: 'слово' })).hits).toEqual([])
  })

  it.each([
    ['отвечают', 'ответ предоставляется', ['ответ']],
    ['имейл', 'на электронную почту', ['электронную почту']],
    ['2 дня', 'двух рабочих дней', ['двух', 'дней']],
    ['регистр', 'Регистрация обращений', ['Регистрация']],
    ['п. 20', 'указанной в пункте 20 Правил', ['пункте 20']],
    ['в на и', 'в срок на письмо', []],
  ])('highlights for «%s» in «%s»', (query, text, marked) => {
    expect(
      index
        .highlighter({ text: query })(text, 'ru')
        .map(([start, end]) => text.slice(start, end)),
    ).toEqual(marked)
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
