import { describe, expect, it } from 'vitest'
import { clocksDischarged, clocksStopped } from './act-clocks.ts'
import { actKey, clockKey } from './act-key.ts'

const act = (date: string, number: string, kind: string | null = 'приказ') => ({ kind, date, number, text: '' })
const law = act('2023-05-12', '302')
const newLaw = act('2026-11-19', '556')
const amendment = act('2026-11-20', '7')

describe('the clocks of п. 20 and 26 that a row discharges', () => {
  it.each<
    [what: string, held: Parameters<typeof clocksDischarged>[1], now: Parameters<typeof clocksDischarged>[0], string[]]
  >([
    ['п. 20: a new service', null, { byLaw: law, changes: [] }, ['20 2023-05-12']],
    ['п. 20: its amendments are history', null, { byLaw: law, changes: [amendment] }, ['20 2023-05-12']],
    ['п. 20: another by-law', { byLaw: law, changes: [] }, { byLaw: newLaw, changes: [] }, ['20 2026-11-19']],
    ['п. 26: an amendment', { byLaw: law, changes: [] }, { byLaw: law, changes: [amendment] }, ['26 2026-11-20']],
    [
      'п. 20 and 26: both',
      { byLaw: law, changes: [] },
      { byLaw: newLaw, changes: [amendment] },
      ['20 2026-11-19', '26 2026-11-20'],
    ],
    [
      'neither: the same acts, one without its kind',
      { byLaw: law, changes: [amendment] },
      { byLaw: act('2023-05-12', '302', null), changes: [act('2026-11-20', '7', null)] },
      [],
    ],
  ])('%s', (_, held, now, clocks) => {
    expect(clocksDischarged(now, held).map(({ point, event }) => `${point} ${event}`)).toEqual(clocks)
  })
})

describe('an act is known by its date and number', () => {
  it.each([
    ['приказ от 19.11.2026 № 556', 'от 19.11.2026 № 556', '2026-11-19'],
    ['приказ от 19.11.2026 № ҚР ДСМ-15', 'от 19.11.2026 № қр дсм–15', '2026-11-19'],
  ])('«%s» is «%s»', (one, other, event) => {
    expect(clockKey({ event, cause: one })).toBe(clockKey({ event, cause: other }))
  })
  it('and by both of them', () => {
    expect(new Set([newLaw, act('2026-11-19', '557'), act('2026-11-20', '556')].map(actKey)).size).toBe(3)
  })
})

describe('running clocks that services stop', () => {
  type Clock = Parameters<typeof clocksStopped>[0][number]
  const clock = (over: Partial<Clock>): Clock => ({
    id: 'ddl_1',
    agencyId: 'agc_justice',
    serviceId: null,
    kind: 'state',
    point: '20',
    event: '2026-11-19',
    cause: 'от 19.11.2026 № 556',
    workingDays: 3,
    dueOn: '2026-11-24',
    metOn: null,
    metBy: null,
    createdAt: new Date(0),
    ...over,
  })
  it.each<[string, Partial<Clock>, string[]]>([
    ['п. 20 of the agency goes to the first service that names the act', {}, ['svc_1']],
    ['п. 20 of a service is stopped by that one', { serviceId: 'svc_2' }, ['svc_2']],
    [
      'п. 26 for the act among the changes',
      { point: '26', serviceId: 'svc_1', event: '2026-11-20', cause: 'от 20.11.2026 № 7' },
      ['svc_1'],
    ],
    ['of another service it goes on', { serviceId: 'svc_3' }, []],
    ['of another act it goes on', { cause: 'приказ от 19.11.2026 № 557' }, []],
    ['one that was met stays', { metOn: '2026-11-20' }, []],
  ])('%s', (_, over, stopping) => {
    const acts = { byLaw: newLaw, changes: [amendment] }
    const stopped = clocksStopped(
      [clock(over)],
      ['svc_1', 'svc_2'].map((id) => ({ id, acts })),
    )
    expect(stopped.map(({ serviceId }) => serviceId)).toEqual(stopping)
  })
})
