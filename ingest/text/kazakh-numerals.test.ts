import { expect, it } from 'vitest'
import { readKazakhNumerals } from './kazakh-numerals.ts'

it.each([
  ['екі', 2, 1],
  ['он бес күн', 15, 2],
  ['он бестен', 15, 2],
  ['жүз елу', 150, 2],
  ['екі жүз елу', 250, 3],
  ['екі мың', 2000, 2],
  ['екі мың бес жүз', 2500, 4],
  ['мың екі жүз отыз', 1230, 4],
  ['жүз екі', 102, 2],
  ['нөл', 0, 1],
  ['сегізінші', 8, 1],
  ['алтыншы', 6, 1],
  ['жиырмасыншы', 20, 1],
  ['екінші', 2, 1],
  ['бес алты', 5, 1],
  ['отыздан кейін', 30, 1],
  ['онда', null, 0],
  ['бірге', null, 0],
  ['оның', null, 0],
])('«%s»', (text, value, taken) => {
  expect(readKazakhNumerals(text.split(' '))).toEqual(value === null ? null : { value, taken })
})
