import { expect, it } from 'vitest'
import { createGate } from './create-gate.ts'

it('lets two run at once, the others in order, also after a failure', async () => {
  const gate = createGate(2)
  let [running, most] = [0, 0]
  const done: number[] = []
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, i) =>
      gate(async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resume) => setImmediate(resume))
        running -= 1
        done.push(i)
        if (i % 3 === 0) throw new Error(String(i))
        return i
      }),
    ),
  )
  expect([most, running]).toEqual([2, 0])
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3)
})
