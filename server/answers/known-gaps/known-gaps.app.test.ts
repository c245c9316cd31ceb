import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { exportQuestions } from '#server/content/export-questions.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { ingestQuestions } from '#server/content/ingest-questions.ts'
import type { Role } from '#server/context.ts'
import { event } from '#server/db/schema/events.ts'
import { gapQuestion } from '#server/db/schema/sample-questions.ts'
import { derivedId } from '#server/ids.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'

const RULES = derivedId('act', '13324')
const GAP = 'место, где видно своё обращение'
/** It is answered: what an editor says goes above that. */
const QUESTION = 'В какой срок отвечают на письмо на электронную почту?'

let t: TestApp
let directory = ''
let clock = new Date('2026-11-25T06:00:00Z')
beforeAll(async () => {
  t = await testApp({ now: () => clock })
  directory = await mkdtemp(join(tmpdir(), 'bilim-gaps-'))
})
afterAll(async () => {
  await t.close()
  await rm(directory, { recursive: true, force: true })
})

const Answer = z.object({
  answerId: z.string(),
  status: z.string(),
  message: z.string().nullable(),
  knownGap: z.string().nullable(),
})
const ask = async (question: string) => Answer.parse(await (await t.post('/api/v1/answers', { question })).json())
const said = { actId: RULES, lang: 'ru', gap: GAP }
const add = (input: { actId: string; lang: string; gap: string; text: string }, role: Role = 'editor') =>
  t.post('/api/v1/known-gaps', input, role)
const idOf = async (response: Response) => {
  const body: unknown = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(201)
  return z.object({ id: z.string() }).parse(body).id
}
const remove = async (id: string, role: Role = 'editor') =>
  t.app.request(`/api/v1/known-gaps/${id}`, { method: 'DELETE', headers: await t.as(role) })
const Listed = z.object({
  items: z.array(
    z.looseObject({
      gap: z.string(),
      checkedOn: z.string(),
      confirmed: z.object({ by: z.string(), on: z.string() }).nullable(),
      silentSince: z.string().nullable(),
      questions: z.array(
        z.looseObject({ id: z.string(), text: z.string(), origin: z.string(), file: z.string().nullable() }),
      ),
    }),
  ),
  nextCursor: z.string().nullable(),
  total: z.number(),
})
const list = async (query: string) =>
  Listed.parse(await (await t.get(`/api/v1/known-gaps?${query}`, 'supervisor')).json())
const detail = async (response: Response) => z.looseObject({ detail: z.string() }).parse(await response.json()).detail

test('what an editor says is not answered is refused with its gap, in other words too, until he takes it back', async () => {
  expect((await ask(QUESTION)).status).not.toBe('no_answer')
  const id = await idOf(await add({ ...said, text: QUESTION }))
  const refused = await ask(QUESTION)
  expect(refused).toMatchObject({ status: 'no_answer', knownGap: GAP })
  expect(refused.message).toContain(`«${GAP}»`)
  // A year later the record tells whose word it was: of this question, an event names the editor.
  const record = await t.get(`/api/v1/answers/${refused.answerId}/record`, 'supervisor')
  expect(await record.json()).toMatchObject({ saidUnanswered: { id, text: QUESTION }, proposals: [] })
  expect((await ask('на письмо на электронную почту в какой срок отвечают')).knownGap).toBe(GAP)
  // Another question about the same matter is answered as before.
  expect((await ask('Сколько секунд ждать ответа оператора?')).status).not.toBe('no_answer')

  // What files say is loaded at each start: the editor's word stays, once.
  await ingestQuestions(t.ctx, join(CONTENT, 'questions'), new Set())
  expect(await list('origin=editor')).toMatchObject({
    total: 1,
    items: [
      {
        gap: GAP,
        silentSince: null,
        checkedOn: '2026-11-25',
        questions: [{ id, text: QUESTION, origin: 'editor', file: null, added: { by: 'test editor' } }],
      },
    ],
  })
  expect((await remove(id)).status).toBe(200)
  expect((await ask(QUESTION)).status).not.toBe('no_answer')
  expect((await remove(id)).status).toBe(404)
  const happened = (await t.ctx.db.select().from(event)).filter(({ subjectId }) => subjectId === id)
  expect(happened.map(({ type }) => type).toSorted()).toEqual(['gap-question.added', 'gap-question.removed'])
})

test('editors and administrators write, supervisors read, operators neither', async () => {
  const input = { ...said, text: 'а где смотреть моё обращение' }
  for (const role of ['operator', 'supervisor', 'authority'] as const) expect((await add(input, role)).status).toBe(403)
  expect((await t.get('/api/v1/known-gaps', 'operator')).status).toBe(403)
  const id = await idOf(await add(input, 'admin'))
  expect((await remove(id, 'supervisor')).status).toBe(403)
  expect((await t.post('/api/v1/known-gaps/confirm', said, 'supervisor')).status).toBe(403)
  expect((await remove(id)).status).toBe(200)
})

test('what cannot be a gap is refused, in words of the reader', async () => {
  expect((await add({ ...said, actId: 'act_none', text: 'что тут' })).status).toBe(404)
  const foreign = await add({ ...said, lang: 'kk', text: 'бұл не екен' })
  expect(foreign.status).toBe(400)
  expect(await detail(foreign)).toContain('не загружен на казахском')
  for (const text of ['аб', 'а'.repeat(301)]) expect((await add({ ...said, text })).status).toBe(400)
  expect((await add({ ...said, gap: 'а'.repeat(121), text: 'что тут' })).status).toBe(400)
  const tied = z
    .object({ items: z.array(z.object({ text: z.string() })) })
    .parse(await (await t.get(`/api/v1/sample-questions?actId=${RULES}&origin=file&limit=1`, 'editor')).json()).items[0]
  const contradicted = await add({ ...said, text: `${tied?.text.toUpperCase()}?` })
  expect(contradicted.status).toBe(409)
  expect(await detail(contradicted)).toContain('связан с положением')
  const id = await idOf(await add({ ...said, text: 'мой иин 900101300017, где видно обращение' }))
  const again = await add({ ...said, gap: 'другое', text: 'Мой ИИН 900101300017, где видно обращение?' })
  expect(again.status).toBe(409)
  expect(await detail(again)).toContain(`«${GAP}»`)
  expect((await list('q=где видно')).items[0]?.questions[0]?.text).toBe('мой иин [ИИН-1], где видно обращение')
  expect(JSON.stringify(await t.ctx.db.select().from(event))).not.toMatch(/900101300017/u)
  expect((await remove(id)).status).toBe(200)
  const [ofFile] = await t.ctx.db.select().from(gapQuestion).limit(1)
  if (ofFile !== undefined) expect((await remove(ofFile.id)).status).toBe(409)
})

test('a question that an editor ties to a point is no gap any more', async () => {
  const text = 'доколе эта мелодия играть будет'
  await idOf(await add({ ...said, text }))
  const provisions = z
    .object({ items: z.array(z.looseObject({ eid: z.string(), provisionId: z.string() })) })
    .parse(await (await t.get(`/api/v1/acts/${RULES}/provisions?lang=ru`)).json()).items
  const point = provisions.find(({ eid }) => eid === 'chp_2__para_7')
  const tied = await t.post(
    '/api/v1/sample-questions',
    { actId: RULES, lang: 'ru', eid: point?.eid, provisionId: point?.provisionId, text },
    'editor',
  )
  await idOf(tied)
  expect((await list(`q=${text}`)).total).toBe(0)
  expect((await ask(text)).status).not.toBe('no_answer')
})

test('exported and taken into the files a gap is the files’ own, once; dropped there it is the editor’s again', async () => {
  const text = 'а где глянуть чё с моим обращением'
  const id = await idOf(await add({ ...said, text }))
  const { files } = await exportQuestions(t.ctx, { contentDir: CONTENT })
  const own = files.find(({ path }) => path.endsWith('contact-centre-rules.ru.yaml'))?.text ?? ''
  expect(own).toContain(`    - ${text}\n`)
  for (const { path, text: whole } of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), whole)
  }
  await ingestQuestions(t.ctx, join(directory, 'questions'), new Set())
  expect(await list(`q=${text}`)).toMatchObject({
    total: 1,
    items: [{ questions: [{ id, origin: 'file', file: 'contact-centre-rules.ru.yaml' }] }],
  })
  expect((await exportQuestions(t.ctx, { contentDir: join(directory) })).files).toEqual(files)
  expect((await remove(id)).status).toBe(409)
  await ingestQuestions(t.ctx, join(CONTENT, 'questions'), new Set())
  expect(await list(`q=${text}`)).toMatchObject({ items: [{ questions: [{ id, origin: 'editor', file: null }] }] })
  expect((await remove(id)).status).toBe(200)
})

test('once an amendment is in force a gap is silent until an editor has looked', async () => {
  const ingest = async (day: string, points: string) => {
    const path = join(directory, `900102.rus.${day}.md`)
    await writeFile(path, readingRoomRules(`### Глава 1. Общие положения\n\n${points}\n`))
    const { status, messages } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
    expect(status, JSON.stringify(messages)).toBe('ingested')
  }
  const first = '1. Правила определяют порядок работы читального зала.'
  await ingest('01.04.2024', first)
  const actId = derivedId('act', '2024-03-12-92')
  const gap = { actId, lang: 'ru', gap: 'часы работы читального зала' }
  await idOf(await add({ ...gap, text: 'до скольки открыт читальный зал' }))
  expect(await ask('до скольки открыт читальный зал')).toMatchObject({ status: 'no_answer', knownGap: gap.gap })
  await ingest(
    '30.11.2026',
    `${first}\n\n2. Читальный зал открыт до 18 часов.\n\n> *Сноска. Глава 1 с изменениями, внесенными приказом Министра культуры РК от 01.11.2026 № 15 (вводится в действие с 30.11.2026).*`,
  )
  expect(await list(`actId=${actId}&needsLook=true`)).toMatchObject({ total: 0 })
  clock = new Date('2026-12-01T06:00:00Z')
  expect(await list(`actId=${actId}&needsLook=true`)).toMatchObject({
    total: 1,
    items: [{ silentSince: '2026-11-30' }],
  })
  // Of a day that has come the index in use learns beside the first question.
  await t.ctx.sampleQuestions.prepare(t.ctx.db)
  expect((await ask('до скольки открыт читальный зал')).knownGap).toBeNull()
  const exported = await exportQuestions(t.ctx, { contentDir: CONTENT })
  expect(exported.leftOut).toMatchObject({ silentGaps: 1 })
  const confirmed = await t.post('/api/v1/known-gaps/confirm', gap, 'editor')
  expect(await confirmed.json()).toEqual({ confirmed: 1 })
  expect(await list(`actId=${actId}`)).toMatchObject({
    items: [{ silentSince: null, checkedOn: '2026-12-01', confirmed: { by: 'test editor', on: '2026-12-01' } }],
  })
  expect((await ask('до скольки открыт читальный зал')).knownGap).toBe(gap.gap)
  expect((await t.post('/api/v1/known-gaps/confirm', { ...gap, gap: 'нет такого' }, 'editor')).status).toBe(404)
})
