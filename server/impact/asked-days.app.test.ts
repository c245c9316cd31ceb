import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseSource } from '#ingest/acts/parse-source.ts'
import type { DivisionPlan } from '#ingest/articles/division-plan.ts'
import { actIdOf } from '#server/acts/act-identity.ts'
import { readPlans } from '#server/content/read-plans.ts'
import { amendedRules } from '#test/amended-rules.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { askedDays } from './asked-days.ts'

let t: TestApp
let actId = ''
let plans: DivisionPlan[] = []
let amended: NonNullable<ReturnType<typeof parseSource>['act']>
/** Noon in Almaty on a day after all that is dated here. */
const now = () => new Date('2026-12-10T07:00:00Z')

beforeAll(async () => {
  t = await testApp({ now })
  const { act } = parseSource({ name: 'rules.ru.txt', text: await amendedRules(), lang: 'ru' })
  amended = act ?? expect.fail('the amended Rules are refused')
  actId = actIdOf(amended.requisites)
  plans = (await readPlans(join(CONTENT, 'sources'))).map((plan) => ({
    ...plan,
    publishedOn: { '2022-10-04 368/НҚ': '2022-10-12', '292/НҚ': '2023-07-30' },
  }))
})
afterAll(() => t.close())

const told = (days: Awaited<ReturnType<typeof askedDays>>) =>
  days.map(({ number, publishedOn }) => [number, publishedOn])

test('files give days, by date and number or by number alone; a text that is not stored asks for its own besides', async () => {
  const held = [
    ['83', null],
    ['368/НҚ', '2022-10-12'],
    ['292/НҚ', '2023-07-30'],
  ]
  expect(told(await askedDays(t.ctx, actId, plans))).toEqual(held)
  expect(told(await askedDays(t.ctx, actId, plans, amended))).toEqual([...held, ['8', null]])
  // A plan of another act has no say.
  const others = plans.map((plan) => ({ ...plan, act: '1' }))
  expect(told(await askedDays(t.ctx, actId, others)).map(([, day]) => day)).toEqual([null, null, null])
})

test('an act that is not held has a list only with its text', async () => {
  await expect(askedDays(t.ctx, 'act_none', plans)).rejects.toMatchObject({ code: 'not-found' })
  expect(told(await askedDays(t.ctx, 'act_none', [], amended)).map(([number]) => number)).toContain('8')
})

test('every day that the page asks for may be given, wins over files, and no other', async () => {
  interface Days {
    items: { date: string; number: string; publishedOn: string | null; notes: number }[]
  }
  const path = `/api/v1/acts/${actId}/publication-days`
  const put = async (days: unknown) =>
    t.app.request(path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...(await t.as('editor')) },
      body: JSON.stringify({ days, reason: 'Казахстанская правда' }),
    })
  const { items } = (await (await t.get(path, 'editor')).json()) as Days
  expect(items.map(({ number }) => number)).toEqual(['83', '368/НҚ', '292/НҚ'])
  const given = items.map(({ date, number }) => ({ date, number, publishedOn: date }))
  expect((await put([...given, { date: '2026-11-02', number: '8', publishedOn: '2026-11-10' }])).status).toBe(400)
  const done = await put(given)
  expect(done.status).toBe(200)
  expect(((await done.json()) as Days).items.map(({ publishedOn }) => publishedOn)).toEqual(
    items.map(({ date }) => date),
  )
  expect(told(await askedDays(t.ctx, actId, plans))[1]).toEqual(['368/НҚ', '2022-10-04'])
})

test('what an import tells after it has stored the text counts each note once', async () => {
  const data = new FormData()
  data.set('file', new File([await amendedRules()], 'contact-centre-rules.ru.txt'))
  const response = await t.app.request('/api/v1/act-imports', {
    method: 'POST',
    headers: await t.as('editor'),
    body: data,
  })
  const { imported } = (await response.json()) as {
    imported: { publicationDays: { number: string; notes: number }[] }
  }
  expect(imported.publicationDays.find(({ number }) => number === '8')?.notes).toBe(1)
})
