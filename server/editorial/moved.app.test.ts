import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestFile } from '#server/content/ingest-file.ts'
import type { Role } from '#server/context.ts'
import { createKey } from '#server/identity/create-key.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'
import { findImpacted } from './find-impacted.ts'
import { reconcileImpact } from './reconcile-impact.ts'
import type { DraftView } from './schema.ts'

let t: TestApp
let directory = ''
let clock = new Date('2026-11-25T06:00:00Z')
const PEOPLE = { aigul: 'editor', berik: 'editor' } as const satisfies Record<string, Role>
type Person = keyof typeof PEOPLE
const headers = new Map<Person, Record<string, string>>()

const rules = (points: readonly string[], note = '') =>
  readingRoomRules(`### Глава 1. Общие положения
${note}
${points.join('\n\n')}
`)
const FIRST = '1. Правила определяют порядок работы читального зала.'
const THIRD = (n: number, lead = 'Читатель при выдаче документов обязан') => `${n}. ${lead}:

   1) предъявить читательский билет;

   2) расписаться.`
const FOURTH = (n: number, days: string) =>
  `${n}. Документы выдаются читателю на срок, который не превышает ${days} рабочих дней со дня их выдачи.`
const FIFTH = (n: number) => `${n}. Читатель возвращает документы хранителю до закрытия читального зала.`
const NOTE =
  '\n> *Сноска. Глава 1 в редакции приказа Министра культуры РК от 01.11.2026 № 15 (вводится в действие с 20.11.2026).*\n'
const BEFORE = rules([FIRST, THIRD(2), FOURTH(3, 'трех'), FIFTH(4)])
const AFTER = rules(
  [
    FIRST,
    '2. Читальный зал открыт для всех, кто получил читательский билет библиотеки.',
    THIRD(3),
    FOURTH(4, 'пяти'),
    FIFTH(5),
  ],
  NOTE,
)

const ok = async <T>(who: Person, method: string, path: string, body?: unknown): Promise<T> => {
  const response = await t.app.request(`/api/v1${path}`, {
    method,
    headers: { 'accept-language': 'ru', 'content-type': 'application/json', ...headers.get(who) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const said = await response.text()
  expect(response.status, said).toBeLessThan(300)
  return JSON.parse(said) as T
}
interface Task {
  articleId: string
  title: string
  draftId: string | null
  detail: Record<string, string | number>
}
const tasks = async (): Promise<Task[]> => {
  await ok('aigul', 'POST', '/editorial/checks')
  return (await ok<{ items: Task[] }>('aigul', 'GET', '/editorial/tasks?kind=impact&limit=200')).items
}
const ingest = async (day: string, text: string) => {
  const path = join(directory, `900102.rus.${day}.md`)
  await writeFile(path, text)
  const { status, messages } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
  expect(status, JSON.stringify(messages)).toBe('ingested')
}
async function release(draft: DraftView): Promise<DraftView> {
  const path = `/editorial/drafts/${draft.draftId}`
  const { versionId } = await ok<DraftView>('aigul', 'POST', `${path}/submit`, { revision: draft.revision })
  await ok('berik', 'POST', `${path}/approve`, { versionId })
  return ok('aigul', 'POST', `${path}/publish`, { versionId })
}

beforeAll(async () => {
  t = await testApp({ content: false, now: () => clock })
  directory = await mkdtemp(join(tmpdir(), 'bilim-moved-'))
  for (const [name, role] of Object.entries(PEOPLE) as [Person, Role][])
    headers.set(name, { authorization: `Bearer ${(await createKey(t.ctx, { name, role })).key}` })
  await ingest('2024-03-12', BEFORE)
}, 120_000)
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
  await t.close()
})

/** The draft of a body that quotes points of the division's article. */
const quoting = (body: string, eid: string): string =>
  new RegExp(String.raw`^(:{3,})provision\{#${eid} [\s\S]*?^\1$`, 'mu').exec(body)?.[0] ?? expect.fail(`no ${eid}`)
const taskOf = async (title: string, mode = 'proposal'): Promise<Task> =>
  (await tasks()).find((task) => task.title === title && task.detail['mode'] === mode) ??
  expect.fail(`no task of «${title}»`)
const bodyOf = async ({ draftId }: Task): Promise<string> =>
  (await ok<DraftView>('aigul', 'GET', `/editorial/drafts/${draftId ?? ''}`)).content.body
const WHOLE = 'Зал, глазами редактора'
const OWN = 'Своя статья'

test('people’s texts quote points before the act is amended', async () => {
  const { items } = await ok<{ items: { articleId: string; slug: string }[] }>('aigul', 'GET', '/articles?limit=200')
  const { articleId } = items.find(({ slug }) => slug.endsWith('chp-1')) ?? expect.fail('no article of the chapter')
  const draft = await ok<DraftView>('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' })
  const { body, actId } = draft.content
  const saved = await ok<DraftView>('aigul', 'PUT', `/editorial/drafts/${draft.draftId}`, {
    revision: draft.revision,
    content: { ...draft.content, title: WHOLE },
  })
  await release({ ...draft, revision: saved.revision })
  const content = {
    slug: 'own',
    title: OWN,
    actId,
    body: `Коротко.\n\n${quoting(body, 'chp_1__para_2')}\n\n:::provision{#chp_1__para_4 label="п. 4" paraphrase}\nВернуть *всё* вовремя.\n:::\n`,
  }
  await release(await ok<DraftView>('aigul', 'POST', '/editorial/drafts', { lang: 'ru', content }))
  expect(await tasks()).toEqual([])
  clock = new Date('2026-11-26T06:00:00Z')
  await ingest('2026-11-20', AFTER)
})

test('of more texts than are asked for it is said that there are more, and no open task of theirs is closed', async () => {
  await tasks()
  const all = await findImpacted(t.ctx, { limit: 10 })
  expect([all.items.map(({ title }) => title).toSorted(), all.truncated]).toEqual([[WHOLE, OWN].toSorted(), false])
  // However many are looked at together.
  expect(await findImpacted(t.ctx, { limit: 10, page: 1 })).toEqual(all)
  expect(await findImpacted(t.ctx, { limit: 1, page: 1 })).toEqual({ items: all.items.slice(0, 1), truncated: true })
  expect((await findImpacted(t.ctx, { limit: 2 })).truncated).toBe(false)
  expect(await reconcileImpact(t.ctx, { most: 1 })).toMatchObject({ closed: 0 })
})

test('points that only moved are told as moved, and the proposal names their new numbers over the same words', async () => {
  const task = await taskOf(OWN)
  expect(task.detail).toMatchObject({
    mode: 'proposal',
    points: '',
    moved: 'п. 2 → п. 3, п. 4 → п. 5',
    since: '2026-11-20',
    by: expect.stringContaining('№ 15'),
  })
  for (const name of ['replaced', 'excluded', 'added', 'paraphrased', 'unheld'])
    expect(task.detail).not.toHaveProperty(name)
  expect(await bodyOf(task)).toBe(`Коротко.

::::provision{#chp_1__para_3 label="п. 3"}
Читатель при выдаче документов обязан:

:::provision{#chp_1__para_3__subpara_1 label="п. 3 пп. 1"}
предъявить читательский билет;
:::

:::provision{#chp_1__para_3__subpara_2 label="п. 3 пп. 2"}
расписаться.
:::
::::

:::provision{#chp_1__para_5 label="п. 5" paraphrase}
Вернуть *всё* вовремя.
:::
`)
})

test('what now stands under a number that a text quotes is told as new beside the point that moved on', async () => {
  expect((await taskOf(OWN, 'neighbour')).detail).toMatchObject({
    points: 'п. 2',
    beside: 'п. 3',
    since: '2026-11-20',
    by: expect.stringContaining('№ 15'),
  })
})

test('one that was changed as well says its own new words, and the point put in before it is the new one', async () => {
  const task = await taskOf(WHOLE)
  expect(task.detail).toMatchObject({
    moved: 'п. 2 → п. 3, п. 3 → п. 4, п. 4 → п. 5',
    replaced: 'п. 3',
    added: 'п. 2',
    points: 'п. 3, п. 2',
  })
  const body = await bodyOf(task)
  const told = [...body.matchAll(/^:{3,}provision\{#(\S+) label="([^"]+)"\}\n(.*)$/gmu)]
  expect(told.map(([, eid, label, text]) => [eid, label, text?.split(' ').slice(0, 2).join(' ')])).toEqual([
    ['chp_1__para_1', 'п. 1', 'Правила определяют'],
    ['chp_1__para_2', 'п. 2', 'Читальный зал'],
    ['chp_1__para_3', 'п. 3', 'Читатель при'],
    ['chp_1__para_3__subpara_1', 'п. 3 пп. 1', 'предъявить читательский'],
    ['chp_1__para_3__subpara_2', 'п. 3 пп. 2', 'расписаться.'],
    ['chp_1__para_4', 'п. 4', 'Документы выдаются'],
    ['chp_1__para_5', 'п. 5', 'Читатель возвращает'],
  ])
  expect(body).toContain('не превышает пяти рабочих дней')
})

test('a file of a text that the act has left behind is taken back, since whoever edited its words did not make that fault', async () => {
  const { items } = await ok<{ items: { articleId: string; title: string }[] }>('aigul', 'GET', '/articles?limit=200')
  const { articleId = '' } = items.find(({ title }) => title === OWN) ?? {}
  const file = await (
    await t.app.request(`/api/v1/articles/${articleId}/file`, { headers: headers.get('aigul') ?? {} })
  ).text()
  const send = (text: string) =>
    t.app.request('/api/v1/editorial/import', {
      method: 'POST',
      headers: { 'accept-language': 'ru', 'content-type': 'application/json', ...headers.get('aigul') },
      body: JSON.stringify({ text }),
    })
  const edited = file.replace('Коротко.', 'Коротко и ясно.')
  expect(edited).not.toBe(file)
  const taken = (await (await send(edited)).json()) as { status: string; draftId: string }
  expect(taken.status).toBe('created')
  // Its own faults stay faults: of the file, and of the draft before its review.
  expect((await send(edited.replace('Коротко и ясно.', '<b>Коротко.</b>'))).status).toBe(400)
  const { revision } = await ok<DraftView>('aigul', 'GET', `/editorial/drafts/${taken.draftId}`)
  const submitted = await t.app.request(`/api/v1/editorial/drafts/${taken.draftId}/submit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers.get('aigul') },
    body: JSON.stringify({ revision }),
  })
  expect(submitted.status).toBe(400)
  await ok('aigul', 'POST', `/editorial/drafts/${taken.draftId}/discard`, { revision })
})

test('once the proposals are published nothing is asked any more, and the quotes rest on the new numbers', async () => {
  for (const title of [OWN, WHOLE]) {
    const { draftId } = await taskOf(title)
    await release(await ok<DraftView>('aigul', 'GET', `/editorial/drafts/${draftId ?? ''}`))
  }
  expect(await tasks()).toEqual([])
  const { items } = await ok<{ items: { title: string; labels: string[] }[] }>('aigul', 'GET', '/articles?limit=200')
  expect(items.find(({ title }) => title === OWN)?.labels).toEqual(['', 'п. 3', 'п. 5'])
})
