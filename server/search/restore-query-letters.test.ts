import { beforeAll, describe, expect, it } from 'vitest'
import { createInProcessIndex } from './in-process-index.ts'
import type { LexicalDocument, LexicalIndex, LexicalResult } from './lexical-index.ts'
import { readLanguageData } from './read-language-data.ts'

const language = await readLanguageData('content')
const document = (passageId: string, lang: 'ru' | 'kk', text: string): LexicalDocument => ({
  passageId,
  articleId: 'art_1',
  lang,
  title: '',
  label: '',
  context: '',
  text,
  validFrom: '2016-01-01',
  validTo: null,
  fingerprint: passageId,
})

describe('Kazakh typed on a Russian keyboard', () => {
  let index: LexicalIndex
  const ask = (text: string, more: object = {}): Promise<LexicalResult> =>
    index.search({ asOf: '2026-11-24', limit: 5, prefix: true, text, ...more })

  beforeAll(async () => {
    index = createInProcessIndex(language)
    await index.apply({
      remove: [],
      upsert: [
        document('ru1', 'ru', 'Ответ на письменное обращение дают в течение пяти рабочих дней, справки выдают сразу.'),
        document('ru2', 'ru', 'Регистрация квартиры и права на недвижимое имущество; документы подаются нотариусом.'),
        document('ru3', 'ru', 'Лицензия на адвокатскую деятельность, отказ в выдаче, график работы.'),
        document('kk1', 'kk', 'Хатқа жауап бес жұмыс күні ішінде беріледі, хаттарды мемлекеттік орган тіркейді.'),
        document(
          'kk2',
          'kk',
          'Үйді тіркеу мерзімі – бір жұмыс күні; өтініш қағаз түрінде қабылданады, кепілін тексереді.',
        ),
        document('kk3', 'kk', 'Адвокат лицензиясын беруден бас тарту негіздері, шағым түрі.'),
      ],
    })
  })

  it.each([
    ['хатка канша кунде жауап береди', 'хатқа қанша күнде жауап береді', 'kk1'],
    ['Хатка канша кунде жауап береди?', 'Хатқа қанша күнде жауап береді?', 'kk1'],
    ['уйди тиркеу мерзими', 'үйді тіркеу мерзімі', 'kk2'],
    ['отиниш', 'өтініш', 'kk2'],
    // Forms that no passage has, of stems that some have: endings as the vowel before them wants.
    ['кепилди тиркеуге', 'кепілді тіркеуге', 'kk2'],
    // Russian words of Kazakh speech stay as they are.
    ['квартира тиркеуге кандай документы керек', 'квартира тіркеуге қандай документы керек', 'kk2'],
    [
      'адвокат лицензиясына отказ берди, шагым калай жазамын',
      'адвокат лицензиясына отказ берді, шағым қалай жазамын',
      'kk3',
    ],
  ])('«%s» is searched as «%s»', async (typed, meant, first) => {
    const found = await ask(typed)
    expect(found).toMatchObject({ correctedTo: meant, correctionKind: 'letters' })
    expect(found.hits[0]?.passageId).toBe(first)
    expect(found.hits).toEqual((await ask(meant)).hits)
    expect(found.reading?.lang).toBe('kk')
  })

  it.each([
    'срок ответа на письменное обращение',
    'справки',
    'документы на квартиру',
    'график работы',
    'отказ в выдаче лицензии адвоката',
    // Words that no passage has, though with other letters they would be likelier.
    'алфавит',
    'как ликвидировать ТОО',
    'депутат маслихата в акимат',
    'государственный гимн',
    // Short words that both languages have.
    'тур',
    // One Kazakh word does not make a Russian query Kazakh.
    'какие документы на регистрацию квартиры тиркеу',
    'ЖШС',
    // Who has these letters types them.
    'үйді тиркеу мерзими',
  ])('«%s» is not changed', async (typed) => {
    for (const prefix of [true, false]) expect((await ask(typed, { prefix })).correctionKind).not.toBe('letters')
  })

  it('stays as typed where that is asked for, and in quotation marks', async () => {
    expect(await ask('уйди тиркеу мерзими', { verbatim: true })).toMatchObject({ correctedTo: null })
    expect(await ask('"уйди тиркеу" мерзими кандай мерзим')).toMatchObject({
      correctedTo: expect.stringContaining('"уйди тиркеу" мерзімі') as unknown,
    })
  })

  it('is read while the last word is typed, from where the query shows its language', async () => {
    expect(await ask('уйди тирке')).toMatchObject({ correctedTo: 'үйді тірке' })
    for (const typed of ['уйди тирк', 'уйди тирке']) expect((await ask(typed)).hits[0]?.passageId).toBe('kk2')
  })
})
