import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { csvOf, docxOf, goodRow, goodRows, TITLES, xlsxOf } from '#ingest/services/fixtures/make-files.ts'
import { service, serviceSubmission } from '#server/db/schema/services.ts'
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
