import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestFile } from '#server/content/ingest-file.ts'
import type { Role } from '#server/context.ts'
import { createKey } from '#server/identity/create-key.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'
import type { DraftView } from './schema.ts'

const FIRST = '1. Правила определяют порядок работы читального зала.'
const QUIET = (n: number) => `${n}. Читатель соблюдает тишину и бережёт документы, которые ему выданы.`
const LENT = (n: number) => `${n}. Документы выдаются читателю на срок до десяти рабочих дней.`
const NOTE =
  '\n> *Сноска. Глава 1 в редакции приказа Министра культуры РК от 01.11.2026 № 15 (вводится в действие с 20.11.2026).*\n'
const rules = (points: readonly string[], note = '') =>
  readingRoomRules(`### Глава 1. Общие положения
${note}
${points.join('\n\n')}
`)

let t: TestApp
let directory = ''
let clock = new Date('2026-11-18T06:00:00Z')
const PEOPLE = { aigul: 'editor', berik: 'editor' } as const satisfies Record<string, Role>
type Person = keyof typeof PEOPLE
const headers = new Map<Person, Record<string, string>>()
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
const ingest = async (day: string, text: string) => {
  const path = join(directory, `900102.rus.${day}.md`)
  await writeFile(path, text)
  const { status, messages } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
  expect(status, JSON.stringify(messages)).toBe('ingested')
}
const block = (n: number, text: string) =>
  `:::provision{#chp_1__para_${n} label="п. ${n}"}\n${text.replace(/^\d+\. /u, '')}\n:::\n`
const begin = (articleId: string) => ok<DraftView>('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' })
const save = (draft: DraftView, content: Partial<DraftView['content']>) =>
  ok<DraftView>('aigul', 'PUT', `/editorial/drafts/${draft.draftId}`, {
    revision: draft.revision,
    content: { ...draft.content, ...content },
  })
async function release({ draftId, revision }: DraftView): Promise<void> {
  const path = `/editorial/drafts/${draftId}`
  const { versionId } = await ok<DraftView>('aigul', 'POST', `${path}/submit`, { revision })
  await ok('berik', 'POST', `${path}/approve`, { versionId })
  await ok('aigul', 'POST', `${path}/publish`, { versionId })
}

beforeAll(async () => {
  t = await testApp({ content: false, now: () => clock })
  directory = await mkdtemp(join(tmpdir(), 'bilim-merge-'))
  for (const [name, role] of Object.entries(PEOPLE) as [Person, Role][])
    headers.set(name, { authorization: `Bearer ${(await createKey(t.ctx, { name, role })).key}` })
  await ingest('2024-03-12', rules([FIRST, QUIET(2), LENT(3)]))
}, 120_000)
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
  await t.close()
})

test('the proposal that a draft is merged with is found behind a text in force for which nothing has changed', async () => {
  const { items } = await ok<{ items: { articleId: string; slug: string }[] }>('aigul', 'GET', '/articles?limit=200')
  const { articleId } = items.find(({ slug }) => slug.endsWith('chp-1')) ?? expect.fail('no article of the chapter')
  // The text of today quotes what stays as it is; that of December quotes one of two that change places.
  const now = await begin(articleId)
  await release(await save(now, { body: `Сейчас.\n\n${block(1, FIRST)}` }))
  const later = await begin(articleId)
  await release(
    await save(later, { body: `Потом.\n\n${block(1, FIRST)}\n${block(2, QUIET(2))}`, validFrom: '2026-12-10' }),
  )
  // Somebody is at work on the article when the amendment arrives.
  const own = await begin(articleId)
  const mine = { ...own.content, body: own.content.body.replace(/^(?:Сейчас|Потом)\./u, 'Моё начало.') }
  clock = new Date('2026-11-25T06:00:00Z')
  await ingest('2026-11-20', rules([FIRST, LENT(2), QUIET(3)], NOTE))
  await ok('aigul', 'POST', '/editorial/checks')

  const merged = await ok<{ content: { body: string }; conflicts: unknown[] }>(
    'aigul',
    'POST',
    `/editorial/drafts/${own.draftId}/merge`,
    { with: 'proposal', revision: own.revision, mine },
  )
  expect(merged.content.body).toContain('Моё начало.')
  expect(merged.content.body).toContain(block(3, QUIET(3)).trim())
})
