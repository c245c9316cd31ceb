import { expect, it } from 'vitest'
import { createAnalyser } from '#server/search/analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '#server/search/analysis/language-data.ts'
import { readQuery } from './query-key.ts'

it('masks a number that stands where a long query is cut', () => {
  const typed = `${'а '.repeat(190)}карта 4111 1111 1111 1111`
  expect(readQuery(createAnalyser(NO_LANGUAGE_DATA), typed, false).text).not.toMatch(/\d{4}/u)
})

it.each([
  ['справка иин 9001013', 'справка иин [иин-1]'],
  ['где иванов иван иванович', 'где [имя-1]'],
  ['перезвоните 8701123', 'перезвоните [телефон-1]'],
])('«%s», as far as it was typed, is kept as «%s»', (typed, text) => {
  expect(readQuery(createAnalyser(NO_LANGUAGE_DATA), typed, false).text).toBe(text)
})

it.each([
  ['пособие 70000', 'пособие 77500'],
  ['сумма 90123', 'сумма 90124'],
  ['услуга 70126', 'услуга 70127'],
])('«%s» and «%s», asked whole, are two questions', (one, other) => {
  const [read, second] = [one, other].map((text) => readQuery(createAnalyser(NO_LANGUAGE_DATA), text, true))
  expect([read?.text, second?.text]).toEqual([one, other])
  expect(read?.key).not.toBe(second?.key)
})

it('what is personal is masked in what was asked whole, too', () => {
  const asked = 'мой иин 900101300017, телефон 87011234567'
  expect(readQuery(createAnalyser(NO_LANGUAGE_DATA), asked, true).text).toBe('мой иин [иин-1], телефон [телефон-1]')
})
