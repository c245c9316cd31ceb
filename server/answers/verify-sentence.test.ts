import { describe, expect, it } from 'vitest'
import type { NumberedPassage } from './answerer.ts'
import { locateQuote, verifySentence } from './verify-sentence.ts'

const passage = (number: number, label: string, text: string): NumberedPassage => ({
  number,
  label,
  title: 'Сроки ответа',
  context: '',
  text,
  lang: 'ru',
  score: 1,
})
const PASSAGES = [
  passage(
    1,
    'п. 8',
    'Регистрация обращений, поступивших на электронную почту, осуществляется автоматически, ответ предоставляется в течение двух рабочих дней.',
  ),
  passage(2, 'п. 32', 'Единый контакт-центр представляет пояснительную информацию не позднее следующего рабочего дня.'),
  passage(3, 'п. 10', 'Оператор не отвечает на вопросы, которые не входят в деятельность Единого контакт-центра.'),
  passage(4, 'п. 7', 'Обращения поступают на телефонные номера: 1414, 8 800 080 7777, на адрес: support@goscorp.kz.'),
]
const TERM = 'ответ предоставляется в течение двух рабочих дней'
const RULES = { lang: 'ru', ownWords: false } as const
const verdict = (text: string, quote: string, number = 1): string => {
  const checked = verifySentence({ text, support: [{ number, quote }], confidence: 1 }, PASSAGES, RULES)
  return checked.ok ? 'ok' : checked.reason
}

describe('verifySentence', () => {
  it.each([
    ['Ответ предоставляется в течение двух рабочих дней.', TERM, 1, 'ok'],
    ['Ответ предоставляется за 2 рабочих дня.', TERM, 1, 'ok'],
    ['По п. 8 ответ предоставляется за 2 рабочих дня.', TERM, 1, 'ok'],
    ['Ответ предоставляется за 3 рабочих дня.', TERM, 1, 'number-not-in-quote'],
    ['Ответ предоставляется за 2 календарных дня.', TERM, 1, 'number-not-in-quote'],
    ['Ответ предоставляется в течение двух часов.', TERM, 1, 'number-not-in-quote'],
    ['По п. 9 ответ предоставляется за 2 рабочих дня.', TERM, 1, 'number-not-in-quote'],
    ['Ответ предоставляется до 01.02.2024.', TERM, 1, 'number-not-in-quote'],
    ['Пишите на help@goscorp.kz, туда поступают обращения.', PASSAGES[3]?.text ?? '', 4, 'number-not-in-quote'],
    ['Обращения поступают на телефонный номер 8-800-080-77-77.', PASSAGES[3]?.text ?? '', 4, 'ok'],
    ['Ответ не предоставляется в течение двух рабочих дней.', TERM, 1, 'negation-changed'],
    ['Оператор отвечает на вопросы.', 'Оператор не отвечает на вопросы', 3, 'negation-changed'],
    ['Оператор не отвечает на вопросы.', 'Оператор не отвечает на вопросы', 3, 'ok'],
    ['Информация представляется не ранее следующего рабочего дня.', PASSAGES[1]?.text ?? '', 2, 'negation-changed'],
    ['Ответ предоставляет Иванов в течение двух рабочих дней.', TERM, 1, 'name-not-in-quote'],
    ['Столица находится на севере страны.', TERM, 1, 'not-about-quote'],
    ['Ответ предоставляется быстро.', 'ответ предоставляется немедленно', 1, 'quote-not-found'],
    ['Ответ предоставляется быстро.', 'вет предоставляется в течение двух', 1, 'quote-not-found'],
    ['Ответ предоставляется быстро.', '', 1, 'quote-not-found'],
    ['Ответ предоставляется быстро.', 'ответ', 1, 'quote-too-short'],
    ['Ответ предоставляется быстро.', TERM, 9, 'unknown-source'],
    [' ', TERM, 1, 'empty'],
  ])('«%s» on «%s» of %i: %s', (text, quote, number, expected) => {
    expect(verdict(text, quote, number)).toBe(expected)
  })

  it('drops a sentence without support', () => {
    expect(verifySentence({ text: 'Ответ дают за два дня.', support: [], confidence: 1 }, PASSAGES, RULES).ok).toBe(
      false,
    )
  })

  it('keeps the quotes that are there when another is made up', () => {
    const checked = verifySentence(
      {
        text: 'Ответ предоставляется за 2 рабочих дня.',
        support: [
          { number: 2, quote: 'такого нет' },
          { number: 1, quote: TERM },
        ],
        confidence: 1,
      },
      PASSAGES,
      RULES,
    )
    expect(checked).toMatchObject({ ok: true, quotes: [{ number: 1, quote: TERM }] })
  })
})

describe('locateQuote', () => {
  it.each([
    ['ответ  предоставляется\nв течение', 'ответ предоставляется в течение'],
    ['Закон «О связи»', 'Закон "О связи"'],
    ['контакт-центр', 'контакт‑центр'],
    ['отчёт сдан', 'отчет сдан'],
    ['услугам, взаимодействие', 'услугам\n, взаимодействие'],
    ['support@goscorp.kz', 'sup\u200bport@goscorp.kz'],
    ['Ответ дан.', 'ответ дан'],
    ['«ответ дан»', 'ответ дан'],
    ['й', 'и\u0306'],
  ])('finds «%s» as the passage prints it', (quote, printed) => {
    const text = `Вот: ${printed}; и далее.`
    const found = locateQuote(quote, text)
    expect(found?.quote.replace(/[;]$/u, '')).toBe(printed)
    expect(text.slice(found?.start ?? 0, (found?.start ?? 0) + (found?.quote.length ?? 0))).toBe(found?.quote)
  })

  it('does not cut words', () => {
    expect(locateQuote('центр', 'центральный орган')).toBeNull()
    expect(locateQuote('8', '8583')).toBeNull()
  })
})
