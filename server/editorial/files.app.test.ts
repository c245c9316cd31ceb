import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#server/events/event.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { exportArticles, exportDrafts } from './export-articles.ts'
import { importFile } from './import-file.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const take = (text: string) => inTransaction(t.ctx, (tx) => importFile(tx, { text }))
const file = async (n = 0) => (await exportArticles(t.ctx, {}))[n] ?? expect.fail('nothing exported')

/** As an editor publishes a change of an article: by two people. */
async function publish(articleId: string, change: (body: string) => string) {
  const call = async (role: 'editor' | 'admin', path: string, body: unknown) => {
    const response = await t.post(`/api/v1/editorial/drafts${path}`, body, role)
    expect(response.status, await response.clone().text()).toBeLessThan(300)
    return (await response.json()) as { draftId: string; versionId: string; content: { body: string } }
  }
  const { draftId, content } = await call('editor', '', { articleId, lang: 'ru' })
  await t.app.request(`/api/v1/editorial/drafts/${draftId}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...(await t.as('editor')) },
    body: JSON.stringify({ revision: 1, content: { ...content, body: change(content.body) } }),
  })
  const { versionId } = await call('editor', `/${draftId}/submit`, { revision: 2 })
  await call('admin', `/${draftId}/approve`, { versionId })
  await call('admin', `/${draftId}/publish`, { versionId })
}

test('the same state gives the same bytes, and a file as it came out says unchanged', async () => {
  const [once, twice] = [await exportArticles(t.ctx, {}), await exportArticles(t.ctx, {})]
  expect(once).toEqual(twice)
  expect(once).toHaveLength(15)
  for (const { path, text } of once) {
    expect(await take(text), path).toMatchObject({ status: 'unchanged', draftId: null })
    expect(await take(text.replaceAll('\n', '\r\n')), path).toMatchObject({ status: 'unchanged' })
  }
  expect(await exportDrafts(t.ctx)).toEqual([])
})

test('an edited file becomes a draft on its base; the same file again makes no second one', async () => {
  const { text } = await file()
  const edited = `${text}\nПримечание редактора.\n`
  const made = await take(edited)
  expect(made).toMatchObject({ status: 'created', conflicts: [] })
  expect(await take(edited)).toMatchObject({
    status: 'unchanged',
    draftId: made.status === 'refused' ? '' : made.draftId,
  })
  const [draft] = await exportDrafts(t.ctx)
  expect(draft?.text).toContain('Примечание редактора.')
  expect(draft?.path).toMatch(/^drafts\/ru\/.+\.drf_\w+\.md$/)
  // Edited again as a draft's file, over the revision that it names.
  const further = (draft?.text ?? '').replace('Примечание редактора.', 'Примечание редактора, второе.')
  expect(await take(further)).toMatchObject({ status: 'created' })
  expect((await exportDrafts(t.ctx))[0]?.text).toContain('revision: 2')
  // The first file of it, edited elsewhere over revision 1, contradicts: it becomes a draft of its own.
  const other = (draft?.text ?? '').replace('Примечание редактора.', 'Совсем другое примечание.')
  expect(await take(other)).toMatchObject({ status: 'conflict', conflicts: ['body'] })
  expect((await exportDrafts(t.ctx)).map((one) => /(второе|другое)/.exec(one.text)?.[0]).sort()).toEqual([
    'второе',
    'другое',
  ])
})

test('over a newer version both changes are in the draft; where they contradict, it waits for a merge', async () => {
  const { text } = await file(1)
  const articleId = /^id: (\w+)/m.exec(text)?.[1] ?? ''
  await publish(articleId, (body) => `Вступление из базы знаний.\n\n${body}`)
  expect(await take(`${text}\nКонец из файла.\n`)).toMatchObject({ status: 'merged' })
  const merged = (await exportDrafts(t.ctx)).find((draft) => draft.text.includes('Конец из файла'))
  expect(merged?.text).toContain('Вступление из базы знаний')
  const against = text.replace(/\n---\n\n/, '\n---\n\nВступление из файла.\n\n')
  const held = await take(against)
  expect(held).toMatchObject({ status: 'conflict', conflicts: ['body'] })
  const draftId = held.status === 'refused' ? '' : held.draftId
  const response = await t.get(`/api/v1/editorial/drafts/${draftId}`, 'editor')
  expect(await response.json()).toMatchObject({ isOutdated: true })
})

test('a new article is a file without an id', async () => {
  const text =
    '---\nslug: novaya-statya\ntitle: Новая статья\nlang: ru\nreviewBy: 2027-01-01\n---\n\nТекст с 9:00 до 18:30.\n'
  expect(await take(text)).toMatchObject({ status: 'created', articleId: null, slug: 'novaya-statya' })
})

test.each([
  ['no front matter', 'Просто текст.', ['1:1 front-matter']],
  ['broken YAML', '---\nslug: a\ntitle: "не закрыт\n---\n\nТекст.\n', ['4:1 yaml']],
  [
    'several faults of the front matter at once',
    '---\nslug: Плохой Адрес\ntitle: x\nlang: en\nvalidFrom: вчера\ncolour: red\n---\n\nТекст.\n',
    ['2:1 front-matter', '3:1 front-matter', '4:1 front-matter', '5:1 front-matter', '6:1 front-matter'],
  ],
  [
    'faults of the text, by the lines of the file',
    '---\nslug: horoshij-adres\ntitle: Заголовок\nlang: ru\nreviewBy: 2000-01-01\n---\n\nТекст.\n\n<b>x</b> и [сюда](/articles/art_x).\n\n:::provision{#a label="п. 1"}\nБез акта.\n:::\n',
    ['5:1 days', '10:1 html', '10:5 html', '10:12 link', '12:1 no-act'],
  ],
  [
    'an article that is not there',
    '---\nid: art_x\nslug: net-takoj\ntitle: Заголовок\nlang: ru\nreviewBy: 2027-01-01\n---\n\nТекст.\n',
    ['2:1 id'],
  ],
])('%s: refused with every place', async (_, text, places) => {
  const before = (await exportDrafts(t.ctx)).length
  const result = await take(text)
  expect(result.status).toBe('refused')
  expect(
    result.faults.filter((fault) => fault.severity === 'error').map((f) => `${f.line}:${f.column} ${f.rule}`),
  ).toEqual(places)
  for (const { message } of result.faults) expect(message).toMatch(/[а-я]/i)
  expect(await exportDrafts(t.ctx)).toHaveLength(before)
})

test('over HTTP the same: refused with its faults, or taken', async () => {
  const { text } = await file(2)
  const sent = await t.post('/api/v1/editorial/import', { text }, 'editor')
  expect(await sent.json()).toMatchObject({ status: 'unchanged' })
  const refused = await t.post('/api/v1/editorial/import', { text: 'x' }, 'editor')
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ faults: [{ path: '1:1' }] })
  const read = await t.get(`/api/v1/articles/${/^id: (\w+)/m.exec(text)?.[1]}/file`)
  expect(await read.text()).toBe(text)
})
