import { readFile } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createApp } from '#server/app.ts'
import { compose, type Deps } from '#server/compose.ts'
import { SYSTEM, type Role } from '#server/context.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { createKey } from '#server/identity/create-key.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { CONTENT, freshPlace, testApp, type Place } from '#test/harness.ts'
import { SynonymHistorySchema, SynonymPreviewSchema, WrittenGroupSchema, type SynonymPreview } from './schema.ts'

const Found = z.object({
  hits: z.array(z.object({ passageId: z.string(), text: z.string() })),
  correctedTo: z.string().nullable(),
})
const Listed = z.object({
  items: z.array(SynonymHistorySchema.partial({ file: true, edits: true })),
  total: z.number(),
})
const Problem = z.object({ code: z.string(), faults: z.array(z.object({ path: z.string(), message: z.string() })) })

/** No passage and no file has it. */
const WORD = 'гуделка'
const none = { same: [], near: [] }
const content = (ru: string[], kk: string[] = []) => ({
  weight: 0.8,
  ru: { ...none, same: ru },
  kk: { ...none, same: kk },
})

let place: Place
let deps: Deps
let app: ReturnType<typeof createApp>
const keys = new Map<Role, string>()

async function open(): Promise<void> {
  deps = await compose(place.config, { log: createLogger('silent'), purpose: 'test' })
  await deps.reconciler.settle()
  app = createApp(deps)
}
beforeAll(async () => {
  place = await freshPlace()
  deps = await compose(place.config, { log: createLogger('silent'), purpose: 'test' })
  const ctx = deps.contextFor(SYSTEM, newId('req'))
  await ingestContent(ctx, CONTENT)
  for (const role of ['operator', 'editor', 'supervisor'] as const)
    keys.set(role, (await createKey(ctx, { name: role, role, agencyId: null })).key)
  await deps.close()
  await open()
})
afterAll(async () => {
  await deps.close()
  await place.remove()
})

const send = async (method: string, path: string, body?: unknown, role: Role = 'editor') =>
  app.request(`/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${keys.get(role) ?? ''}`,
      'accept-language': 'ru',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const search = async (q: string) =>
  Found.parse(await (await send('GET', `/search?q=${encodeURIComponent(q)}&limit=5`, undefined, 'operator')).json())
const write = async (method: string, path: string, body: unknown) => {
  const response = await send(method, path, body)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return WrittenGroupSchema.parse(await response.json())
}
const group = async (id: string) => SynonymHistorySchema.parse(await (await send('GET', `/synonyms/${id}`)).json())
const preview = async (body: unknown): Promise<SynonymPreview> => {
  const response = await send('POST', '/synonyms/preview', body)
  expect(response.status, await response.clone().text()).toBe(200)
  return SynonymPreviewSchema.parse(await response.json())
}
const ids = ({ hits }: { hits: readonly { passageId: string }[] }) => hits.map(({ passageId }) => passageId)

describe('synonyms', () => {
  it('what an editor adds is found by right after saving, after a restart too, and no more once it is undone', async () => {
    const before = await search(WORD)
    expect(before.hits.some(({ text }) => text.includes('выходн'))).toBe(false)

    const saved = await write('POST', '/synonyms', {
      content: content([WORD, 'выходной']),
      reason: 'Так говорят звонящие',
    })
    expect(saved.applied).toBe(true)
    expect(saved.group).toMatchObject({ id: 'gudelka', origin: 'added', number: 1, file: null })
    const after = await search(WORD)
    expect(after.hits[0]?.text).toMatch(/выходн/u)
    // In its forms as well.
    expect((await search('гуделки')).hits[0]?.text).toMatch(/выходн/u)

    await deps.close()
    await open()
    expect(ids(await search(WORD))).toEqual(ids(after))

    const undone = await write('POST', '/synonyms/gudelka/undo', { reason: 'Проверка', after: 1 })
    expect([undone.applied, undone.group.origin]).toEqual([true, 'removed'])
    expect(ids(await search(WORD))).toEqual(ids(before))
    await deps.close()
    await open()
    expect(ids(await search(WORD))).toEqual(ids(before))

    // Undone once more it is back: nothing of the history is lost.
    const again = await write('POST', '/synonyms/gudelka/undo', { reason: 'Всё же нужно', after: 2 })
    expect(again.group).toMatchObject({ origin: 'added', content: { ru: { same: [WORD, 'выходной'] } } })
    expect(ids(await search(WORD))).toEqual(ids(after))
    expect((await group('gudelka')).edits.map(({ number, kind, reason }) => [number, kind, reason])).toEqual([
      [3, 'set', 'Всё же нужно'],
      [2, 'removed', 'Проверка'],
      [1, 'set', 'Так говорят звонящие'],
    ])
    await write('POST', '/synonyms/gudelka/remove', { reason: 'Конец проверки', after: 3 })
  })

  it('a group of the files is changed over them, answers say who and why, and is given back to them', async () => {
    const file = await group('e-mail')
    expect(file).toMatchObject({ origin: 'file', number: 0, edits: [] })
    const more = { ...file.content, ru: { ...file.content.ru, same: [...file.content.ru.same, '  Шуршалка '] } }
    const before = await search('шуршалка')
    const changed = await write('PUT', '/synonyms/e-mail', { content: more, reason: 'Слышали дважды', after: 0 })
    expect(changed.group).toMatchObject({
      origin: 'changed',
      file: file.content,
      changed: { reason: 'Слышали дважды', by: 'editor' },
    })
    expect(changed.group.content.ru.same.at(-1)).toBe('шуршалка')
    expect((await search('шуршалка')).hits[0]?.text).toMatch(/почт|письм/iu)

    // Somebody who read it earlier is refused, not overwritten; the same again writes nothing.
    const late = await send('PUT', '/synonyms/e-mail', { content: file.content, reason: 'Опоздал', after: 0 })
    expect(late.status).toBe(409)
    expect((await write('PUT', '/synonyms/e-mail', { content: more, reason: 'Опять', after: 1 })).group.number).toBe(1)

    const undone = await write('POST', '/synonyms/e-mail/undo', { reason: 'Ослышались', after: 1 })
    expect(undone.group).toMatchObject({ origin: 'file', content: file.content, number: 2 })
    expect(ids(await search('шуршалка'))).toEqual(ids(before))
    // Said in the words of the file, it is the file's again.
    await write('PUT', '/synonyms/e-mail', { content: more, reason: 'Ещё раз', after: 2 })
    const back = await write('PUT', '/synonyms/e-mail', { content: file.content, reason: 'Как в файле', after: 3 })
    expect(back.group).toMatchObject({ origin: 'file', number: 4, changed: { kind: 'file' } })
    expect(ids(await search('шуршалка'))).toEqual(ids(before))

    const Events = z.object({ items: z.array(z.looseObject({ type: z.string(), payload: z.unknown() })) })
    const events = Events.parse(
      await (await send('GET', '/events?type=synonyms.changed&limit=4', undefined, 'supervisor')).json(),
    )
    expect(events.items.map(({ payload }) => payload)).toEqual([
      { what: 'changed', reason: 'Как в файле', added: [], removed: ['шуршалка'] },
      { what: 'changed', reason: 'Ещё раз', added: ['шуршалка'], removed: [] },
      { what: 'undone', reason: 'Ослышались', added: [], removed: ['шуршалка'] },
      { what: 'changed', reason: 'Слышали дважды', added: ['шуршалка'], removed: [] },
    ])
  })

  it('searches go on while the index is made anew, none of them fails or finds less', async () => {
    const saving = write('POST', '/synonyms', { content: content(['бубнилка', 'звонок']), reason: 'Проверка' })
    let isDone = false
    const done = saving.finally(() => (isDone = true))
    const found: number[] = []
    do {
      found.push((await search('срок ответа на письмо')).hits.length)
      // As requests do: everything else gets its turn between them.
      await nextTurn()
    } while (!isDone)
    expect((await done).applied).toBe(true)
    expect(new Set(found)).toEqual(new Set([5]))
    await write('POST', '/synonyms/bubnilka/remove', { reason: 'Конец проверки', after: 1 })
  })

  it('a preview shows what would change, and changes nothing', async () => {
    // Somebody has asked for it, in other words than the example.
    deps.contextFor(SYSTEM, newId('req')).queries.asked({
      text: 'когда пиликалка центра',
      isAnswered: false,
      citations: 0,
      degraded: false,
      cited: [],
    })
    await deps.queryLog.settle()
    const before = await search('пиликалка')
    const seen = await preview({
      id: null,
      content: content(['пиликалка', 'выходной'], ['демалыс күні']),
      examples: ['пиликалка 1414'],
    })
    expect(seen.queries).toMatchObject({ touched: 1, changed: expect.any(Number) })
    const byText = (text: string) => seen.results.find((one) => one.text === text)
    const example = byText('пиликалка')
    expect(example).toMatchObject({ source: 'term', isChanged: true })
    expect(ids({ hits: example?.before ?? [] })).toEqual(ids(before))
    expect(example?.after[0]?.text).toMatch(/выходн/u)
    expect(byText('пиликалка 1414')).toMatchObject({ source: 'example' })
    expect(byText('когда пиликалка центра')).toMatchObject({ source: 'log', times: 1 })
    expect(seen.terms).toContainEqual(
      expect.objectContaining({ text: 'пиликалка', state: 'added', passages: 0, words: [] }),
    )
    const held = seen.terms.find(({ text }) => text === 'выходной')
    expect(held?.passages).toBeGreaterThan(0)
    expect(held?.words[0]?.text).toMatch(/^выходн/u)
    expect(seen.warnings).toEqual([
      { code: 'not-in-base', isSerious: false, terms: ['пиликалка', 'демалыс күні'], groups: [] },
      expect.objectContaining({
        code: 'cycle',
        isSerious: true,
        groups: [expect.objectContaining({ id: 'round-the-clock' })],
      }),
    ])
    expect(ids(await search('пиликалка'))).toEqual(ids(before))
    expect(Listed.parse(await (await send('GET', '/synonyms?q=пиликалка')).json()).items).toEqual([])

    const gone = await preview({ id: 'e-mail', content: null, examples: ['имейл'] })
    expect(gone.results.find(({ text }) => text === 'имейл')).toMatchObject({ isChanged: true })
    expect(gone.terms.every(({ state }) => state === 'removed')).toBe(true)
  })

  it('says every fault of a group at once, in Russian', async () => {
    const response = await send('POST', '/synonyms', {
      content: { weight: 0.6, ru: { same: ['звонок', 'Звонок'], near: ['—'] }, kk: { same: [], near: ['қоңырау'] } },
      reason: 'Проверка',
    })
    expect(response.status).toBe(400)
    expect(Problem.parse(await response.json()).faults).toEqual([
      { path: 'json.content.ru.same.1', message: '«звонок» уже есть в этой группе: уберите повтор' },
      { path: 'json.content.ru.near.0', message: '«—»: нет ни буквы, ни цифры' },
      {
        path: 'json.content.kk.same',
        message: 'казахские: близкие слова есть, а равных нет. Перенесите хотя бы одно в равные',
      },
    ])
    expect((await send('POST', '/synonyms', { content: content(['одно']), reason: 'нет' })).status).toBe(400)
    expect((await send('GET', '/synonyms', undefined, 'operator')).status).toBe(403)
    expect(
      (await send('POST', '/synonyms', { content: content(['а', 'б']), reason: 'нет' }, 'supervisor')).status,
    ).toBe(403)
  })

  it('exports the files with the changes alone', async () => {
    const exported = async (lang: string) => (await send('GET', `/synonyms/files/${lang}`)).text()
    const added = await write('POST', '/synonyms', {
      content: content(['тренькалка', 'звонок'], ['қоңырау']),
      reason: 'Проверка',
    })
    const reply = await group('reply')
    const changed = { ...reply.content, kk: { ...reply.content.kk, same: ['жауап'] } }
    await write('PUT', '/synonyms/reply', { content: changed, reason: 'Проверка', after: 0 })
    const lines = async (lang: string) => {
      const [was, is] = [await readFile(`${CONTENT}/language/synonyms.${lang}.yaml`, 'utf8'), await exported(lang)]
      const old = new Set(was.split('\n'))
      return is.split('\n').filter((line) => !old.has(line))
    }
    expect(await lines('ru')).toEqual(['  - id: trenkalka', '    same: [тренькалка, звонок]'])
    expect((await lines('kk')).join('\n')).toContain('{ id: reply, same: [жауап] }')
    await write('POST', '/synonyms/trenkalka/remove', { reason: 'Конец', after: added.group.number })
    await write('POST', '/synonyms/reply/undo', { reason: 'Конец', after: 1 })
  })
})

describe('synonyms while the engine is away', () => {
  it('are kept, and the answer says that searches do not use them yet', async () => {
    const own = await testApp({
      env: { MEILI_URL: 'http://127.0.0.1:9', MEILI_SEARCH_KEY: 's', MEILI_ADMIN_KEY: 'a' },
    })
    try {
      const response = await own.post(
        '/api/v1/synonyms',
        { content: content([WORD, 'выходной']), reason: 'Проверка' },
        'editor',
      )
      expect(response.status).toBe(201)
      expect(WrittenGroupSchema.parse(await response.json())).toMatchObject({
        applied: false,
        group: { id: 'gudelka', origin: 'added' },
      })
      expect(await (await own.app.request('/health')).json()).toMatchObject({
        search: { indexes: { state: 'degraded' }, meaning: { state: 'ok' } },
      })
      // The preview needs no engine but its own.
      const seen = await own.post(
        '/api/v1/synonyms/preview',
        { id: 'gudelka', content: content([WORD, 'звонок']), examples: [] },
        'editor',
      )
      expect(SynonymPreviewSchema.parse(await seen.json()).results).toContainEqual(
        expect.objectContaining({ text: 'звонок', source: 'term' }),
      )
    } finally {
      await own.close()
    }
  })
})
