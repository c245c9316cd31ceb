import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { and, eq, isNotNull, isNull, like, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { exportQuestions } from '#server/content/export-questions.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { ingestQuestions } from '#server/content/ingest-questions.ts'
import type { Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { provision } from '#server/db/schema/acts.ts'
import { event } from '#server/db/schema/events.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { emit } from '#server/events/event.ts'
import { derivedId } from '#server/ids.ts'
import { inForceOn, questionState, speaks } from './question-state.ts'
import { parseSampleQuestions } from './sample-questions-file.ts'
import { createSampleQuestions } from './sample-questions.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'

const RULES = derivedId('act', '13324')
const PARA_7 = { actId: RULES, lang: 'ru', eid: 'chp_2__para_7' }
const QUESTION = 'доколе эта мелодия играть будет'

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
      wording: z.object({ provisionId: z.string(), text: z.string() }).nullable(),
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
/** Says it of the wording that he reads: that of today, unless the input names another. */
const add = async (
  input: { actId: string; lang: string; eid: string; text: string; provisionId?: string },
  role: Role = 'editor',
) => {
  const [wording] = await queryRows<{ id: string }>(
    t.ctx.db,
    sql`select h.id from provision h where h.act_id = ${input.actId} and h.lang = ${input.lang} and h.eid = ${input.eid}
        and ${inForceOn(clock.toISOString().slice(0, 10))}`,
  )
  return t.post('/api/v1/sample-questions', { provisionId: wording?.id ?? 'prv_none', ...input }, role)
}
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
  expect(await cited('доколе будет играть эта мелодия')).toContain(PARA_7.eid)

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
  // Whose wording nobody knows is silent; confirmed it is none more.
  const silent = await list(`actId=${RULES}&lang=ru&eid=${eid}&needsLook=true`)
  expect(silent.total).toBe(texts.length)
  await idOf(await add({ ...PARA_7, eid, text: texts[0] ?? '' }))
  expect((await list(`actId=${RULES}&lang=ru&eid=${eid}&needsLook=true`)).total).toBe(texts.length - 1)
  await t.ctx.db.delete(sampleQuestion).where(and(eq(sampleQuestion.eid, eid), isNotNull(sampleQuestion.addedBy)))
})

test('exported and taken into the files a question is the files’ own, once; dropped there it is the editor’s again', async () => {
  const id = await idOf(await add({ ...PARA_7, text: QUESTION }))
  const { files: before, leftOut } = await exportQuestions(t.ctx, { contentDir: CONTENT })
  expect(leftOut).toEqual({ changed: 0, gone: 0, beyond: 0, silentGaps: 0 })
  expect(before.find(({ path }) => path.endsWith('contact-centre-rules.ru.yaml'))?.text).toContain(
    `    - ${QUESTION}\n`,
  )
  for (const { path, text } of before) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  const happened = async () =>
    (await t.ctx.db.select().from(event)).filter(({ type }) => type === 'sample-questions.loaded').length
  const loads = await happened()
  await reload(directory)
  // Nothing was added, and the row is another’s to change: whoever holds an index hears of it.
  expect(await happened()).toBe(loads + 1)
  const taken = await list(`q=${QUESTION}`)
  expect(taken).toMatchObject({ total: 1, items: [{ id, origin: 'file', file: 'contact-centre-rules.ru.yaml' }] })
  expect(await cited(QUESTION)).toContain(PARA_7.eid)
  // Nothing is left to take in.
  expect((await exportQuestions(t.ctx, { contentDir: directory })).files).toEqual(before)
  expect((await remove(id)).status).toBe(409)
  await reload(CONTENT)
  expect(await list(`q=${QUESTION}`)).toMatchObject({ total: 1, items: [{ id, origin: 'editor', file: null }] })
  expect((await remove(id)).status).toBe(200)
})

test('days of publication move the days of wordings: questions follow as soon as they are given', async () => {
  const text = 'сколька висеть на линии'
  const id = await idOf(await add({ ...PARA_7, text }))
  const speaks7 = async () => {
    await t.ctx.sampleQuestions.prepare(t.ctx.db)
    const all = await t.ctx.sampleQuestions.ofAct(t.ctx.db, RULES, 'ru')
    return all.some(({ eid, texts }) => eid === PARA_7.eid && texts.includes(text))
  }
  expect(await speaks7()).toBe(true)
  const own = and(eq(provision.actId, RULES), eq(provision.lang, 'ru'), eq(provision.eid, PARA_7.eid))
  const rows = await t.ctx.db.select({ id: provision.id, validTo: provision.validTo }).from(provision).where(own)
  await t.ctx.db
    .update(provision)
    .set({ validTo: '2026-11-25' })
    .where(and(own, isNull(provision.validTo)))
  await emit(t.ctx, { type: 'publication-days.set', subjectId: RULES, payload: { days: [], reason: null } })
  expect(await speaks7()).toBe(false)
  expect(await list(`q=${text}`)).toMatchObject({ items: [{ state: 'gone', wording: null }] })
  for (const { id: of, validTo } of rows) await t.ctx.db.update(provision).set({ validTo }).where(eq(provision.id, of))
  await emit(t.ctx, { type: 'publication-days.set', subjectId: RULES, payload: { days: [], reason: null } })
  expect(await speaks7()).toBe(true)
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

test('where an amendment rewords a point or gives its number to another text, its questions are silent until an editor confirms them', async () => {
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
  const [first, loan, back] = [eidOf('порядок работы'), eidOf('трех рабочих'), eidOf('хранителю')]
  const said = { actId, lang: 'ru' }
  const texts = {
    whole: 'чё за правила читалки',
    loan: 'наскока дают книжку домой',
    back: 'кому сдать книжку',
  }
  await idOf(await add({ ...said, eid: first, text: texts.whole }))
  await idOf(await add({ ...said, eid: loan, text: texts.loan }))
  await idOf(await add({ ...said, eid: back, text: texts.back }))
  const [seen] = await t.ctx.db
    .select({ id: provision.id })
    .from(provision)
    .where(and(eq(provision.actId, actId), eq(provision.eid, back)))
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
  const speaking = async () => {
    await t.ctx.sampleQuestions.prepare(t.ctx.db)
    return (await t.ctx.sampleQuestions.ofAct(t.ctx.db, actId, 'ru')).flatMap((one) => one.texts).toSorted()
  }
  const states = async () =>
    Object.fromEntries((await list(`actId=${actId}&needsLook=true`)).items.map(({ text, state }) => [text, state]))
  expect(await states()).toEqual({})
  expect(await speaking()).toEqual([texts.back, texts.loan, texts.whole].toSorted())

  clock = new Date('2026-12-01T06:00:00Z')
  expect(await states()).toEqual({ [texts.loan]: 'changed', [texts.back]: 'changed' })
  expect(await speaking()).toEqual([texts.whole])
  const counts = await (await t.get(`/api/v1/sample-questions/counts?actId=${actId}&lang=ru`, 'editor')).json()
  expect(counts).toEqual({ items: [{ eid: first, count: 1 }] })
  const exported = await exportQuestions(t.ctx, { contentDir: CONTENT })
  expect(exported.leftOut).toEqual({ changed: 2, gone: 0, beyond: 0, silentGaps: 0 })
  const own = exported.files.find(({ path }) => path.includes('2024-03-12-92'))?.text
  expect(own).toContain(texts.whole)
  expect(own).not.toContain(texts.loan)

  // Whoever still reads the former text is told, in his language, and ties nothing; so is whoever confirms it.
  const late = await add({ ...said, eid: back, text: 'кто берёт книжки назад', provisionId: seen?.id ?? '' })
  expect(late.status).toBe(409)
  expect(await detail(late)).toContain('уже читается иначе')
  expect((await add({ ...said, eid: back, text: texts.back, provisionId: seen?.id ?? '' })).status).toBe(409)
  const listed = (await list(`actId=${actId}&needsLook=true`)).items.find(({ text }) => text === texts.back)
  expect(listed?.wording?.text).toContain('трех рабочих дней')
  await idOf(await add({ ...said, eid: back, text: texts.loan }))
  expect(await speaking()).toEqual([texts.loan, texts.whole].toSorted())
  await idOf(await add({ ...said, eid: back, text: texts.back, provisionId: listed?.wording?.provisionId ?? '' }))
  expect(await states()).toEqual({ [texts.loan]: 'changed' })
  expect(await speaking()).toEqual([texts.back, texts.loan, texts.whole].toSorted())

  // A file has taken over the one that is silent: it stays so, and an editor can confirm it all the same.
  const taken = { ...said, eid: loan, text: texts.loan }
  await t.ctx.db
    .update(sampleQuestion)
    .set({ file: '92.ru.yaml' })
    .where(and(eq(sampleQuestion.actId, actId), eq(sampleQuestion.eid, loan)))
  expect(await list(`actId=${actId}&needsLook=true`)).toMatchObject({ items: [{ origin: 'file', state: 'changed' }] })
  await idOf(await add(taken))
  expect(await states()).toEqual({})
  expect((await add(taken)).status).toBe(409)
})

/** Wordings of a point and of what stands below or beside it: what follows the point's element id, words, first day, and the day they ended. */
type Wordings = readonly (readonly [
  after: string,
  words: string,
  from: string,
  to?: string | null,
  status?: 'excluded',
])[]
const OLD = '2024-04-01'
const LATER = '2026-12-01'
const AMENDED: Wordings = [
  ['', 'a', OLD, LATER],
  ['', 'b', LATER],
]
// Tied on 25 November 2026 to the first wording of each list.
test.each<
  [what: string, by: 'editor' | 'file' | 'both' | 'unknown', Wordings, day: string, state: string, speaks: boolean]
>([
  ['it reads as it did', 'editor', [['', 'a', OLD]], LATER, 'in-force', true],
  ['the day before it is reworded', 'editor', AMENDED, '2026-11-30', 'in-force', true],
  ['the day on which it is reworded', 'editor', AMENDED, LATER, 'changed', false],
  ['a file says it too', 'both', AMENDED, LATER, 'changed', false],
  ['a file alone says it', 'file', AMENDED, LATER, 'in-force', true],
  ['nobody knows of what it was said', 'unknown', [['', 'a', OLD]], LATER, 'changed', false],
  [
    'the same words are in force again',
    'editor',
    [...AMENDED.slice(0, 1), ['', 'b', LATER, '2026-12-05'], ['', 'a', '2026-12-05']],
    '2026-12-06',
    'in-force',
    true,
  ],
  [
    'its wording was derived anew',
    'editor',
    [
      ['', 'a', OLD, OLD],
      ['', 'a', '2024-04-12'],
    ],
    LATER,
    'in-force',
    true,
  ],
  [
    'it is excluded',
    'editor',
    [
      ['', 'a', OLD, LATER],
      ['', 'x', LATER, null, 'excluded'],
    ],
    LATER,
    'gone',
    false,
  ],
  ['it has ended', 'editor', [['', 'a', OLD, LATER]], LATER, 'gone', false],
  ['it has ended, and a file says it', 'file', [['', 'a', OLD, LATER]], LATER, 'gone', true],
  ['its words have another number', 'editor', [...AMENDED, ['9', 'a', LATER]], LATER, 'changed', false],
  [
    'something below it begins',
    'editor',
    [
      ['', 'a', OLD],
      ['__sub_1', 'c', LATER],
    ],
    LATER,
    'changed',
    false,
  ],
  [
    'something below it begins tomorrow',
    'editor',
    [
      ['', 'a', OLD],
      ['__sub_1', 'c', LATER],
    ],
    '2026-11-30',
    'in-force',
    true,
  ],
  [
    'something far below it ends',
    'editor',
    [
      ['', 'a', OLD],
      ['__sub_1__part_2', 'c', OLD, LATER],
    ],
    LATER,
    'changed',
    false,
  ],
  [
    'something below it began on the day of the tie',
    'editor',
    [
      ['', 'a', OLD],
      ['__sub_1', 'c', '2026-11-25'],
    ],
    LATER,
    'in-force',
    true,
  ],
  [
    'something below it was in force on no day',
    'editor',
    [
      ['', 'a', OLD],
      ['__sub_1', 'c', '2026-11-28', '2026-11-28'],
    ],
    LATER,
    'in-force',
    true,
  ],
  [
    'something beside it changes',
    'editor',
    [
      ['', 'a', OLD],
      ['0__sub_1', 'c', LATER],
      ['_x_sub_1', 'd', LATER],
    ],
    LATER,
    'in-force',
    true,
  ],
])('%s (%s)', async (_, by, wordings, day, state, isSpeaking) => {
  const [sample] = await t.ctx.db.select().from(provision).where(eq(provision.eid, PARA_7.eid)).limit(1)
  if (sample === undefined) return expect.fail('no provision')
  const eid = 'tbl_1__para_1'
  const rows = wordings.map(([after, words, validFrom, validTo, status], at) => ({
    ...sample,
    id: `prv_table_${at}`,
    eid: `${eid}${after}`,
    contentHash: words,
    validFrom,
    validTo: validTo ?? null,
    status: status ?? ('in-force' as const),
  }))
  await t.ctx.db.insert(provision).values(rows)
  await t.ctx.db.insert(sampleQuestion).values({
    id: 'smq_table',
    actId: sample.actId,
    lang: sample.lang,
    eid,
    text: 'что тут',
    loadedAt: clock,
    file: by === 'file' || by === 'both' ? 'some.ru.yaml' : null,
    addedBy: by === 'file' ? null : 'system',
    // Early on the 25th in Almaty.
    addedAt: by === 'file' ? null : new Date('2026-11-24T20:00:00Z'),
    provisionId: by === 'editor' || by === 'both' ? 'prv_table_0' : null,
  })
  try {
    const [is] = await queryRows(
      t.ctx.db,
      sql`select ${questionState(day)} as state, ${speaks(day)} as speaks from sample_question q where q.id = 'smq_table'`,
    )
    expect(is).toEqual({ state, speaks: isSpeaking })
  } finally {
    await t.ctx.db.delete(sampleQuestion).where(eq(sampleQuestion.id, 'smq_table'))
    await t.ctx.db.delete(provision).where(like(provision.id, 'prv_table_%'))
  }
})

test('a refusal names the known gap that is asked about, as long as the act reads as when somebody looked', async () => {
  const GAP = 'музыка на удержании и её исполнитель'
  const ASKED = 'что за песня играет у вас в трубке пока ждешь оператора'
  const Refused = z.object({ status: z.string(), knownGap: z.string().nullable(), message: z.string().nullable() })
  const refused = async () => Refused.parse(await (await t.post('/api/v1/answers', { question: ASKED })).json())
  const loaded = async (checkedOn: string) => {
    const from = join(directory, `gaps-${checkedOn}`)
    await mkdir(join(from, 'questions'), { recursive: true })
    const questions = `questions:\n  chp_2__para_7:\n    - кто отвечает по телефону 1414 и сколько это стоит\n`
    const gaps = `gaps:\n  checkedOn: '${checkedOn}'\n  questions:\n    ${GAP}:\n      - какая песня играет в трубке пока ждешь оператора\n      - кто поет в вашей трубке на ожидании\n`
    await writeFile(join(from, 'questions', 'rules.yaml'), `act: '13324'\nlang: ru\n${questions}${gaps}`)
    await reload(from)
    await t.ctx.sampleQuestions.prepare(t.ctx.db)
  }
  expect(await refused()).toMatchObject({ knownGap: null })
  await loaded('2026-11-25')
  const named = await refused()
  expect(named).toMatchObject({ status: 'no_answer', knownGap: GAP })
  expect(named.message).toContain(`«${GAP}»`)
  // The Rules were amended after that day: whether they are still silent nobody has seen.
  await loaded('2016-06-30')
  expect(await refused()).toMatchObject({ knownGap: null })
  await loaded('2026-11-25')
  await reload(CONTENT)
  await t.ctx.sampleQuestions.prepare(t.ctx.db)
  expect(await refused()).toMatchObject({ knownGap: null })
})

test('a question cannot be answered by a provision and known to have no answer', () => {
  const text = `act: '1'\nlang: ru\nquestions:\n  para_1:\n    - сколько стоит справка\ngaps:\n  checkedOn: '2026-11-25'\n  questions:\n    цена справки:\n      - сколько стоит справка\n      - почём справка\n`
  const { file, faults } = parseSampleQuestions(text)
  expect(file).toBeNull()
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(/цена справки.*«сколько стоит справка».*para_1/)
})
