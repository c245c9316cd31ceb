import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { queryRows } from '#server/db/database.ts'
import { createKey } from '#server/identity/create-key.ts'
import { testApp, type TestApp } from '#test/harness.ts'
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
