import { expect, test } from 'vitest'
import type { Lang } from '#server/context.ts'
import { isStopWord } from './stop-words.ts'
import { standardSpelling } from './standard-spelling.ts'

test.each<[string, Lang, string]>([
  ['скока ждать ответа по почте', 'ru', 'сколько ждать ответа по почте'],
  ['Скока стоит и када дадут', 'ru', 'сколько стоит и когда дадут'],
  ['чё надо чтоли самому идти', 'ru', 'что надо что ли самому идти'],
  ['за скок дней', 'ru', 'за сколько дней'],
  // Words that only begin or end so.
  ['наскока скокарь', 'ru', 'наскока скокарь'],
  ['площадь, чечен, шоколад', 'ru', 'площадь, чечен, шоколад'],
  ['сколько ждать', 'ru', 'сколько ждать'],
  ['канша кун', 'kk', 'қанша күн'],
])('«%s» (%s) is «%s»', (text, lang, standard) => {
  expect(standardSpelling(text, lang)).toBe(standard)
})

test('a word written as it is heard finds nothing, so that it is taken for no other one', () => {
  for (const word of ['скока', 'када', 'щас', 'пжл']) expect(isStopWord(word, 'ru')).toBe(true)
  expect(isStopWord('сроки', 'ru')).toBe(false)
})
