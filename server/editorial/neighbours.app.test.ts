import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#server/context.ts'
import { createKey } from '#server/identity/create-key.ts'
import { amendedRules, furtherAmended } from '#test/amended-rules.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { findNeighbours } from './find-neighbours.ts'
import { reconcileImpact } from './reconcile-impact.ts'
import type { DraftView } from './schema.ts'

let t: TestApp
let clock = new Date('2026-11-25T07:00:00Z')
const PEOPLE = { aigul: 'editor', berik: 'editor', operator: 'operator' } as const satisfies Record<string, Role>
type Person = keyof typeof PEOPLE
const headers = new Map<Person, Record<string, string>>()
const ids = new Map<Person, string>()
const articles = new Map<string, string>()
let text = ''

const call = (who: Person, method: string, path: string, body?: unknown) =>
  t.app.request(`/api/v1${path}`, {
    method,
    headers: {
      'accept-language': 'ru',
      ...headers.get(who),
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  })
const ok = async <T>(who: Person, method: string, path: string, body?: unknown): Promise<T> => {
  const response = await call(who, method, path, body)
  const said = await response.text()
  expect(response.status, said).toBeLessThan(300)
  return JSON.parse(said) as T
}
interface Task {
  taskId: string
  articleId: string
  dueOn: string
  assignee: { id: string } | null
  detail: Record<string, string | number>
}
const tasks = async (): Promise<Task[]> => {
  await ok('aigul', 'POST', '/editorial/checks')
  const { items } = await ok<{ items: Task[] }>('aigul', 'GET', '/editorial/tasks?kind=impact&limit=200')
  return items.filter(({ detail }) => detail['mode'] === 'neighbour')
}
const named = async () =>
  (await tasks()).map(({ articleId }) => [...articles].find(([, id]) => id === articleId)?.[0]).sort()

async function release(draft: DraftView): Promise<DraftView> {
  const path = `/editorial/drafts/${draft.draftId}`
  const { versionId } = await ok<DraftView>('aigul', 'POST', `${path}/submit`, { revision: draft.revision })
  await ok('berik', 'POST', `${path}/approve`, { versionId })
  return ok('aigul', 'POST', `${path}/publish`, { versionId })
}
const upload = () => {
  const form = new FormData()
  form.set('file', new File([furtherAmended(text)], 'contact-centre-rules.ru.txt'))
  form.set('dryRun', 'false')
  return ok('berik', 'POST', '/act-imports', form)
}

beforeAll(async () => {
  t = await testApp({ now: () => clock })
  for (const [name, role] of Object.entries(PEOPLE) as [Person, Role][]) {
    const made = await createKey(t.ctx, { name, role })
    headers.set(name, { authorization: `Bearer ${made.key}` })
    ids.set(name, made.apiKey.id)
  }
  text = await amendedRules()
  const { items } = await ok<{ items: { articleId: string; slug: string }[] }>('operator', 'GET', '/articles?limit=200')
  const bodies = await Promise.all(
    items
      .filter(({ slug }) => slug.startsWith('contact-centre-rules'))
      .map(({ articleId }) => ok<DraftView>('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' })),
  )
  const block = (eid: string): { actId: string | null; body: string } => {
    for (const { content } of bodies) {
      const [body] = new RegExp(String.raw`^(:{3,})provision\{#${eid} [\s\S]*?^\1$`, 'mu').exec(content.body) ?? []
      if (body !== undefined) return { actId: content.actId, body }
    }
    return expect.fail(`no ${eid}`)
  }
  // People's own articles, of no division: next to the new point 8-1 on both sides, and far from it.
  for (const [name, eid] of [
    ['before', 'chp_2__para_8'],
    ['behind', 'chp_2__para_9'],
    ['far', 'chp_2__para_13'],
  ] as const) {
    const { actId, body } = block(eid)
    const content = { slug: `own-${name}`, title: `Своя статья ${name}`, body: `${body}\n`, actId }
    const done = await release(await ok<DraftView>('aigul', 'POST', '/editorial/drafts', { lang: 'ru', content }))
    articles.set(name, done.articleId ?? '')
  }
}, 120_000)
afterAll(() => t.close())

test('nothing is new yet', async () => {
  expect(await tasks()).toEqual([])
})

test('a new point beside one that an article of people’s quotes is a task of its editor, with the point, the day and the order', async () => {
  clock = new Date('2026-11-26T07:00:00Z')
  await upload()
  expect(await named()).toEqual(['before', 'behind'])
  const task = (await tasks()).find(({ articleId }) => articleId === articles.get('before'))
  expect(task).toMatchObject({
    dueOn: '2026-12-05',
    assignee: { id: ids.get('aigul') },
    detail: { points: 'п. 8-1', beside: 'п. 8', since: '2026-12-05', known: 1, by: expect.stringContaining('№ 9') },
  })
  // Asked again, nothing is opened twice.
  expect((await tasks()).length).toBe(2)
})

test('where there are more than are asked for, that is said, and no open task of theirs is closed', async () => {
  const all = await findNeighbours(t.ctx, { limit: 10 })
  expect([all.items.length, all.truncated]).toEqual([2, false])
  // However many texts are looked at together.
  expect(await findNeighbours(t.ctx, { limit: 10, page: 1 })).toEqual(all)
  const few = await findNeighbours(t.ctx, { limit: 1, page: 1 })
  expect([few.items.length, few.truncated]).toEqual([1, true])
  expect(await reconcileImpact(t.ctx, { most: 1 })).toMatchObject({ closed: 0 })
  expect(await named()).toEqual(['before', 'behind'])
})

test('who says that the article does not need it is not asked again', async () => {
  const task = (await tasks()).find(({ articleId }) => articleId === articles.get('before'))
  expect((await call('operator', 'POST', `/editorial/tasks/${task?.taskId ?? ''}/done`)).status).toBe(403)
  await ok('aigul', 'POST', `/editorial/tasks/${task?.taskId ?? ''}/done`)
  expect(await named()).toEqual(['behind'])
  // What is decided takes the place of nothing that is not.
  const left = await findNeighbours(t.ctx, { limit: 1 })
  expect([left.items.map(({ articleId }) => articleId), left.truncated]).toEqual([[articles.get('behind')], false])
})

test('who publishes the article anew has decided so, and the task goes by itself', async () => {
  clock = new Date('2026-12-07T07:00:00Z')
  const draft = await ok<DraftView>('aigul', 'POST', '/editorial/drafts', {
    articleId: articles.get('behind'),
    lang: 'ru',
  })
  const saved = await ok<DraftView>('aigul', 'PUT', `/editorial/drafts/${draft.draftId}`, {
    revision: draft.revision,
    content: { ...draft.content, title: 'Своя статья, просмотрена' },
  })
  await release({ ...draft, revision: saved.revision })
  expect(await tasks()).toEqual([])
})
