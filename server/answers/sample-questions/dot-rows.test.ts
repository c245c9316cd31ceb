import { expect, it } from 'vitest'
import { dotRows } from './dot-rows.ts'

it.each([0, 1, 3, 4, 5, 8, 11])('each of %i rows is multiplied, those left over by fours too', (rows) => {
  const vector = Float32Array.from([1, -2, 3])
  const matrix = Float32Array.from({ length: rows * 3 }, (_, at) => at)
  expect([...dotRows(matrix, vector)]).toEqual(
    Array.from({ length: rows }, (_, row) => row * 3 - 2 * (row * 3 + 1) + 3 * (row * 3 + 2)),
  )
})
