import { describe, expect, it } from 'vitest'
import { isVerbatim } from './is-verbatim.ts'

describe('whether a sentence is its quote word for word', () => {
  it.each([
    ['Ответ предоставляется в течение двух дней.', ['ответ предоставляется в течение двух дней'], true],
    ['Отчёт «Итоги» сдан.', ['отчет "Итоги"  сдан'], true],
    ['Оператор не вправе: прервать звонок.', ['Оператор не вправе:', 'прервать звонок;'], true],
    ['Ответ предоставляется в течение 2 дней.', ['ответ предоставляется в течение двух дней'], false],
    ['Ответ предоставляется.', ['Ответ предоставляется в течение двух дней.'], false],
    ['Ответ предоставляется.', [], false],
  ])('«%s» of %j: %s', (text, quotes, expected) => {
    expect(isVerbatim({ text, citations: quotes.map((quote) => ({ quote })) })).toBe(expected)
  })
})
