import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { queryRows } from '#server/db/database.ts'
import { createKey } from '#server/identity/create-key.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { parseAgenciesFile } from './agencies-file.ts'
import { loadAgencies } from './load-agencies.ts'
import { listAgencies } from './queries.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const all = async () => (await listAgencies(t.ctx, { limit: 200 })).items

test('п. 10: the directory is searched by names, subjects and contacts, whatever the case', async () => {
  const found = async (q: string) => {
    const response = await t.get(`/api/v1/agencies?limit=200&q=${encodeURIComponent(q)}`, 'operator')
    expect(response.status).toBe(200)
    return ((await response.json()) as { items: { id: string }[] }).items.map(({ id }) => id)
  }
  const justice = (await all()).find(({ id }) => id === 'agc_justice')
  const subject = justice?.subjects.ru[0] ?? expect.fail('no subject')
  const contact = justice?.contacts[0]?.value ?? expect.fail('no contact')
  expect(await found('ЮСТИЦИИ')).toContain('agc_justice')
  expect(await found(justice?.name.kk.toUpperCase() ?? '')).toContain('agc_justice')
  expect(await found(subject.slice(0, 12).toUpperCase())).toContain('agc_justice')
  expect(await found(contact)).toContain('agc_justice')
  expect(await found('%')).toEqual([])
  expect(await found('нет такого органа')).toEqual([])
})

test('п. 10: an administrator says how a body is reached; it stands over the file, with who said it and whence', async () => {
  const id = 'agc_ict_operator'
  const put = async (body: unknown, role: 'admin' | 'supervisor' | 'editor' | 'operator' = 'admin', lang = 'ru') =>
    t.app.request(`/api/v1/agencies/${id}/contacts`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'accept-language': lang, ...(await t.as(role)) },
      body: JSON.stringify(body),
    })
  const contacts = [
    { kind: 'phone', value: '8 (7172) 12-34-56 доб. 7' },
    { kind: 'email', value: 'help@example.kz' },
  ]
  const source = 'письмо оператора от 25.11.2026'
  for (const role of ['supervisor', 'editor', 'operator'] as const)
    expect((await put({ contacts, source, after: 0 }, role)).status).toBe(403)
  const set = await put({ contacts, source, after: 0 })
  expect(await set.json()).toMatchObject({ id, contacts, contactEdits: 1 })
  // The same again writes nothing; who has looked before that is told.
  expect(await (await put({ contacts, source, after: 1 })).json()).toMatchObject({ contactEdits: 1 })
  const late = await put({ contacts: [], source, after: 0 })
  expect([late.status, ((await late.json()) as { detail: string }).detail]).toEqual([
    409,
    expect.stringContaining('изменил кто-то другой'),
  ])
  // A draft of п. 36 is addressed by them, and loading the file again leaves them.
  const asked = await t.post('/api/v1/answers', { question: 'открыть порт 443', asker: 'state-body', group: 'ict' })
  expect(await asked.json()).toMatchObject({ guidance: { draft: { to: { agencyId: id, contacts } } } })
  const { agencies } = parseAgenciesFile(await readFile('content/agencies.yaml', 'utf8'))
  expect(await loadAgencies(t.ctx, agencies ?? [])).toBe(false)
  expect((await all()).find((one) => one.id === id)?.contacts).toEqual(contacts)
  const history = await t.get(`/api/v1/agencies/${id}/contacts`, 'admin')
  expect(await history.json()).toMatchObject({ items: [{ number: 1, contacts, source }] })
  const wrong = await put(
    {
      contacts: [
        { kind: 'phone', value: 'позвоните' },
        { kind: 'email', value: 'почта' },
      ],
      source: '',
      after: 1,
    },
    'admin',
    'kk',
  )
  expect(((await wrong.json()) as { faults: unknown }).faults).toEqual([
    { path: 'json.contacts.0.value', message: expect.stringContaining('Телефон: сандар') },
    { path: 'json.contacts.1.value', message: 'Мұнда керегі: электрондық пошта мекенжайы' },
    { path: 'json.source', message: 'Тым қысқа: кемінде 3 таңба керек' },
  ])
})

test('п. 20: who answers for a body’s services is seen by the centre and by the body itself', async () => {
  const sent = await t.app.request('/api/v1/service-submissions', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...(await t.as('agency')) },
    body: csvOf([TITLES, goodRow(400)]),
  })
  expect(sent.status).toBe(201)
  const people = async (role: 'operator' | 'editor' | 'agency', id = 'agc_justice') =>
    t.get(`/api/v1/agencies/${id}/responsible-persons`, role)
  expect(await (await people('editor')).json()).toMatchObject({
    items: [{ service: { name: expect.stringContaining('400') as string }, person: { until: null } }],
  })
  expect((await people('agency')).status).toBe(200)
  const other = (await all()).find(({ id }) => id !== 'agc_justice')?.id ?? ''
  expect((await people('agency', other)).status).toBe(404)
  expect((await people('operator')).status).toBe(403)
})

test('a body that services, users, keys or records name is not deleted; one that nothing names is', async () => {
  const entries = await all()
  const without = (id: string) =>
    loadAgencies(
      t.ctx,
      entries.filter((entry) => entry.id !== id),
    )
  await expect(without('agc_justice')).rejects.toThrow(/agc_justice \(services: 1, submissions: 1, deadlines: \d+/)
  expect((await all()).map(({ id }) => id)).toContain('agc_justice')
  // The demo sign-in of an agency names one, too.
  const users = await queryRows<{ agencyId: string }>(
    t.ctx.db,
    sql`select agency_id as "agencyId" from "user" where agency_id is not null`,
  )
  const named = new Set(['agc_justice', ...users.map(({ agencyId }) => agencyId)])
  const free = entries.map(({ id }) => id).filter((id) => !named.has(id))
  const [keyed = '', unnamed = ''] = free
  await createKey(t.ctx, { name: 'программа органа', role: 'agency', agencyId: keyed })
  await expect(without(keyed)).rejects.toThrow(`${keyed} (API keys: 1)`)
  expect(await without(unnamed)).toBe(true)
  expect((await all()).map(({ id }) => id)).not.toContain(unnamed)
  expect(await loadAgencies(t.ctx, entries)).toBe(true)
})
