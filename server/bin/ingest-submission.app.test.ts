import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf, docxOf, goodRow, goodRows, TITLES, xlsxOf } from '#ingest/services/fixtures/make-files.ts'
import type { Role } from '#server/context.ts'
import { event } from '#server/db/schema/events.ts'
import { service, serviceSubmission } from '#server/db/schema/services.ts'
import { ServiceSchema, SubmitResultSchema } from '#server/services/schema.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { ingestSubmission } from './ingest-submission.ts'

let t: TestApp
let directory: string
beforeAll(async () => {
  t = await testApp({ content: false })
  directory = await mkdtemp(join(tmpdir(), 'bilim-sheets-'))
})
afterAll(async () => {
  await t.close()
  await rm(directory, { recursive: true })
})

const ingest = async (name: string, content: Uint8Array | string | null) => {
  const path = join(directory, name)
  if (content !== null) await writeFile(path, content)
  return ingestSubmission(t.ctx, { path, agencyId: 'agc_justice' })
}

it('sheets of Appendix 1 become services; a refused file leaves nothing', async () => {
  const form = [[...TITLES], ...goodRows(2)]
  expect(await ingest('a.xlsx', xlsxOf([{ name: 'Лист1', rows: form }]))).toMatchObject({
    status: 'ingested',
    submission: { added: 2 },
  })
  expect(await ingest('a.docx', docxOf([form]))).toMatchObject({ status: 'unchanged' })
  const before = await t.ctx.db.select().from(serviceSubmission)
  expect(await ingest('b.csv', csvOf([TITLES, goodRow(7), goodRow(8).with(5, 'ftp://x')]))).toMatchObject({
    status: 'refused',
    messages: [{ severity: 'error', rule: 'web-scheme', place: { start: { line: 3, column: 6 } } }],
    submission: { id: null },
  })
  expect(await ingest('none.csv', null)).toMatchObject({ status: 'refused', messages: [{ rule: 'unreadable' }] })
  expect(await t.ctx.db.select().from(serviceSubmission)).toHaveLength(before.length)
  expect(await t.ctx.db.select().from(service)).toHaveLength(2)
})

it('says whose services they become when nobody named the agency', async () => {
  const path = join(directory, 'whose.csv')
  await writeFile(path, csvOf([TITLES, goodRow(9)]))
  expect(await ingestSubmission(t.ctx, { path, agencyId: undefined })).toMatchObject({
    messages: [{ severity: 'warning', rule: 'agency-assumed' }],
  })
})

describe('services that were ingested when nobody said whose they are', () => {
  const SHEET = csvOf([TITLES, goodRow(21), goodRow(22)])
  const held = (i: number) =>
    t.ctx.db
      .select()
      .from(service)
      .where(eq(service.registryNumber, `901000${i}`))
  const put = async (name: string, content: string | Uint8Array, agencyId?: string) => {
    const path = join(directory, name)
    await writeFile(path, content)
    return ingestSubmission(t.ctx, { path, agencyId })
  }

  it('are taken over for an agency by a supervisor, not by whoever knows their numbers, with their history and clocks', async () => {
    expect(await put('nobody.csv', SHEET)).toMatchObject({ status: 'ingested', submission: { added: 2 } })
    const [before] = await held(21)
    expect(before).toMatchObject({ agencyId: 'agc_contact_centre', agencyAssumed: true })
    const path = `/api/v1/services/${before?.id ?? ''}`
    expect((await t.get(path, 'agency')).status).toBe(404)
    const send = async (role: Role, query = '', lang = 'ru') =>
      t.app.request(`/api/v1/service-submissions${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', 'accept-language': lang, ...(await t.as(role)) },
        body: Buffer.from(SHEET),
      })
    for (const [role, query] of [
      ['agency', ''],
      ['editor', '?agencyId=agc_justice'],
    ] as const) {
      const refused = await send(role, query)
      expect(refused.status).toBe(422)
      const said = await refused.text()
      expect(said).toContain('предварительно записана за другим органом')
      expect(said).toContain('попросите супервизора')
      // Nothing of what is held is told.
      expect(said).not.toContain(before?.id)
    }
    expect(await (await send('agency', '', 'kk')).text()).toContain('супервайзерінен')
    expect(await held(21)).toMatchObject([{ agencyId: 'agc_contact_centre', agencyAssumed: true }])
    const tried = await t.ctx.db
      .select()
      .from(event)
      .where(and(eq(event.type, 'service.takeover-refused'), eq(event.subjectId, before?.id ?? '')))
    expect(tried.length).toBeGreaterThanOrEqual(2)
    expect(tried[0]?.payload).toMatchObject({ agencyId: 'agc_justice', heldBy: 'agc_contact_centre' })
    const sent = await send('supervisor', '?agencyId=agc_justice')
    const { submission } = SubmitResultSchema.parse(await sent.json())
    expect(submission.rows.map(({ change, fields }) => [change, fields])).toEqual(
      Array.from({ length: 2 }, () => [
        'changed',
        [{ field: 'agency', was: 'agc_contact_centre', now: 'agc_justice' }],
      ]),
    )
    const seen = ServiceSchema.parse(await (await t.get(path, 'agency')).json())
    expect(seen).toMatchObject({ id: before?.id, agencyId: 'agc_justice', agencyAssumed: false })
    expect(seen.details?.responsible).toHaveLength(1)
    expect(seen.preparation?.deadlines.map(({ point, agencyId }) => [point, agencyId])).toEqual([
      ['п. 20', 'agc_justice'],
      ['п. 21', 'agc_justice'],
    ])
    expect(await held(21)).toHaveLength(1)
  })

  it('are added no second time when the file comes again without its agency', async () => {
    expect(await put('nobody.csv', SHEET)).toMatchObject({
      status: 'unchanged',
      messages: [{ rule: 'agency-assumed', text: expect.stringContaining('agc_justice') }],
    })
    expect(await held(22)).toMatchObject([{ agencyId: 'agc_justice', agencyAssumed: false }])
  })

  it('are left to the first agency that took them: another adds its own', async () => {
    expect(await put('other.csv', csvOf([TITLES, goodRow(22)]), 'agc_service_quality')).toMatchObject({
      submission: { added: 1 },
    })
    expect((await held(22)).map(({ agencyId }) => agencyId).toSorted()).toEqual(['agc_justice', 'agc_service_quality'])
    expect(await put('nobody.csv', SHEET)).toMatchObject({
      status: 'refused',
      messages: [{ rule: 'agency-ambiguous', text: expect.stringContaining('agc_justice, agc_service_quality') }],
    })
  })

  it('stay the centre’s own when it says so', async () => {
    const sheet = csvOf([TITLES, goodRow(23)])
    await put('centre.csv', sheet)
    expect(await put('centre.csv', sheet, 'agc_contact_centre')).toMatchObject({ submission: { changed: 1 } })
    expect(await put('taken.csv', sheet, 'agc_justice')).toMatchObject({ submission: { added: 1 } })
    expect(await held(23)).toHaveLength(2)
  })
})

it('services in electronic form are said to be such, and stay such when nothing is said (п. 33)', async () => {
  const path = join(directory, 'electronic.csv')
  await writeFile(path, csvOf([TITLES, goodRow(11)]))
  const said = { path, agencyId: 'agc_justice' }
  const kinds = async () =>
    (await t.ctx.db.select().from(service).where(eq(service.registryNumber, '90100011'))).map(({ kind }) => kind)
  expect(await ingestSubmission(t.ctx, { ...said, kind: 'electronic' })).toMatchObject({ submission: { added: 1 } })
  expect(await ingestSubmission(t.ctx, said)).toMatchObject({ status: 'unchanged' })
  expect(await kinds()).toEqual(['electronic'])
  expect(await ingestSubmission(t.ctx, { ...said, kind: 'state' })).toMatchObject({ submission: { changed: 1 } })
  expect(await kinds()).toEqual(['state'])
})

it('other documents are left to whoever reads acts', async () => {
  expect(await ingest('act.docx', docxOf([[['Срок', '5 дней']]]))).toBeNull()
  expect(await ingest('act.txt', 'Приказ')).toBeNull()
})
