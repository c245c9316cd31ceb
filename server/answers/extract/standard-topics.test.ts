import { describe, expect, it } from 'vitest'
import type { Lang } from '#server/context.ts'
import { expectedAnswer } from '../expected-answer.ts'
import { topicOfRow, topicsOfQuestion } from './standard-topics.ts'

describe('what a row of a list of requirements tells', () => {
  it.each<[string, Lang, string]>([
    ['Наименование услугодателя\nДепартаменты юстиции', 'ru', 'provider'],
    ['Срок оказания государственной услуги\n15 календарных дней', 'ru', 'term'],
    ['Размер оплаты, взимаемой с услугополучателя\nбесплатно', 'ru', 'fee'],
    ['график работы услугодателя\nс 9.00', 'ru', 'hours'],
    ['Перечень документов и сведений, истребуемых у услугополучателя\n1) заявление', 'ru', 'documents'],
    ['Основания для отказа в оказании государственной услуги\n1) неполный пакет', 'ru', 'refusal'],
    ['Иное\nтекст', 'ru', 'other'],
    ['Мемлекеттiк қызмет көрсету мерзiмi\n15 (он бес) жұмыс күні', 'kk', 'term'],
    ['Көрсетілетін қызметті берушінің жұмыс кестесі\nсағат 9.00', 'kk', 'hours'],
    ['Мемлекеттік қызмет көрсетуден бас тарту үшін негіздемелер\n1) құжаттар', 'kk', 'refusal'],
  ])('«%s» (%s) is of %s', (text, lang, topic) => {
    expect(topicOfRow(text, lang)).toBe(topic)
  })
})

describe('what a question may ask of a service', () => {
  it.each<[string, Lang, string[]]>([
    ['сколько стоит лицензия адвоката', 'ru', ['fee']],
    ['за сколько дней выдают лицензию', 'ru', ['term']],
    ['какие документы нужны на лицензию', 'ru', ['documents']],
    ['принёс не все бумаги на регистрацию, примут?', 'ru', []],
    ['сколько дней рассматривают жалобу', 'ru', []],
    ['адвокат лицензиясы қанша тұрады', 'kk', ['fee']],
    ['лицензияны неше күнде береді', 'kk', ['term']],
    ['шағымды неше күнде қарайды', 'kk', []],
  ])('«%s» (%s): %j', (question, lang, topics) => {
    expect(topicsOfQuestion(question, lang, expectedAnswer(question, lang))).toEqual(topics)
  })
})
