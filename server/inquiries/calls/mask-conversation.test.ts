import { describe, expect, it, test } from 'vitest'
import { HOSTILE_TEXTS } from '#test/hostile-texts.ts'
import { maskConversation } from './mask-conversation.ts'

const textsOf = (stretches: readonly { id: string; text: string }[]): string[] => {
  const found = maskConversation(stretches)
  return stretches.map(({ id }) => found.get(id)?.text ?? '')
}

describe('in one stretch', () => {
  test.each([
    ['меня зовут айгуль, какой срок ответа на письмо', 'меня зовут [имя-1], какой срок ответа на письмо'],
    ['мой иин 900101 300123', 'мой иин [ИИН-1]'],
    ['запишите 8701 1234567', 'запишите [телефон-1]'],
    ['записывайте 900101', 'записывайте [номер]'],
    ['300123 вот', '[номер] вот'],
    ['восемь семьсот один сто двадцать три сорок пять шестьдесят семь', '[номер]'],
    ['нөмірім сегіз жеті жүз бір жүз жиырма үш қырық бес', 'нөмірім [номер]'],
    ['позвоните на 8 800 080 7777', 'позвоните на 8 800 080 7777'],
    ['пошлина 1 000 000 тенге', 'пошлина 1 000 000 тенге'],
    ['в течение двух рабочих дней', 'в течение двух рабочих дней'],
    ['приказ 368 от 04.10.2022', 'приказ 368 от 04.10.2022'],
  ])('%s', (said, hidden) => {
    expect(textsOf([{ id: '0', text: said }])).toEqual([hidden])
  })
})

/** What was said, stretch by stretch, and what is kept of it. */
const TALKS: [name: string, ...stretches: [said: string, kept: string][]][] = [
  [
    'an ИИН in words, cut after three',
    ['мой иин девятьсот сто один', 'мой иин [номер]'],
    ['триста сто двадцать три и где справка', '[номер] и где справка'],
  ],
  [
    'an ИИН in digits, cut in halves that are none',
    ['запишите 90010', 'запишите [номер]'],
    ['1300 017 куда подавать', '[номер] куда подавать'],
  ],
  [
    'a phone in Kazakh words',
    ['нөмірім сегіз жеті жүз', 'нөмірім [номер]'],
    ['бір жүз жиырма үш қырық бес', '[номер]'],
  ],
  [
    'a name after its introduction',
    ['здравствуйте меня зовут', 'здравствуйте меня зовут'],
    ['айгуль какой срок ответа', '[имя] какой срок ответа'],
  ],
  [
    'a number that is whole is no business of the next stretch',
    ['мой иин 900101300017', 'мой иин [ИИН-1]'],
    ['в какой срок ответят', 'в какой срок ответят'],
  ],
  [
    'a number that is whole, and a sum',
    ['мой иин 900101300017', 'мой иин [ИИН-1]'],
    ['двести тридцать тенге', 'двести тридцать тенге'],
  ],
  [
    'a phone that is whole, and a number of a point',
    ['мой номер 87011234567', 'мой номер [телефон-1]'],
    ['368 приказ', '368 приказ'],
  ],
  [
    'the last word of a number',
    ['восемь семьсот один сто двадцать три', '[номер]'],
    ['сорок и где справка', '[номер] и где справка'],
  ],
  [
    'the last digits of a number',
    ['запишите 870112', 'запишите [номер]'],
    ['34 и где справка', '[номер] и где справка'],
  ],
  [
    'digits and words of one number',
    ['запишите 870112', 'запишите [номер]'],
    ['тридцать четыре 56', '[номер]'],
    ['7 и где справка', '[номер] и где справка'],
  ],
  [
    'a number, and how many questions there are',
    ['мой номер восемь семьсот один сто двадцать три', 'мой номер [номер]'],
    ['два вопроса у меня', 'два вопроса у меня'],
  ],
  [
    'a number in digits, and a term',
    ['запишите 870112', 'запишите [номер]'],
    ['пять рабочих дней', 'пять рабочих дней'],
  ],
  ['a number, and a term in digits', ['запишите 870112', 'запишите [номер]'], ['15 дней жду', '15 дней жду']],
  [
    'a number, and a term of two words',
    ['запишите 870112', 'запишите [номер]'],
    ['двадцать пять дней жду', 'двадцать пять дней жду'],
  ],
  ['a number, and a sum', ['запишите 870112', 'запишите [номер]'], ['1500 тенге списали', '1500 тенге списали']],
  [
    'a number in Kazakh words, and a count',
    ['нөмірім сегіз жеті жүз бір он', 'нөмірім [номер]'],
    ['екі сұрағым бар', 'екі сұрағым бар'],
  ],
  [
    'a number that was masked before, and a count',
    ['мой номер [номер]', 'мой номер [номер]'],
    ['два вопроса у меня', 'два вопроса у меня'],
  ],
  [
    'the last word of a number, and a pause',
    ['запишите 870112', 'запишите [номер]'],
    ['сорок', '[номер]'],
    ['два вопроса', 'два вопроса'],
  ],
  [
    'the last word of a number, and a comma',
    ['запишите 870112', 'запишите [номер]'],
    ['сорок, есть вопрос', '[номер], есть вопрос'],
  ],
  [
    'the last digits of a number, and what to do with it',
    ['запишите 870112', 'запишите [номер]'],
    ['34 запишите', '[номер] запишите'],
  ],
  [
    'many digits before a word',
    ['запишите 90010', 'запишите [номер]'],
    ['13000 справка нужна', '[номер] справка нужна'],
  ],
  [
    'a term and then another number',
    ['в течение двух рабочих дней', 'в течение двух рабочих дней'],
    ['или трёх', 'или трёх'],
  ],
  [
    'an order with its number and day',
    ['приказ 368', 'приказ 368'],
    ['от 04.10.2022 действует', 'от 04.10.2022 действует'],
  ],
  ['a number and a day', ['запишите 870112', 'запишите [номер]'], ['04.10.2022 подал', '04.10.2022 подал']],
  ['a sum', ['пошлина 1 000', 'пошлина 1 000'], ['000 тенге', '000 тенге']],
  [
    'three breaths',
    ['иин девятьсот', 'иин [номер]'],
    ['сто один', '[номер]'],
    ['триста сто двадцать вот', '[номер] вот'],
  ],
  [
    'the rest of a number whose other part was masked before',
    ['мой иин девятьсот сто', 'мой иин [номер]'],
    ['[номер] и где справка', '[номер] и где справка'],
  ],
  [
    'a name with its patronymic over a seam',
    ['меня принимал Иванов Иван', 'меня принимал [имя]'],
    ['Иванович в девятом окне', '[имя] в девятом окне'],
  ],
  ['silence between', ['мой иин девятьсот', 'мой иин девятьсот'], ['', ''], ['где справка', 'где справка']],
]

/** All orders of so many things. */
const ordersOf = (count: number): number[][] =>
  count === 0
    ? [[]]
    : ordersOf(count - 1).flatMap((order) =>
        Array.from({ length: count }, (_, at) => order.toSpliced(at, 0, count - 1)),
      )

describe.each(TALKS)('%s', (_, ...stretches) => {
  it.each([
    ['at once', null] as const,
    ...ordersOf(stretches.length).map((order) => [`one by one: ${order}`, order] as const),
  ])('%s', (__, order) => {
    const kept = stretches.map(([said], at) => ({ id: String(at), text: said, isThere: order === null }))
    // What is stored is masked; it is masked anew with each stretch that comes.
    for (const came of order ?? [0]) {
      if (order !== null) Object.assign(kept[came] ?? {}, { isThere: true })
      const there = kept.filter(({ isThere }) => isThere)
      for (const [at, text] of textsOf(there).entries()) Object.assign(there[at] ?? {}, { text })
    }
    expect(kept.map(({ text }) => text)).toEqual(stretches.map(([, hidden]) => hidden))
  })
})

test('the number of the centre, cut, is nobody’s where it is heard in its order', () => {
  const said = ['я звонил на 8 800', '080 7777 и ждал']
  expect(textsOf(said.map((text, at) => ({ id: String(at), text })))).toEqual(said)
})

// A pattern whose time grows faster than the text would take minutes: the time-out of a test is the assertion.
test.each(HOSTILE_TEXTS)('a conversation of 50,000 characters: %s', (_, text) => {
  const cuts = [0, 10, 20_000, 20_001, 40_000, text.length]
  const stretches = cuts.slice(1).map((to, at) => ({ id: String(at), text: text.slice(cuts[at], to) }))
  expect(textsOf(stretches)).toHaveLength(5)
})
