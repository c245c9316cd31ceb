import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hasLawData, lawPath } from '#ingest/acts/fixtures/law-data.ts'
import { goodRow, TITLES, xlsxOf } from '#ingest/services/fixtures/make-files.ts'
import { PassportListSchema } from '#server/acts/passport-schema.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { ServiceSchema, SubmitResultSchema } from '#server/services/schema.ts'
import { CONTENT, testApp, type TestApp } from './harness.ts'
import { PASSPORT_ACT, passportDirectory, passportFiles } from './passport-act.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
let t: TestApp
let directory: string
let actId = ''

const ingest = async (path: string) => {
  const { messages, result } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
  expect(
    messages.filter(({ severity }) => severity === 'error'),
    path,
  ).toEqual([])
  await t.deps.reconciler.settle()
  return { messages, actId: result?.actId ?? expect.fail(path) }
}
const passports = async (id: string, query = '') => {
  const response = await t.get(`/api/v1/acts/${id}/passports${query}`)
  expect(response.status).toBe(200)
  return PassportListSchema.parse(await response.json())
}
const only = async (query = '') => {
  const { items } = await passports(actId, query)
  expect(items).toHaveLength(1)
  return items[0] ?? expect.fail('no passport')
}

beforeAll(async () => {
  t = await testApp({ now: () => new Date('2026-11-25T06:00:00Z') })
  directory = await passportDirectory()
})
afterAll(async () => {
  await t.close()
  await rm(directory, { recursive: true, force: true })
})

describe('passports of an act', () => {
  test('come in with the act, and a row that nobody knows is told at its place', async () => {
    for (const name of Object.keys(passportFiles).filter((one) => one.endsWith('.md'))) {
      const { messages, actId: id } = await ingest(join(directory, name))
      actId = id
      const told = messages.filter(({ rule }) => rule === 'standard-row-unknown')
      expect(told, name).toHaveLength(1)
      const line = told[0]?.place.start.line ?? 0
      expect(
        passportFiles[name]
          ?.split('\n')
          .slice(line - 1, line + 4)
          .join(''),
      ).toContain('00900002')
    }
  })

  test('say both languages side by side, each field with the wording that it rests on', async () => {
    const passport = await only()
    expect([passport.eid, passport.ru?.name, passport.kk?.name]).toEqual([
      'app_1__table',
      'Выдача архивной выписки',
      'Мұрағаттық үзінді беру',
    ])
    for (const text of [passport.ru, passport.kk]) {
      expect(text?.terms.map(({ value, unit }) => [value, unit])).toEqual([
        [3, 'working-day'],
        [20, 'minute'],
      ])
      expect(text?.fee).toMatchObject({ kind: 'mixed', amounts: [{ value: 2, unit: 'mci' }] })
      expect(text?.forms).toEqual(['electronic-partial', 'paper'])
      expect(text?.counts).toEqual({ documents: 4, refusal: 2 })
      expect(text?.hours.map(({ of }) => of)).toEqual(['provider', 'portal'])
      expect(text?.subservices).toHaveLength(2)
      expect(text?.fields.other.map(({ num }) => num)).toEqual(['10', '11'])
      expect(text?.messages.map(({ rule, eid }) => [rule, eid])).toEqual([['row-unknown', 'app_1__row_11']])
    }
    expect(passport.ru?.fields.term).toMatchObject([
      {
        eid: 'app_1__row_3',
        label: 'прил. 1, п. 3 Перечня',
        edition: { date: '2025-05-20', amendedBy: 'приказ № 90 от 20.05.2025' },
        validFrom: '2025-06-02',
      },
    ])
    expect(passport.fields.filter(({ differences }) => differences.length > 0)).toEqual([])
    expect(passport.fields.filter(({ readDifferently }) => readDifferently)).toEqual([])
  })

  test('are as of the day: on the eve of an amendment they say what was in force, and flag what the languages differed in', async () => {
    const before = await only('?asOf=2025-06-01')
    expect(before.ru?.terms[0]).toMatchObject({ value: 15, unit: 'calendar-day' })
    expect(before.kk?.terms[0]).toMatchObject({ value: 15, unit: 'working-day' })
    const term = before.fields.find(({ field }) => field === 'term')
    expect(term).toMatchObject({ readDifferently: true, differences: [{ kind: 'days' }] })
    expect((await only('?asOf=2025-06-02')).ru?.terms[0]).toMatchObject({ value: 3, unit: 'working-day' })
    expect((await passports(actId, '?asOf=2024-03-01')).items).toEqual([])
  })

  test('of an act without standards are none, and of no act a 404', async () => {
    const { items } = z
      .object({ items: z.array(z.object({ actId: z.string(), code: z.string().nullable() })) })
      .parse(await (await t.get('/api/v1/acts')).json())
    const other = items.find(({ code }) => code !== PASSPORT_ACT) ?? expect.fail('no other act')
    expect(await passports(other.actId)).toMatchObject({ items: [], languages: [] })
    expect((await t.get('/api/v1/acts/act_none/passports')).status).toBe(404)
    expect((await t.get(`/api/v1/acts/${actId}/passports?asOf=вчера`)).status).toBe(400)
  })
})

describe('a service of the registry', () => {
  const submitted = async (name: string, number: string) => {
    const file = xlsxOf([{ name: 'Лист1', rows: [[...TITLES], goodRow(1).with(1, number).with(2, name)] }])
    const response = await t.app.request('/api/v1/service-submissions', {
      method: 'POST',
      headers: { 'content-type': XLSX, ...(await t.as('agency')) },
      body: Buffer.from(file),
    })
    const { submission } = SubmitResultSchema.parse(await response.json())
    const id = submission.rows[0]?.serviceId ?? expect.fail('no service')
    return ServiceSchema.parse(await (await t.get(`/api/v1/services/${id}`, 'supervisor')).json())
  }

  test.each([
    ['the same words', 'Выдача архивной выписки', '00900001', 1],
    ['other case, quotation marks and spaces', '«ВЫДАЧА  архивной выписки».', '00900002', 1],
    ['the Kazakh name', 'Мұрағаттық үзінді беру', '00900003', 1],
    ['a name that is only alike', 'Выдача архивных выписок', '00900004', 0],
    ['a part of the name', 'Выдача архивной', '00900005', 0],
  ])('has a passport by %s: %s', async (_why, name, number, found) => {
    const { details } = await submitted(name, number)
    expect(details?.passports).toEqual(found === 0 ? [] : [{ actId, eid: 'app_1__table' }])
  })
})

describe.skipIf(!hasLawData)('passports of the acts of the state legal base', () => {
  test('143369: the term differs in kind of days, and is flagged at the term', async () => {
    const { actId: id } = await ingest(lawPath('143369.rus.2026-01-01.md'))
    await ingest(lawPath('143369.kaz.2026-01-01.md'))
    const { items, languages } = await passports(id)
    expect([languages, items.map(({ eid }) => eid)]).toEqual([
      ['ru', 'kk'],
      ['ann_1__app_1__table', 'ann_2__app_1__table'],
    ])
    const flagged = (i: number) =>
      items[i]?.fields.filter(({ readDifferently }) => readDifferently).map(({ field }) => field)
    expect(flagged(0)).toEqual(['term'])
    expect(items[0]?.fields.find(({ field }) => field === 'term')?.differences.map(({ kind }) => kind)).toEqual([
      'days',
    ])
    expect(flagged(1)).toEqual(['term'])
  })
})
