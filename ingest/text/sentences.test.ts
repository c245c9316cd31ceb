import { describe, expect, it } from 'vitest'
import { parsedRules } from '../acts/fixtures/small-act.ts'
import { splitSentences } from './sentences.ts'

function sentences(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end))
}

describe('sentences', () => {
  it.each([
    ['Служба отвечает. Ответ бесплатный.', 2],
    ['Служба отвечает! Всегда? Да.', 3],
    ['качество услуг; Доступность услуг; полнота.', 1],
    ['Согласно п. 8 и пп. 4) п. 3 Правил срок один день.', 1],
    ['См. ст. 9 Закона.', 1],
    ['Приказ от 5 мая 2016 г. Астана.', 1],
    ['Принял и.о. Министра Ж. Касымбек.', 1],
    ['Комитету (Қазанғап Т.Б.) обеспечить исполнение.', 1],
    ['Указывается Ф.И.О. Заявителя.', 1],
    ['Справки, отчеты и т.д. Далее служба отвечает.', 2],
    ['Справки и т.п. выдаются.', 1],
    ['Сайт www.gov.kz в сети. Почта support@goscorp.kz.', 2],
    ['В редакции от 04.10.2022 № 368/НҚ. Действует.', 2],
    ['8. Регистрация осуществляется автоматически.', 1],
    ['Номера: 1414, 8 800 080 7777. При обращении ждут.', 2],
    ['Он сказал: "Да." Она ушла.', 2],
    ['Закон (далее – Закон.) Конец.', 2],
    ['Қызмет көрсетіледі. Өтініш тіркеледі. Іс-қимыл.', 3],
    ['м.а. Министр қол қойды.', 1],
    ['Первый абзац\n\nвторой абзац', 2],
    ['Перечень:\n1) первое;\n2) второе.', 3],
    ['Строка \nперенесена. Вторая.', 2],
    ['Что?! Нет… Да.', 3],
    ['', 0],
    ['   ', 0],
  ])('%j: %i', (text, count) => {
    expect(sentences(text)).toHaveLength(count)
  })

  it('of a point of the Rules', () => {
    const point = parsedRules().provisions.find((one) => one.eid === 'chp_2__para_13')?.text ?? ''
    expect(sentences(point)).toEqual([
      'Услугополучатель вправе оценить качество оказанной консультации.',
      'Сразу после окончания разговора с оператором автоматически включается система, которая предлагает оценить работу оператора по пятибальной шкале.',
    ])
  })

  it('leave nothing but white space between them', () => {
    for (const { text } of parsedRules().provisions) {
      let reached = 0
      for (const { start, end } of splitSentences(text)) {
        expect(text.slice(reached, start).trim()).toBe('')
        expect(end).toBeGreaterThan(start)
        reached = end
      }
      expect(text.slice(reached).trim()).toBe('')
    }
  })

  it('are found in a time that grows with the length', () => {
    const start = performance.now()
    for (const text of ['а'.repeat(500_000), '. '.repeat(200_000), 'Т.Б.'.repeat(100_000), '"'.repeat(300_000)])
      splitSentences(text)
    expect(performance.now() - start).toBeLessThan(3000)
  })
})
