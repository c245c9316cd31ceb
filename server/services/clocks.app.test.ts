import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { inTransaction } from '#server/events/event.ts'
import { agencyDesk, read, row } from '#test/agency-desk.ts'
import { requestUpdates } from './request-updates.ts'
import { SubmitResultSchema, ServiceSchema, DeadlineSchema, UpdateRequestSchema } from './schema.ts'

const desk = agencyDesk()

describe('clocks that the centre starts stop', () => {
  const LAW = 'приказ от 12.05.2023 № 302'
  const start = async (clock: Record<string, unknown>) =>
    read(
      DeadlineSchema,
      await desk.t.post('/api/v1/service-deadlines', { agencyId: 'agc_justice', ...clock }, 'editor'),
    )
  const sendRow = async (i: number, byLaw: string, changes: string) => {
    const { submission } = await read(
      SubmitResultSchema,
      await desk.send(csvOf([TITLES, goodRow(i).with(3, byLaw).with(4, changes)])),
    )
    return submission.rows[0]?.serviceId ?? ''
  }
  const stateOf = async (id: string) =>
    read(DeadlineSchema, await desk.t.get(`/api/v1/service-deadlines/${id}`, 'editor')).then(({ state }) => state)

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
    desk.clock.day = '2026-12-25'
    const serviceId = await sendRow(i, ...held)
    desk.clock.day = '2026-12-26'
    const clock = await start({ point, act, serviceId })
    if (sent !== null) {
      expect(clock.metOn).toBeNull()
      await sendRow(i, ...sent)
    }
    const mine = (await desk.deadlinesOf(serviceId)).filter(({ event }) => event.date === clock.event.date)
    expect(mine.map(({ id, metOn }) => [id, metOn])).toEqual([[clock.id, met]])
    // Said again in other words it is the same clock.
    expect((await start({ point, act: act.replace('от', 'приказ от'), serviceId })).id).toBe(clock.id)
    desk.clock.day = '2026-12-25'
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
      (await desk.deadlinesOf(serviceId))
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
      await desk.send(csvOf([TITLES, goodRow(160).with(3, LAW).with(4, changes)])),
    )
    return submission
  }
  const request = async () =>
    (
      await read(
        z.object({ items: z.array(UpdateRequestSchema) }),
        await desk.t.get(`/api/v1/update-requests?state=all&serviceId=${serviceId}`, 'supervisor'),
      )
    ).items[0]
  const clock = async () =>
    (await desk.deadlinesOf(serviceId))
      .filter(({ point }) => point === 'п. 26')
      .map(({ dueOn, metOn, state }) => [dueOn, metOn, state])

  it('with nothing sent in between it is open, and its clock runs on to its day', async () => {
    desk.clock.day = '2026-11-19'
    serviceId = (await sendChanges('нет')).rows[0]?.serviceId ?? ''
    const [opened] = await inTransaction(desk.t.ctx, (tx) =>
      requestUpdates(tx, {
        actId: 'act_777',
        act: { kind: 'приказ', date: '2023-05-11', number: '777' },
        amendments: [{ kind: 'приказ', date: '2026-11-18', number: '12', points: [], url: '/acts', bound: [] }],
      }),
    )
    requestId = opened?.id ?? expect.fail('nobody was asked')
    expect(await clock()).toEqual([['2026-11-25', null, 'open']])
    expect((await desk.t.post(`/api/v1/update-requests/${requestId}/withdraw`, said, 'editor')).status).toBe(200)
    expect(await clock()).toEqual([['2026-11-25', '2026-11-19', 'met']])
    expect((await desk.t.post(`/api/v1/update-requests/${requestId}/reopen`, said, 'editor')).status).toBe(200)
    expect(await request()).toMatchObject({ requestId, state: 'open', dueOn: '2026-11-25', closedOn: null })
    expect(await clock()).toEqual([['2026-11-25', null, 'open']])
  })

  it('Appendix 1 that named the amendment in between has answered it, on the day on which it came', async () => {
    desk.clock.day = '2026-11-20'
    expect((await desk.t.post(`/api/v1/update-requests/${requestId}/withdraw`, said, 'editor')).status).toBe(200)
    desk.clock.day = '2026-11-26'
    await sendChanges(AMENDMENT)
    expect(await request()).toMatchObject({ state: 'withdrawn' })
    desk.clock.day = '2026-11-30'
    const back = await desk.t.post(`/api/v1/update-requests/${requestId}/reopen`, said, 'editor')
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
    expect((await desk.t.post(`/api/v1/update-requests/${requestId}/reopen`, said, 'editor')).status).toBe(409)
    desk.clock.day = '2026-12-25'
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
    (await read(ServiceSchema, await desk.t.get(`/api/v1/services/${serviceId}`, 'agency'))).details?.responsible ?? []

  it('either of two in office can be replaced, keeps the place, and one of them must be chosen', async () => {
    desk.clock.day = '2026-12-25'
    const { submission } = await read(SubmitResultSchema, await desk.send(csvOf([TITLES, row(130, 6, TWO)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const path = `/api/v1/services/${serviceId}/responsible-persons`
    desk.clock.day = '2026-12-26'
    const [first, second] = await peopleOf(serviceId)
    for (const [lang, said] of [
      ['ru', 'За услугу отвечают несколько лиц: 2.'],
      ['kk', 'Қызметке бірнеше адам жауап береді: 2.'],
      ['en', 'Several persons answer for the service: 2.'],
    ] as const) {
      const refused = await desk.t.app.request(path, {
        method: 'POST',
        headers: { ...(await desk.t.as('agency')), 'content-type': 'application/json', 'accept-language': lang },
        body: JSON.stringify(notice()),
      })
      expect([refused.status, await refused.json()]).toMatchObject([
        400,
        { faults: [{ path: 'json.personId', message: expect.stringContaining(said) }] },
      ])
    }
    expect((await desk.t.post(path, notice({ personId: 'rsp_nobody' }), 'agency')).status).toBe(400)
    expect((await desk.t.post(path, notice({ personId: second?.id }), 'agency')).status).toBe(201)
    expect((await peopleOf(serviceId)).map(({ name, replaces }) => [name, replaces])).toEqual([
      ['Ахметов Серик Болатович', null],
      ['Жумабаева Айгуль', second?.id],
    ])
    expect((await desk.t.post(path, notice({ personId: first?.id, name: 'Ким Анна' }), 'agency')).status).toBe(201)
    expect((await peopleOf(serviceId)).map(({ name }) => name)).toEqual(['Ким Анна', 'Жумабаева Айгуль'])
  })

  it('a person replaced through Appendix 1 alone is told of, in the language asked for', async () => {
    const { submission } = await read(SubmitResultSchema, await desk.send(csvOf([TITLES, goodRow(131)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const warned = async (people: string, lang = 'ru', query = '?checkOnly=true') => {
      const answer = await desk.send(csvOf([TITLES, row(131, 6, people)]), {
        query,
        headers: { 'accept-language': lang },
      })
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
    expect((await desk.deadlinesOf(serviceId)).some(({ point }) => point === 'п. 27')).toBe(false)
    expect((await peopleOf(serviceId)).map(({ name, since }) => [name, since])).toEqual([['Ким Анна', desk.clock.day]])
    desk.clock.day = '2026-12-25'
  })

  it('who is named again by Appendix 1 stays in office since his day, by his new post and contacts', async () => {
    const { submission } = await read(SubmitResultSchema, await desk.send(csvOf([TITLES, goodRow(133)])))
    const serviceId = submission.rows[0]?.serviceId ?? ''
    const [before] = await peopleOf(serviceId)
    const since = desk.clock.day
    desk.clock.day = '2026-12-28'
    const again = row(133, 6, 'Ахметов Серик Болатович, директор; Ким Анна, эксперт')
    again[7] = '+7 701 555 44 33; s.akhmetov@adilet.gov.kz'
    expect((await desk.send(csvOf([TITLES, again]))).status).toBe(201)
    expect(
      (await peopleOf(serviceId)).map((person) => [person.name, person.post, person.since, person.emails]),
    ).toEqual([
      ['Ахметов Серик Болатович', 'директор', since, ['s.akhmetov@adilet.gov.kz']],
      ['Ким Анна', 'эксперт', '2026-12-28', ['s.akhmetov@adilet.gov.kz']],
    ])
    expect((await peopleOf(serviceId))[0]?.id).toBe(before?.id)
    desk.clock.day = '2026-12-25'
  })

  it('what is wrong with a protocol, a training or a clock is said in the language asked for', async () => {
    const { submission } = await read(SubmitResultSchema, await desk.send(csvOf([TITLES, goodRow(132)])))
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
          const response = await desk.t.app.request(`/api/v1${path}`, {
            method: 'POST',
            headers: { ...(await desk.t.as('editor')), ...type, 'accept-language': lang },
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
