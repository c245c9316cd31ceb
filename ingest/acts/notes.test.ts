import { describe, expect, it } from 'vitest'
import type { ParsedAct } from './act.ts'
import { earliestInForce } from './edition-of.ts'
import { parsedRules, smallAct } from './fixtures/small-act.ts'
import { parseInForce } from './in-force.ts'
import { parseNote } from './notes.ts'
import { parseAct } from './parse-act.ts'

const MINISTER = 'Министра цифрового развития, инноваций и аэрокосмической промышленности РК'
const act = parsedRules()

function actWith(note: string): { act: ParsedAct | null; rules: string[] } {
  const { act: small, messages } = parseAct(
    smallAct({
      rules: [
        '1. Служба отвечает.',
        '2. Служба:',
        '1) открыта;',
        '2) бесплатна.',
        note,
        '2-1. Служба записывает разговор.',
      ],
    }),
  )
  return { act: small, rules: messages.map((one) => one.rule) }
}

describe('notes of the Rules', () => {
  it('give seven changes, checked by hand', () => {
    const rule = { rule: 'after-publication', days: 10, unit: 'calendar', notBefore: null }
    expect(
      act.amendments.map((one) => [
        one.target,
        one.targetEids.join(),
        one.change,
        one.by.date,
        one.by.number,
        one.onlyLang,
        one.span.start.line,
      ]),
    ).toEqual([
      ['Заголовок', 'title', 'restated', '2022-10-04', '368/НҚ', null, 10],
      ['Заголовок', 'title', 'changed', '2023-07-28', '292/НҚ', 'kk', 13],
      ['Преамбула', 'ord__preamble', 'restated', '2022-10-04', '368/НҚ', null, 22],
      ['Пункт 1', 'ord__para_1', 'restated', '2022-10-04', '368/НҚ', null, 30],
      ['Пункт 1', 'ord__para_1', 'changed', '2023-07-28', '292/НҚ', 'kk', 33],
      ['Правила', 'rules', 'restated', '2022-10-04', '368/НҚ', null, 98],
      ['Пункт 3', 'chp_1__para_3', 'changed', '2023-07-28', '292/НҚ', null, 186],
    ])
    for (const one of act.amendments) {
      expect(one.by).toMatchObject({ kind: 'приказ', issuer: MINISTER })
      expect(one.inForce).toEqual(rule)
    }
  })
})

describe('wordings of notes', () => {
  it.each([
    [
      'Пункт 5 исключен приказом Министра связи РК от 01.02.2022 № 10 (вводится в действие с 01.03.2022).',
      'Пункт 5',
      'excluded',
      '10',
    ],
    [
      'Глава 2 утратила силу приказом Министра связи РК от 01.02.2022 № 10-НҚ (вводится в действие с 01.03.2022).',
      'Глава 2',
      'excluded',
      '10-НҚ',
    ],
    [
      'Правила дополнены пунктом 10-1 в соответствии с приказом Министра связи РК от 01.02.2022 № 10.',
      'Правила',
      'added',
      '10',
    ],
    ['Пункт 3 с изменением, внесенным приказом и.о. Министра связи РК от 01.02.2022 № 10.', 'Пункт 3', 'changed', '10'],
    [
      'Пункт 3 с изменениями и дополнениями, внесенными приказом Министра связи РК от 1 февраля 2022 года № 10.',
      'Пункт 3',
      'changed',
      '10',
    ],
    [
      'Подпункт 4) пункта 3 - в редакции постановления Правительства РК от 01.02.2022 № 10.',
      'Подпункт 4) пункта 3',
      'restated',
      '10',
    ],
    ['Приложение 1 в новой редакции приказа Министра связи РК от 01.02.2022 № 10.', 'Приложение 1', 'restated', '10'],
    ['Приказ утратил силу приказом Министра связи РК от 01.02.2022 № 10.', 'Приказ', 'excluded', '10'],
  ])('%s', (note, target, change, number) => {
    expect(parseNote(`Сноска. ${note}`)).toMatchObject([{ target, change, by: { date: '2022-02-01', number } }])
  })

  it('several acts in one note give one change each, of the same issuer', () => {
    const changes = parseNote(
      'Сноска. Пункт 3 с изменениями, внесенными приказами Министра связи РК от 01.02.2022 № 10 (вводится в действие с 01.03.2022); от 05.06.2023 № 20 (вводится в действие по истечении 60 (шестидесяти) календарных дней после дня его первого официального опубликования).',
    )
    expect(changes).toMatchObject([
      {
        target: 'Пункт 3',
        change: 'changed',
        by: { issuer: 'Министра связи РК', date: '2022-02-01', number: '10' },
        inForce: { rule: 'date', date: '2022-03-01' },
      },
      {
        target: 'Пункт 3',
        change: 'changed',
        by: { issuer: 'Министра связи РК', date: '2023-06-05', number: '20' },
        inForce: { days: 60 },
      },
    ])
  })

  it.each([
    'Сноска. Пункт 3 изменен.',
    'Сноска. Пункт 3 в редакции приказа Министра от 45.02.2022 № 10.',
    'Сноска. В редакции приказа от 01.02.2022 № 1.',
    'Сноска.',
  ])('is not guessed: %s', (note) => {
    expect(parseNote(note)).toBeNull()
  })

  it('a note that is not understood stays as a remark, with a warning at its place', () => {
    const { act: small, rules } = actWith('Сноска. Пункт 2 изменен в силу решения.')
    expect(rules).toEqual(['note-unread'])
    expect(small?.remarks.filter((one) => one.kind === 'note').map((one) => one.text)).toEqual([
      'Сноска. Пункт 2 изменен в силу решения.',
    ])
  })
})

describe('what a note changes', () => {
  const by = 'приказом Министра связи РК от 01.02.2022 № 10 (вводится в действие с 01.03.2022).'
  it.each([
    [`Сноска. Правила дополнены пунктом 2-1 в соответствии с ${by}`, 'para_2-1'],
    [`Сноска. Пункт 2 дополнен подпунктом 2) в соответствии с ${by}`, 'para_2__subpara_2'],
    [`Сноска. Подпункты 1) и 2) пункта 2 исключены ${by}`, 'para_2__subpara_1,para_2__subpara_2'],
    [`Сноска. Пункты 1 и 2 с изменениями, внесенными ${by}`, 'para_1,para_2'],
    [`Сноска. Правила с изменениями, внесенными ${by}`, 'rules'],
    [`Сноска. Приказ с изменениями, внесенными ${by}`, 'order'],
  ])('%s', (note, eids) => {
    const { act: small, rules } = actWith(note)
    expect(rules).toEqual([])
    expect(small?.amendments[0]?.targetEids.join()).toBe(eids)
  })

  it('an element that is not there is warned of', () => {
    const { act: small, rules } = actWith(`Сноска. Пункт 8 с изменениями, внесенными ${by}`)
    expect(rules).toEqual(['note-target-unknown'])
    expect(small?.amendments[0]?.targetEids).toEqual([])
  })
})

describe('entry into force', () => {
  it.each([
    [
      'вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования',
      { rule: 'after-publication', days: 10, unit: 'calendar', notBefore: null },
    ],
    ['вводится в действие по истечении двадцати одного календарного дня', { rule: 'unstated' }],
    [
      'вводится в действие по истечении пяти рабочих дней после дня его официального опубликования',
      { rule: 'after-publication', days: 5, unit: 'working', notBefore: null },
    ],
    [
      'по истечении десяти календарных дней после дня его первого официального опубликования, но не ранее 1 марта 2016 года',
      { rule: 'after-publication', days: 10, unit: 'calendar', notBefore: '2016-03-01' },
    ],
    ['вводится в действие с 01.01.2024', { rule: 'date', date: '2024-01-01' }],
    ['вводится в действие с 1 июля 2024 года', { rule: 'date', date: '2024-07-01' }],
    [
      'вводится в действие со дня его первого официального опубликования',
      { rule: 'after-publication', days: 0, unit: 'calendar', notBefore: null, onTheDay: true },
    ],
    ...(
      [
        ['шести месяцев после дня', 6, 'month'],
        ['6 (шести) календарных месяцев после дня', 6, 'month'],
        ['одного месяца со дня', 1, 'month'],
        ['месяца со дня', 1, 'month'],
        ['десяти дней после дня', 10, 'calendar'],
        ['одиннадцати календарных дней после дня', 11, 'calendar'],
        ['трёх рабочих дней со дня', 3, 'working'],
        ['двадцати одного календарного дня после дня', 21, 'calendar'],
        ['десяти (10) календарных дней после дня', 10, 'calendar'],
      ] as const
    ).map(([term, days, unit]): [string, object] => [
      `вводится в действие по истечении ${term} его первого официального опубликования`,
      { rule: 'after-publication', days, unit, notBefore: null },
    ]),
    ['вводится в действие по истечении полугода после дня его официального опубликования', { rule: 'unstated' }],
    ['вводится в действие по истечении нескольких дней со дня его официального опубликования', { rule: 'unstated' }],
    ['порядок введения в действие см. п. 4', { rule: 'unstated' }],
    ['Настоящий приказ вводится в действие со дня подписания.', { rule: 'signing' }],
    ['Настоящее решение вступает в силу со дня его принятия.', { rule: 'signing' }],
    ['вводится в действие с даты подписания', { rule: 'signing' }],
    ['вступает в силу с момента его подписания', { rule: 'signing' }],
    ['вводится в действие после дня подписания', { rule: 'signing', dayAfter: true }],
    [
      'вводится в действие со дня его первого официального опубликования, а договор – со дня подписания',
      { rule: 'after-publication', days: 0, unit: 'calendar', notBefore: null, onTheDay: true },
    ],
    ['договор заключается со дня подписания заявления', { rule: 'unstated' }],
    ['вводится в действие с 01.01.2024, акт приёма – со дня подписания', { rule: 'date', date: '2024-01-01' }],
  ])('%s', (text, rule) => {
    expect(parseInForce(text)).toEqual(rule)
  })

  const ten = { rule: 'after-publication', days: 10, unit: 'calendar', notBefore: null } as const
  it('after ten days: the eleventh day after publication, not known before it is published', () => {
    expect(earliestInForce(ten, '2022-10-04')).toEqual({ date: '2022-10-15', known: false })
    expect(earliestInForce(ten, '2022-10-04', null)).toEqual({ date: '2022-10-15', known: false })
    expect(earliestInForce(ten, '2022-10-04', '2022-10-12')).toEqual({ date: '2022-10-23', known: true })
  })

  it('not before a given day', () => {
    expect(earliestInForce(act.requisites.inForce, act.requisites.date)).toEqual({ date: '2016-03-01', known: false })
    expect(earliestInForce({ ...ten, notBefore: '2016-03-01' }, '2016-01-26', '2016-03-10')).toEqual({
      date: '2016-03-21',
      known: true,
    })
  })

  it('a plain date, the day itself, working days, no rule', () => {
    expect(earliestInForce({ rule: 'date', date: '2024-01-01' }, '2023-05-05')).toEqual({
      date: '2024-01-01',
      known: true,
    })
    expect(earliestInForce({ ...ten, days: 0, onTheDay: true }, '2024-05-06', '2024-05-07')).toEqual({
      date: '2024-05-07',
      known: true,
    })
    // Signed on a Friday: five working days end on the next Friday.
    expect(earliestInForce({ ...ten, days: 5, unit: 'working' }, '2024-05-03')).toEqual({
      date: '2024-05-11',
      known: false,
    })
    expect(earliestInForce({ ...ten, days: 6, unit: 'month' }, '2023-08-01', '2023-08-31')).toEqual({
      date: '2024-03-01',
      known: true,
    })
    expect(earliestInForce({ rule: 'unstated' }, '2024-05-03')).toEqual({ date: '2024-05-03', known: false })
    // Its own date is enough, whatever day it was published on.
    expect(earliestInForce({ rule: 'signing' }, '2024-05-03')).toEqual({ date: '2024-05-03', known: true })
    expect(earliestInForce({ rule: 'signing' }, '2024-05-03', '2024-05-20')).toEqual({
      date: '2024-05-03',
      known: true,
    })
    expect(earliestInForce({ rule: 'signing', dayAfter: true }, '2024-05-31')).toEqual({
      date: '2024-06-01',
      known: true,
    })
  })
})
