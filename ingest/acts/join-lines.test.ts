import { describe, expect, it } from 'vitest'
import { mendLine } from './displaced-words.ts'
import { joinLines } from './join-lines.ts'
import { splitLines } from './source-lines.ts'
import { trace } from './traced.ts'
import { vocabularyOf } from './vocabulary.ts'

const vocabulary = vocabularyOf(['контакт-центр, контакт-центра, контакт-центром, контакт-центре'])

function joined(source: string): string {
  return joinLines(source, splitLines(source), vocabulary).traced.text
}

describe('lines of a paragraph', () => {
  it.each([
    ['информационно-\nкоммуникационной', 'информационно-коммуникационной'],
    ['контакт-\nцентра', 'контакт-центра'],
    ['одно- \nи двухместный', 'одно- и двухместный'],
    ['по услугам\n, взаимодействие', 'по услугам, взаимодействие'],
    ['"электронного правительства\n"; да', '"электронного правительства"; да'],
    ['журнал \n"Связь"', 'журнал "Связь"'],
    ['почта support@\ngoscorp.kz', 'почта support@goscorp.kz'],
    ['адрес www.\ngov.kz', 'адрес www.gov.kz'],
    ['конец.\nНачало', 'конец. Начало'],
    ['лица и/\nили', 'лица и/или'],
    ['срок – \nдень', 'срок – день'],
    ['единый контакт \nцентр', 'единый контакт-центр'],
    ['единый контакт \nцентром', 'единый контакт-центром'],
    ['единый центр \nконтакт', 'единый центр контакт'],
  ])('%j reads «%s»', (source, text) => {
    expect(joined(source)).toBe(text)
  })
})

describe('words that extraction displaced', () => {
  it.each([
    ['согласно  к настоящим Правилам.приложению 1', 'согласно приложению 1 к настоящим Правилам.'],
    ['от 04.10.2022  (вводится по№ 368/НҚ', 'от 04.10.2022 № 368/НҚ (вводится по'],
    ['от 28.07.2023  (№ 292/НҚ', 'от 28.07.2023 № 292/НҚ ('],
    ['указанном в -  настоящих пунктах 20 25', 'указанном в пунктах 20 - 25 настоящих'],
    ['по  и  настоящих пункту 3 5', 'по пункту 3 и 5 настоящих'],
    ['согласно , утвержденным  в силу приказом', 'согласно , утвержденным приказом в силу'],
    [
      'порядок, указанный в  настоящей главы, действует подпунктах 1), 2) и 3) пункта',
      'порядок, указанный в  настоящей главы, действует подпунктах 1), 2) и 3) пункта',
    ],
    ['утвержденным  приказом', 'утвержденным приказом'],
    ['без пробелов в приказе № 5', 'без пробелов в приказе № 5'],
    ['слово  слово', 'слово  слово'],
  ])('«%s»', (line, text) => {
    expect(mendLine(trace(line, 0, line.length)).line.text).toBe(text)
  })

  it('says where a gap stays open', () => {
    expect(mendLine(trace('слово  слово', 0, 12)).unmended).toEqual([5])
  })

  it('keeps the place of every moved character', () => {
    const source = 'согласно  к настоящим Правилам.приложению 1'
    const { text, at } = mendLine(trace(source, 0, source.length)).line
    const places = [...at.entries()].filter(([index]) => text.charAt(index) !== ' ')
    for (const [index, offset] of places) expect(source.charAt(offset)).toBe(text.charAt(index))
  })
})
