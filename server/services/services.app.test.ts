import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readXlsx } from 'hucre/xlsx'
import { csvOf, goodRow, goodRows, TITLES, xlsxOf } from '#ingest/services/fixtures/make-files.ts'
import { inTransaction } from '#server/events/event.ts'
import { createKey } from '#server/identity/create-key.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import {
  SubmitResultSchema,
  SubmissionSchema,
  ServiceSchema,
  DeadlineSchema,
  DeadlineWithCountSchema,
  ListedDeadlineSchema,
  ListedServiceSchema,
  PersonSchema,
  UpdateRequestSchema,
  VisibilityReasonSchema,
} from './schema.ts'
import { requestUpdates } from './request-updates.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
let t: TestApp
let day = '2026-11-25'
let health: Record<string, string>

beforeAll(async () => {
  t = await testApp({ now: () => new Date(`${day}T06:00:00Z`) })
  const { key } = await createKey(t.ctx, { name: 'health', role: 'agency', agencyId: 'agc_service_quality' })
  health = { authorization: `Bearer ${key}` }
})
afterAll(() => t.close())

const send = async (
  file: Uint8Array | string,
  options: { query?: string; headers?: Record<string, string>; type?: string } = {},
) =>
  t.app.request(`/api/v1/service-submissions${options.query ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': options.type ?? 'text/csv', ...(await t.as('agency')), ...options.headers },
    body: typeof file === 'string' ? file : Buffer.from(file),
  })
const sheet = (rows: string[][]) => xlsxOf([{ name: 'Лист1', rows: [[...TITLES], ...rows] }])
const read = async <S extends z.ZodType>(schema: S, response: Response) => schema.parse(await response.json())
const row = (i: number, column: number, value: string) => goodRow(i).with(column, value)
const deadlinesOf = async (serviceId: string) =>
  (
    await read(
      z.object({ items: z.array(DeadlineSchema) }),
      await t.get(`/api/v1/service-deadlines?state=all&serviceId=${serviceId}`, 'supervisor'),
    )
  ).items

describe('submissions', () => {
  it('are stored whole, seen row by row, and the same bytes are the same submission', async () => {
    const file = sheet(goodRows(3))
    const first = await send(file, { type: XLSX, query: '?name=Приложение.xlsx' })
    expect(first.status).toBe(201)
    const { outcome, submission } = await read(SubmitResultSchema, first)
    expect([outcome, submission.agencyId, submission.format, submission.sheet]).toEqual([
      'accepted',
      'agc_justice',
      'xlsx',
      'Лист1',
    ])
    expect(submission.rows.map(({ change }) => change)).toEqual(['added', 'added', 'added'])

    const again = await send(file, { type: XLSX })
    expect(again.status).toBe(200)
    expect(await read(SubmitResultSchema, again)).toMatchObject({ outcome: 'same', submission: { id: submission.id } })
    // Sent as a form it is the same file too, and through an Idempotency-Key it comes unharmed.
    const form = new FormData()
    form.set('file', new File([Buffer.from(file)], 'Приложение.xlsx'))
    const byForm = await t.app.request('/api/v1/service-submissions', {
      method: 'POST',
      headers: await t.as('agency'),
      body: form,
    })
    expect(await read(SubmitResultSchema, byForm)).toMatchObject({ outcome: 'same', submission: { id: submission.id } })
    const keyed = await send(file, { type: XLSX, headers: { 'idempotency-key': 'once' } })
    expect(await read(SubmitResultSchema, keyed)).toMatchObject({ outcome: 'same', submission: { id: submission.id } })
  })

  it('sent again with changes are shown as a difference, and what is not mentioned stays', async () => {
    const changed = sheet([row(1, 2, 'Выдача справки о новом'), goodRow(2), goodRow(4)])
    const looked = await read(SubmitResultSchema, await send(changed, { type: XLSX, query: '?checkOnly=true' }))
    const stored = await read(SubmitResultSchema, await send(changed, { type: XLSX }))
    for (const { submission } of [looked, stored]) {
      expect(submission.rows.map(({ change }) => change)).toEqual(['changed', 'unchanged', 'added'])
      expect(submission.rows[0]?.fields).toEqual([
        { field: 'name', was: 'Выдача справки о сведениях номер 1', now: 'Выдача справки о новом' },
      ])
      expect(submission.absent).toEqual(['90100003'])
    }
    expect([looked.outcome, stored.outcome]).toEqual(['checked', 'accepted'])
    expect((await t.get(`/api/v1/service-submissions/${looked.submission.id}`, 'agency')).status).toBe(404)
    // The first file would now take the change back: its bytes are known, its effect is not.
    const back = await read(SubmitResultSchema, await send(sheet(goodRows(3)), { type: XLSX }))
    expect([back.outcome, back.submission.rows[0]?.change]).toEqual(['accepted', 'changed'])
  })

  it('with any fault are refused whole, with every fault and a file to mend', async () => {
    const before = await (await t.get('/api/v1/services', 'agency')).json()
    const response = await send(csvOf([TITLES, goodRow(8), row(9, 5, 'javascript:alert(1)').with(6, '=cmd')]))
    expect(response.status).toBe(422)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    const problem = await read(
      z.looseObject({
        code: z.string(),
        requestId: z.string(),
        faults: z.array(z.object({ path: z.string(), message: z.string() })),
        submission: SubmissionSchema,
      }),
      response,
    )
    expect([problem.code, ...problem.faults.map(({ path }) => path)]).toEqual(['source-refused', 'F3', 'G3'])
    expect(await (await t.get('/api/v1/services', 'agency')).json()).toEqual(before)

    const file = await t.get(`/api/v1/service-submissions/${problem.submission.id}/annotated.xlsx`, 'agency')
    expect([file.status, file.headers.get('content-type')]).toEqual([200, XLSX])
    const book = await readXlsx(new Uint8Array(await file.arrayBuffer()))
    expect(book.sheets[0]?.rows[3]?.[8]).toContain('не открывается в браузере')
    expect(book.sheets[0]?.cells?.get('3,6')?.formula).toBeUndefined()
  })

  it('come as rows of JSON too, and nonsense of any kind is told', async () => {
    const [number, name, byLaw, changes, webResource, responsible, contacts] = goodRow(20).slice(1)
    const rows = [{ registryNumber: number, name, byLaw, changes, webResource, responsible, contacts }]
    expect((await t.post('/api/v1/service-submissions', rows, 'agency')).status).toBe(201)
    const unchanged = await read(SubmitResultSchema, await t.post('/api/v1/service-submissions', { rows }, 'agency'))
    expect([unchanged.outcome, unchanged.submission.rows[0]?.change]).toEqual(['accepted', 'unchanged'])
    expect((await t.post('/api/v1/service-submissions', {}, 'agency')).status).toBe(422)
    const deep = `[{"name": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}]`
    expect((await send(deep, { type: 'application/json' })).status).toBe(422)
    expect((await send('', {})).status).toBe(422)
    expect((await send('\0\u{1}x;y', {})).status).toBe(422)
    expect((await send(csvOf([TITLES, row(1, 2, 'Выдача \u{FFFD}справки')]))).status).toBe(422)
    expect((await send('{"broken', { type: 'application/json' })).status).toBe(400)
    expect((await send('x', { query: '?nonsense=1' })).status).toBe(400)
    expect((await send('[{"name": "\\ud800", "registryNumber": "\\u0000"}]', { type: 'text/plain' })).status).toBe(422)
    expect((await send(Buffer.alloc(13 * 1024 * 1024), { type: 'application/octet-stream' })).status).toBe(413)
    expect((await send(Buffer.alloc(5 * 1024 * 1024, 32), { type: 'application/json' })).status).toBe(413)
    expect((await send(Buffer.alloc(11 * 1024 * 1024, 65), { type: 'application/octet-stream' })).status).toBe(422)
  })

  it('two of one agency at once do not both add a service', async () => {
    const outcomes = await Promise.all([
      send(csvOf([TITLES, goodRow(30)])),
      send(csvOf([TITLES, row(30, 2, 'Иная услуга по номеру')])),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([201, 201])
    const { items } = z
      .object({ items: z.array(z.object({ registryNumber: z.string() })) })
      .parse(await (await t.get('/api/v1/services?limit=200', 'agency')).json())
    expect(items.filter(({ registryNumber }) => registryNumber === '90100030')).toHaveLength(1)
  })
})

it('the directory names bodies of every kind, with competence and contacts', async () => {
  const bodies = z.object({
    items: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
    nextCursor: z.string().nullable(),
  })
  const all = bodies.parse(await (await t.get('/api/v1/agencies?limit=200')).json())
  for (const kind of ['contact-centre', 'central', 'infrastructure-operator', 'authorised-body'])
    expect(all.items.some((one) => one.kind === kind)).toBe(true)
  const central = bodies.parse(await (await t.get('/api/v1/agencies?kind=central&limit=1')).json())
  expect(central.items[0]?.kind).toBe('central')
  expect(await (await t.get('/api/v1/agencies/agc_contact_centre')).json()).toMatchObject({
    contacts: expect.arrayContaining([{ kind: 'phone', value: '1414' }]),
  })
  expect((await t.get('/api/v1/agencies/agc_nobody')).status).toBe(404)
})

describe('agencies see and change their own alone', () => {
  it('through every address', async () => {
    const { submission } = await read(SubmitResultSchema, await send(csvOf([TITLES, goodRow(40)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const [deadline] = await deadlinesOf(serviceId)
    const reads = [
      `/service-submissions/${submission.id}`,
      `/service-submissions/${submission.id}/annotated.xlsx`,
      `/services/${serviceId}`,
      `/services/${serviceId}/responsible-persons`,
      `/services/${serviceId}/protocol/file`,
      `/service-deadlines/${deadline?.id ?? ''}`,
    ]
    for (const path of reads)
      expect([path, (await t.app.request(`/api/v1${path}`, { headers: health })).status]).toEqual([path, 404])
    for (const path of ['/services', '/service-submissions', '/service-deadlines', '/services?agencyId=agc_justice'])
      expect(await (await t.app.request(`/api/v1${path}`, { headers: health })).json()).toMatchObject({ items: [] })
    const writes: [string, unknown][] = [
      [`/services/${serviceId}/trainings`, { heldOn: day, trainer: 'x', trainees: ['y'] }],
      [`/services/${serviceId}/information`, { text: 'x', protection: 'none' }],
      [
        `/services/${serviceId}/responsible-persons`,
        { replacedOn: day, name: 'x', post: 'y', contacts: '1414, a@b.kz' },
      ],
    ]
    for (const [path, body] of writes) {
      const response = await t.app.request(`/api/v1${path}`, {
        method: 'POST',
        headers: { ...health, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect([path, response.status]).toEqual([path, 404])
    }
    expect((await send(csvOf([TITLES, goodRow(41)]), { query: '?agencyId=agc_justice', headers: health })).status).toBe(
      403,
    )
    // The centre names the agency.
    const editor = await t.as('editor')
    expect((await send(csvOf([TITLES, goodRow(41)]), { headers: editor })).status).toBe(400)
    expect((await send(csvOf([TITLES, goodRow(41)]), { query: '?agencyId=agc_nobody', headers: editor })).status).toBe(
      400,
    )
    expect((await send(csvOf([TITLES, goodRow(41)]), { query: '?agencyId=agc_justice', headers: editor })).status).toBe(
      201,
    )
  })
})

describe('the way of a service from п. 20 to п. 23', () => {
  let serviceId = ''
  const view = async (role: 'operator' | 'agency' | 'editor' = 'operator') =>
    read(ServiceSchema, await t.get(`/api/v1/services/${serviceId}`, role))
  const protocol = (signedOn: string) => ({
    signedOn,
    number: '7',
    centreSignatory: { name: 'Оспанова Г.К.', post: 'руководитель' },
    agencySignatory: { name: 'Ахметов С.Б.', post: 'директор' },
    file: {
      name: 'протокол.pdf',
      type: 'application/pdf',
      content: Buffer.from('%PDF-1.7 протокол').toString('base64'),
    },
  })

  it('п. 20: the act’s clock is stopped by the submission; п. 21: training is due in ten working days', async () => {
    const act = { agencyId: 'agc_justice', point: '20', act: 'приказ от 20.11.2026 № 350' }
    const clock = await t.post('/api/v1/service-deadlines', act, 'editor')
    expect(clock.status).toBe(201)
    expect(await read(DeadlineSchema, clock)).toMatchObject({ dueOn: '2026-11-25', state: 'open', point: 'п. 20' })
    expect((await t.post('/api/v1/service-deadlines', act, 'agency')).status).toBe(403)
    const { submission } = await read(
      SubmitResultSchema,
      await send(csvOf([TITLES, row(50, 3, 'приказ Министра юстиции от 20 ноября 2026 года № 350').with(4, 'нет')])),
    )
    serviceId = submission.rows[0]?.serviceId ?? ''
    expect(
      (await deadlinesOf(serviceId)).map(({ point, event, dueOn, state }) => [point, event.date, dueOn, state]),
    ).toEqual([
      ['п. 20', '2026-11-20', '2026-11-25', 'met'],
      ['п. 21', '2026-11-25', '2026-12-09', 'open'],
    ])
    const seen = await view()
    expect(seen.visibility).toMatchObject({ visible: false, reason: 'training-awaited', from: null })
    expect(seen).toMatchObject({ details: null, preparation: null })
    expect((await view('agency')).details?.responsible[0]).toMatchObject({ name: 'Ахметов Серик Болатович' })
  })

  it('п. 22: no protocol without training, and one only, with both signatories', async () => {
    day = '2026-12-10'
    const path = `/api/v1/services/${serviceId}/protocol`
    expect((await view()).visibility.reason).toBe('training-overdue')
    expect((await t.post(path, protocol('2026-12-10'), 'editor')).status).toBe(409)
    const training = { heldOn: '2026-12-08', trainer: 'Ахметов С.Б.', trainees: ['Ким А.'] }
    expect(
      (await t.post(`/api/v1/services/${serviceId}/trainings`, { ...training, heldOn: '2026-12-11' }, 'agency')).status,
    ).toBe(400)
    expect((await t.post(`/api/v1/services/${serviceId}/trainings`, training, 'agency')).status).toBe(201)
    expect((await deadlinesOf(serviceId)).find(({ point }) => point === 'п. 21')).toMatchObject({
      metOn: '2026-12-08',
      state: 'met',
    })
    expect((await view()).visibility.reason).toBe('protocol-awaited')
    expect((await t.post(path, protocol('2026-12-07'), 'editor')).status).toBe(409)
    expect((await t.post(path, protocol('2026-12-11'), 'editor')).status).toBe(400)
    expect(
      (await t.post(path, { ...protocol('2026-12-10'), agencySignatory: protocol('').centreSignatory }, 'editor'))
        .status,
    ).toBe(400)
    expect((await t.post(path, protocol('2026-12-10'), 'agency')).status).toBe(403)
    expect((await t.post(path, protocol('2026-12-10'), 'editor')).status).toBe(201)
    expect((await t.post(path, protocol('2026-12-10'), 'editor')).status).toBe(409)
    const file = await t.get(`${path}/file`, 'agency')
    expect(await file.text()).toBe('%PDF-1.7 протокол')
  })

  it('п. 23: operators see it on the first working day after five, not a day before', async () => {
    const steps: [string, boolean, string][] = [
      ['2026-12-10', false, 'term-running'],
      ['2026-12-18', false, 'term-running'],
      ['2026-12-20', false, 'term-running'],
      ['2026-12-21', true, 'visible'],
    ]
    for (const [on, visible, reason] of steps) {
      day = on
      const seen = await view()
      expect([on, seen.visibility.visible, seen.visibility.reason, seen.visibility.from]).toEqual([
        on,
        visible,
        reason,
        '2026-12-21',
      ])
      expect(seen.details === null).toBe(!visible)
    }
    // The count is shown, with the holiday of 16 December in it.
    expect((await view()).visibilityCount?.count.find(({ date }) => date === '2026-12-16')).toMatchObject({
      kind: 'holiday',
      nth: null,
    })
    const gate = (await deadlinesOf(serviceId)).find(({ point }) => point === 'п. 23')
    expect(gate).toMatchObject({ event: { date: '2026-12-10' }, dueOn: '2026-12-21', state: 'met' })
    expect(
      await read(DeadlineWithCountSchema, await t.get(`/api/v1/service-deadlines/${gate?.id ?? ''}`, 'agency')),
    ).toMatchObject({ moved: false })
  })

  it('п. 26: an amendment is due in five working days, and a late one is seen to be late', async () => {
    day = '2026-12-25'
    const clock = { agencyId: 'agc_justice', point: '26', serviceId, act: 'приказ от 14.12.2026 № 9' }
    expect(await read(DeadlineSchema, await t.post('/api/v1/service-deadlines', clock, 'editor'))).toMatchObject({
      dueOn: '2026-12-22',
      state: 'overdue',
    })
    expect((await t.post('/api/v1/service-deadlines', { ...clock, serviceId: null }, 'editor')).status).toBe(400)
    const amended = row(50, 3, 'приказ Министра юстиции от 20 ноября 2026 года № 350').with(
      4,
      'приказ от 14.12.2026 № 9; приказ от 24.12.2026 № 11',
    )
    await send(csvOf([TITLES, amended]))
    expect(
      (await deadlinesOf(serviceId))
        .filter(({ point }) => point === 'п. 26')
        .map(({ event, dueOn, metOn, state }) => [event.date, dueOn, metOn, state]),
    ).toEqual([
      ['2026-12-14', '2026-12-22', '2026-12-25', 'met-late'],
      ['2026-12-24', '2026-12-31', '2026-12-25', 'met'],
    ])
  })

  it('п. 27: a replaced person stays in the history, and the notice is timed', async () => {
    const path = `/api/v1/services/${serviceId}/responsible-persons`
    const next = {
      replacedOn: '2026-12-11',
      name: 'Жумабаева Айгуль',
      post: 'эксперт',
      contacts: '+7 701 123 45 67; a.zh@adilet.gov.kz',
    }
    expect((await t.post(path, { ...next, contacts: 'нет' }, 'agency')).status).toBe(400)
    expect((await t.post(path, { ...next, replacedOn: '2026-12-26' }, 'agency')).status).toBe(400)
    expect((await t.post(path, next, 'agency')).status).toBe(201)
    const { items } = await read(z.object({ items: z.array(PersonSchema) }), await t.get(path, 'agency'))
    expect(items.map(({ name, since, until }) => [name, since, until])).toEqual([
      ['Жумабаева Айгуль', '2026-12-11', null],
      ['Ахметов Серик Болатович', '2026-11-25', '2026-12-11'],
    ])
    expect((await deadlinesOf(serviceId)).find(({ point }) => point === 'п. 27')).toMatchObject({
      event: { date: '2026-12-11' },
      dueOn: '2026-12-21',
      metOn: '2026-12-25',
      state: 'met-late',
    })
  })

  it('п. 33: a service in electronic form goes the same way', async () => {
    const { submission } = await read(
      SubmitResultSchema,
      await send(csvOf([TITLES, goodRow(60)]), { query: '?kind=electronic' }),
    )
    const points = (await deadlinesOf(submission.rows[0]?.serviceId ?? '')).map(({ point }) => point)
    expect(points).toEqual(['п. 33, 20', 'п. 33, 21'])
  })

  it('п. 33: a kind said by mistake is seen in the difference and mended; said of nothing it stays', async () => {
    const file = csvOf([TITLES, goodRow(61)])
    const told = async (query: string) => {
      const { outcome, submission } = await read(SubmitResultSchema, await send(file, { query }))
      const [first] = submission.rows
      const held = await read(ServiceSchema, await t.get(`/api/v1/services/${first?.serviceId ?? ''}`, 'agency'))
      const clocks = (await deadlinesOf(held.id)).map(({ point }) => point)
      return { outcome, fields: first?.fields, kind: held.kind, clocks }
    }
    expect(await told('?kind=state')).toMatchObject({ outcome: 'accepted', kind: 'state', clocks: ['п. 20', 'п. 21'] })
    const mended = [{ field: 'kind', was: 'state', now: 'electronic' }]
    expect(await told('?kind=electronic&checkOnly=true')).toMatchObject({ fields: mended, kind: 'state' })
    expect(await told('?kind=electronic')).toEqual({
      outcome: 'accepted',
      fields: mended,
      kind: 'electronic',
      // The clock that still runs has the points of its kind; the one met stays as it ran.
      clocks: ['п. 20', 'п. 33, 21'],
    })
    expect(await told('')).toMatchObject({ outcome: 'same', kind: 'electronic' })
  })

  it('п. 25: what is protected is read by its agency alone, and found by nobody', async () => {
    const path = `/api/v1/services/${serviceId}/information`
    expect((await t.post(path, { text: 'Открытое разъяснение', protection: 'none' }, 'agency')).status).toBe(201)
    expect(
      (await t.post(path, { text: 'Тайнаяпометка семьдесятпять', protection: 'commercial-secret' }, 'agency')).status,
    ).toBe(201)
    expect((await view('agency')).details?.information).toHaveLength(2)
    for (const role of ['operator', 'editor', 'supervisor', 'authority', 'admin'] as const)
      for (const address of [
        `/services/${serviceId}`,
        '/services?limit=200',
        '/search?q=Тайнаяпометка',
        '/events?limit=200',
        '/service-deadlines?state=all&limit=200',
        '/service-submissions',
      ]) {
        const response = await t.get(`/api/v1${encodeURI(address)}`, role)
        expect(await response.text()).not.toMatch(/семьдесятпять/iu)
      }
    for (const body of [{ question: 'Тайнаяпометка семьдесятпять' }]) {
      const answer = z
        .looseObject({ status: z.string(), sentences: z.array(z.unknown()) })
        .parse(await (await t.post('/api/v1/answers', body, 'operator')).json())
      expect([answer.status, answer.sentences]).toEqual(['no_answer', []])
    }
    const other = await t.app.request(`/api/v1/services/${serviceId}`, { headers: health })
    expect(other.status).toBe(404)
  })

  it('every step left its event', async () => {
    const { items } = z
      .object({ items: z.array(z.object({ type: z.string() })) })
      .parse(await (await t.get(`/api/v1/events?subjectId=${serviceId}&limit=200`, 'supervisor')).json())
    const written = items.map(({ type }) => type).filter((type) => type !== 'personal-data.read')
    expect(written.toSorted()).toEqual([
      'information.recorded',
      'information.recorded',
      'protocol.signed',
      'responsible.appointed',
      'responsible.appointed',
      'service.added',
      'service.changed',
      'training.recorded',
    ])
  })
})

describe('clocks that the centre starts stop', () => {
  const LAW = 'приказ от 12.05.2023 № 302'
  const start = async (clock: Record<string, unknown>) =>
    read(DeadlineSchema, await t.post('/api/v1/service-deadlines', { agencyId: 'agc_justice', ...clock }, 'editor'))
  const sendRow = async (i: number, byLaw: string, changes: string) => {
    const { submission } = await read(
      SubmitResultSchema,
      await send(csvOf([TITLES, goodRow(i).with(3, byLaw).with(4, changes)])),
    )
    return submission.rows[0]?.serviceId ?? ''
  }
  const stateOf = async (id: string) =>
    read(DeadlineSchema, await t.get(`/api/v1/service-deadlines/${id}`, 'editor')).then(({ state }) => state)

  // Each is a by-law and changes held, a clock started, and what is sent after it; null: nothing.
  it.each<
    [
      what: string,
      held: [string, string],
      clock: [point: string, act: string],
      sent: [string, string] | null,
      met: string,
    ]
  >([
    [
      'п. 20: a held service comes to rest on a new act, which the centre named without its kind',
      [LAW, 'нет'],
      ['20', 'от 19.11.2026 № 556'],
      ['приказ от 19.11.2026 № 556', 'нет'],
      '2026-12-26',
    ],
    [
      'п. 26: the act was among the changes when the centre learned of it',
      [LAW, 'приказ от 20.11.2026 № 7'],
      ['26', 'от 20.11.2026 № 7'],
      null,
      '2026-12-25',
    ],
    [
      'п. 26: the amendment is named later',
      [LAW, 'нет'],
      ['26', 'постановление от 20.11.2026 № 7'],
      [LAW, 'от 20.11.2026 № 7'],
      '2026-12-26',
    ],
    ['п. 20: the service rests on the act already', [LAW, 'нет'], ['20', 'от 12.05.2023 № 302'], null, '2026-12-25'],
  ])('%s', async (what, held, [point, act], sent, met) => {
    const i = 150 + what.length
    day = '2026-12-25'
    const serviceId = await sendRow(i, ...held)
    day = '2026-12-26'
    const clock = await start({ point, act, serviceId })
    if (sent !== null) {
      expect(clock.metOn).toBeNull()
      await sendRow(i, ...sent)
    }
    const mine = (await deadlinesOf(serviceId)).filter(({ event }) => event.date === clock.event.date)
    expect(mine.map(({ id, metOn }) => [id, metOn])).toEqual([[clock.id, met]])
    // Said again in other words it is the same clock.
    expect((await start({ point, act: act.replace('от', 'приказ от'), serviceId })).id).toBe(clock.id)
    day = '2026-12-25'
  })

  it('п. 20: a clock of no one service is met at once where a service names the act', async () => {
    await sendRow(141, 'приказ от 18.11.2026 № 91', 'нет')
    const clock = await start({ point: '20', act: 'от 18.11.2026 № 91' })
    expect(await stateOf(clock.id)).toBe('met-late')
  })

  it('п. 20: a new by-law that nobody watched leaves its clock too', async () => {
    const serviceId = await sendRow(142, LAW, 'нет')
    await sendRow(142, 'приказ от 24.12.2026 № 92', 'нет')
    await sendRow(142, LAW, 'нет')
    await sendRow(142, 'от 24.12.2026 № 92', 'нет')
    expect(
      (await deadlinesOf(serviceId))
        .filter(({ point }) => point === 'п. 20')
        .map(({ event, state }) => [event.date, state]),
    ).toEqual([
      ['2023-05-12', 'met-late'],
      ['2026-12-24', 'met'],
    ])
  })
})

describe('п. 26: a request that was withdrawn is brought back', () => {
  const said = { reason: 'Отозван по ошибке' }
  const LAW = 'приказ от 11.05.2023 № 777'
  const AMENDMENT = 'приказ от 18.11.2026 № 12'
  let serviceId = ''
  let requestId = ''
  const sendChanges = async (changes: string) => {
    const { submission } = await read(
      SubmitResultSchema,
      await send(csvOf([TITLES, goodRow(160).with(3, LAW).with(4, changes)])),
    )
    return submission
  }
  const request = async () =>
    (
      await read(
        z.object({ items: z.array(UpdateRequestSchema) }),
        await t.get(`/api/v1/update-requests?state=all&serviceId=${serviceId}`, 'supervisor'),
      )
    ).items[0]
  const clock = async () =>
    (await deadlinesOf(serviceId))
      .filter(({ point }) => point === 'п. 26')
      .map(({ dueOn, metOn, state }) => [dueOn, metOn, state])

  it('with nothing sent in between it is open, and its clock runs on to its day', async () => {
    day = '2026-11-19'
    serviceId = (await sendChanges('нет')).rows[0]?.serviceId ?? ''
    const [opened] = await inTransaction(t.ctx, (tx) =>
      requestUpdates(tx, {
        actId: 'act_777',
        act: { kind: 'приказ', date: '2023-05-11', number: '777' },
        amendments: [{ kind: 'приказ', date: '2026-11-18', number: '12', points: [], url: '/acts', bound: [] }],
      }),
    )
    requestId = opened?.id ?? expect.fail('nobody was asked')
    expect(await clock()).toEqual([['2026-11-25', null, 'open']])
    expect((await t.post(`/api/v1/update-requests/${requestId}/withdraw`, said, 'editor')).status).toBe(200)
    expect(await clock()).toEqual([['2026-11-25', '2026-11-19', 'met']])
    expect((await t.post(`/api/v1/update-requests/${requestId}/reopen`, said, 'editor')).status).toBe(200)
    expect(await request()).toMatchObject({ requestId, state: 'open', dueOn: '2026-11-25', closedOn: null })
    expect(await clock()).toEqual([['2026-11-25', null, 'open']])
  })

  it('Appendix 1 that named the amendment in between has answered it, on the day on which it came', async () => {
    day = '2026-11-20'
    expect((await t.post(`/api/v1/update-requests/${requestId}/withdraw`, said, 'editor')).status).toBe(200)
    day = '2026-11-26'
    await sendChanges(AMENDMENT)
    expect(await request()).toMatchObject({ state: 'withdrawn' })
    day = '2026-11-30'
    const back = await t.post(`/api/v1/update-requests/${requestId}/reopen`, said, 'editor')
    expect(back.status).toBe(200)
    expect(await read(UpdateRequestSchema, back)).toMatchObject({
      state: 'answered',
      answer: null,
      closedOn: '2026-11-26',
      isOverdue: false,
    })
    // A day late it was, and that is what the record says; nothing runs any more.
    expect(await clock()).toEqual([['2026-11-25', '2026-11-26', 'met-late']])
    expect((await request())?.history.map(({ what }) => what)).toEqual([
      'requested',
      'withdrawn',
      'reopened',
      'withdrawn',
      'reopened',
      'answered',
    ])
    expect((await t.post(`/api/v1/update-requests/${requestId}/reopen`, said, 'editor')).status).toBe(409)
    day = '2026-12-25'
  })
})

describe('п. 27: who is replaced, and when', () => {
  const TWO = 'Ахметов Серик Болатович, директор; Оспанова Гульнара Кайратовна, эксперт'
  const notice = (over: Record<string, unknown> = {}) => ({
    replacedOn: '2026-12-26',
    name: 'Жумабаева Айгуль',
    post: 'эксперт',
    contacts: '+7 701 123 45 67; a.zh@adilet.gov.kz',
    ...over,
  })
  const peopleOf = async (serviceId: string) =>
    (await read(ServiceSchema, await t.get(`/api/v1/services/${serviceId}`, 'agency'))).details?.responsible ?? []

  it('either of two in office can be replaced, keeps the place, and one of them must be chosen', async () => {
    day = '2026-12-25'
    const { submission } = await read(SubmitResultSchema, await send(csvOf([TITLES, row(130, 6, TWO)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const path = `/api/v1/services/${serviceId}/responsible-persons`
    day = '2026-12-26'
    const [first, second] = await peopleOf(serviceId)
    for (const [lang, said] of [
      ['ru', 'За услугу отвечают несколько лиц: 2.'],
      ['kk', 'Қызметке бірнеше адам жауап береді: 2.'],
      ['en', 'Several persons answer for the service: 2.'],
    ] as const) {
      const refused = await t.app.request(path, {
        method: 'POST',
        headers: { ...(await t.as('agency')), 'content-type': 'application/json', 'accept-language': lang },
        body: JSON.stringify(notice()),
      })
      expect([refused.status, await refused.json()]).toMatchObject([
        400,
        { faults: [{ path: 'json.personId', message: expect.stringContaining(said) }] },
      ])
    }
    expect((await t.post(path, notice({ personId: 'rsp_nobody' }), 'agency')).status).toBe(400)
    expect((await t.post(path, notice({ personId: second?.id }), 'agency')).status).toBe(201)
    expect((await peopleOf(serviceId)).map(({ name, replaces }) => [name, replaces])).toEqual([
      ['Ахметов Серик Болатович', null],
      ['Жумабаева Айгуль', second?.id],
    ])
    expect((await t.post(path, notice({ personId: first?.id, name: 'Ким Анна' }), 'agency')).status).toBe(201)
    expect((await peopleOf(serviceId)).map(({ name }) => name)).toEqual(['Ким Анна', 'Жумабаева Айгуль'])
  })

  it('a person replaced through Appendix 1 alone is told of, in the language asked for', async () => {
    const { submission } = await read(SubmitResultSchema, await send(csvOf([TITLES, goodRow(131)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const warned = async (people: string, lang = 'ru', query = '?checkOnly=true') => {
      const answer = await send(csvOf([TITLES, row(131, 6, people)]), { query, headers: { 'accept-language': lang } })
      const { faults } = (await read(SubmitResultSchema, answer)).submission
      return faults.map(({ code, severity, place, reason }) => [code, severity, place.row, place.column?.key, reason])
    }
    const other = 'Ким Анна, главный специалист'
    for (const [lang, said] of [
      ['ru', 'дня замены в Приложении 1 нет'],
      ['kk', 'ауысқан күні жоқ'],
      ['en', 'Appendix 1 has no day of the replacement'],
    ] as const)
      expect(await warned(other, lang)).toEqual([
        ['responsible-replaced', 'warning', 2, 'responsible', expect.stringContaining(said)],
      ])
    // A new post, or one more person, replaces nobody.
    expect(await warned('Ахметов Серик Болатович, директор')).toEqual([])
    expect(await warned(`Ахметов Серик Болатович, директор; ${other}`)).toEqual([])
    expect(await warned(other, 'ru', '')).toHaveLength(1)
    expect((await deadlinesOf(serviceId)).some(({ point }) => point === 'п. 27')).toBe(false)
    expect((await peopleOf(serviceId)).map(({ name, since }) => [name, since])).toEqual([['Ким Анна', day]])
    day = '2026-12-25'
  })

  it('who is named again by Appendix 1 stays in office since his day, by his new post and contacts', async () => {
    const { submission } = await read(SubmitResultSchema, await send(csvOf([TITLES, goodRow(133)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const [before] = await peopleOf(serviceId)
    const since = day
    day = '2026-12-28'
    const again = row(133, 6, 'Ахметов Серик Болатович, директор; Ким Анна, эксперт')
    again[7] = '+7 701 555 44 33; s.akhmetov@adilet.gov.kz'
    expect((await send(csvOf([TITLES, again]))).status).toBe(201)
    expect(
      (await peopleOf(serviceId)).map((person) => [person.name, person.post, person.since, person.emails]),
    ).toEqual([
      ['Ахметов Серик Болатович', 'директор', since, ['s.akhmetov@adilet.gov.kz']],
      ['Ким Анна', 'эксперт', '2026-12-28', ['s.akhmetov@adilet.gov.kz']],
    ])
    expect((await peopleOf(serviceId))[0]?.id).toBe(before?.id)
    day = '2026-12-25'
  })

  it('what is wrong with a protocol, a training or a clock is said in the language asked for', async () => {
    const { submission } = await read(SubmitResultSchema, await send(csvOf([TITLES, goodRow(132)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const signatory = { name: 'А', post: 'директор' }
    const bodies: [string, unknown][] = [
      [
        `/services/${serviceId}/protocol`,
        {
          signedOn: '2026-12-31',
          centreSignatory: signatory,
          agencySignatory: signatory,
          file: { name: 'п.pdf', type: 'application/pdf', content: 'JVBERg==' },
        },
      ],
      [`/services/${serviceId}/trainings`, { heldOn: '2026-12-31', trainer: 'А', trainees: ['Б'] }],
      ['/service-deadlines', { agencyId: 'agc_nobody', point: '20', act: 'от 12.05.2023 № 302' }],
      ['/service-deadlines', { agencyId: 'agc_justice', point: '20', act: 'приказ' }],
      ['/service-deadlines', { agencyId: 'agc_justice', point: '20', act: 'от 12.05.1991 № 302' }],
      ['/service-deadlines', { agencyId: 'agc_justice', point: '26', act: 'от 12.05.2023 № 302' }],
    ]
    const form = new FormData()
    form.set('note', 'no file')
    bodies.push(['/service-submissions?agencyId=agc_justice', form])
    for (const [path, body] of bodies) {
      const said = await Promise.all(
        ['ru', 'kk', 'en'].map(async (lang) => {
          const type = body instanceof FormData ? {} : { 'content-type': 'application/json' }
          const response = await t.app.request(`/api/v1${path}`, {
            method: 'POST',
            headers: { ...(await t.as('editor')), ...type, 'accept-language': lang },
            body: body instanceof FormData ? body : JSON.stringify(body),
          })
          expect([path, response.status]).toEqual([path, 400])
          const { faults } = z
            .object({ faults: z.array(z.object({ message: z.string() })) })
            .parse(await response.json())
          return faults.map(({ message }) => message)
        }),
      )
      expect(said[2]?.join(' ').replaceAll(/«[^»]*»/gu, '')).not.toMatch(/\p{Script=Cyrillic}/u)
      expect(new Set(said.flat()).size).toBe(3 * (said[0]?.length ?? 0))
    }
  })
})

describe('what pages need', () => {
  const list = async (query: string, role: 'agency' | 'operator' | 'editor' = 'agency') =>
    z
      .object({
        items: z.array(ListedServiceSchema),
        nextCursor: z.string().nullable(),
      })
      .parse(await (await t.get(`/api/v1/services?limit=200${query}`, role)).json()).items

  it('the list filtered by state is what the gate says of each service, on every day', async () => {
    const { submission } = await read(SubmitResultSchema, await send(csvOf([TITLES, ...[70, 71, 72].map(goodRow)])))
    const [waiting, trained, signed] = submission.rows.map(({ serviceId }) => serviceId ?? '')
    const training = { heldOn: day, trainer: 'Ахметов С.Б.', trainees: ['Ким А.'] }
    for (const id of [trained, signed]) await t.post(`/api/v1/services/${id}/trainings`, training, 'agency')
    const signatory = (name: string) => ({ name, post: 'руководитель' })
    const file = { name: 'п.pdf', type: 'application/pdf', content: 'JVBERg==' }
    const protocol = { signedOn: day, centreSignatory: signatory('О'), agencySignatory: signatory('А'), file }
    expect((await t.post(`/api/v1/services/${signed}/protocol`, protocol, 'editor')).status).toBe(201)
    const reasons = VisibilityReasonSchema.options
    const seen = new Set<string>()
    for (const on of ['2026-12-25', '2027-01-05', '2027-01-06', '2027-01-11', '2027-01-14', '2027-02-01']) {
      day = on
      const all = await list('')
      const parts = await Promise.all(
        reasons.map(async (reason) => ({ reason, items: await list(`&state=${reason}`) })),
      )
      for (const { reason, items } of parts) {
        for (const { visibility } of items) expect([on, visibility.reason]).toEqual([on, reason])
        if (items.length > 0) seen.add(reason)
      }
      expect(parts.reduce((sum, { items }) => sum + items.length, 0)).toBe(all.length)
    }
    expect([...seen].toSorted()).toEqual([...reasons].toSorted())
    day = '2026-12-25'
    expect((await list('&state=training-awaited&q=90100070')).map(({ id }) => id)).toEqual([waiting])
    expect(await list('&q=%25')).toEqual([])
    expect((await list('&q=90100070'))[0]?.nextDeadline).toMatchObject({ point: 'п. 21', state: 'open' })
    expect((await list('&q=90100070', 'operator'))[0]?.nextDeadline).toBeNull()
  })

  it('clocks are listed with the name of their service, points in the language asked for', async () => {
    const response = await t.app.request('/api/v1/service-deadlines?limit=200', {
      headers: { ...(await t.as('agency')), 'accept-language': 'kk' },
    })
    const { items } = z.object({ items: z.array(ListedDeadlineSchema) }).parse(await response.json())
    expect(items.find(({ service }) => service?.registryNumber === '90100070')).toMatchObject({ point: '21-тармақ' })
  })

  it('faults are said in Kazakh and English, in the answer and in the annotated file, and nothing is stored', async () => {
    const bad = csvOf([TITLES, row(80, 7, 'нет')])
    const count = async () =>
      z
        .object({ items: z.array(z.unknown()) })
        .parse(await (await t.get('/api/v1/service-submissions?limit=200', 'agency')).json()).items.length
    const before = await count()
    for (const [lang, phone, sheet] of [
      ['ru', 'Нет телефона.', 'Замечания'],
      ['kk', 'Телефон жоқ.', 'Ескертпелер'],
      ['en', 'There is no telephone.', 'Faults'],
    ] as const) {
      const headers = { 'accept-language': lang }
      const looked = await read(SubmitResultSchema, await send(bad, { query: '?checkOnly=true', headers }))
      expect(looked.submission.faults.map(({ reason }) => reason)).toContain(phone)
      const file = await t.app.request('/api/v1/service-submissions/annotated.xlsx?name=а.csv', {
        method: 'POST',
        headers: { 'content-type': 'text/csv', ...(await t.as('agency')), ...headers },
        body: bad,
      })
      expect([file.status, decodeURIComponent(file.headers.get('content-disposition') ?? '')]).toEqual([
        200,
        `attachment; filename*=UTF-8''${sheet} а.xlsx`,
      ])
      const book = await readXlsx(new Uint8Array(await file.arrayBuffer()))
      expect(book.sheets[1]?.name).toBe(sheet)
      expect(book.sheets[1]?.rows.flat()).toContain(phone)
    }
    expect(await count()).toBe(before)
    // As large as a submission may be, and no larger.
    for (const [mib, status] of [
      [11, 200],
      [13, 413],
    ] as const) {
      const file = await t.app.request('/api/v1/service-submissions/annotated.xlsx', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', ...(await t.as('agency')) },
        body: Buffer.alloc(mib * 1024 * 1024, 65),
      })
      expect([mib, file.status]).toEqual([mib, status])
    }
  })

  it('reading names and telephones of people leaves an event that says whose and through what', async () => {
    const { submission } = await read(SubmitResultSchema, await send(csvOf([TITLES, goodRow(90)])))
    const id = submission.rows[0]?.serviceId ?? ''
    for (const path of [
      `/services/${id}`,
      `/services/${id}/responsible-persons`,
      `/service-submissions/${submission.id}`,
      `/service-submissions/${submission.id}/annotated.xlsx`,
    ])
      await t.get(`/api/v1${path}`, 'supervisor')
    // An operator sees no names before the service is visible, so none are recorded as read.
    await t.get(`/api/v1/services/${id}`, 'operator')
    const events = async (subject: string) =>
      z
        .object({ items: z.array(z.object({ type: z.string(), payload: z.looseObject({}) })) })
        .parse(await (await t.get(`/api/v1/events?subjectId=${subject}&limit=200`, 'supervisor')).json())
        .items.filter(({ type }) => type === 'personal-data.read')
        .map(({ payload }) => payload)
    expect(await events(id)).toEqual(
      expect.arrayContaining([
        { route: 'GET /services/{id}', count: 1 },
        { route: 'GET /services/{id}/responsible-persons', count: 1 },
      ]),
    )
    expect(await events(id)).toHaveLength(2)
    // A check tells the old contacts beside the new ones.
    const told = async () => (await events('agc_justice')).length
    const before = await told()
    await send(csvOf([TITLES, row(90, 2, 'Выдача справки о новом')]), { query: '?checkOnly=true' })
    expect(await told()).toBe(before)
    await send(csvOf([TITLES, row(90, 7, '+7 701 123 45 67; a@b.kz')]), { query: '?checkOnly=true' })
    expect(await told()).toBe(before + 1)
    expect((await events(submission.id)).map(({ route }) => route).toSorted()).toEqual([
      'GET /service-submissions/{id}',
      'GET /service-submissions/{id}/annotated.xlsx',
    ])
  })
})
