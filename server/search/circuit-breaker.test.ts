import { expect, it } from 'vitest'
import { BreakerOpen, createCircuitBreaker } from './circuit-breaker.ts'

const fails = async (): Promise<never> => {
  throw new Error('no answer')
}

it('opens after failures in a row, lets one call try later, and closes when that goes well', async () => {
  let time = 0
  const changes: string[] = []
  const breaker = createCircuitBreaker({
    name: 'engine',
    failures: 2,
    openMs: 100,
    now: () => new Date(time),
    onChange: ({ state }) => changes.push(state),
  })
  await expect(breaker.run(fails)).rejects.toThrow('no answer')
  expect(await breaker.run(async () => 1)).toBe(1)
  await expect(breaker.run(fails)).rejects.toThrow('no answer')
  expect(breaker.state().state).toBe('closed')
  await expect(breaker.run(fails)).rejects.toThrow('no answer')
  expect(breaker.state()).toMatchObject({ state: 'open', lastFailure: 'no answer' })
  let asked = 0
  await expect(breaker.run(async () => (asked += 1))).rejects.toThrow(BreakerOpen)
  expect(asked).toBe(0)

  time = 100
  let letGo = (): void => {}
  const probe = breaker.run(() => new Promise<string>((resolve) => (letGo = () => resolve('well'))))
  await expect(breaker.run(async () => 1)).rejects.toThrow(BreakerOpen)
  letGo()
  expect(await probe).toBe('well')
  expect(breaker.state()).toMatchObject({ state: 'closed', lastFailure: null })
  expect(changes).toEqual(['open', 'half-open', 'closed'])
})

it('opens again when the try fails', async () => {
  let time = 0
  const breaker = createCircuitBreaker({ name: 'engine', failures: 1, openMs: 10, now: () => new Date(time) })
  await expect(breaker.run(fails)).rejects.toThrow('no answer')
  time = 10
  await expect(breaker.run(fails)).rejects.toThrow('no answer')
  await expect(breaker.run(async () => 1)).rejects.toThrow(BreakerOpen)
})

it('is not closed by a call that was begun before it opened', async () => {
  const breaker = createCircuitBreaker({ name: 'engine', failures: 1, openMs: 100, now: () => new Date(0) })
  let letGo = (): void => {}
  const early = breaker.run(() => new Promise<string>((resolve) => (letGo = () => resolve('late'))))
  await expect(breaker.run(fails)).rejects.toThrow('no answer')
  letGo()
  expect(await early).toBe('late')
  expect(breaker.state()).toMatchObject({ state: 'open', lastFailure: 'no answer' })
  await expect(breaker.run(async () => 1)).rejects.toThrow(BreakerOpen)
})

it('lets another call try where the first never ends, and does not hear the first any more', async () => {
  let time = 0
  const breaker = createCircuitBreaker({
    name: 'engine',
    failures: 1,
    openMs: 100,
    probeMs: 1000,
    now: () => new Date(time),
  })
  await expect(breaker.run(fails)).rejects.toThrow('no answer')
  time = 100
  let giveUp = (): void => {}
  const stuck = breaker.run(() => new Promise<never>((_, reject) => (giveUp = () => reject(new Error('at last')))))
  time = 1099
  await expect(breaker.run(async () => 1)).rejects.toThrow(BreakerOpen)
  time = 1100
  expect(await breaker.run(async () => 1)).toBe(1)
  giveUp()
  await expect(stuck).rejects.toThrow('at last')
  expect(breaker.state()).toMatchObject({ state: 'closed', lastFailure: null })
})

it('counts the calls that one stall fails as one failure', async () => {
  const breaker = createCircuitBreaker({ name: 'engine', failures: 2, now: () => new Date(0) })
  const stall = async (): Promise<void> => {
    let giveUp = (): void => {}
    const stalled = new Promise<never>((_, reject) => (giveUp = () => reject(new Error('too slow'))))
    const together = [1, 2, 3].map(() => breaker.run(() => stalled))
    giveUp()
    for (const call of together) await expect(call).rejects.toThrow('too slow')
  }
  await stall()
  expect(breaker.state().state).toBe('closed')
  await stall()
  expect(breaker.state().state).toBe('open')
})
