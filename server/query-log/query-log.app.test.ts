import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { queryRows } from '#server/db/database.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { sql } from 'drizzle-orm'

let t: TestApp
let time = new Date('2026-11-24T05:10:00Z')
beforeAll(async () => {
  t = await testApp({ now: () => time })
})
afterAll(() => t.close())

const Found = z.object({ queryId: z.string(), hits: z.array(z.object({ passageId: z.string() })) })
const Logged = z.object({
  items: z.array(
    z.looseObject({
      key: z.string(),
      lang: z.string(),
      text: z.string(),
      times: z.number(),
      examples: z.array(z.string()),
      taskId: z.string().nullable(),
    }),
  ),
  counts: z.record(z.string(), z.number()),
})
const type = async (text: string) =>
  Found.parse(await (await t.get(`/api/v1/search?q=${encodeURIComponent(text)}`)).json())
const listed = async (list: string) =>
  Logged.parse(await (await t.get(`/api/v1/query-log?list=${list}`, 'editor')).json()).items
const usedRows = () =>
  queryRows<Record<string, unknown>>(t.ctx.db, sql`select * from search_query_passage order by use`)
const rows = () => queryRows<Record<string, unknown>>(t.ctx.db, sql`select * from search_query order by id`)

it('keystrokes are one query, with what was opened; nobody’s name, number or time stands in it', async () => {
  for (const text of ['сро', 'срок отв', 'срок ответа']) await type(text)
  const last = await type('срок ответа на письмо, ИИН 900101300017')
  const passageId = last.hits[0]?.passageId ?? expect.fail('no hit')
  const use = { queryId: last.queryId, action: 'opened', passageId }
  expect((await t.post('/api/v1/query-log/uses', use)).status).toBe(200)
  expect((await t.post('/api/v1/query-log/uses', { ...use, action: 'copied' })).status).toBe(200)
  await t.deps.queryLog.settle()
  const all = await rows()
  expect(all).toMatchObject([{ text: 'срок ответа на письмо, иин [иин-1]', failed: false, hour: 10 }])
  expect(await usedRows()).toEqual(
    ['copied', 'opened'].map((of) => ({ query_id: last.queryId, passage_id: passageId, use: of, place: 1 })),
  )
  expect(Number(all[0]?.['confidence'])).toBeGreaterThan(0)
  expect(JSON.stringify(all)).not.toContain('900101300017')
  expect(await listed('frequent')).toMatchObject([{ times: 1, opened: 1 }])
})

it('editors see which passages were opened after which question, where they had stood, and what answers cite', async () => {
  const first = await type('запись разговора')
  const third = first.hits[2]?.passageId ?? expect.fail('no third hit')
  // Settled before anything is opened: its list is remembered.
  await t.deps.queryLog.settle()
  for (const passageId of [third, third, 'psg_unknown1'])
    await t.post('/api/v1/query-log/uses', { queryId: first.queryId, action: 'opened', passageId })
  const again = await type('разговора запись')
  const second = again.hits[1]?.passageId ?? expect.fail('no second hit')
  await t.post('/api/v1/query-log/uses', { queryId: again.queryId, action: 'opened', passageId: second })
  t.ctx.queries.asked({
    text: 'запись разговоров',
    isAnswered: true,
    citations: 1,
    degraded: false,
    cited: [third, third],
  })
  await t.deps.queryLog.settle()
  const [item] = await listed('opened-low')
  expect(item).toMatchObject({ times: 3, opened: 2, place: 2.5 })
  expect(item?.['passages']).toMatchObject([
    { passageId: third, opened: 1, cited: 1, place: 3 },
    { passageId: second, opened: 1, cited: 0, place: 2 },
  ])
  const answer = (await (await t.get('/api/v1/query-log?list=frequent', 'editor')).json()) as { places: unknown }
  expect(answer.places).toEqual({ found: 3, opened: 3, first: 1, second: 2, lower: 0, unknown: 0 })
})

it('a question that fails in three different hours, in any words’ order, becomes one task; dismissed, none', async () => {
  const texts = ['ксилофон аренда', 'аренда ксилофона', 'аренда ксилофонов']
  const ask = async (hours: number) => {
    for (let hour = 0; hour < hours; hour += 1) {
      time = new Date(time.getTime() + 3_600_000)
      // Twice in the hour is once.
      for (const text of [texts[hour % 3] ?? '', texts[hour % 3] ?? '']) {
        t.ctx.queries.asked({ text, isAnswered: false, citations: 0, degraded: false, cited: [] })
        await t.deps.queryLog.settle()
      }
    }
  }
  const gaps = () =>
    queryRows<{ title: string; state: string }>(
      t.ctx.db,
      sql`select title, state from editorial_task where kind = 'gap'`,
    )
  await ask(2)
  expect(await gaps()).toEqual([])
  await ask(3)
  expect(await gaps()).toMatchObject([{ state: 'open' }])
  const [item] = await listed('not-answered')
  expect(item).toMatchObject({ times: 10, taskId: expect.stringMatching(/^tsk_/) })
  const key = { key: item?.key, lang: item?.lang }
  const counts = async () => Logged.parse(await (await t.get('/api/v1/query-log?list=tasked', 'editor')).json()).counts
  expect(await counts()).toMatchObject({ tasked: 1, 'not-answered': 1, 'nothing-found': 0, closed: 0 })
  // Another language has its own list, and other wordings are examples of the same question.
  expect(await listed('not-answered&lang=kk')).toEqual([])
  expect([item?.text, ...(item?.examples ?? [])].toSorted()).toEqual(texts.toSorted())
  expect((await t.post('/api/v1/query-log/dismissals', key, 'editor')).status).toBe(400)
  const why = { ...key, reason: 'Спрашивают не у нас' }
  expect((await t.post('/api/v1/query-log/dismissals', why, 'editor')).status).toBe(200)
  expect(await gaps()).toMatchObject([{ state: 'done' }])
  expect(await listed('not-answered')).toEqual([])
  expect(await listed('closed')).toMatchObject([{ text: item?.text, closed: { reason: why.reason } }])
  expect((await t.post('/api/v1/query-log/reopenings', key, 'editor')).status).toBe(200)
  expect((await t.post('/api/v1/query-log/reopenings', key, 'editor')).status).toBe(404)
  expect(await listed('not-answered')).toHaveLength(1)
  expect((await t.post('/api/v1/query-log/dismissals', why, 'editor')).status).toBe(200)
  await ask(3)
  expect(await gaps()).toHaveLength(1)
  expect((await t.post('/api/v1/query-log/tasks', key, 'supervisor')).status).toBe(200)
  expect((await gaps()).map(({ state }) => state).sort()).toEqual(['done', 'open'])
  expect(await listed('not-answered')).toMatchObject([{ taskId: expect.stringMatching(/^tsk_/) }])
})

it('what nobody finds stands in its list, for editors alone, and old rows go', async () => {
  await type('zzqqxx')
  await t.deps.queryLog.settle()
  expect(await listed('nothing-found')).toMatchObject([{ text: 'zzqqxx', failures: 1 }])
  expect((await t.get('/api/v1/query-log?list=frequent', 'operator')).status).toBe(403)
  expect((await t.post('/api/v1/query-log/tasks', { key: 'нет такого', lang: 'ru' }, 'editor')).status).toBe(404)
  time = new Date(time.getTime() + 200 * 86_400_000)
  expect(await t.deps.queryLog.forget()).toBeGreaterThan(0)
  expect(await rows()).toEqual([])
  expect(await usedRows()).toEqual([])
})
