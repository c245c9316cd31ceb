import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { AnswerSchema, ComplaintSchema, FeedbackSchema } from '#server/answers/schema.ts'
import type { Role } from '#server/context.ts'
import { event } from '#server/db/schema/events.ts'
import { TaskSchema } from '#server/editorial/schema.ts'
import { testApp, type TestApp } from './harness.ts'

let t: TestApp
let now = new Date('2026-11-25T09:00:00Z')

beforeAll(async () => {
  // As in life, no two moments of a request are the same.
  t = await testApp({ now: () => (now = new Date(now.getTime() + 1)) })
})
afterAll(() => t.close())

const ask = async (question: string) => AnswerSchema.parse(await (await t.post('/api/v1/answers', { question })).json())
const judge = async (id: string, body: unknown, role: Role = 'operator') => {
  now = new Date(now.getTime() + 1000)
  return t.post(`/api/v1/answers/${id}/feedback`, body, role)
}
const tasks = async (state = 'open') => {
  const response = await t.get(`/api/v1/editorial/tasks?state=${state}`, 'editor')
  const { items } = z.object({ items: z.array(TaskSchema) }).parse(await response.json())
  return items.filter(({ kind }) => kind === 'feedback' || kind === 'gap')
}
const judged = (id: string) => t.ctx.db.select().from(event).where(eq(event.subjectId, id)).orderBy(event.at)

it('a wrong answer becomes one task of the cited point, counted and with a way to the record', async () => {
  const first = await ask('в какой срок отвечают на электронное письмо')
  const second = await ask('за сколько дней отвечают на электронную почту')
  expect([first.sentences[0]?.citations[0]?.label, second.sentences[0]?.citations[0]?.label]).toEqual(['п. 8', 'п. 8'])
  expect((await judge(first.answerId, { verdict: 'wrong', reason: 'Не тот срок' })).status).toBe(200)
  expect((await judge(first.answerId, { verdict: 'incomplete', reason: 'Нет номера' }, 'supervisor')).status).toBe(200)
  expect(
    (await judge(second.answerId, { verdict: 'wrong', reason: 'Устарело; звонил ИИН 900101300018' }, 'editor')).status,
  ).toBe(200)
  expect(await tasks()).toMatchObject([
    {
      kind: 'feedback',
      title: expect.stringMatching(/^п\. 8, /u),
      articleId: first.sentences[0]?.citations[0]?.articleId,
      detail: { wrong: 2, incomplete: 1, note: 'Устарело; звонил ИИН [ИИН-1]', answerId: second.answerId },
    },
  ])
})

it('lists every open complaint with its question and record, counts the one that opened the task, and forgets none', async () => {
  const asked = ['до какого числа сдают отчёт о мониторинге качества за месяц', 'когда отправляют отчёт за месяц']
  const [first, second] = [await ask(asked[0] ?? ''), await ask(asked[1] ?? '')]
  expect([first, second].map(({ sentences }) => sentences[0]?.citations[0]?.label)).toEqual(['п. 39', 'п. 39'])
  const mine = async () => (await tasks()).find(({ title }) => title.startsWith('п. 39'))
  await judge(first.answerId, { verdict: 'wrong', reason: 'Число другое' })
  await judge(second.answerId, { verdict: 'incomplete', reason: 'Нет формы' })
  await judge(first.answerId, { verdict: 'wrong', reason: 'Не тот месяц' }, 'supervisor')
  const task = await mine()
  expect(task?.detail).toMatchObject({ wrong: 2, incomplete: 1, question: asked[0], note: 'Не тот месяц' })
  // «Right» on another answer takes neither the question nor the link from the complaints.
  await judge(second.answerId, { verdict: 'right' }, 'editor')
  expect((await mine())?.detail).toEqual(task?.detail)
  const list = async (id: string, query = '', role: Role = 'editor') =>
    z
      .object({ items: z.array(ComplaintSchema), nextCursor: z.string().nullable() })
      .parse(await (await t.get(`/api/v1/editorial/tasks/${id}/complaints${query}`, role)).json())
  const id = task?.taskId ?? ''
  const all = await list(id)
  expect(all.items).toMatchObject([
    { answerId: first.answerId, question: asked[0], verdict: 'wrong', reason: 'Не тот месяц' },
    { answerId: second.answerId, question: asked[1], verdict: 'incomplete', reason: 'Нет формы' },
    { answerId: first.answerId, question: asked[0], verdict: 'wrong', reason: 'Число другое' },
  ])
  const page = await list(id, '?limit=2')
  expect([...page.items, ...(await list(id, `?limit=2&cursor=${page.nextCursor}`)).items]).toEqual(all.items)
  expect((await t.get(`/api/v1/editorial/tasks/${id}/complaints`, 'operator')).status).toBe(403)
  expect((await t.get('/api/v1/editorial/tasks/tsk_none/complaints', 'editor')).status).toBe(404)
  // What is done settles what was said until then, and keeps it; who says it again opens a task that counts from one.
  await t.post(`/api/v1/editorial/tasks/${id}/done`, {}, 'editor')
  await judge(second.answerId, { verdict: 'wrong', reason: 'Всё ещё не та форма' })
  const next = await mine()
  expect(next?.taskId).not.toBe(id)
  expect(next?.detail).toMatchObject({ wrong: 1, incomplete: 0, note: 'Всё ещё не та форма' })
  expect((await list(next?.taskId ?? '')).items).toHaveLength(1)
  expect((await list(id)).items.map(({ reason }) => reason)).toEqual(['Не тот месяц', 'Число другое'])
})

it('said again it changes nothing; a changed mind is counted once; nothing left to mend closes the task', async () => {
  const { answerId } = await ask('по какой шкале оценивают работу оператора')
  const say = async (body: unknown) => FeedbackSchema.parse(await (await judge(answerId, body)).json())
  expect(await say({ verdict: 'wrong', reason: 'Шкала другая' })).toMatchObject({ changed: true })
  expect(await say({ verdict: 'wrong', reason: 'Шкала другая' })).toMatchObject({ changed: false })
  expect(await say({ verdict: 'incomplete', reason: 'Нет значения баллов' })).toMatchObject({ changed: true })
  const mine = (await tasks()).find(({ detail }) => detail['answerId'] === answerId)
  expect(mine?.detail).toMatchObject({ wrong: 0, incomplete: 1, note: 'Нет значения баллов' })
  expect(await say({ verdict: 'right' })).toEqual({ answerId, verdict: 'right', reason: null, changed: true })
  expect((await tasks()).some(({ detail }) => detail['answerId'] === answerId)).toBe(false)
  const types = (await judged(answerId)).map(({ type, payload }) => [type, payload])
  expect(types.filter(([type]) => type === 'answer.judged')).toEqual([
    ['answer.judged', { verdict: 'wrong', was: null }],
    ['answer.judged', { verdict: 'incomplete', was: 'wrong' }],
    ['answer.judged', { verdict: 'right', was: 'incomplete' }],
  ])
})

it('a question without an answer is a gap, one task however it was typed', async () => {
  const first = await ask('Какая завтра погода?')
  const second = await ask('какая  завтра погода')
  expect((await judge(first.answerId, { verdict: 'gap' })).status).toBe(200)
  expect((await judge(second.answerId, { verdict: 'gap', reason: 'Спрашивают часто' })).status).toBe(200)
  const gaps = (await tasks()).filter(({ kind }) => kind === 'gap')
  expect(gaps).toMatchObject([{ title: 'Какая завтра погода?', detail: { gap: 2, note: 'Спрашивают часто' } }])
  const done = await t.post(`/api/v1/editorial/tasks/${gaps[0]?.taskId ?? ''}/done`, {}, 'editor')
  expect(done.status).toBe(200)
  // What comes after is a task of its own and counts from one.
  const third = await ask('какая завтра погода')
  await judge(third.answerId, { verdict: 'gap' })
  expect((await tasks()).filter(({ kind }) => kind === 'gap')).toMatchObject([{ detail: { gap: 1 } }])
})

it('a right answer makes no task', async () => {
  const before = (await tasks()).length
  const { answerId } = await ask('вы работаете ночью?')
  expect((await judge(answerId, { verdict: 'right' })).status).toBe(200)
  expect(await tasks()).toHaveLength(before)
})

it.each([
  ['wrong without a reason', 'в какой срок отвечают на электронное письмо', { verdict: 'wrong' }],
  ['a gap where there is an answer', 'в какой срок отвечают на электронное письмо', { verdict: 'gap' }],
  ['incomplete where there is none', 'какая завтра погода', { verdict: 'incomplete', reason: 'мало' }],
  ['a word that there is not', 'какая завтра погода', { verdict: 'хорошо' }],
])('refuses %s', async (_, question, body) => {
  const { answerId } = await ask(question)
  expect((await judge(answerId, body)).status).toBe(400)
})

it('says why, in the reader’s language', async () => {
  const { answerId } = await ask('какая завтра погода')
  const refused = async (body: unknown, lang: string) => {
    const response = await t.app.request(`/api/v1/answers/${answerId}/feedback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': lang, ...(await t.as('operator')) },
      body: JSON.stringify(body),
    })
    return ((await response.json()) as { faults: unknown }).faults
  }
  expect(await refused({ verdict: 'wrong' }, 'ru')).toEqual([
    { path: 'json.reason', message: expect.stringContaining('без причины редактору нечего исправлять') },
  ])
  expect(await refused({ verdict: 'wrong' }, 'kk')).toEqual([
    { path: 'json.reason', message: expect.stringContaining('себепсіз редактор') },
  ])
  expect(await refused({ verdict: 'wrong', reason: 'н' }, 'ru')).toEqual([
    { path: 'json.reason', message: 'Слишком коротко: символов нужно не меньше 3' },
  ])
})

it('refuses an answer that there is not', async () => {
  expect((await judge('ans_none', { verdict: 'right' })).status).toBe(404)
})

it('suggests next what neighbouring points answer, each with an answer of its own', async () => {
  const { answerId } = await ask('в какой срок отвечают на электронное письмо')
  const { items } = z
    .object({ items: z.array(z.string()) })
    .parse(await (await t.get(`/api/v1/answers/${answerId}/next`)).json())
  expect(items.length).toBeGreaterThan(0)
  expect(items.length).toBeLessThanOrEqual(3)
  for (const question of items) expect((await ask(question)).status).toBe('answered')
})

it('suggests nothing after a refusal: nobody knows what is near to it', async () => {
  const { answerId, status } = await ask('хочу подать жалобу на акимат')
  expect(status).toBe('no_answer')
  expect(await (await t.get(`/api/v1/answers/${answerId}/next`)).json()).toMatchObject({ items: [] })
})
