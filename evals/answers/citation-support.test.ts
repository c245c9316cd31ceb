import { expect, it } from 'vitest'
import { citationSupport } from './citation-support.ts'

it.each([
  [
    'a quote of its own',
    { text: 'Срок – 2 рабочих дня.', quotes: ['Срок – 2 рабочих дня.'] },
    { sentences: 1, supported: 1, citations: 1, needed: 1 },
  ],
  [
    'a number that no quote has',
    {
      text: 'Срок составляет 5 рабочих дней со дня регистрации',
      quotes: ['Срок составляет рабочих дней со дня регистрации'],
    },
    { sentences: 1, supported: 0, citations: 1, needed: 0 },
  ],
  [
    'two quotes that support it together',
    { text: 'Жалоба рассматривается в течение пяти дней', quotes: ['Жалоба рассматривается', 'в течение пяти дней'] },
    { sentences: 1, supported: 1, citations: 2, needed: 2 },
  ],
  [
    'a citation that adds nothing',
    { text: 'Услуга оказывается бесплатно', quotes: ['Услуга оказывается бесплатно', 'Портал работает круглосуточно'] },
    { sentences: 1, supported: 1, citations: 2, needed: 1 },
  ],
  [
    'no citation at all',
    { text: 'Услуга бесплатная', quotes: [] },
    { sentences: 1, supported: 0, citations: 0, needed: 0 },
  ],
])('%s', (_, sentence, expected) => {
  expect(citationSupport([sentence])).toEqual(expected)
})
