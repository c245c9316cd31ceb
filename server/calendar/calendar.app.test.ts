import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Role } from '#server/context.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { CalendarDaySchema, DayWithHistorySchema, TermSchema } from './schema.ts'
import { writeEdit } from './write-edit.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp({ content: false, now: () => new Date('2026-11-24T09:00:00Z') })
})
afterAll(() => t.close())

const send = async (method: string, path: string, role: Role, body?: unknown, headers: Record<string, string> = {}) =>
  t.app.request(`/api/v1/calendar${path}`, {
    method,
    headers: {
      ...(await t.as(role)),
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const term = async (from: string, days: number, headers: Record<string, string> = {}) =>
  TermSchema.parse(
    await (await send('GET', `/add-working-days?from=${from}&days=${days}`, 'agency', undefined, headers)).json(),
  )
const Problem = z.object({ status: z.number(), code: z.string(), detail: z.string() })
const refused = async (response: Response) => {
  const { status, code, detail } = Problem.parse(await response.json())
  return { status, code, detail }
}

describe('GET /calendar/add-working-days', () => {
  it('gives the last day and every day counted, in the language asked for', async () => {
    const { date, count, caveats } = await term('2026-03-20', 2)
    expect([date, caveats]).toEqual(['2026-03-27', []])
    expect(count.map((day) => [day.date, day.kind, day.note, day.nth])).toEqual([
      ['2026-03-21', 'holiday', 'Наурыз мейрамы', null],
      ['2026-03-22', 'holiday', 'Наурыз мейрамы', null],
      ['2026-03-23', 'holiday', 'Наурыз мейрамы', null],
      ['2026-03-24', 'moved', 'Выходной за праздник 21.03.2026 (Наурыз мейрамы)', null],
      ['2026-03-25', 'moved', 'Выходной за праздник 22.03.2026 (Наурыз мейрамы)', null],
      ['2026-03-26', 'working', null, 1],
      ['2026-03-27', 'working', null, 2],
    ])
    const english = await term('2024-05-03', 1, { 'accept-language': 'en' })
    expect(english.count).toEqual([
      expect.objectContaining({
        date: '2024-05-04',
        kind: 'working',
        note: 'Working day: its rest is moved to 2024-05-08; order of the Minister of Labour No. 109 of 2024-04-17',
      }),
    ])
    const kazakh = await term('2026-12-30', 2, { 'accept-language': 'kk' })
    expect(kazakh.caveats).toEqual([
      {
        code: 'orders-to-come',
        date: '2027-01-01',
        text: '2027 жылғы демалыс күндерін ауыстыру әлі жариялануы мүмкін.',
      },
    ])
  })

  it('names the years covered, and refuses what is no day or number', async () => {
    const response = await send('GET', '/add-working-days?from=2030-12-30&days=5', 'operator')
    expect(await refused(response)).toEqual({
      status: 400,
      code: 'bad-request',
      detail: 'Рабочий календарь охватывает 2016–2030 годы, а 2031-01-01 вне его.',
    })
    for (const query of [
      'from=2026-02-30&days=1',
      'from=2026-11-24&days=0',
      'from=2026-11-24&days=two',
      'from=2026-11-24',
      'days=1',
    ])
      expect([query, (await send('GET', `/add-working-days?${query}`, 'operator')).status]).toEqual([query, 400])
  })
})

describe('GET /calendar/days', () => {
  it('lists a range, a year at most', async () => {
    const list = z.object({ items: z.array(CalendarDaySchema), from: z.string(), to: z.string() })
    const year = list.parse(await (await send('GET', '/days?from=2024-01-01&to=2024-12-31', 'operator')).json())
    expect([year.items.length, year.items.filter(({ kind }) => kind === 'working').length]).toEqual([366, 249])
    for (const range of [
      'from=2024-01-01&to=2025-01-01',
      'from=2024-01-02&to=2024-01-01',
      'from=2015-12-31&to=2016-01-01',
    ])
      expect([range, (await send('GET', `/days?${range}`, 'operator')).status]).toEqual([range, 400])
  })
})

describe('a supervisor’s word', () => {
  const DECREE = 'приказ № 1 от 10.12.2026'
  const REASON = 'Приказ о переносе опубликован'

  it('overrides the rules in every deadline, keeps its history, and is given back', async () => {
    expect((await term('2026-12-30', 2)).date).toBe('2027-01-05')
    const set = await send('PUT', '/days/2026-12-31', 'supervisor', { kind: 'moved', reason: REASON, decree: DECREE })
    expect([set.status, CalendarDaySchema.parse(await set.json())]).toEqual([
      200,
      {
        date: '2026-12-31',
        kind: 'moved',
        note: `${REASON}; ${DECREE}`,
        decree: DECREE,
        expected: false,
        origin: 'edit',
      },
    ])
    const moved = await term('2026-12-30', 2)
    expect([moved.date, moved.count[0]?.note]).toEqual(['2027-01-06', `${REASON}; ${DECREE}`])

    // The same word again is no new one; another is.
    await send('PUT', '/days/2026-12-31', 'admin', { kind: 'moved', reason: REASON, decree: DECREE })
    await send('PUT', '/days/2026-12-31', 'admin', { kind: 'working', reason: 'Приказ отменён' })
    expect((await term('2026-12-30', 2)).date).toBe('2027-01-05')
    expect(
      (await send('DELETE', `/days/2026-12-31?reason=${encodeURIComponent('Внесено по ошибке')}`, 'supervisor')).status,
    ).toBe(200)

    const { day, edits } = DayWithHistorySchema.parse(await (await send('GET', '/days/2026-12-31', 'operator')).json())
    expect(day).toMatchObject({ kind: 'working', origin: 'rule', note: null })
    expect(edits.map(({ kind, reason, decree, at }) => [kind, reason, decree, at])).toEqual([
      [null, 'Внесено по ошибке', null, '2026-11-24T09:00:00.000Z'],
      ['working', 'Приказ отменён', null, '2026-11-24T09:00:00.000Z'],
      ['moved', REASON, DECREE, '2026-11-24T09:00:00.000Z'],
    ])

    const Events = z.object({ items: z.array(z.object({ type: z.string(), payload: z.unknown() })) })
    const events = Events.parse(await (await t.get('/api/v1/events?subjectId=2026-12-31', 'supervisor')).json())
    expect(events.items.map(({ type, payload }) => [type, payload])).toEqual(
      expect.arrayContaining([
        ['calendar.day-set', { kind: 'moved', was: 'working', reason: REASON, decree: DECREE }],
        ['calendar.day-set', { kind: 'working', was: 'moved', reason: 'Приказ отменён', decree: null }],
        ['calendar.day-cleared', { kind: 'working', was: 'working', reason: 'Внесено по ошибке' }],
      ]),
    )
    expect(events.items).toHaveLength(3)
  })

  it('needs the role, a reason, a day of the covered years and a kind that fits', async () => {
    const change = { kind: 'working', reason: REASON }
    for (const role of ['operator', 'editor', 'agency', 'authority'] as const) {
      expect((await send('PUT', '/days/2026-12-05', role, change)).status).toBe(403)
      expect((await send('DELETE', '/days/2026-12-05?reason=ошибка', role)).status).toBe(403)
    }
    const wrong: [string, unknown][] = [
      ['/days/2026-12-05', { kind: 'working' }],
      ['/days/2026-12-05', { ...change, reason: '   x  ' }],
      ['/days/2026-12-05', { ...change, kind: 'off' }],
      ['/days/2026-12-05', { ...change, date: '2026-12-06' }],
      ['/days/2026-12-07', { ...change, kind: 'weekend' }],
      ['/days/2026-02-30', change],
      ['/days/2031-01-01', change],
    ]
    for (const [path, body] of wrong)
      expect([body, (await send('PUT', path, 'supervisor', body)).status]).toEqual([body, 400])
    expect((await send('DELETE', '/days/2026-12-05', 'supervisor')).status).toBe(400)
    expect((await send('DELETE', '/days/2026-12-05?reason=nothing-there', 'supervisor')).status).toBe(404)
    expect(DayWithHistorySchema.parse(await (await send('GET', '/days/2026-12-05', 'operator')).json()).edits).toEqual(
      [],
    )
  })

  it('is not lost to another said at the same time', async () => {
    const word = { date: '2026-12-12', after: 0, kind: 'working', reason: REASON, decree: null } as const
    await writeEdit(t.ctx, word)
    await expect(writeEdit(t.ctx, { ...word, kind: 'moved' })).rejects.toMatchObject({
      code: 'conflict',
      said: {
        ru: expect.stringContaining('12.12.2026'),
        kk: expect.stringContaining('12.12.2026'),
        en: expect.stringContaining('12.12.2026'),
      },
    })
  })
})
