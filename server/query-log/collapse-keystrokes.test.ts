import { expect, test } from 'vitest'
import { settled, typeOn, type Typed } from './collapse-keystrokes.ts'

/** Texts with the seconds that each stands; what is written in the end. */
const written = (texts: readonly (readonly [string, number])[]): string[] => {
  let typed: Typed<null> | null = null
  let now = 0
  const all: string[] = []
  for (const [text, seconds] of texts) {
    const next: ReturnType<typeof typeOn<null>> = typeOn(typed, { text, search: null, at: now })
    all.push(...next.done.map((one) => one.text))
    typed = next.typed
    now += seconds * 1000
  }
  if (typed !== null) all.push(...settled(typed, now).map(({ text }) => text))
  return all
}

test.each([
  [
    'letter by letter',
    [
      ['сро', 0.2],
      ['срок от', 0.2],
      ['срок ответа', 10],
    ],
    ['срок ответа'],
  ],
  [
    'a pause in between',
    [
      ['срок', 3],
      ['срок ответа', 10],
    ],
    ['срок ответа'],
  ],
  [
    'a letter too many erased',
    [
      ['спраав', 0.2],
      ['спра', 0.2],
      ['справка', 10],
    ],
    ['справка'],
  ],
  [
    'erased after looking at it',
    [
      ['справка о несудимости', 5],
      ['с', 0.1],
      ['св', 0.1],
      ['связь с оператором', 10],
    ],
    ['справка о несудимости', 'связь с оператором'],
  ],
  [
    'erased word by word',
    [
      ['адрес цон', 4],
      ['адрес', 0.3],
      ['телефон цон', 10],
    ],
    ['адрес цон', 'телефон цон'],
  ],
  [
    'made broader, looked at, left',
    [
      ['адрес цон астана', 4],
      ['адрес цон', 10],
    ],
    ['адрес цон астана', 'адрес цон'],
  ],
  [
    'erased and left',
    [
      ['адрес цон', 4],
      ['адр', 1],
    ],
    ['адрес цон'],
  ],
  [
    'spelt right in the middle',
    [
      ['срок отвта на письмо', 4],
      ['срок ответа на письмо', 10],
    ],
    ['срок ответа на письмо'],
  ],
  [
    'another number',
    [
      ['приложение 1', 4],
      ['приложение 2', 10],
    ],
    ['приложение 1', 'приложение 2'],
  ],
  [
    'replaced at once',
    [
      ['адрес цон', 0.5],
      ['паспорт', 10],
    ],
    ['адрес цон', 'паспорт'],
  ],
  [
    'erased to nothing of it and typed again',
    [
      ['паспорт', 3],
      ['п', 0.1],
      ['паспорт срок', 10],
    ],
    ['паспорт срок'],
  ],
] as const)('%s', (_, texts, queries) => {
  expect(written(texts)).toEqual(queries)
})
