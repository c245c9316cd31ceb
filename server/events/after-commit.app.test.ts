import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '#test/harness.ts'
import { afterCommit, inTransaction } from './event.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp({ content: false })
})
afterAll(() => t.close())

test('what waits for a commit runs after the outermost one, and never where it was undone', async () => {
  const ran: string[] = []
  const note = (what: string) => () => {
    ran.push(what)
  }
  await inTransaction(t.ctx, async (outer) => {
    await inTransaction(outer, async (inner) => afterCommit(inner, note('inner')))
    afterCommit(outer, note('outer'))
    expect(ran).toEqual([])
  })
  expect(ran).toEqual(['inner', 'outer'])
  const undone = inTransaction(t.ctx, async (outer) => {
    await inTransaction(outer, async (inner) => afterCommit(inner, note('undone')))
    throw new Error('a dry run')
  })
  await expect(undone).rejects.toThrow('a dry run')
  afterCommit(t.ctx, note('outside'))
  expect(ran).toEqual(['inner', 'outer', 'outside'])
})
