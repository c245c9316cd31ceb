import { describe, expect, it } from 'vitest'
import { splitClauses, splitPassage, splitRow } from './split-passage.ts'

const units = (text: string): string[] =>
  splitPassage(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)
const clauses = (text: string): string[] => splitClauses(text).map(([start, end]) => text.slice(start, end))

describe('splitPassage', () => {
  it('cuts sentences, not abbreviations and initials', () => {
    expect(units('По п. 3 ст. 9 Закона и.о. Министра Т.Б. Иванов решает. При этом указывается дата.')).toEqual([
      'sentence: По п. 3 ст. 9 Закона и.о. Министра Т.Б. Иванов решает.',
      'sentence: При этом указывается дата.',
    ])
  })

  it('gives items with their lead-in, and the list as a whole', () => {
    const text = 'Оператор ИКИ:\n1) проводит обучение операторов;\n2) формирует группы.'
    expect(units(text)).toEqual([
      'lead: Оператор ИКИ:',
      'item: проводит обучение операторов',
      'item: формирует группы',
      'list: Оператор ИКИ:\n1) проводит обучение операторов;\n2) формирует группы',
    ])
    expect(splitPassage(text)[1]?.lead).toMatchObject({ start: 0, end: 13 })
  })

  it('takes a sub-point that stands alone without its number', () => {
    expect(units('4) база знаний – электронная база;')).toEqual(['item: база знаний – электронная база'])
  })

  it('takes a form as a whole', () => {
    expect(units('Отчет\n1. № п/п\n2. Регион')).toEqual(['lead: Отчет', 'list: Отчет\n1. № п/п\n2. Регион'])
  })
})

describe('splitClauses', () => {
  it.each([
    [
      'Регистрация обращений, поступивших на электронную почту, осуществляется автоматически, ответ предоставляется в течение двух рабочих дней.',
      [
        'Регистрация обращений, поступивших на электронную почту, осуществляется автоматически',
        'ответ предоставляется в течение двух рабочих дней.',
      ],
    ],
    [
      'Система включается автоматически, которая предлагает оценить работу.',
      ['Система включается автоматически, которая предлагает оценить работу.'],
    ],
    [
      'Услугодатели представляют информацию, за исключением информации, составляющей государственные секреты, коммерческую и иную тайну и предоставляют консультации.',
      [
        'Услугодатели представляют информацию, за исключением информации, составляющей государственные секреты, коммерческую и иную тайну и предоставляют консультации.',
      ],
    ],
    [
      'Услуги предоставляются круглосуточно, без перерывов, выходных и праздничных дней.',
      ['Услуги предоставляются круглосуточно, без перерывов, выходных и праздничных дней.'],
    ],
  ])('«%s»', (sentence, expected) => {
    expect(clauses(sentence)).toEqual(expected)
  })
})

describe('splitRow', () => {
  const cut = (text: string, most = 200): string[] =>
    splitRow(text, most).map(
      ({ kind, start, end, lead }) =>
        `${kind}: ${text.slice(start, end)}${lead === null ? '' : ` < ${text.slice(lead.start, lead.end)}`}`,
    )

  it('gives each piece the heading of the row, and the row as a whole', () => {
    expect(cut('Срок\n1) выдача – 15 дней;\n2) переоформление – 20 минут')).toEqual([
      'item: выдача – 15 дней < Срок',
      'item: переоформление – 20 минут < Срок',
      'list: Срок\n1) выдача – 15 дней;\n2) переоформление – 20 минут',
    ])
  })

  it('keeps a short row whole: «бесплатно» alone is no quote', () => {
    expect(cut('Размер оплаты\nбесплатно')).toEqual(['list: Размер оплаты\nбесплатно'])
  })

  it('cuts a long row behind a whole line', () => {
    expect(cut('Документы\n1) заявление;\n2) договор залога;\n3) свидетельство', 45).at(-1)).toBe(
      'list: Документы\n1) заявление;\n2) договор залога',
    )
  })
})
