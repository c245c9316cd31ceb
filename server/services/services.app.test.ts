import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readXlsx } from 'hucre/xlsx'
import { csvOf, goodRow, goodRows, TITLES, xlsxOf } from '#ingest/services/fixtures/make-files.ts'
import { createKey } from '#server/identity/create-key.ts'
import { agencyDesk, read, row } from '#test/agency-desk.ts'
import {
  SubmitResultSchema,
  SubmissionSchema,
  ServiceSchema,
  DeadlineSchema,
  DeadlineWithCountSchema,
  ListedDeadlineSchema,
  ListedServiceSchema,
  PersonSchema,
  VisibilityReasonSchema,
} from './schema.ts'

const desk = agencyDesk()
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
let health: Record<string, string>
beforeAll(async () => {
  const { key } = await createKey(desk.t.ctx, { name: 'health', role: 'agency', agencyId: 'agc_service_quality' })
  health = { authorization: `Bearer ${key}` }
})
const sheet = (rows: string[][]) => xlsxOf([{ name: 'Лист1', rows: [[...TITLES], ...rows] }])

describe('submissions', () => {
  it('are stored whole, seen row by row, and the same bytes are the same submission', async () => {
    const file = sheet(goodRows(3))
    const first = await desk.send(file, { type: XLSX, query: '?name=Приложение.xlsx' })
    expect(first.status).toBe(201)
    const { outcome, submission } = await read(SubmitResultSchema, first)
    expect([outcome, submission.agencyId, submission.format, submission.sheet]).toEqual([
      'accepted',
      'agc_justice',
      'xlsx',
      'Лист1',
    ])
    expect(submission.rows.map(({ change }) => change)).toEqual(['added', 'added', 'added'])

    const again = await desk.send(file, { type: XLSX })
    expect(again.status).toBe(200)
    expect(await read(SubmitResultSchema, again)).toMatchObject({ outcome: 'same', submission: { id: submission.id } })
    // Sent as a form it is the same file too, and through an Idempotency-Key it comes unharmed.
    const form = new FormData()
    form.set('file', new File([Buffer.from(file)], 'Приложение.xlsx'))
    const byForm = await desk.t.app.request('/api/v1/service-submissions', {
      method: 'POST',
      headers: await desk.t.as('agency'),
      body: form,
    })
    expect(await read(SubmitResultSchema, byForm)).toMatchObject({ outcome: 'same', submission: { id: submission.id } })
    const keyed = await desk.send(file, { type: XLSX, headers: { 'idempotency-key': 'once' } })
    expect(await read(SubmitResultSchema, keyed)).toMatchObject({ outcome: 'same', submission: { id: submission.id } })
  })

  it('sent again with changes are shown as a difference, and what is not mentioned stays', async () => {
    const changed = sheet([row(1, 2, 'Выдача справки о новом'), goodRow(2), goodRow(4)])
    const looked = await read(SubmitResultSchema, await desk.send(changed, { type: XLSX, query: '?checkOnly=true' }))
    const stored = await read(SubmitResultSchema, await desk.send(changed, { type: XLSX }))
    for (const { submission } of [looked, stored]) {
      expect(submission.rows.map(({ change }) => change)).toEqual(['changed', 'unchanged', 'added'])
      expect(submission.rows[0]?.fields).toEqual([
        { field: 'name', was: 'Выдача справки о сведениях номер 1', now: 'Выдача справки о новом' },
      ])
      expect(submission.absent).toEqual(['90100003'])
    }
    expect([looked.outcome, stored.outcome]).toEqual(['checked', 'accepted'])
    expect((await desk.t.get(`/api/v1/service-submissions/${looked.submission.id}`, 'agency')).status).toBe(404)
    // The first file would now take the change back: its bytes are known, its effect is not.
    const back = await read(SubmitResultSchema, await desk.send(sheet(goodRows(3)), { type: XLSX }))
    expect([back.outcome, back.submission.rows[0]?.change]).toEqual(['accepted', 'changed'])
  })

  it('with any fault are refused whole, with every fault and a file to mend', async () => {
    const before = await (await desk.t.get('/api/v1/services', 'agency')).json()
    const response = await desk.send(csvOf([TITLES, goodRow(8), row(9, 5, 'javascript:alert(1)').with(6, '=cmd')]))
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
    expect(await (await desk.t.get('/api/v1/services', 'agency')).json()).toEqual(before)

    const file = await desk.t.get(`/api/v1/service-submissions/${problem.submission.id}/annotated.xlsx`, 'agency')
    expect([file.status, file.headers.get('content-type')]).toEqual([200, XLSX])
    const book = await readXlsx(new Uint8Array(await file.arrayBuffer()))
    expect(book.sheets[0]?.rows[3]?.[8]).toContain('не открывается в браузере')
    expect(book.sheets[0]?.cells?.get('3,6')?.formula).toBeUndefined()
  })

  it('come as rows of JSON too, and nonsense of any kind is told', async () => {
    const [number, name, byLaw, changes, webResource, responsible, contacts] = goodRow(20).slice(1)
    const rows = [{ registryNumber: number, name, byLaw, changes, webResource, responsible, contacts }]
    expect((await desk.t.post('/api/v1/service-submissions', rows, 'agency')).status).toBe(201)
    const unchanged = await read(
      SubmitResultSchema,
      await desk.t.post('/api/v1/service-submissions', { rows }, 'agency'),
    )
    expect([unchanged.outcome, unchanged.submission.rows[0]?.change]).toEqual(['accepted', 'unchanged'])
    expect((await desk.t.post('/api/v1/service-submissions', {}, 'agency')).status).toBe(422)
    const deep = `[{"name": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}]`
    expect((await desk.send(deep, { type: 'application/json' })).status).toBe(422)
    expect((await desk.send('', {})).status).toBe(422)
    expect((await desk.send('\0\u{1}x;y', {})).status).toBe(422)
    expect((await desk.send(csvOf([TITLES, row(1, 2, 'Выдача \u{FFFD}справки')]))).status).toBe(422)
    expect((await desk.send('{"broken', { type: 'application/json' })).status).toBe(400)
    expect((await desk.send('x', { query: '?nonsense=1' })).status).toBe(400)
    expect((await desk.send('[{"name": "\\ud800", "registryNumber": "\\u0000"}]', { type: 'text/plain' })).status).toBe(
      422,
    )
    expect((await desk.send(Buffer.alloc(13 * 1024 * 1024), { type: 'application/octet-stream' })).status).toBe(413)
    expect((await desk.send(Buffer.alloc(5 * 1024 * 1024, 32), { type: 'application/json' })).status).toBe(413)
    expect((await desk.send(Buffer.alloc(11 * 1024 * 1024, 65), { type: 'application/octet-stream' })).status).toBe(422)
  })

  it('two of one agency at once do not both add a service', async () => {
    const outcomes = await Promise.all([
      desk.send(csvOf([TITLES, goodRow(30)])),
      desk.send(csvOf([TITLES, row(30, 2, 'Иная услуга по номеру')])),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([201, 201])
    const { items } = z
      .object({ items: z.array(z.object({ registryNumber: z.string() })) })
      .parse(await (await desk.t.get('/api/v1/services?limit=200', 'agency')).json())
    expect(items.filter(({ registryNumber }) => registryNumber === '90100030')).toHaveLength(1)
  })
})

it('the directory names bodies of every kind, with competence and contacts', async () => {
  const bodies = z.object({
    items: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
    nextCursor: z.string().nullable(),
  })
  const all = bodies.parse(await (await desk.t.get('/api/v1/agencies?limit=200')).json())
  for (const kind of ['contact-centre', 'central', 'local', 'infrastructure-operator', 'authorised-body'])
    expect(all.items.some((one) => one.kind === kind)).toBe(true)
  const { items: akimats } = bodies.parse(
    await (await desk.t.get(`/api/v1/agencies?kind=local&q=${encodeURIComponent('детский сад')}`)).json(),
  )
  expect(akimats.map(({ id, kind }) => [id, kind])).toEqual([['agc_local', 'local']])
  const central = bodies.parse(await (await desk.t.get('/api/v1/agencies?kind=central&limit=1')).json())
  expect(central.items[0]?.kind).toBe('central')
  expect(await (await desk.t.get('/api/v1/agencies/agc_contact_centre')).json()).toMatchObject({
    contacts: expect.arrayContaining([{ kind: 'phone', value: '1414' }]),
  })
  expect((await desk.t.get('/api/v1/agencies/agc_nobody')).status).toBe(404)
})

describe('agencies see and change their own alone', () => {
  it('through every address', async () => {
    const { submission } = await read(SubmitResultSchema, await desk.send(csvOf([TITLES, goodRow(40)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const [deadline] = await desk.deadlinesOf(serviceId)
    const reads = [
      `/service-submissions/${submission.id}`,
      `/service-submissions/${submission.id}/annotated.xlsx`,
      `/services/${serviceId}`,
      `/services/${serviceId}/responsible-persons`,
      `/services/${serviceId}/protocol/file`,
      `/service-deadlines/${deadline?.id ?? ''}`,
    ]
    for (const path of reads)
      expect([path, (await desk.t.app.request(`/api/v1${path}`, { headers: health })).status]).toEqual([path, 404])
    for (const path of ['/services', '/service-submissions', '/service-deadlines', '/services?agencyId=agc_justice'])
      expect(await (await desk.t.app.request(`/api/v1${path}`, { headers: health })).json()).toMatchObject({
        items: [],
      })
    const writes: [string, unknown][] = [
      [`/services/${serviceId}/trainings`, { heldOn: desk.clock.day, trainer: 'x', trainees: ['y'] }],
      [`/services/${serviceId}/information`, { text: 'x', protection: 'none' }],
      [
        `/services/${serviceId}/responsible-persons`,
        { replacedOn: desk.clock.day, name: 'x', post: 'y', contacts: '1414, a@b.kz' },
      ],
    ]
    for (const [path, body] of writes) {
      const response = await desk.t.app.request(`/api/v1${path}`, {
        method: 'POST',
        headers: { ...health, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect([path, response.status]).toEqual([path, 404])
    }
    expect(
      (await desk.send(csvOf([TITLES, goodRow(41)]), { query: '?agencyId=agc_justice', headers: health })).status,
    ).toBe(403)
    // The centre names the agency.
    const editor = await desk.t.as('editor')
    expect((await desk.send(csvOf([TITLES, goodRow(41)]), { headers: editor })).status).toBe(400)
    expect(
      (await desk.send(csvOf([TITLES, goodRow(41)]), { query: '?agencyId=agc_nobody', headers: editor })).status,
    ).toBe(400)
    expect(
      (await desk.send(csvOf([TITLES, goodRow(41)]), { query: '?agencyId=agc_justice', headers: editor })).status,
    ).toBe(201)
  })
})

describe('the way of a service from п. 20 to п. 23', () => {
  let serviceId = ''
  const view = async (role: 'operator' | 'agency' | 'editor' = 'operator') =>
    read(ServiceSchema, await desk.t.get(`/api/v1/services/${serviceId}`, role))
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
    const clock = await desk.t.post('/api/v1/service-deadlines', act, 'editor')
    expect(clock.status).toBe(201)
    expect(await read(DeadlineSchema, clock)).toMatchObject({ dueOn: '2026-11-25', state: 'open', point: 'п. 20' })
    expect((await desk.t.post('/api/v1/service-deadlines', act, 'agency')).status).toBe(403)
    const { submission } = await read(
      SubmitResultSchema,
      await desk.send(
        csvOf([TITLES, row(50, 3, 'приказ Министра юстиции от 20 ноября 2026 года № 350').with(4, 'нет')]),
      ),
    )
    serviceId = submission.rows[0]?.serviceId ?? ''
    expect(
      (await desk.deadlinesOf(serviceId)).map(({ point, event, dueOn, state }) => [point, event.date, dueOn, state]),
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
    desk.clock.day = '2026-12-10'
    const path = `/api/v1/services/${serviceId}/protocol`
    expect((await view()).visibility.reason).toBe('training-overdue')
    expect((await desk.t.post(path, protocol('2026-12-10'), 'editor')).status).toBe(409)
    const training = { heldOn: '2026-12-08', trainer: 'Ахметов С.Б.', trainees: ['Ким А.'] }
    expect(
      (await desk.t.post(`/api/v1/services/${serviceId}/trainings`, { ...training, heldOn: '2026-12-11' }, 'agency'))
        .status,
    ).toBe(400)
    expect((await desk.t.post(`/api/v1/services/${serviceId}/trainings`, training, 'agency')).status).toBe(201)
    expect((await desk.deadlinesOf(serviceId)).find(({ point }) => point === 'п. 21')).toMatchObject({
      metOn: '2026-12-08',
      state: 'met',
    })
    expect((await view()).visibility.reason).toBe('protocol-awaited')
    expect((await desk.t.post(path, protocol('2026-12-07'), 'editor')).status).toBe(409)
    expect((await desk.t.post(path, protocol('2026-12-11'), 'editor')).status).toBe(400)
    expect(
      (await desk.t.post(path, { ...protocol('2026-12-10'), agencySignatory: protocol('').centreSignatory }, 'editor'))
        .status,
    ).toBe(400)
    expect((await desk.t.post(path, protocol('2026-12-10'), 'agency')).status).toBe(403)
    expect((await desk.t.post(path, protocol('2026-12-10'), 'editor')).status).toBe(201)
    expect((await desk.t.post(path, protocol('2026-12-10'), 'editor')).status).toBe(409)
    const file = await desk.t.get(`${path}/file`, 'agency')
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
      desk.clock.day = on
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
    const gate = (await desk.deadlinesOf(serviceId)).find(({ point }) => point === 'п. 23')
    expect(gate).toMatchObject({ event: { date: '2026-12-10' }, dueOn: '2026-12-21', state: 'met' })
    expect(
      await read(DeadlineWithCountSchema, await desk.t.get(`/api/v1/service-deadlines/${gate?.id ?? ''}`, 'agency')),
    ).toMatchObject({ moved: false })
  })

  it('п. 26: an amendment is due in five working days, and a late one is seen to be late', async () => {
    desk.clock.day = '2026-12-25'
    const clock = { agencyId: 'agc_justice', point: '26', serviceId, act: 'приказ от 14.12.2026 № 9' }
    expect(await read(DeadlineSchema, await desk.t.post('/api/v1/service-deadlines', clock, 'editor'))).toMatchObject({
      dueOn: '2026-12-22',
      state: 'overdue',
    })
    expect((await desk.t.post('/api/v1/service-deadlines', { ...clock, serviceId: null }, 'editor')).status).toBe(400)
    const amended = row(50, 3, 'приказ Министра юстиции от 20 ноября 2026 года № 350').with(
      4,
      'приказ от 14.12.2026 № 9; приказ от 24.12.2026 № 11',
    )
    await desk.send(csvOf([TITLES, amended]))
    expect(
      (await desk.deadlinesOf(serviceId))
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
    expect((await desk.t.post(path, { ...next, contacts: 'нет' }, 'agency')).status).toBe(400)
    expect((await desk.t.post(path, { ...next, replacedOn: '2026-12-26' }, 'agency')).status).toBe(400)
    expect((await desk.t.post(path, next, 'agency')).status).toBe(201)
    const { items } = await read(z.object({ items: z.array(PersonSchema) }), await desk.t.get(path, 'agency'))
    expect(items.map(({ name, since, until }) => [name, since, until])).toEqual([
      ['Жумабаева Айгуль', '2026-12-11', null],
      ['Ахметов Серик Болатович', '2026-11-25', '2026-12-11'],
    ])
    expect((await desk.deadlinesOf(serviceId)).find(({ point }) => point === 'п. 27')).toMatchObject({
      event: { date: '2026-12-11' },
      dueOn: '2026-12-21',
      metOn: '2026-12-25',
      state: 'met-late',
    })
  })

  it('п. 33: a service in electronic form goes the same way', async () => {
    const { submission } = await read(
      SubmitResultSchema,
      await desk.send(csvOf([TITLES, goodRow(60)]), { query: '?kind=electronic' }),
    )
    const points = (await desk.deadlinesOf(submission.rows[0]?.serviceId ?? '')).map(({ point }) => point)
    expect(points).toEqual(['п. 33, 20', 'п. 33, 21'])
  })

  it('п. 33: a kind said by mistake is seen in the difference and mended; said of nothing it stays', async () => {
    const file = csvOf([TITLES, goodRow(61)])
    const told = async (query: string) => {
      const { outcome, submission } = await read(SubmitResultSchema, await desk.send(file, { query }))
      const [first] = submission.rows
      const held = await read(ServiceSchema, await desk.t.get(`/api/v1/services/${first?.serviceId ?? ''}`, 'agency'))
      const clocks = (await desk.deadlinesOf(held.id)).map(({ point }) => point)
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
    expect((await desk.t.post(path, { text: 'Открытое разъяснение', protection: 'none' }, 'agency')).status).toBe(201)
    expect(
      (await desk.t.post(path, { text: 'Тайнаяпометка семьдесятпять', protection: 'commercial-secret' }, 'agency'))
        .status,
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
        const response = await desk.t.get(`/api/v1${encodeURI(address)}`, role)
        expect(await response.text()).not.toMatch(/семьдесятпять/iu)
      }
    for (const body of [{ question: 'Тайнаяпометка семьдесятпять' }]) {
      const answer = z
        .looseObject({ status: z.string(), sentences: z.array(z.unknown()) })
        .parse(await (await desk.t.post('/api/v1/answers', body, 'operator')).json())
      expect([answer.status, answer.sentences]).toEqual(['no_answer', []])
    }
    const other = await desk.t.app.request(`/api/v1/services/${serviceId}`, { headers: health })
    expect(other.status).toBe(404)
  })

  it('every step left its event', async () => {
    const { items } = z
      .object({ items: z.array(z.object({ type: z.string() })) })
      .parse(await (await desk.t.get(`/api/v1/events?subjectId=${serviceId}&limit=200`, 'supervisor')).json())
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

describe('what pages need', () => {
  const list = async (query: string, role: 'agency' | 'operator' | 'editor' = 'agency') =>
    z
      .object({
        items: z.array(ListedServiceSchema),
        nextCursor: z.string().nullable(),
      })
      .parse(await (await desk.t.get(`/api/v1/services?limit=200${query}`, role)).json()).items

  it('the list filtered by state is what the gate says of each service, on every day', async () => {
    const { submission } = await read(
      SubmitResultSchema,
      await desk.send(csvOf([TITLES, ...[70, 71, 72].map(goodRow)])),
    )
    const [waiting, trained, signed] = submission.rows.map(({ serviceId }) => serviceId ?? '')
    const training = { heldOn: desk.clock.day, trainer: 'Ахметов С.Б.', trainees: ['Ким А.'] }
    for (const id of [trained, signed]) await desk.t.post(`/api/v1/services/${id}/trainings`, training, 'agency')
    const signatory = (name: string) => ({ name, post: 'руководитель' })
    const file = { name: 'п.pdf', type: 'application/pdf', content: 'JVBERg==' }
    const protocol = {
      signedOn: desk.clock.day,
      centreSignatory: signatory('О'),
      agencySignatory: signatory('А'),
      file,
    }
    expect((await desk.t.post(`/api/v1/services/${signed}/protocol`, protocol, 'editor')).status).toBe(201)
    const reasons = VisibilityReasonSchema.options
    const seen = new Set<string>()
    for (const on of ['2026-12-25', '2027-01-05', '2027-01-06', '2027-01-11', '2027-01-14', '2027-02-01']) {
      desk.clock.day = on
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
    expect((await list(`&id=${signed}`, 'editor')).map(({ id }) => id)).toEqual([signed])
    expect(await list('&id=svc_none', 'editor')).toEqual([])
    desk.clock.day = '2026-12-25'
    expect((await list('&state=training-awaited&q=90100070')).map(({ id }) => id)).toEqual([waiting])
    expect(await list('&q=%25')).toEqual([])
    expect((await list('&q=90100070'))[0]?.nextDeadline).toMatchObject({ point: 'п. 21', state: 'open' })
    expect((await list('&q=90100070', 'operator'))[0]?.nextDeadline).toBeNull()
  })

  it('clocks are listed with the name of their service, points in the language asked for', async () => {
    const response = await desk.t.app.request('/api/v1/service-deadlines?limit=200', {
      headers: { ...(await desk.t.as('agency')), 'accept-language': 'kk' },
    })
    const { items } = z.object({ items: z.array(ListedDeadlineSchema) }).parse(await response.json())
    expect(items.find(({ service }) => service?.registryNumber === '90100070')).toMatchObject({ point: '21-тармақ' })
  })

  it('faults are said in Kazakh and English, in the answer and in the annotated file, and nothing is stored', async () => {
    const bad = csvOf([TITLES, row(80, 7, 'нет')])
    const count = async () =>
      z
        .object({ items: z.array(z.unknown()) })
        .parse(await (await desk.t.get('/api/v1/service-submissions?limit=200', 'agency')).json()).items.length
    const before = await count()
    for (const [lang, phone, sheet] of [
      ['ru', 'Нет телефона.', 'Замечания'],
      ['kk', 'Телефон жоқ.', 'Ескертпелер'],
      ['en', 'There is no telephone.', 'Faults'],
    ] as const) {
      const headers = { 'accept-language': lang }
      const looked = await read(SubmitResultSchema, await desk.send(bad, { query: '?checkOnly=true', headers }))
      expect(looked.submission.faults.map(({ reason }) => reason)).toContain(phone)
      const file = await desk.t.app.request('/api/v1/service-submissions/annotated.xlsx?name=а.csv', {
        method: 'POST',
        headers: { 'content-type': 'text/csv', ...(await desk.t.as('agency')), ...headers },
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
      const file = await desk.t.app.request('/api/v1/service-submissions/annotated.xlsx', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', ...(await desk.t.as('agency')) },
        body: Buffer.alloc(mib * 1024 * 1024, 65),
      })
      expect([mib, file.status]).toEqual([mib, status])
    }
  })

  it('reading names and telephones of people leaves an event that says whose and through what', async () => {
    const { submission } = await read(SubmitResultSchema, await desk.send(csvOf([TITLES, goodRow(90)])))
    const id = submission.rows[0]?.serviceId ?? ''
    for (const path of [
      `/services/${id}`,
      `/services/${id}/responsible-persons`,
      `/service-submissions/${submission.id}`,
      `/service-submissions/${submission.id}/annotated.xlsx`,
    ])
      await desk.t.get(`/api/v1${path}`, 'supervisor')
    // An operator sees no names before the service is visible, so none are recorded as read.
    await desk.t.get(`/api/v1/services/${id}`, 'operator')
    const events = async (subject: string) =>
      z
        .object({ items: z.array(z.object({ type: z.string(), payload: z.looseObject({}) })) })
        .parse(await (await desk.t.get(`/api/v1/events?subjectId=${subject}&limit=200`, 'supervisor')).json())
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
    await desk.send(csvOf([TITLES, row(90, 2, 'Выдача справки о новом')]), { query: '?checkOnly=true' })
    expect(await told()).toBe(before)
    await desk.send(csvOf([TITLES, row(90, 7, '+7 701 123 45 67; a@b.kz')]), { query: '?checkOnly=true' })
    expect(await told()).toBe(before + 1)
    expect((await events(submission.id)).map(({ route }) => route).toSorted()).toEqual([
      'GET /service-submissions/{id}',
      'GET /service-submissions/{id}/annotated.xlsx',
    ])
  })
})
