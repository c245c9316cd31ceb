import { describe, expect, it } from 'vitest'
import { expectedAnswer, holdsExpected } from './expected-answer.ts'

describe('expectedAnswer', () => {
  it.each([
    ['в какой срок отвечают на письмо', 'duration'],
    ['Сколько рабочих дней даётся на ответ?', 'duration'],
    ['за сколько дней ответят', 'duration'],
    ['как быстро обновляют данные', 'duration'],
    ['отчёт по услугам: срок', 'duration'],
    ['до какого числа сдают отчёт', 'day'],
    ['сколько длится обучение', 'length'],
    ['какой срок хранения записей', 'length'],
    ['когда включается система', 'when'],
    ['как часто отчитываются', 'frequency'],
    ['вы работаете ночью?', 'schedule'],
    ['можно ли позвонить в воскресенье', 'schedule'],
    ['по какому номеру звонить', 'phone'],
    ['какой у вас e-mail', 'email'],
    ['на какой адрес слать электронное письмо', 'email'],
    ['сколько стоит звонок', 'money'],
    ['какая зарплата у оператора', 'amount'],
    ['где находится контакт-центр', 'place'],
    ['кто директор контакт-центра', 'name'],
    ['кто подписывает протокол', 'actor'],
    ['сколько баллов в шкале', 'count'],
    ['что такое база знаний', 'definition'],
    ['кто такой услугополучатель', 'definition'],
    ['какие задачи у контакт-центра', 'list'],
    ['вправе ли услугополучатель оценить консультацию', 'yes-no'],
    ['как регистрируют обращения', 'open'],
  ])('«%s» asks for: %s', (question, kind) => {
    expect(expectedAnswer(question).kind).toBe(kind)
  })

  it('names the noun that is asked about', () => {
    const question = 'На каком языке составляется протокол?'
    const { focus } = expectedAnswer(question)
    expect(question.slice(focus?.[0], focus?.[1])).toBe('языке')
  })
})

describe('holdsExpected', () => {
  it.each([
    ['duration', 'в течение двух рабочих дней', 1],
    ['duration', 'не позднее следующего рабочего дня', 1],
    ['duration', 'осуществляет круглосуточное сопровождение', 0],
    ['day', 'ежемесячно к пятому числу месяца', 1],
    ['phone', 'на номера: 1414, 8 800 080 7777', 1],
    ['phone', 'зарегистрирован за № 8555', 0],
    ['phone', 'от 26 июня 2013 года', 0],
    ['email', 'на адрес support@goscorp.kz', 1],
    ['money', 'на бесплатные телефонные номера', 1],
    ['money', 'проводит обучение операторов', 0],
    ['place', 'на адрес электронной почты', 0],
  ] as const)('%s in «%s»: %d', (kind, text, expected) => {
    expect(holdsExpected(kind, text)).toBe(expected)
  })
})
