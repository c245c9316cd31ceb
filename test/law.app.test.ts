import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseAct } from '#ingest/acts/parse-act.ts'
import { parseDivisionPlan, type DivisionPlan } from '#ingest/articles/division-plan.ts'
import { draftVersion } from '#server/articles/draft-version.ts'
import { ingestAct } from '#server/articles/ingest-act.ts'
import { publishVersion } from '#server/articles/publish-version.ts'
import { composeAnswer } from '#server/answers/answer-question.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { queryRows } from '#server/db/database.ts'
import { inTransaction } from '#server/events/event.ts'
import { CONTENT, testApp, type TestApp } from './harness.ts'

const QUESTION = 'в какой срок отвечают на электронное письмо'
const TWO = 'в течение двух рабочих дней.\n      9.'
let t: TestApp
let original: string
let plan: DivisionPlan

beforeEach(async () => {
  t = await testApp()
  original = await readFile(join(CONTENT, 'sources', 'contact-centre-rules.ru.txt'), 'utf8')
  plan =
    parseDivisionPlan(await readFile(join(CONTENT, 'sources', 'contact-centre-rules.ru.articles.yaml'), 'utf8')).plan ??
    expect.fail('no plan')
})
afterEach(() => t.close())

const ingest = async (name: string, text: string, division = plan) => {
  const { act, messages } = parseAct(text)
  if (act === null) throw new Error(messages.map((m) => m.text).join('; '))
  const result = await ingestAct(t.ctx, { parsed: act, source: { name, text }, plan: division })
  await t.deps.reconciler.settle()
  return result
}
const point8 = (words: string) => original.replace(TWO, TWO.replace('двух', words))
const answered = async (asOf?: string) => {
  const { answer } = await composeAnswer(t.ctx, { question: QUESTION, ...(asOf === undefined ? {} : { asOf }) })
  return answer.sentences[0]?.text
}
/** Body and source of every published version must say the same. */
const mismatches = () =>
  queryRows(
    t.ctx.db,
    sql`select p.label from passage p join article_version v on v.id = p.version_id, jsonb_array_elements(p.segments) s join provision r on r.id = s->>'provisionId'
        where v.state = 'published' and r.form is null and r.text <> '' and position(r.text in p.text) = 0`,
  )

test('a correction outlives restarts: starter content that is known already changes nothing', async () => {
  await ingest('corrected.txt', point8('пяти'))
  expect(await answered()).toContain('пяти рабочих дней')
  expect((await ingestContent(t.ctx, CONTENT)).map((result) => result.status)).toEqual(['unchanged'])
  await t.deps.reconciler.settle()
  expect(await answered()).toContain('пяти рабочих дней')
  expect(await mismatches()).toEqual([])
})

test('a correction of a correction reaches provisions and articles alike', async () => {
  await ingest('second.txt', point8('пяти'))
  await ingest('third.txt', `${original}\n`)
  expect(await answered()).toContain('двух рабочих дней')
  const open = await queryRows(
    t.ctx.db,
    sql`select text from provision where eid = 'chp_2__para_8' and valid_to is null`,
  )
  expect(open).toMatchObject([{ text: expect.stringContaining('двух') }])
  expect(await mismatches()).toEqual([])
})

test('an amendment yet to come is found from its day on, and today’s text until then', async () => {
  const note = (number: string) =>
    `\n      Сноска. Пункт 8 - в редакции приказа Министра цифрового развития РК от 01.06.2030 № ${number} (вводится в действие с 01.07.2030).\n      9.`
  const result = await ingest(
    'future.txt',
    original.replace(TWO, TWO.replace('двух', 'пяти').replace('\n      9.', note('7'))),
  )
  expect(result.versions).toMatchObject([{ slug: 'contact-centre-rules-channels', validFrom: '2030-07-01' }])
  expect(await answered()).toContain('двух рабочих дней')
  expect(await answered('2030-06-30')).toContain('двух рабочих дней')
  expect(await answered('2030-07-01')).toContain('пяти рабочих дней')
  expect(await mismatches()).toEqual([])
})

test('an article that is divided otherwise leaves no double behind', async () => {
  const renamed = {
    ...plan,
    articles: plan.articles.map((one) => (one.slug.endsWith('-channels') ? { ...one, slug: 'how-to-reach-us' } : one)),
  }
  const result = await ingest('contact-centre-rules.ru.txt', original, renamed)
  expect(result.ended).toEqual(['contact-centre-rules-channels'])
  const open = await queryRows(
    t.ctx.db,
    sql`select a.slug from passage p join article_version v on v.id = p.version_id join article a on a.id = v.article_id
        where p.label = 'п. 8' and v.state = 'published' and v.valid_to is null`,
  )
  expect(open).toEqual([{ slug: 'how-to-reach-us' }])
})

test('two instances that ingest the same text at once make one edition', async () => {
  const text = point8('пяти')
  const { act } = parseAct(text)
  if (act === null) throw new Error('not parsed')
  await Promise.all([1, 2].map(() => ingestAct(t.ctx, { parsed: act, source: { name: 'both.txt', text }, plan })))
  const open = await queryRows(
    t.ctx.db,
    sql`select count(*)::int as n from article_version where state = 'published' and valid_to is null`,
  )
  expect(open).toEqual([{ n: 15 }])
})

test.each([
  ['in order', ['2020-01-01', '2024-01-01', '2030-01-01']],
  ['the middle one last', ['2020-01-01', '2030-01-01', '2024-01-01']],
  ['backwards', ['2030-01-01', '2024-01-01', '2020-01-01']],
])('versions published %s follow each other by their days', async (_, days) => {
  for (const [i, validFrom] of days.entries())
    await inTransaction(t.ctx, async (tx) => {
      const { versionId } = await draftVersion(tx, {
        slug: 'note',
        lang: 'ru',
        title: 'Заметка',
        body: `Текст номер ${i}.`,
        actId: null,
        ord: 99,
        sources: [],
        validFrom,
        validFromKnown: true,
      })
      await publishVersion(tx, { versionId })
    })
  const rows = await queryRows(
    t.ctx.db,
    sql`select v.valid_from::text as from, v.valid_to::text as to from article_version v join article a on a.id = v.article_id where a.slug = 'note' order by v.valid_from`,
  )
  expect(rows).toEqual([
    { from: '2020-01-01', to: '2024-01-01' },
    { from: '2024-01-01', to: '2030-01-01' },
    { from: '2030-01-01', to: null },
  ])
})

test('what no database can hold is a fault of the request, not of the server', async () => {
  const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')
  for (const path of [
    '/api/v1/articles/%00',
    '/api/v1/acts/%00/editions',
    '/api/v1/search?q=срок&asOf=0000-01-01',
    '/api/v1/search?q=срок&asof=2015-01-01',
    `/api/v1/articles?cursor=${cursor(['x', 'y'])}`,
    `/api/v1/articles?cursor=${cursor([1.5, 'y'])}`,
    `/api/v1/articles?cursor=${cursor([1, '\u0000'])}`,
    '/api/v1/articles?cursor=%7B',
  ])
    expect((await t.get(path)).status, path).toBe(400)
  expect((await t.post('/api/v1/answers', { question: 'срок \u0000 ответа' })).status).toBe(400)
})

test('a caller who hung up is not counted as refused', async () => {
  await expect(composeAnswer(t.ctx, { question: QUESTION, signal: AbortSignal.abort() })).rejects.toThrow('aborted')
})
