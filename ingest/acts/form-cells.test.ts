import { describe, expect, it } from 'vitest'
import { parsedRules } from './fixtures/small-act.ts'
import { findNumberRow, joinCell, readCells } from './form-cells.ts'
import { splitLines } from './source-lines.ts'
import { vocabularyOf } from './vocabulary.ts'

const act = parsedRules()
const form = (
  eid: string,
): { heading: string | null; columns: string[]; footer: string[]; nums: number[]; text: string } => {
  const found = act.provisions.find((one) => one.eid === eid)
  return {
    heading: found?.heading ?? null,
    columns: found?.form?.columns.map((column) => column.title) ?? [],
    nums: found?.form?.columns.map((column) => column.num) ?? [],
    footer: found?.form?.footer ?? [],
    text: found?.text ?? '',
  }
}

describe('the forms of the Rules', () => {
  it('appendix 1 has eight columns with whole titles', () => {
    const { heading, columns, footer, nums, text } = form('app_1__form')
    expect(heading).toBe('Информация о государственной услуге')
    expect(nums).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(columns).toEqual([
      '№ п/п',
      '№ государственной услуги в реестре',
      'Наименование государственной услуги',
      'Подзаконный нормативный правовой акт, определяющий порядок оказания государственной услуги (с указанием его реквизитов)',
      'Сведения об изменениях нормативных правовых актов',
      'Интернет-ресурс, на котором размещена информация о государственной услуге',
      'Фамилия, имя, отчество, должность ответственного лица и/или услугодателя',
      'Контактные телефоны, адрес электронной почты ответственного лица государственного органа, и/или услугодателя',
    ])
    expect(footer).toEqual(['Ф.И.О. ответственного исполнителя', 'Дата: "___" _______________ 20 ____ г.'])
    expect(text).toContain('Информация о государственной услуге\n1. № п/п\n2. № государственной услуги в реестре\n')
    expect(text).toMatch(/Ф\.И\.О\. ответственного исполнителя\nДата: /)
  })

  it('appendix 2 has seven columns with whole titles', () => {
    const { heading, columns, footer } = form('app_2__form')
    expect(heading).toBe('Отчет о поступивших в Единый контакт-центр обращениях (жалобах) за __ квартал ____ года')
    expect(columns).toEqual([
      '№ п/п',
      '№ обращения (жалоб)',
      'Дата регистрации обращения (жалоб)',
      'Регион',
      'Фамилия, Имя, Отчество заявителя',
      'Содержание обращения (жалоб)',
      'Принятые меры',
    ])
    expect(footer).toEqual([])
  })
})

describe('a cell of narrow lines', () => {
  const vocabulary = vocabularyOf([
    'Орган выдает справки о государственной регистрации и телефонные номера, информация контакт-центра',
  ])
  it.each([
    ['государстве\nнной', 'государственной'],
    ['Наименован\nи е  \nуслуги', 'Наименование услуги'],
    ['информация\nо \nрегистрации', 'информация о регистрации'],
    ['Контактные\nтелефоны', 'Контактные телефоны'],
    ['( с  \nномером)', '(с номером)'],
    ['и/\nи л и  \nномер', 'и/или номер'],
    ['обращения (\nжалоб)', 'обращения (жалоб)'],
    ['и о \nчем', 'и о чем'],
  ])('%j reads «%s»', (lines, title) => {
    expect(joinCell(splitLines(lines), vocabulary)).toBe(title)
  })
})

describe('the head of a form', () => {
  const vocabulary = vocabularyOf([])
  it('is cut into cells at empty lines and after the row number', () => {
    expect(readCells(splitLines('№ п/п Имя \nзаявителя\n\nРегион'), 3, vocabulary).map((cell) => cell.title)).toEqual([
      '№ п/п',
      'Имя заявителя',
      'Регион',
    ])
  })

  it('keeps a cell together over a page break', () => {
    expect(readCells(splitLines('Имя,\n\n\n\nотчество\n\nРегион'), 2, vocabulary).map((cell) => cell.title)).toEqual([
      'Имя, отчество',
      'Регион',
    ])
  })

  it.each([
    ['1 2 3', { from: 0, to: 1, count: 3 }],
    ['Регион\n1\n\n2\n\n3\n4', { from: 1, to: 5, count: 4 }],
    ['1 2 4', null],
    ['1', null],
    ['2 3', null],
  ])('finds the row of numbers in %j', (lines, row) => {
    expect(findNumberRow(splitLines(lines))).toEqual(row)
  })
})
