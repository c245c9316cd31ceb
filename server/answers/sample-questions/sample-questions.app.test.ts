import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { and, eq, isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { exportQuestions } from '#server/content/export-questions.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { ingestQuestions } from '#server/content/ingest-questions.ts'
import type { Role } from '#server/context.ts'
import { event } from '#server/db/schema/events.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { derivedId } from '#server/ids.ts'
import { createSampleQuestions } from './sample-questions.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'

const RULES = derivedId('act', '13324')
const PARA_7 = { actId: RULES, lang: 'ru', eid: 'chp_2__para_7' }
const QUESTION = 'скока слушать вашу музыку в трубке'

let t: TestApp
let directory = ''
let clock = new Date('2026-11-25T06:00:00Z')
beforeAll(async () => {
  t = await testApp({ now: () => clock })
  directory = await mkdtemp(join(tmpdir(), 'bilim-questions-'))
})
afterAll(async () => {
  await t.close()
  await rm(directory, { recursive: true, force: true })
})

const Answer = z.object({
  status: z.string(),
  sentences: z.array(z.object({ citations: z.array(z.object({ actId: z.string(), eid: z.string() })) })),
})
const Listed = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      eid: z.string(),
      label: z.string(),
      text: z.string(),
      origin: z.string(),
      file: z.string().nullable(),
      added: z.object({ by: z.string(), at: z.string() }).nullable(),
      state: z.string(),
    }),
  ),
  total: z.number(),
})
/** The provisions that an answer cites; null: a refusal. */
const cited = async (question: string): Promise<string[] | null> => {
  const response = await t.post('/api/v1/answers', { question })
  const { status, sentences } = Answer.parse(await response.json())
  return status === 'no_answer' ? null : sentences.flatMap(({ citations }) => citations.map(({ eid }) => eid))
}
const add = (input: object, role: Role = 'editor') => t.post('/api/v1/sample-questions', input, role)
const idOf = async (response: Response) => {
  const said: unknown = await response.json()
  expect(response.status, JSON.stringify(said)).toBe(201)
  return z.object({ id: z.string() }).parse(said).id
}
const remove = async (id: string, role: Role = 'editor') =>
  t.app.request(`/api/v1/sample-questions/${id}`, { method: 'DELETE', headers: await t.as(role) })
const list = async (query: string) =>
  Listed.parse(await (await t.get(`/api/v1/sample-questions?${query}`, 'supervisor')).json())
const detail = async (response: Response) => z.looseObject({ detail: z.string() }).parse(await response.json()).detail
const reload = (from: string) => ingestQuestions(t.ctx, join(from, 'questions'), new Set())

test('a refused question is answered once an editor has tied it to a point, a near wording too, and refused again without it', async () => {
  expect(await cited(QUESTION)).toBeNull()
  const id = await idOf(await add({ ...PARA_7, text: QUESTION }))
  expect(await cited(QUESTION)).toContain(PARA_7.eid)
  expect(await cited('скока в трубке музыку слушать')).toContain(PARA_7.eid)

  // What files say is loaded at each start: the editor's word stays, once.
  await reload(CONTENT)
  const held = await list(`actId=${RULES}&lang=ru&eid=${PARA_7.eid}&origin=editor`)
  expect(held).toMatchObject({
    total: 1,
    items: [{ id, text: QUESTION, label: 'п. 7', file: null, added: { by: 'test editor' }, state: 'in-force' }],
  })
  expect(await cited(QUESTION)).toContain(PARA_7.eid)

  expect((await remove(id)).status).toBe(200)
  expect(await cited(QUESTION)).toBeNull()
  expect((await remove(id)).status).toBe(404)
  const happened = (await t.ctx.db.select().from(event)).filter(({ subjectId }) => subjectId === id)
  expect(happened.map(({ type }) => type).toSorted()).toEqual(['sample-question.added', 'sample-question.removed'])
})

test('in another process the index in use answers until it has made the new one', async () => {
  const elsewhere = createSampleQuestions(await readLanguageData(CONTENT), { db: t.ctx.db, now: () => clock })
  await elsewhere.prepare(t.ctx.db)
  const text = 'чего вы трубку не берёте по полдня'
  const nearest = async () => (await elsewhere.matches(t.ctx.db, text, 'ru')).nearest[0]
  const before = await nearest()
  const id = await idOf(await add({ ...PARA_7, text }))
  expect(await nearest()).toEqual(before)
  await expect.poll(async () => (await nearest())?.texts, { timeout: 20_000 }).toContain(text)
  expect((await remove(id)).status).toBe(200)
  await elsewhere.prepare(t.ctx.db)
  expect(await nearest()).toEqual(before)
})

test('editors and administrators write, supervisors read, operators neither', async () => {
  const input = { ...PARA_7, text: 'почему так долго не берут' }
  for (const role of ['operator', 'supervisor', 'authority'] as const) expect((await add(input, role)).status).toBe(403)
  expect((await t.get('/api/v1/sample-questions', 'operator')).status).toBe(403)
  const id = await idOf(await add(input, 'admin'))
  expect((await remove(id, 'operator')).status).toBe(403)
  expect((await remove(id, 'supervisor')).status).toBe(403)
  expect((await remove(id)).status).toBe(200)
})

test('what cannot answer is refused, in words of the reader', async () => {
  const unknown = await add({ ...PARA_7, eid: 'chp_2__para_700', text: 'что тут' })
  expect(unknown.status).toBe(400)
  expect(await detail(unknown)).toContain('Положения chp_2__para_700 в этом акте (на русском языке) нет')
  expect((await add({ ...PARA_7, lang: 'kk', text: 'не бар' })).status).toBe(400)
  expect((await add({ ...PARA_7, actId: 'act_none', text: 'что тут' })).status).toBe(404)
  for (const text of ['аб', 'а'.repeat(301)]) expect((await add({ ...PARA_7, text })).status).toBe(400)
  const ofFile = (await list(`actId=${RULES}&eid=${PARA_7.eid}&origin=file&limit=1`)).items[0]
  const again = await add({ ...PARA_7, text: `${ofFile?.text.toUpperCase()}?` })
  expect(again.status).toBe(409)
  expect(await detail(again)).toContain('content/questions/contact-centre-rules.ru.yaml')
  const removed = await remove(ofFile?.id ?? '')
  expect(removed.status).toBe(409)
  expect(await detail(removed)).toContain('в файле content/questions/contact-centre-rules.ru.yaml')
})

test('personal data is masked before it is stored, and stands in no event', async () => {
  const id = await idOf(await add({ ...PARA_7, text: 'мой иин 900101300017, тел 87011234567, скока ждать' }))
  const [row] = (await list('q=скока ждать')).items
  expect(row?.text).toBe('мой иин [ИИН-1], тел [телефон-1], скока ждать')
  expect(JSON.stringify(await t.ctx.db.select().from(event))).not.toMatch(/900101300017|7011234567/u)
  expect((await remove(id)).status).toBe(200)
})

test('a provision has sixty questions at most', async () => {
  const eid = 'chp_2__para_14'
  const held = (await list(`actId=${RULES}&lang=ru&eid=${eid}&limit=1`)).total
  const texts = Array.from({ length: 59 - held }, (_, at) => `вопрос о записи номер ${at}`)
  await t.ctx.db.insert(sampleQuestion).values(
    texts.map((text) => ({
      id: derivedId('smq', RULES, 'ru', eid, text),
      actId: RULES,
      lang: 'ru' as const,
      eid,
      text,
      loadedAt: clock,
      addedBy: 'system',
      addedAt: clock,
    })),
  )
  await idOf(await add({ ...PARA_7, eid, text: 'шестидесятый вопрос' }))
  const more = await add({ ...PARA_7, eid, text: 'ещё один вопрос' })
  expect(more.status).toBe(400)
  expect(await detail(more)).toContain('уже 60 вопросов')
  await t.ctx.db.delete(sampleQuestion).where(and(eq(sampleQuestion.eid, eid), isNotNull(sampleQuestion.addedBy)))
})

test('exported and taken into the files a question is the files’ own, once; dropped there it is the editor’s again', async () => {
  const id = await idOf(await add({ ...PARA_7, text: QUESTION }))
  const before = await exportQuestions(t.ctx, { contentDir: CONTENT })
  expect(before.find(({ path }) => path.endsWith('contact-centre-rules.ru.yaml'))?.text).toContain(
    `    - ${QUESTION}\n`,
  )
  for (const { path, text } of before) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  await reload(directory)
  const taken = await list(`q=${QUESTION}`)
  expect(taken).toMatchObject({ total: 1, items: [{ id, origin: 'file', file: 'contact-centre-rules.ru.yaml' }] })
  expect(await cited(QUESTION)).toContain(PARA_7.eid)
  // Nothing is left to take in.
  expect(await exportQuestions(t.ctx, { contentDir: directory })).toEqual(before)
  expect((await remove(id)).status).toBe(409)
  await reload(CONTENT)
  expect(await list(`q=${QUESTION}`)).toMatchObject({ total: 1, items: [{ id, origin: 'editor', file: null }] })
  expect((await remove(id)).status).toBe(200)
})

const room = (points: readonly string[], note = '') =>
  readingRoomRules(`### Глава 1. Общие положения\n${note}\n${points.join('\n\n')}\n`)
const FIRST = '1. Правила определяют порядок работы читального зала.'
const LOAN = (n: number) =>
  `${n}. Документы выдаются читателю на срок, который не превышает трех рабочих дней со дня их выдачи.`
const RETURN = (n: number, until: string) => `${n}. Читатель возвращает документы хранителю ${until} читального зала.`
const NOTE =
  '\n> *Сноска. Глава 1 в редакции приказа Министра культуры РК от 01.11.2026 № 15 (вводится в действие с 30.11.2026).*\n'

test('where an amendment gives a number to another text, a question goes with the words it was said of; a restated one is to be looked at', async () => {
  const ingest = async (day: string, text: string) => {
    const path = join(directory, `900102.rus.${day}.md`)
    await writeFile(path, text)
    const { status, messages } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
    expect(status, JSON.stringify(messages)).toBe('ingested')
  }
  await ingest('01.04.2024', room([FIRST, LOAN(2), RETURN(3, 'до закрытия')]))
  const actId = derivedId('act', '2024-03-12-92')
  const points = z
    .object({ items: z.array(z.looseObject({ eid: z.string(), text: z.string() })) })
    .parse(await (await t.get(`/api/v1/acts/${actId}/provisions?lang=ru`)).json()).items
  const eidOf = (words: string) => points.find(({ text }) => text.includes(words))?.eid ?? expect.fail(words)
  const [loan, back] = [eidOf('трех рабочих'), eidOf('хранителю')]
  await idOf(await add({ actId, lang: 'ru', eid: loan, text: 'наскока дают книжку домой' }))
  await idOf(await add({ actId, lang: 'ru', eid: back, text: 'кому сдать книжку' }))
  await ingest(
    '30.11.2026',
    room(
      [
        FIRST,
        '2. Читальный зал открыт для всех, у кого есть билет библиотеки.',
        LOAN(3),
        RETURN(4, 'за час до закрытия'),
      ],
      NOTE,
    ),
  )
  expect((await list(`actId=${actId}&needsLook=true`)).total).toBe(0)
  clock = new Date('2026-12-01T06:00:00Z')
  const looked = (await list(`actId=${actId}&needsLook=true`)).items
  expect(Object.fromEntries(looked.map(({ text, state, eid }) => [text, `${state} ${eid}`]))).toEqual({
    'наскока дают книжку домой': `moved ${back}`,
    'кому сдать книжку': `changed ${back}`,
  })
  const counts = await (await t.get(`/api/v1/sample-questions/counts?actId=${actId}&lang=ru`, 'editor')).json()
  expect(counts).toEqual({ items: [{ eid: back, count: 2 }] })
  await t.ctx.sampleQuestions.prepare(t.ctx.db)
  const { nearest } = await t.ctx.sampleQuestions.matches(t.ctx.db, 'наскока дают книжку домой', 'ru')
  expect(nearest[0]).toMatchObject({ actId, eid: back })
  // Said again it stands where its words are, and needs no look any more.
  await idOf(await add({ actId, lang: 'ru', eid: back, text: 'наскока дают книжку домой' }))
  expect((await list(`actId=${actId}`)).items.map(({ text, state }) => `${text}: ${state}`).toSorted()).toEqual([
    'кому сдать книжку: changed',
    'наскока дают книжку домой: in-force',
  ])
})
