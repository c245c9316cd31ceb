import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestFile } from '#server/content/ingest-file.ts'
import type { Actor } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { setPublicationDays } from '#server/impact/set-publication-days.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'
import { endVersion } from './end-version.ts'
import { findOutlived } from './find-outlived.ts'
import { endOfWording } from './visible-passages.ts'

const rules = (second: string, third = '3. Зал открыт для всех читателей.') =>
  readingRoomRules(`### Глава 1. Общие положения

1. Правила определяют порядок работы читального зала.

### Глава 2. Читатели

${second}

### Глава 3. Зал

${third}
`)
const EXCLUDED =
  '2. Исключен приказом Министра культуры РК от 01.05.2026 № 121 (вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования).'
const RESTATED = `3. Зал открыт для всех.

> *Сноска. Пункт 3 - в редакции приказа Министра культуры РК от 01.09.2026 № 300 (вводится в действие с 10.09.2026).*`

let t: TestApp
let directory = ''
const person = (id: string): Actor => ({ kind: 'user', id, name: id, role: 'editor', agencyId: null })
const as = (id: string) => ({ ...t.ctx, actor: person(id) })
const ingest = async (who: string, name: string, text: string) => {
  const path = join(directory, name)
  await writeFile(path, text)
  const done = await ingestFile(as(who), { path, contentDir: CONTENT, mode: who === 'first' ? 'publish' : 'review' })
  expect(done.status, JSON.stringify(done.messages)).toBe('ingested')
  return done
}
const end = (who: string, versionId: string) => inTransaction(as(who), (tx) => endVersion(tx, { versionId }))
const outlived = async () => (await findOutlived(t.ctx, { limit: 10 })).items[0] ?? expect.fail('nothing is outlived')

beforeAll(async () => {
  t = await testApp({ content: false, now: () => new Date('2026-11-25T06:00:00Z') })
  directory = await mkdtemp(join(tmpdir(), 'bilim-end-'))
  await ingest('first', '900102.rus.2024-03-12.md', rules('2. Читатель соблюдает тишину.'))
  await ingest('second', '900102.rus.2026-05-10.md', rules(EXCLUDED))
  await ingest('third', '900102.rus.2026-09-10.md', rules(EXCLUDED, RESTATED))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
  await t.close()
})

test('who imported the text that told of the end has proposed it, not who imported the newest one', async () => {
  expect(await outlived()).toMatchObject({ importedBy: 'second', labels: ['п. 2'], known: false })
  await expect(end('second', (await outlived()).versionId)).rejects.toMatchObject({ code: 'forbidden' })
})

test('while the day is only the earliest possible one, nobody ends it, and is told where the day is to be given', async () => {
  const refused = await end('third', (await outlived()).versionId).catch((error: unknown) => error)
  if (!(refused instanceof DomainError)) expect.fail(String(refused))
  expect(refused.code).toBe('conflict')
  expect(refused.said?.ru).toContain('«Дни официального опубликования»')
  expect(refused.said?.kk).toContain('«Ресми жарияланған күндер»')
  expect(refused.said?.en).toContain('“Days of official publication”')
})

test('of a row that was derived anew the end is that of the same words in its place', async () => {
  const { versionId } = await outlived()
  const [{ act_id: actId = '' } = {}] = await queryRows<{ act_id: string }>(
    t.ctx.db,
    sql`select act_id from provision limit 1`,
  )
  await setPublicationDays(as('third'), {
    actId,
    days: [{ date: '2026-05-01', number: '121', publishedOn: '2026-05-10' }],
    reason: 'Эталонный контрольный банк',
    contentDir: CONTENT,
  })
  const before = await outlived()
  expect(before).toMatchObject({ versionId, endsOn: '2026-05-21', known: true })
  // As `writeProvisions` leaves a row whose first day became another one.
  const [cited] = await queryRows<{ id: string; eid: string }>(
    t.ctx.db,
    sql`select r.id, r.eid from article_source q join provision r on r.id = q.provision_id where q.version_id = ${versionId} and r.eid like '%para_2'`,
  )
  const id = cited?.id ?? expect.fail('no source')
  const columns = sql.raw(
    (
      await queryRows<{ name: string }>(
        t.ctx.db,
        sql`select column_name as name from information_schema.columns where table_name = 'provision' and column_name not in ('id', 'valid_from')`,
      )
    )
      .map(({ name }) => `"${name}"`)
      .join(', '),
  )
  await t.ctx.db.execute(
    sql`insert into provision (id, valid_from, ${columns}) select 'prv_anew', valid_from + 1, ${columns} from provision where id = ${id}`,
  )
  await t.ctx.db.execute(sql`update provision set valid_to = valid_from, ended_by = null where id = ${id}`)
  expect(await outlived()).toEqual(before)
  const [ended] = await queryRows<{ day: string; is_over: boolean }>(
    t.ctx.db,
    sql`select q.day::text, q.is_over from (${endOfWording(sql`${id}`, '2026-11-25')}) q`,
  )
  expect(ended).toEqual({ day: '2026-05-21', is_over: true })
})

test('of two who end it at once one does, and the other is told that it is done', async () => {
  const { versionId } = await outlived()
  const done = await Promise.allSettled([end('third', versionId), end('fourth', versionId)])
  expect(done.filter(({ status }) => status === 'fulfilled')).toMatchObject([{ value: { validTo: '2026-05-21' } }])
  expect(done.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'conflict' } }])
})
