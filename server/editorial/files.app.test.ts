import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#server/events/event.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
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
async function publish(articleId: string, change: (body: string) => string, more: Record<string, unknown> = {}) {
  const call = async (role: 'editor' | 'admin', path: string, body: unknown) => {
    const response = await t.post(`/api/v1/editorial/drafts${path}`, body, role)
    expect(response.status, await response.clone().text()).toBeLessThan(300)
    return (await response.json()) as { draftId: string; versionId: string; content: { body: string } }
  }
  const { draftId, content } = await call('editor', '', { articleId, lang: 'ru' })
  await t.app.request(`/api/v1/editorial/drafts/${draftId}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...(await t.as('editor')) },
    body: JSON.stringify({ revision: 1, content: { ...content, body: change(content.body), ...more } }),
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

test('a file of an older version that nobody edited is nothing to do, and says that it is old', async () => {
  const { text } = await file(3)
  const articleId = /^id: (\w+)/m.exec(text)?.[1] ?? ''
  await publish(articleId, (body) => `Появилось в версии 2.\n\n${body}`)
  const before = (await exportDrafts(t.ctx)).length
  const taken = await take(text)
  expect(taken).toMatchObject({
    status: 'unchanged',
    draftId: null,
    faults: [{ rule: 'outdated', severity: 'warning' }],
  })
  expect(taken.faults[0]?.message).toContain('это текст версии 1; после неё опубликована версия 2')
  expect(text.split('\n')[(taken.faults[0]?.line ?? 0) - 1]).toMatch(/^base: /)
  expect(await exportDrafts(t.ctx)).toHaveLength(before)
})

test('a file that does not say what it was made from undoes nothing that was published since', async () => {
  // As the project's own `content/articles` has it: no base.
  const text = await readFile(join(CONTENT, 'articles', 'ru', 'contact-centre-rules-changes.md'), 'utf8')
  expect(await take(text)).toMatchObject({ status: 'unchanged', draftId: null, faults: [] })
  const articleId = /^id: (\w+)/m.exec(text)?.[1] ?? ''
  const edit = text.replace(/\n---\n\n/, '\n---\n\nПравка файла.\n\n')
  // One version there is: it can be made from no other.
  const made = await take(edit)
  expect(made).toMatchObject({ status: 'created' })
  await publish(articleId, (body) => `Слово редактора.\n\n${body}`)
  const before = (await exportDrafts(t.ctx)).length
  expect(await take(text)).toMatchObject({ status: 'unchanged', draftId: null, faults: [{ rule: 'outdated' }] })
  const refused = await take(edit.replace('Правка файла', 'Другая правка файла'))
  expect(refused).toMatchObject({ status: 'refused', faults: [{ rule: 'outdated', severity: 'error' }] })
  expect(refused.faults[0]?.message).toContain('выгрузите её заново')
  expect(await exportDrafts(t.ctx)).toHaveLength(before)
})

test('what a newer version says beside its text stays, when an older file is merged', async () => {
  const { text } = await file(4)
  const articleId = /^id: (\w+)/m.exec(text)?.[1] ?? ''
  await publish(articleId, (body) => `Начало версии 2.\n\n${body}`, {
    agencyId: 'agc_justice',
    reviewBy: '2027-03-03',
  })
  expect(await take(`${text}\nХвост из файла.\n`)).toMatchObject({ status: 'merged' })
  const merged = (await exportDrafts(t.ctx)).find((draft) => draft.text.includes('Хвост из файла'))
  expect(merged?.text).toContain('Начало версии 2.')
  expect(merged?.text).toMatch(/^agency: agc_justice$/m)
  expect(merged?.text).toMatch(/^reviewBy: 2027-03-03$/m)
})

test('a draft’s file over a text that is not kept is refused, with what to do', async () => {
  const made = await take('---\nslug: ne-hranitsya\ntitle: Не хранится\nlang: ru\n---\n\nТекст.\n')
  const draftId = made.status === 'refused' ? '' : (made.draftId ?? '')
  const text = (await exportDrafts(t.ctx)).find((draft) => draft.text.includes(`draft: ${draftId}`))?.text ?? ''
  const lost = text.replace('revision: 1', 'revision: 77').replace('Текст.', 'Другой текст.')
  const refused = await take(lost)
  expect(refused).toMatchObject({ status: 'refused', faults: [{ rule: 'outdated' }] })
  expect(refused.faults[0]?.message).toBe(
    'Правки 77 этого черновика в базе знаний нет (сейчас 1): выгрузите черновик заново и перенесите изменения',
  )
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
  expect(await sent.json()).toMatchObject({ status: 'unchanged', faults: [] })
  const refused = await t.post('/api/v1/editorial/import', { text: 'x' }, 'editor')
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ faults: [{ path: '1:1' }] })
  // What is only a warning, as that no review is set, is no reason of a refusal.
  const faulty = await t.post(
    '/api/v1/editorial/import',
    { text: '---\nslug: s-oshibkami\ntitle: С ошибками\nlang: ru\n---\n\n<b>Раз</b>\n\n[два](/articles/art_none)\n' },
    'editor',
  )
  const { faults } = (await faulty.json()) as { faults: { path: string }[] }
  expect(faults.map(({ path }) => path.replace(/:\d+$/u, ''))).toEqual(['7', '7', '9'])
  const read = await t.get(`/api/v1/articles/${/^id: (\w+)/m.exec(text)?.[1]}/file`)
  expect(await read.text()).toBe(text)
})

test('п. 2: a correction ends when the article does, whichever way it is begun', async () => {
  const { text: before } = await file(5)
  const articleId = /^id: (\w+)/m.exec(before)?.[1] ?? ''
  const first = /^base: (\w+)/m.exec(before)?.[1] ?? ''
  await publish(articleId, (body) => `До конца срока.\n\n${body}`, { validTo: '2091-01-01' })
  const created = async (path: string, body: unknown) => {
    const response = await t.post(path, body, 'editor')
    expect(response.status, await response.clone().text()).toBe(201)
    return (await response.json()) as { draftId: string; content: { body: string; validTo: string | null } }
  }
  // By the page.
  const begun = await created('/api/v1/editorial/drafts', { articleId, lang: 'ru' })
  expect(begun.content.validTo).toBe('2091-01-01')
  // By a file: as it came out it says unchanged, edited it keeps its end, and the end may be edited like anything else.
  const out = (await exportArticles(t.ctx, { articleId, lang: 'ru' }))[0]?.text ?? ''
  expect(out).toMatch(/^validTo: 2091-01-01$/m)
  expect(await take(out)).toMatchObject({ status: 'unchanged', draftId: null })
  const endOf = async (text: string) => {
    const taken = await take(text)
    const id = taken.status === 'refused' ? '' : (taken.draftId ?? '')
    return [
      taken.status,
      /^validTo: (.*)$/m.exec((await exportDrafts(t.ctx)).find((d) => d.text.includes(id))?.text ?? '')?.[1],
    ]
  }
  expect(await endOf(out.replace('До конца срока', 'До конца срока, исправлено'))).toEqual(['created', '2091-01-01'])
  expect(await endOf(out.replace('validTo: 2091-01-01', 'validTo: 2092-02-02'))).toEqual(['created', '2092-02-02'])
  expect(await endOf(out.replace('validTo: 2091-01-01\n', ''))).toEqual(['created', undefined])
  // By a roll-back: the text of the first version, the end of the article.
  const back = await created(`/api/v1/articles/${articleId}/rollback`, { versionId: first, reason: 'Вернуть текст' })
  expect(back.content.body).not.toContain('До конца срока')
  expect(back.content.validTo).toBe('2091-01-01')
  // An older file, merged with the version that got the end meanwhile.
  const merged = await take(`${before}\nХвост старого файла.\n`)
  expect(merged).toMatchObject({ status: 'merged' })
  expect((await exportDrafts(t.ctx)).find((d) => d.text.includes('Хвост старого файла'))?.text).toMatch(
    /^validTo: 2091-01-01$/m,
  )
  // Published as it is, the correction ends on the day; and an end that the next version makes is not the text's own.
  await publish(articleId, (body) => `Исправлено.\n\n${body}`)
  const versions = (await (await t.get(`/api/v1/articles/${articleId}/versions`)).json()) as {
    items: { number: number; validTo: string | null }[]
  }
  expect(versions.items[0]).toMatchObject({ number: 3, validTo: '2091-01-01' })
  await publish(articleId, (body) => `Бессрочно.\n\n${body}`, { validTo: null })
  expect((await created('/api/v1/editorial/drafts', { articleId, lang: 'ru' })).content.validTo).toBeNull()
})

test('п. 2: a correction of a text that a scheduled version follows does not end with it', async () => {
  const { text } = await file(6)
  const articleId = /^id: (\w+)/m.exec(text)?.[1] ?? ''
  await publish(articleId, (body) => `Будущее.\n\n${body}`, { validFrom: '2091-01-01' })
  await publish(articleId, (body) => body.replace('Будущее.', 'Сегодняшнее.'))
  expect((await exportArticles(t.ctx, { articleId, lang: 'ru' }))[0]?.text).not.toMatch(/^validTo: /m)
  const made = await t.post('/api/v1/editorial/drafts', { articleId, lang: 'ru' }, 'editor')
  expect(await made.json()).toMatchObject({ content: { validTo: null } })
})
