import { afterAll, beforeAll, expect, it } from 'vitest'
import { withdrawVersion } from '#server/articles/withdraw-version.ts'
import { queryRows } from '#server/db/database.ts'
import { inTransaction } from '#server/events/event.ts'
import { createFollowingIndex } from '#server/search/following-index.ts'
import { createInProcessIndex } from '#server/search/in-process-index.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { createSwitchingIndex } from '#server/search/switching-index.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { sql } from 'drizzle-orm'
import { createIndexesOver } from './indexes-over.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

it('keeps an index of what is published now, and makes two at once and no more', async () => {
  const language = await readLanguageData(CONTENT)
  const create = (wanted: typeof language) => createSwitchingIndex(() => createInProcessIndex(wanted))
  const live = createFollowingIndex(language, create, () => Promise.resolve())
  const over = createIndexesOver({ db: t.ctx.db, live, create })
  const proposed = (id: string) => ({ ...language, concepts: [...language.concepts, { id, weight: 1, members: [] }] })

  const [one, two, three] = [proposed('one'), proposed('two'), proposed('three')]
  const making = [over(one), over(two)]
  await expect(over(three)).rejects.toMatchObject({
    code: 'unavailable',
    said: { ru: expect.stringContaining('через') },
  })
  const [first] = await Promise.all(making)
  const before = (await first?.documents())?.length ?? 0
  expect(before).toBeGreaterThan(10)

  const [row] = await queryRows<{ id: string }>(
    t.ctx.db,
    sql`select version_id as id from passage where text like '%двух рабочих дней%' limit 1`,
  )
  const held = async () => {
    const { index } = await over(one)
    const { hits } = await index.search({ text: 'двух рабочих дней', asOf: '2026-11-25', limit: 50, prefix: false })
    return new Set(hits.map(({ passageId }) => passageId))
  }
  const all = await held()
  await inTransaction(t.ctx, (tx) => withdrawVersion(tx, { versionId: row?.id ?? '', reason: 'проверка' }))
  const left = await held()
  expect(left.size).toBeLessThan(all.size)
  expect((await (await over(one)).documents()).length).toBeLessThan(before)
})
