import { describe, expect, it } from 'vitest'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { createQuestionMatcher } from './question-matcher.ts'

const matcher = createQuestionMatcher(await readLanguageData('content'))
const likeness = (asked: string, sample: string) =>
  matcher.likeness(matcher.prepare(asked, 'ru'), matcher.prepare(sample, 'ru'))

describe('likeness of questions', () => {
  it.each([
    ['куда слать имейл', 'на какую почту вам писать', 'сколько ждать ответа по телефону'],
    ['в наурыз отдыхаете?', 'работаете ли вы в праздники', 'за сколько дней отвечают на письмо'],
    [
      'приказ поменяли, когда прислать свежие данные',
      'акт изменили, в какой срок обновить сведения',
      'кто подписывает протокол',
    ],
    [
      'сотрудник уволился, кого предупредить',
      'ответственного заменили, за сколько дней сообщить',
      'работаете ли вы ночью',
    ],
  ])('«%s» is more like «%s» than «%s»', (asked, near, far) => {
    expect(likeness(asked, near)).toBeGreaterThan(likeness(asked, far))
  })

  it('is the same whoever was compared before', () => {
    const asked = ['в наурыз отдыхаете?', 'сколько ждать ответа на письмо', '№ 5 и 12 345'].map((text) =>
      matcher.prepare(text, 'ru'),
    )
    const texts = ['работаете ли вы в праздники', 'за сколько дней отвечают на письмо', 'кто подписывает протокол № 5']
    const kept = texts.map((text) => matcher.prepare(text, 'ru'))
    const anew = (one: (typeof asked)[number]) =>
      texts.map((text) => matcher.likeness(one, matcher.prepare(text, 'ru')))
    for (const one of [...asked, ...asked.toReversed()])
      expect(kept.toReversed().map((sample) => matcher.likeness(one, sample))).toEqual(anew(one).toReversed())
  })

  it('is one for the same question and nothing for words that nobody knows', () => {
    expect(likeness('за сколько дней отвечают на письмо', 'за сколько дней отвечают на письмо')).toBeGreaterThan(0.95)
    expect(likeness('ъъъ', 'за сколько дней отвечают на письмо')).toBeLessThan(0.1)
    expect(likeness('', 'за сколько дней отвечают на письмо')).toBe(0)
  })

  it('is less where another kind of answer is asked for', () => {
    expect(likeness('сколько дней отвечают на письмо', 'кто отвечает на письмо')).toBeLessThan(
      likeness('сколько дней отвечают на письмо', 'за сколько дней отвечают на письмо'),
    )
  })
})
