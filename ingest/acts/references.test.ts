import { describe, expect, it } from 'vitest'
import { parsedRules, smallAct } from './fixtures/small-act.ts'
import { parseAct } from './parse-act.ts'
import { parseLawReference } from './resolve-citation.ts'

const act = parsedRules()
const LAW_9 = 'статьи 9 Закона Республики Казахстан "О государственных услугах"'

describe('references of the Rules, checked by hand', () => {
  const point = (num: number): string => `chp_3__para_${String(num)}`
  it('lead to elements of the act or name other acts', () => {
    expect(act.references.map((one) => [one.fromEid, one.text, one.targetEids.join()])).toEqual([
      ['ord__preamble', `подпунктом 9) ${LAW_9}`, ''],
      [
        'ord__para_2',
        'приказ Министра транспорта и коммуникаций Республики Казахстан от 26 июня 2013 года № 487 "Об утверждении Правил деятельности Единого контакт-центра по вопросам оказания государственных услуг"',
        '',
      ],
      [
        'ord__para_3__subpara_4',
        'подпунктами 1), 2) и 3) пункта 3 настоящего приказа',
        'ord__para_3__subpara_1,ord__para_3__subpara_2,ord__para_3__subpara_3',
      ],
      ['chp_1__para_1', `подпунктом 9) ${LAW_9}`, ''],
      [point(20), 'приложению 1 к настоящим Правилам', 'app_1'],
      [point(21), 'пункте 20 настоящих Правил', point(20)],
      [
        `${point(29)}__part_2`,
        'приказом исполняющего обязанности Министра транспорта и коммуникаций Республики Казахстан от 14 июня 2013 года № 452',
        '',
      ],
      [point(31), 'приложению 2 к настоящим Правилам', 'app_2'],
      [point(33), 'пунктах 20 - 25 настоящих Правил', [20, 21, 22, 23, 24, 25].map(point).join()],
    ])
  })

  it('stand where they say in the text', () => {
    const texts = new Map(act.provisions.map((one) => [one.eid, one.text]))
    for (const one of act.references) expect(texts.get(one.fromEid)?.slice(one.start, one.end)).toBe(one.text)
  })

  it('name other acts in the nominative', () => {
    expect(act.references.flatMap((one) => one.external ?? []).map((text) => text.slice(0, 60))).toEqual([
      'подпункт 9) статьи 9 Закона Республики Казахстан "О государс',
      'приказ Министра транспорта и коммуникаций Республики Казахст',
      'подпункт 9) статьи 9 Закона Республики Казахстан "О государс',
      'приказ исполняющего обязанности Министра транспорта и коммун',
    ])
  })
})

describe('wordings of references', () => {
  it.each([
    ['по пунктам 1, 2 и 3 настоящих Правил', ['para_1,para_2,para_3']],
    ['по части второй пункта 1 настоящих Правил', ['para_1__part_2']],
    ['по подпунктам 1) и 2) настоящего пункта', []],
    ['по подпункту 2) пункта 2', ['para_2__subpara_2']],
    ['по пунктам 1–3 Правил', ['']],
    ['по пункту 1 настоящего приказа', ['ord__para_1']],
    ['по статье 5 Кодекса Республики Казахстан "О связи"', ['']],
    ['по пункту 4 статьи 5 Закона Республики Казахстан "О связи"', ['']],
    ['к пункту первой помощи', []],
    ['в 2 пунктах выдачи', []],
  ])('%s', (words, targets) => {
    const rules = [
      '1. Служба отвечает.',
      'Служба открыта.',
      '2. Служба:',
      '1) открыта;',
      '2) бесплатна.',
      `3. Служба работает ${words}.`,
    ]
    const { act: small } = parseAct(smallAct({ rules }))
    const found = small?.references.filter((one) => one.fromEid === 'para_3') ?? []
    expect(found.map((one) => one.targetEids.join())).toEqual(targets)
  })
})

describe('an annexed document that gives itself a name', () => {
  const first = '1. Настоящие Правила работы справочной службы (далее – Правила) определяют ее работу.'
  it.each([
    ['по пункту 1 Правил', 'para_1'],
    ['по пункту 1 Правил, утвержденных Правительством', ''],
    ['по пункту 1 Правил "О связи"', ''],
  ])('%s', (words, targets) => {
    const { act: small } = parseAct(smallAct({ rules: [first, `2. Служба работает ${words}.`] }))
    expect(small?.references.find((one) => one.fromEid === 'para_2')?.targetEids.join()).toBe(targets)
  })
})

describe('a reference as people type it', () => {
  it.each([
    ['п. 23', { point: '23' }],
    ['п23', { point: '23' }],
    ['П.23', { point: '23' }],
    ['пункт 23', { point: '23' }],
    ['Пункт 8?', { point: '8' }],
    ['23 пункт', { point: '23' }],
    ['5-й пункт', { point: '5' }],
    ['пункте 10-1', { point: '10-1' }],
    ['пп. 4) п. 3', { subpoint: '4', point: '3' }],
    ['пп 4 п 3', { subpoint: '4', point: '3' }],
    ['п. 3 пп. 4', { subpoint: '4', point: '3' }],
    ['п.3пп.4', { subpoint: '4', point: '3' }],
    ['подпункт 4 пункта 3', { subpoint: '4', point: '3' }],
    ['подпункт 4) пункта 3 Правил.', { subpoint: '4', point: '3' }],
    ['п. 7 ч. 2', { point: '7', part: '2' }],
    ['часть вторая пункта 7', { point: '7', part: '2' }],
    ['вторая часть пункта 7', { point: '7', part: '2' }],
    ['прил. 2', { appendix: '2' }],
    ['приложение 2', { appendix: '2' }],
    ['приложение № 2', { appendix: '2' }],
    ['гл. 2', { chapter: '2' }],
    ['глава 2, п. 5', { chapter: '2', point: '5' }],
    ['23-тармақ', { point: '23' }],
    ['23 тармақ', { point: '23' }],
    ['3-тармақтың 4-тармақшасы', { point: '3', subpoint: '4' }],
    ['3-тармақтың 4) тармақшасы', { point: '3', subpoint: '4' }],
    ['7-тармақтың 2-бөлігі', { point: '7', part: '2' }],
    ['2-қосымша', { appendix: '2' }],
    ['2-тарау', { chapter: '2' }],
    [' «п. 23» ', { point: '23' }],
  ])('%s', (text, reference) => {
    expect(parseLawReference(text, 'ru')).toEqual(reference)
    expect(parseLawReference(text, 'kk')).toEqual(reference)
  })

  it.each([
    '',
    ' ',
    '23',
    'п',
    'п. 23 сроки',
    'как работает пункт 5',
    'п. 3 п. 4',
    'ст. 9',
    'пункт выдачи',
    'тармақ',
    'п. 12345',
    'первый',
    '8 800 080 7777',
    'п. 1'.repeat(100),
  ])('is none: «%s»', (text) => {
    expect(parseLawReference(text, 'ru')).toBeNull()
    expect(parseLawReference(text, 'kk')).toBeNull()
  })
})
