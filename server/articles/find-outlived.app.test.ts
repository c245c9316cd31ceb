import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStatesReader } from '#server/acts/follow-provisions.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import type { Actor } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { reconcileImpact } from '#server/editorial/reconcile-impact.ts'
import { inTransaction } from '#server/events/event.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'
import { endVersion } from './end-version.ts'
import { findOutlived } from './find-outlived.ts'
import { publishVersion } from './publish-version.ts'

const QUIET = 'Читатель соблюдает тишину и бережёт документы, которые ему выданы.'
const OPEN = 'Читальный зал открыт для всех, кто получил читательский билет библиотеки.'
const LENT = 'Документы выдаются читателю на срок до десяти рабочих дней.'
const NEW = 'Хранитель зала записывает каждого читателя в журнал посещений.'
const NOTE =
  '\n> *Сноска. Глава 1 в редакции приказа Министра культуры РК от 01.05.2026 № 121 (вводится в действие с 10.05.2026).*\n'
const rules = (points: readonly string[], note = '') =>
  readingRoomRules(`### Глава 1. Общие положения
${note}
${points.map((text, at) => `${at + 1}. ${text}`).join('\n\n')}
`)
const plan = (articles: Record<string, number[]>) => `act: "2024-03-12-92"
lang: ru
articles:
${Object.entries(articles)
  .map(
    ([slug, points]) => `  - slug: ${slug}
    title: Статья ${slug}
    provisions: [${points.map((point) => `chp_1__para_${point}`).join(', ')}]
`,
  )
  .join('')}`

let t: TestApp
let directory = ''
const person = (id: string): Actor => ({ kind: 'user', id, name: id, role: 'editor', agencyId: null })
const as = (id: string) => ({ ...t.ctx, actor: person(id) })
const ingest = async (who: string, day: string, text: string, articles: Record<string, number[]>) => {
  await writeFile(join(directory, 'sources', 'rules.articles.yaml'), plan(articles))
  const path = join(directory, `900102.rus.${day}.md`)
  await writeFile(path, text)
  const done = await ingestFile(as(who), { path, contentDir: directory, mode: who === 'first' ? 'publish' : 'review' })
  expect(done.status, JSON.stringify(done.messages)).toBe('ingested')
  return done.result?.endings.map(({ slug }) => slug)
}
const outlived = async () =>
  (await findOutlived(t.ctx, { limit: 10 })).items
    .map(({ slug, labels, moved }) => ({ slug, labels, moved }))
    .toSorted((one, other) => one.slug.localeCompare(other.slug))
const publishWaiting = async (slug: string) => {
  const [row] = await queryRows<{ id: string }>(
    t.ctx.db,
    sql`select v.id from article_version v join article a on a.id = v.article_id where a.slug = ${slug} and v.state = 'draft'
        order by v.number desc limit 1`,
  )
  await inTransaction(as('third'), (tx) => publishVersion(tx, { versionId: row?.id ?? '' }))
}

beforeAll(async () => {
  t = await testApp({ content: false, now: () => new Date('2026-11-25T06:00:00Z') })
  directory = await mkdtemp(join(tmpdir(), 'bilim-outlived-'))
  await mkdir(join(directory, 'sources'))
  await ingest('first', '2024-03-12', rules([QUIET, OPEN, LENT]), { rest: [1], hall: [2], loans: [3] })
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
  await t.close()
})

test('what only has another number is not told as gone, while no other article says it to operators', async () => {
  // A point is put in as the second: «hall» goes on as point 3 and «loans» as point 4, and both numbers hold another text.
  const endings = await ingest('second', '2026-05-10', rules([QUIET, NEW, OPEN, LENT], NOTE), { rest: [1, 2, 3, 4] })
  expect(endings).toEqual([])
  expect(await outlived()).toEqual([])
})

test('once it does, the texts by the old numbers are to be ended, and the task says where their words are', async () => {
  await publishWaiting('rest')
  expect(await outlived()).toEqual([
    { slug: 'hall', labels: [], moved: ['п. 2 → п. 3'] },
    { slug: 'loans', labels: [], moved: ['п. 3 → п. 4'] },
  ])
  await reconcileImpact(t.ctx)
  const tasks = await t.ctx.db
    .select()
    .from(editorialTask)
    .where(and(eq(editorialTask.state, 'open'), sql`detail ->> 'mode' = 'ending'`))
  expect(
    tasks
      .map(({ title, detail }) => [title, detail])
      .toSorted(([one], [other]) => String(one).localeCompare(String(other))),
  ).toEqual([
    ['Статья hall', expect.objectContaining({ mode: 'ending', points: '', moved: 'п. 2 → п. 3', since: '2026-05-10' })],
    ['Статья loans', expect.objectContaining({ mode: 'ending', points: '', moved: 'п. 3 → п. 4' })],
  ])
})

test('where there are more than are asked for, that is said, and no open task of theirs is closed', async () => {
  const all = await findOutlived(t.ctx, { limit: 10 })
  expect(all.truncated).toBe(false)
  const slugs = all.items.map(({ slug }) => slug)
  // However many are looked at together.
  expect((await findOutlived(t.ctx, { limit: 10, page: 1 })).items.map(({ slug }) => slug)).toEqual(slugs)
  const few = await findOutlived(t.ctx, { limit: 1, page: 1 })
  expect([few.items.map(({ slug }) => slug), few.truncated]).toEqual([slugs.slice(0, 1), true])
  expect((await findOutlived(t.ctx, { limit: 2 })).truncated).toBe(false)
  expect(await reconcileImpact(t.ctx, { most: 1 })).toEqual({ opened: 0, closed: 0 })
  expect(await reconcileImpact(t.ctx)).toEqual({ opened: 0, closed: 0 })
})

test('a text of which it is not known that it has ended hides none of those behind it', async () => {
  const [first, second] = (await findOutlived(t.ctx, { limit: 10 })).items
  const rollBack = new Error('only looked')
  const looked = inTransaction(t.ctx, async (tx) => {
    // Nobody else says the words of the first one any more, so it stays.
    await tx.db.execute(
      sql`delete from article_source s using article_version v, article a, provision p
          where v.id = s.version_id and a.id = v.article_id and p.id = s.provision_id and a.slug = 'rest'
            and p.label = ${first?.moved[0]?.split(' → ')[1] ?? ''}`,
    )
    expect(await findOutlived(tx, { limit: 1, page: 1 })).toMatchObject({
      items: [{ slug: second?.slug }],
      truncated: false,
    })
    throw rollBack
  })
  await expect(looked).rejects.toBe(rollBack)
})

test('an act is read once for each day, and aligned once for each two', async () => {
  const [row] = await queryRows<{ id: string }>(t.ctx.db, sql`select act_id as id from article where slug = 'hall'`)
  const act = { actId: row?.id ?? '', lang: 'ru' as const }
  const states = createStatesReader(t.ctx)
  const [one, other] = [await states(act, '2026-01-01', null), await states(act, '2026-02-01', null)]
  expect(one.pairs.get('chp_1__para_2')?.label).toBe('п. 3')
  expect(other.after).toBe(one.after)
  expect(await states(act, '2026-01-01', null)).toBe(one)
  // The sources and tables of an act are not held along with its words.
  expect(one.after[0]).not.toHaveProperty('raw')
  // Another act takes its place.
  expect((await states({ ...act, lang: 'kk' }, '2026-01-01', null)).after).toEqual([])
  expect(await states(act, '2026-01-01', null)).not.toBe(one)
})

test('a second person ends such a text on the day of the amendment', async () => {
  const hall = (await findOutlived(t.ctx, { limit: 10 })).items.find(({ slug }) => slug === 'hall')
  const end = (who: string) => inTransaction(as(who), (tx) => endVersion(tx, { versionId: hall?.versionId ?? '' }))
  await expect(end('second')).rejects.toMatchObject({ code: 'forbidden' })
  expect(await end('third')).toEqual({ validTo: '2026-05-10' })
  expect((await outlived()).map(({ slug }) => slug)).toEqual(['loans'])
})
