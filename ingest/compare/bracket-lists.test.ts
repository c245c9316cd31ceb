import { describe, expect, it } from 'vitest'
import { bracketLists } from './bracket-lists.ts'

describe('lists in brackets', () => {
  it.each([
    ['Чек (код, сумма, дата, время) хранится.', 'ru', [4]],
    ['(код, сумма, дата)', 'ru', []],
    ['(данные плательщика, в том числе номер (ИИН, БИН), сумма, код)', 'ru', [4]],
    ['(заявки, удостоверенной ЭЦП, оплаты, лиц, связанных с залогом, согласия)', 'ru', [4]],
    ['(далее – один, два, три, четыре)', 'ru', []],
    ['(бұдан әрі – бір, екі, үш, төрт)', 'kk', []],
    ['(один, два, три, четыре\nи дальше)', 'ru', []],
    ['(бір; екі; үш; төрт; бес)', 'kk', [5]],
  ] as const)('«%s», %s', (text, lang, counts) => {
    expect(bracketLists(text, lang).map(({ items }) => items)).toEqual(counts)
  })
})
