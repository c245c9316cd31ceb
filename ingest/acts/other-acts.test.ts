import { describe, expect, it } from 'vitest'
import { unaccounted } from './account.ts'
import type { ParsedAct, Provision } from './act.ts'
import { parsedRules, rulesSource, smallAct } from './fixtures/small-act.ts'
import { parseAct } from './parse-act.ts'

function provision(eid: string, of: ParsedAct): Provision {
  const found = of.provisions.find((one) => one.eid === eid)
  if (!found) throw new Error(`no ${eid}`)
  return found
}

function parsed(source: string): ParsedAct {
  const { act: small, messages } = parseAct(source)
  if (!small) throw new Error(messages.map((message) => message.text).join('\n'))
  return small
}

describe('acts of this kind', () => {
  it('may have an order without an annex', () => {
    const source = smallAct({
      order: [
        '1. Назначить ответственных лиц.',
        '2. Настоящий приказ вводится в действие со дня его первого официального опубликования.',
      ],
    })
    const small = parsed(source)
    expect(small.annexTitle).toBeNull()
    expect(small.provisions.map((one) => one.eid)).toEqual(['ord__preamble', 'ord__para_1', 'ord__para_2'])
    expect(small.requisites).toMatchObject({
      date: '2020-05-05',
      registration: null,
      inForce: { days: 0, onTheDay: true },
    })
    expect(unaccounted(source, small)).toEqual([])
  })

  it('may have rules without chapters and without appendices', () => {
    const small = parsed(smallAct({ rules: ['1. Служба отвечает на вопросы.', '2. Срок ответа – один день.'] }))
    expect(small.provisions.map((one) => one.eid)).toEqual(['ord__preamble', 'ord__para_1', 'para_1', 'para_2'])
    expect(small.annexTitle).toBe('Правила работы справочной службы')
  })

  it('may list sub-points under a further part of a point, which then has the list', () => {
    const small = parsed(
      smallAct({
        rules: ['1. Служба отвечает.', 'Служба не отвечает:', '1) ночью;', '2) в праздники.', '2. Служба бесплатна.'],
      }),
    )
    expect(small.provisions.slice(2).map((one) => [one.eid, one.label])).toEqual([
      ['para_1', 'п. 1'],
      ['para_1__part_2', 'п. 1 ч. 2'],
      ['para_1__part_2__subpara_1', 'п. 1 ч. 2 пп. 1'],
      ['para_1__part_2__subpara_2', 'п. 1 ч. 2 пп. 2'],
      ['para_2', 'п. 2'],
    ])
  })

  it('may have points put in later and points taken out', () => {
    const small = parsed(
      smallAct({
        rules: [
          '1. Служба отвечает.',
          '1-1. Служба записывает разговор.',
          '2. Исключен приказом Министра связи РК от 01.02.2021 № 9 (вводится в действие с 01.03.2021).',
          'Сноска. Пункт 3 исключен приказом Министра связи РК от 01.02.2022 № 10 (вводится в действие с 01.03.2022).',
          '4. Служба бесплатна.',
        ],
      }),
    )
    expect(provision('para_2', small).status).toBe('excluded')
    expect(provision('para_1-1', small).label).toBe('п. 1-1')
    expect(small.amendments.map((one) => [one.target, one.change, one.targetEids.join(), one.by.number])).toEqual([
      ['Пункт 2', 'excluded', 'para_2', '9'],
      ['Пункт 3', 'excluded', '', '10'],
    ])
  })

  it('join a paragraph over a page break and take a form feed for a line end', () => {
    const small = parsed(
      smallAct({ rules: ['1. Служба отвечает на \n\n\n\nвопросы.', '2. Служба работает с \n\f\nдругими службами.'] }),
    )
    expect(provision('para_1', small).text).toBe('Служба отвечает на вопросы.')
    expect(provision('para_2', small).text).toBe('Служба работает с другими службами.')
  })

  it('read lines with Windows ends the same way', () => {
    const windows = parsed(rulesSource.replaceAll('\n', '\r\n'))
    expect(windows.provisions.map((one) => one.text)).toEqual(parsedRules().provisions.map((one) => one.text))
  })

  const texts = (source: string): string[] => parsed(source).provisions.map((one) => one.text)
  it.each([
    ['trailing spaces cut by an editor', rulesSource.replaceAll(/[ ]+$/gm, '')],
    ['tabs for indentation', rulesSource.replaceAll('      ', '\t')],
    ['no-break spaces for indentation', rulesSource.replaceAll('      ', '\u00A0'.repeat(6))],
    ['a byte order mark', `\uFEFF${rulesSource}`],
    ['form feeds at page breaks', rulesSource.replaceAll('\n\n\n\n', '\n\f\n\n')],
    ['a copyright line', `${rulesSource}\n\n© 2012. РГП «Институт законодательства»\n`],
  ])('read the same with %s', (_, source) => {
    expect(texts(source)).toEqual(texts(rulesSource))
    expect(unaccounted(source, parsed(source))).toEqual([])
  })

  it('warn of a gap for which no words were found, and keep all characters', () => {
    const { act: small, messages } = parseAct(smallAct({ rules: ['1. Служба отвечает согласно  порядку службы.'] }))
    expect(messages.map((one) => [one.severity, one.rule])).toEqual([['warning', 'gap-unmended']])
    expect(small && provision('para_1', small).text).toBe('Служба отвечает согласно порядку службы.')
  })

  it('read an appendix without a form as text', () => {
    const small = parsed(
      smallAct({
        rules: ['1. Служба отвечает согласно приложению к настоящим Правилам.'],
        end: '\nПриложение 1\nк Правилам работы\nсправочной службы\n\nПеречень вопросов\n\n      Вопросы о связи.\n',
      }),
    )
    expect(provision('app_1', small)).toMatchObject({
      heading: 'Перечень вопросов',
      text: 'Перечень вопросов\nВопросы о связи.',
    })
  })
})

describe('hostile sources', () => {
  it.each([
    ['one endless line', 'а'.repeat(300_000)],
    ['only spaces and breaks', ' \n'.repeat(100_000)],
    ['gaps everywhere', `      1. ${'слово  '.repeat(20_000)}`],
    ['quotes and brackets', `      1. ${'"(«.)'.repeat(40_000)}`],
    ['link words', `      1. ${'пункт 1, приказ № 2 от '.repeat(10_000)}`],
    ['a note without end', `      Сноска. Пункт ${'1, 2 и 3 - '.repeat(20_000)}`],
    ['an endless definition', `      1. Понятия:\n      1) ${'(далее – а '.repeat(20_000)}`],
    ['thousands of points', Array.from({ length: 20_000 }, (_, at) => `      ${at}. Пункт ${at}.`).join('\n')],
    ['thousands of flush lines', 'слово (слово \n'.repeat(20_000)],
  ])('%s: answered without a throw in a time that grows with the length', (_, text) => {
    const source = smallAct({ rules: ['1. Служба отвечает.'], end: text })
    const start = performance.now()
    expect(() => parseAct(source)).not.toThrow()
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('an empty source is refused with its faults', () => {
    const { act: none, messages } = parseAct('')
    expect(none).toBeNull()
    expect(messages.map((one) => one.rule)).toEqual(
      expect.arrayContaining(['title-missing', 'requisites-missing', 'order-empty']),
    )
  })
})
