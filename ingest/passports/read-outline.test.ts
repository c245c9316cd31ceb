import { describe, expect, it } from 'vitest'
import { countItems, readOutline, textOfGroups } from './read-outline.ts'

const shape = (text: string) =>
  readOutline(text).map(({ under, parts }) => [
    under.map(({ marker, text }) => (marker === null ? text : `${marker} ${text}`)).join(' › '),
    parts.map(({ marker, depth, text }) => `${'  '.repeat(depth)}${marker ?? '·'} ${text}`),
  ])

describe('the structure of a cell', () => {
  it('keeps items under the channel that they are for', () => {
    expect(shape('При обращении в ЦОН:\n- заявление;\n- договор.\nЧерез портал:\n- запрос.')).toEqual([
      ['При обращении в ЦОН:', ['- заявление;', '- договор.']],
      ['Через портал:', ['- запрос.']],
    ])
  })

  it('nests a sub-service in a channel, and a lead-in in a sub-service', () => {
    const text =
      'Документы по организациям:\n- в корпорацию:\n1. Регистрация права.\nПеречень:\n1) заявление;\n2) договор.\n2. Регистрация изменений.\n1) заявление.\n- через портал:\n1. Регистрация права.\n1) запрос.'
    expect(shape(text)).toEqual([
      ['Документы по организациям:', []],
      ['Документы по организациям: › - в корпорацию:', []],
      ['Документы по организациям: › - в корпорацию: › 1. Регистрация права.', []],
      [
        'Документы по организациям: › - в корпорацию: › 1. Регистрация права. › Перечень:',
        ['1) заявление;', '2) договор.'],
      ],
      ['Документы по организациям: › - в корпорацию: › 2. Регистрация изменений.', ['1) заявление.']],
      ['Документы по организациям: › - через портал:', []],
      ['Документы по организациям: › - через портал: › 1. Регистрация права.', ['1) запрос.']],
    ])
    expect(countItems(readOutline(text))).toBe(4)
  })

  it('knows a sub-service by its name', () => {
    const groups = readOutline('2. Переоформление лицензии\n1) заявление.', [
      { num: '1', text: 'Выдача лицензии;' },
      { num: '2', text: 'Переоформление лицензии.' },
    ])
    expect(groups[0]?.under[0]?.subservice).toBe('2')
  })

  it('takes «1. … 2. …» for items where nothing stands under them', () => {
    expect(shape('1. Заявление;\n2. Копия паспорта.')).toEqual([['', ['1. Заявление;', '2. Копия паспорта.']]])
  })

  it('counts a document with its variants once', () => {
    const groups = readOutline('1) заявление;\n2) один из документов:\n- договор;\n- справка;\n3) квитанция.')
    expect(groups[0]?.parts.map(({ depth }) => depth)).toEqual([0, 0, 1, 1, 0])
    expect(countItems(groups)).toBe(3)
  })

  it('splits a list printed in one line, and no reference to sub-points', () => {
    expect(shape('В ЦОН: - заявление по форме;\n- договор.')).toEqual([
      ['В ЦОН:', ['- заявление по форме;', '- договор.']],
    ])
    expect(shape('Нужны: 1) заявление; 2) договор.')).toEqual([['Нужны:', ['1) заявление;', '2) договор.']]])
    expect(shape('по основаниям подпунктов 4) и 6) пункта 3.')).toEqual([
      ['', ['· по основаниям подпунктов 4) и 6) пункта 3.']],
    ])
  })

  it('joins a line that the source breaks within a sentence', () => {
    expect(shape('портал – в праздничные дни согласно\nКодексу, следующим днем.')).toEqual([
      ['', ['· портал – в праздничные дни согласно Кодексу, следующим днем.']],
    ])
  })

  it.each([
    ['numbers skip', '1) заявление;\n3) договор.'],
    ['nothing is listed', 'Документы не требуются.'],
    ['a case has no items', 'В ЦОН:\n1) заявление.\nЧерез портал:\nзапрос в электронной форме.'],
    ['there is nothing', ''],
  ])('does not count where %s', (_why, text) => {
    expect(countItems(readOutline(text))).toBeNull()
  })

  it('has every line once', () => {
    const text = 'А:\n1) б;\nв\n- г:\n1. д\n1) е;\n- ж'
    expect(textOfGroups(readOutline(text)).replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''))
  })
})
