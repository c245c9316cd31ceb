import { expect, it } from 'vitest'
import { createAnalyser } from '#server/search/analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '#server/search/analysis/language-data.ts'
import { readQuery } from './query-key.ts'

it('masks a number that stands where a long query is cut', () => {
  const typed = `${'а '.repeat(190)}карта 4111 1111 1111 1111`
  expect(readQuery(createAnalyser(NO_LANGUAGE_DATA), typed).text).not.toMatch(/\d{4}/u)
})

it.each([
  ['справка иин 9001013', 'справка иин [иин-1]'],
  ['где иванов иван иванович', 'где [имя-1]'],
  ['перезвоните 8701123', 'перезвоните [телефон-1]'],
])('«%s», as far as it was typed, is kept as «%s»', (typed, text) => {
  expect(readQuery(createAnalyser(NO_LANGUAGE_DATA), typed).text).toBe(text)
})
