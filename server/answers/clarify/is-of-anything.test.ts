import { expect, it } from 'vitest'
import { isOfNothing } from './is-of-anything.ts'

it.each([
  ['какой срок', true],
  ['Что делать?', true],
  ['какие документы нужны', true],
  ['құжаттар керек пе', true],
  ['какой срок хранения записей', false],
  ['что делать с жалобой', false],
  ['сколько ждать оператора', false],
  ['какая погода завтра', false],
  ['кто такой услугополучатель', false],
  ['что такое государственная услуга', false],
  ['срок рассмотрения заявления', false],
  ['основания для отказа в оказании государственной услуги', false],
  ['как получить справку', false],
  ['өтінішті қанша күн қарайды', false],
])('%s: whether it says nothing of what it is about', (question, isNothing) => {
  expect(isOfNothing(question)).toBe(isNothing)
})
