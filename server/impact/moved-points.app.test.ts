import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#server/context.ts'
import { createKey } from '#server/identity/create-key.ts'
import type { DraftView } from '#server/editorial/schema.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'

const FIRST = '1. Правила определяют порядок работы читального зала.'
const QUIET = (n: number) => `${n}. Читатель соблюдает тишину и бережёт редкие рукописи, которые ему выданы.`
const LENT = (n: number, days: string) =>
  `${n}. Редкие рукописи выдаются читателю на срок, который не превышает ${days} рабочих дней со дня их выдачи.`
const BACK = (n: number) => `${n}. Читатель возвращает редкие рукописи хранителю до закрытия читального зала.`
const NEW = '2. Читальный зал открыт для всех, кто получил читательский билет библиотеки.'
const NOTE =
  '\n> *Сноска. Глава 1 в редакции приказа Министра культуры РК от 01.11.2026 № 15 (вводится в действие с 20.11.2026).*\n'
const rules = (points: readonly string[], note = '') =>
  readingRoomRules(`### Глава 1. Общие положения
${note}
${points.join('\n\n')}
`)

let t: TestApp
let clock = new Date('2026-11-18T06:00:00Z')
const ROLES = { aigul: 'editor', berik: 'editor', operator: 'operator', agency: 'agency' } as const satisfies Record<
  string,
  Role
>
type Person = keyof typeof ROLES
const headers = new Map<Person, Record<string, string>>()
const ok = async <T>(who: Person, method: string, path: string, body?: unknown): Promise<T> => {
  const response = await t.app.request(`/api/v1${path}`, {
    method,
    headers: {
      'accept-language': 'ru',
      ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...headers.get(who),
    },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  })
  const said = await response.text()
  expect(response.status, said).toBeLessThan(300)
  return JSON.parse(said) as T
}
const bring = (day: string, text: string) => {
  const body = new FormData()
  body.set('file', new File([text], `900102.rus.${day}.md`))
  body.set('dryRun', 'false')
  return ok<{ outcome: string; imported: { actId: string } }>('aigul', 'POST', '/act-imports', body)
}
/** A published text of an agency's that quotes one point. */
async function quote(agencyId: string, actId: string, point: string, text: string): Promise<void> {
  const draft = await ok<DraftView>('aigul', 'POST', '/editorial/drafts', {
    lang: 'ru',
    content: {
      slug: `about-${point}`,
      title: `О пункте ${point}`,
      actId,
      agencyId,
      body: `Коротко.\n\n:::provision{#chp_1__para_${point} label="п. ${point}"}\n${text.replace(/^\d+\. /u, '')}\n:::\n`,
    },
  })
  const path = `/editorial/drafts/${draft.draftId}`
  const { versionId } = await ok<DraftView>('aigul', 'POST', `${path}/submit`, { revision: draft.revision })
  await ok('berik', 'POST', `${path}/approve`, { versionId })
  await ok('aigul', 'POST', `${path}/publish`, { versionId })
}
const ask = (question: string) =>
  ok<{ answerId: string; sentences: { citations: { label: string }[] }[] }>('operator', 'POST', '/answers', {
    question,
  })

const asked: Record<string, string> = {}

beforeAll(async () => {
  t = await testApp({ now: () => clock })
  for (const [name, role] of Object.entries(ROLES) as [Person, Role][])
    headers.set(name, {
      authorization: `Bearer ${(await createKey(t.ctx, { name, role, agencyId: role === 'agency' ? 'agc_justice' : null })).key}`,
    })
  const { outcome, imported } = await bring('2024-03-12', rules([FIRST, QUIET(2), LENT(3, 'трех'), BACK(4)]))
  expect(outcome).toBe('imported')
  const { actId } = imported
  await quote('agc_labour', actId, '2', QUIET(2))
  await quote('agc_finance', actId, '3', LENT(3, 'трех'))
  await t.deps.reconciler.settle()
  await ok('agency', 'POST', '/service-submissions?name=a.json', [
    {
      registryNumber: '00101001',
      name: 'Выдача рукописей',
      byLaw: 'приказ от 12 марта 2024 года № 92',
      changes: '',
      webResource: 'https://egov.kz',
      responsible: 'Ахметов Серик Болатович, главный специалист',
      contacts: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz',
    },
  ])
  for (const question of [
    'На сколько рабочих дней выдаются редкие рукописи?',
    'Соблюдает ли читатель тишину с редкими рукописями?',
  ]) {
    const { answerId, sentences } = await ask(question)
    for (const { label } of sentences.flatMap(({ citations }) => citations)) asked[label] = answerId
  }
  clock = new Date('2026-11-25T06:00:00Z')
  await bring('2026-11-20', rules([FIRST, NEW, QUIET(3), LENT(4, 'пяти'), BACK(5)], NOTE))
}, 120_000)
afterAll(() => t.close())

test('answers by a point that has another number are told its own words, not what stands under the old number', async () => {
  expect(Object.keys(asked).toSorted()).toEqual(['п. 2', 'п. 3'])
  const { items } = await ok<{
    items: { answerId: string; citations: { label: string; movedTo: string | null; after: string | null }[] }[]
  }>('aigul', 'GET', '/impact/answers')
  const told = new Map(items.flatMap(({ citations }) => citations.map((one) => [one.label, one] as const)))
  expect(told.get('п. 2')).toMatchObject({ movedTo: 'п. 3', known: true, after: QUIET(2).slice(3) })
  expect(told.get('п. 3')).toMatchObject({ movedTo: 'п. 4', after: LENT(4, 'пяти').slice(3) })
})

test('requests of п. 26 name what was changed, then what only moved, by both numbers', async () => {
  const { items } = await ok<{ items: { agencyId: string; points: { label: string }[] }[] }>(
    'aigul',
    'GET',
    '/update-requests',
  )
  expect(items.find(({ agencyId }) => agencyId === 'agc_justice')?.points.map(({ label }) => label)).toEqual([
    'п. 2',
    'п. 3 → п. 4',
    'п. 2 → п. 3',
    'п. 4 → п. 5',
  ])
})

test('whose article quotes a point that only moved is not asked; whose point was changed as well is', async () => {
  const { items } = await ok<{ items: { agencyId: string }[] }>('aigul', 'GET', '/update-requests')
  expect(items.map(({ agencyId }) => agencyId).toSorted()).toEqual(['agc_finance', 'agc_justice'])
})

test('where the day of the change is only the earliest possible one, that is said of the answers as well', async () => {
  await t.ctx.db.execute(
    sql`update provision set ended_by = jsonb_set(ended_by, '{known}', 'false') where ended_by ->> 'number' = '15'`,
  )
  const { items } = await ok<{ items: { citations: { label: string; known: boolean }[] }[] }>(
    'aigul',
    'GET',
    '/impact/answers',
  )
  const told = items.flatMap(({ citations }) => citations)
  expect(told.length).toBeGreaterThan(0)
  expect(told.map(({ known }) => known)).not.toContain(true)
})
