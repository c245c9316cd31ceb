import { expect, it } from 'vitest'
import { createRecentMemory } from './recent-memory.ts'

it('keeps what is asked for and stays within twice its limit', () => {
  const memory = createRecentMemory<number>(10)
  memory.set('often', -1)
  for (let number = 0; number < 1000; number += 1) {
    memory.set(String(number), number)
    expect(memory.get('often')).toBe(-1)
  }
  const held = Array.from({ length: 1000 }, (_, number) => memory.get(String(number))).filter(
    (one) => one !== undefined,
  )
  expect(held.length).toBeGreaterThanOrEqual(9)
  expect(held.length).toBeLessThanOrEqual(20)
  expect(memory.get('999')).toBe(999)
})
