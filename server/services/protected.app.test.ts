import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import type { Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { listAgencies } from '#server/agencies/queries.ts'
import { createKey } from '#server/identity/create-key.ts'
import { createLogger } from '#server/logger.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { waysIn } from '#test/ways-in.ts'

let t: TestApp
/** Every line that the server logged, of every level. */
const logged: string[] = []
const WORD = 'абракадабровый'
/** Beside the word in all that is protected here, and in no question. */
const SECRET = /Секретные сведения|Секретный ответ/u

beforeAll(async () => {
  const destination = new Writable({
    write(line, _, done) {
      logged.push(String(line))
      done()
    },
  })
  t = await testApp({ log: createLogger('trace', destination) })
})
afterAll(() => t.close())

let submissionId = ''
const submit = async (): Promise<string> => {
  const sent = await t.app.request('/api/v1/service-submissions', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...(await t.as('agency')) },
    body: csvOf([TITLES, goodRow(3)]),
  })
  const { submission } = (await sent.json()) as { submission: { id: string; rows: { serviceId: string }[] } }
  submissionId = submission.id
  return submission.rows[0]?.serviceId ?? expect.fail('no service')
}

test(
  'п. 25: what the law protects is found by nobody but its agency, wherever he tries',
  { timeout: 300_000 },
  async () => {
    const serviceId = await submit()
    const path = `/api/v1/services/${serviceId}/information`
    const tell = async (text: string, protection: string) => {
      const response = await t.post(path, { text, protection }, 'agency')
      expect(response.status).toBe(201)
      return ((await response.json()) as { id: string }).id
    }
    await tell(`Секретные сведения: ${WORD} порядок охраны.`, 'state-secret')
    // Told as open by mistake, and marked after that; and one that was taken back.
    const mistaken = await tell(`Секретные сведения, отправленные открыто: ${WORD}.`, 'none')
    const withdrawn = await tell(`Секретные сведения, отозванные: ${WORD}.`, 'none')
    const mark = (id: string, body: object, role: Role = 'agency') => t.post(`${path}/${id}/mark`, body, role)
    expect((await mark(mistaken, { protection: 'commercial-secret', reason: 'Отмечено не так' })).status).toBe(200)
    expect((await mark(withdrawn, { protection: null, reason: 'Отправлено по ошибке' })).status).toBe(200)
    expect((await mark(withdrawn, { protection: null, reason: 'Ещё раз' })).status).toBe(404)
    // An answer to a request of п. 26 may hold such a thing too.
    const requestId = 'upd_protected'
    await queryRows(
      t.ctx.db,
      sql`insert into update_request (id, key, agency_id, service_id, act_id, act, amended_by, points, url, requested_on, state, created_at)
        values (${requestId}, 'test', 'agc_justice', ${serviceId}, 'act_x', 'приказ № 1', '{"kind":"приказ","date":"2026-11-01","number":"2"}', '[]', '/acts', '2026-11-02', 'open', now())`,
    )
    const answered = await t.post(
      `/api/v1/update-requests/${requestId}/answer`,
      { text: `Секретный ответ: ${WORD} не меняется.`, protection: 'other-secret' },
      'agency',
    )
    expect(answered.status).toBe(200)
    await t.deps.reconciler.settle()

    // The agency reads its own, as it marked it; what was withdrawn is gone.
    const own = (await (await t.get(`/api/v1/services/${serviceId}`, 'agency')).json()) as {
      details: { information: { text: string; protection: string }[] }
    }
    expect(own.details.information.map(({ protection }) => protection)).toEqual(['state-secret', 'commercial-secret'])
    expect(await (await t.get('/api/v1/update-requests?state=all', 'agency')).text()).toMatch(SECRET)

    const leaks: string[] = []
    for (const role of ['operator', 'editor', 'supervisor', 'authority', 'admin'] as const)
      for (const { name, run } of await waysIn(t, { word: WORD, role }))
        // Search, answers, letters and calls know no role: once is enough.
        if (role === 'operator' || !/search|answer|letter|call/iu.test(name))
          if (SECRET.test(await run())) leaks.push(`${role}: ${name}`)
    expect(leaks).toEqual([])

    // Another agency, through lists and by the names of things.
    const stranger = (await listAgencies(t.ctx, { limit: 200 })).items.find(({ id }) => id !== 'agc_justice')?.id ?? ''
    const other = await createKey(t.ctx, { name: 'другой орган', role: 'agency', agencyId: stranger })
    for (const way of [
      `/services?limit=200`,
      `/services/${serviceId}`,
      '/update-requests?state=all',
      '/service-submissions?limit=200',
      '/service-deadlines?state=all',
      `/service-submissions/${submissionId}`,
      `/service-submissions/${submissionId}/annotated.xlsx`,
      '/agencies/agc_justice/responsible-persons',
      `/services/${serviceId}/responsible-persons`,
    ]) {
      const response = await t.app.request(`/api/v1${way}`, { headers: { authorization: `Bearer ${other.key}` } })
      expect([way, SECRET.test(await response.text())]).toEqual([way, false])
    }
    const foreign = await t.app.request(`${path}/${mistaken}/mark`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ protection: 'none', reason: 'Не моё' }),
    })
    expect(foreign.status).toBe(404)

    // Who changed the mark and why stays on record, and no event says the text.
    const events = await queryRows<{ type: string; said: string }>(
      t.ctx.db,
      sql`select type, payload::text as said from event`,
    )
    expect(events.filter(({ type }) => type === 'record.annulled')).toHaveLength(2)
    expect(events.filter(({ said }) => SECRET.test(said))).toEqual([])
    expect(logged.length).toBeGreaterThan(100)
    expect(logged.filter((line) => SECRET.test(line))).toEqual([])
  },
)

test('п. 25: the centre hides what an agency told as open, and opens nothing that is protected', async () => {
  const serviceId = await submit()
  const path = `/api/v1/services/${serviceId}/information`
  const told = async (text: string, protection: string) =>
    ((await (await t.post(path, { text, protection }, 'agency')).json()) as { id: string }).id
  const [open, hidden] = [await told('Телефон дежурного судьи', 'none'), await told('Тайна', 'state-secret')]
  const mark = async (id: string, protection: string | null, role: Role = 'editor') =>
    (await t.post(`${path}/${id}/mark`, { protection, reason: 'Проверка' }, role)).status
  expect(await mark(open, 'none')).toBe(409)
  expect(await mark(open, 'other-secret')).toBe(200)
  expect(await (await t.get(`/api/v1/services/${serviceId}`, 'editor')).text()).not.toContain('Телефон дежурного судьи')
  expect(await mark(hidden, 'none')).toBe(404)
  expect(await mark(hidden, null)).toBe(404)
  expect(await mark(hidden, null, 'operator')).toBe(403)
})
