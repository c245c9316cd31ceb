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
