import { expect, test } from 'vitest'
import { maskConversation } from './mask-conversation.ts'

const masked = (...texts: string[]): string[] => {
  const found = maskConversation(texts.map((text, at) => ({ id: String(at), text })))
  return texts.map((_, at) => found.get(String(at))?.text ?? '')
}

test.each([
  {
    name: 'an ИИН in words, cut after three',
    said: ['мой иин девятьсот сто один', 'триста сто двадцать три и где справка'],
    hidden: ['мой иин [номер]', '[номер] и где справка'],
  },
  {
    name: 'an ИИН in digits, cut in halves that are none',
    said: ['запишите 90010', '1300 017 куда подавать'],
    hidden: ['запишите [номер]', '[номер] куда подавать'],
  },
  {
    name: 'a phone in Kazakh words',
    said: ['нөмірім сегіз жеті жүз', 'бір жүз жиырма үш қырық бес'],
    hidden: ['нөмірім [номер]', '[номер]'],
  },
  {
    name: 'a name after its introduction',
    said: ['здравствуйте меня зовут', 'айгуль какой срок ответа'],
    hidden: ['здравствуйте меня зовут', '[имя] какой срок ответа'],
  },
  {
    name: 'a number that is whole in one stretch is no business of the next one',
    said: ['мой иин 900101300017', 'в какой срок ответят'],
    hidden: ['мой иин [ИИН-1]', 'в какой срок ответят'],
  },
  {
    name: 'a term and then another number',
    said: ['в течение двух рабочих дней', 'или трёх'],
    hidden: ['в течение двух рабочих дней', 'или трёх'],
  },
  {
    name: 'the number of the centre, cut',
    said: ['я звонил на 8 800', '080 7777 и ждал'],
    hidden: ['я звонил на 8 800', '080 7777 и ждал'],
  },
  {
    name: 'an order with its number and day',
    said: ['приказ 368', 'от 04.10.2022 действует'],
    hidden: ['приказ 368', 'от 04.10.2022 действует'],
  },
  {
    name: 'a sum',
    said: ['пошлина 1 000', '000 тенге'],
    hidden: ['пошлина 1 000', '000 тенге'],
  },
  {
    name: 'three breaths',
    said: ['иин девятьсот', 'сто один', 'триста сто двадцать вот'],
    hidden: ['иин [номер]', '[номер]', '[номер] вот'],
  },
  {
    name: 'the rest of a number whose other part was masked before',
    said: ['мой иин девятьсот сто', '[номер] и где справка'],
    hidden: ['мой иин [номер]', '[номер] и где справка'],
  },
  {
    name: 'a name with its patronymic over a seam',
    said: ['меня принимал Иванов Иван', 'Иванович в девятом окне'],
    hidden: ['меня принимал [имя]', '[имя] в девятом окне'],
  },
  {
    name: 'silence between',
    said: ['мой иин девятьсот', '', 'где справка'],
    hidden: ['мой иин девятьсот', '', 'где справка'],
  },
])('$name', ({ said, hidden }) => {
  expect(masked(...said)).toEqual(hidden)
})
