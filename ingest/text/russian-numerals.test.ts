import { expect, it } from 'vitest'
import { readNumberWords } from './russian-numerals.ts'

it.each([
  ['двух', 2, 1],
  ['двадцать пять дней', 25, 2],
  ['сто тридцатого', 130, 2],
  ['тысяча', 1000, 1],
  ['одна тысяча', 1000, 2],
  ['две тысячи пятьсот', 2500, 3],
  ['сто двадцать пять тысяч тридцать', 125_030, 5],
  ['две тысячи тысяч', 2000, 2],
  ['пять шесть', 5, 1],
  ['дней', null, 0],
])('«%s»', (text, value, taken) => {
  expect(readNumberWords(text.split(' '))).toEqual(value === null ? null : { value, taken })
})
