import { describe, expect, test } from 'vitest'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { inTransaction } from '#server/events/event.ts'
import { requestUpdates } from '#server/services/request-updates.ts'
import { editorialDesk, type Person } from '#test/editorial-desk.ts'

const desk = editorialDesk()
const { call, headers, day } = desk

const serviceOf = async (row: number): Promise<string> => {
  const sent = await desk.t.app.request('/api/v1/service-submissions', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...headers.get('agency') },
    body: csvOf([TITLES, goodRow(row)]),
  })
  const { submission } = (await sent.json()) as { submission: { rows: { serviceId: string }[] } }
  return submission.rows[0]?.serviceId ?? expect.fail('no service')
}
const train = (serviceId: string, heldOn: string, lang?: string) =>
  call<{ id: string }>(
    'agency',
    'POST',
    `/services/${serviceId}/trainings`,
    { heldOn, trainer: 'Ахметов С.Б.', trainees: ['Ким А.'] },
    lang,
  )
const sign = (serviceId: string, signedOn: string, lang?: string) => {
  const signatory = (name: string) => ({ name, post: 'руководитель' })
  return call<{ id: string }>(
    'aigul',
    'POST',
    `/services/${serviceId}/protocol`,
    {
      signedOn,
      centreSignatory: signatory('Оспанова Г.К.'),
      agencySignatory: signatory('Ахметов С.Б.'),
      file: { name: 'п.pdf', type: 'application/pdf', content: Buffer.from(`%PDF-1.7 ${signedOn}`).toString('base64') },
    },
    lang,
  )
}
interface Seen {
  visibility: { visible: boolean; from: string | null; reason: string }
  details: object | null
  preparation: {
    trainings: { id: string; heldOn: string }[]
    protocol: { id: string } | null
    annulled: {
      kind: string
      reason: string
      by: string
      at: string
      training: object | null
      protocol: object | null
    }[]
    deadlines: { id: string; point: string; dueOn: string; metOn: string | null; state: string }[]
  } | null
}
const service = async (id: string, who: Person = 'aigul') => (await call<Seen>(who, 'GET', `/services/${id}`)).body
const clocks = async (id: string, point: string) =>
  ((await service(id)).preparation?.deadlines ?? [])
    .filter((one) => one.point === point)
    .map(({ dueOn, metOn, state }) => [dueOn, metOn, state])
async function publish(
  title: string,
  slug: string,
  body: string,
  more: Record<string, unknown> = {},
  kazakhOf?: string,
) {
  const content = { title, slug, body, reviewBy: '2027-12-01', ...more }
  interface Begun {
    draftId: string
    revision: number
    content: object
  }
  const begun = await call<Begun>(
    'aigul',
    'POST',
    '/editorial/drafts',
    kazakhOf === undefined ? { lang: 'ru', content } : { lang: 'kk', articleId: kazakhOf },
  )
  const draft =
    kazakhOf === undefined
      ? begun.body
      : (
          await call<Begun>('aigul', 'PUT', `/editorial/drafts/${begun.body.draftId}`, {
            revision: begun.body.revision,
            content: { ...begun.body.content, ...content },
          })
        ).body
  const step = async (who: Person, verb: string, sent: unknown) => {
    const done = await call<{ articleId: string; versionId: string }>(
      who,
      'POST',
      `/editorial/drafts/${draft.draftId}/${verb}`,
      sent,
    )
    expect(done.status, done.text).toBe(200)
    return done.body
  }
  const { versionId } = await step('aigul', 'submit', { revision: draft.revision })
  await step('berik', 'approve', { versionId })
  return step('aigul', 'publish', { versionId })
}
const tasks = async () =>
  (
    await call<{
      items: {
        taskId: string
        kind: string
        title: string
        detail: Record<string, string>
        isOverdue: boolean
        endsByItself: boolean
      }[]
    }>('aigul', 'GET', '/editorial/tasks?kind=service-closed')
  ).body.items

describe('п. 23: the gate holds whenever somebody reads', () => {
  test('a day that is moved after an article was scheduled moves the service, its clock and the article, and editors are told', async () => {
    day('2026-11-25')
    const serviceId = await serviceOf(72)
    expect((await train(serviceId, '2026-11-25')).status).toBe(201)
    expect((await sign(serviceId, '2026-11-25')).status).toBe(201)
    const { articleId, versionId } = await publish('Брахистохрона', 'brahistohrona', 'Текст о брахистохроне.\n', {
      serviceId,
      validFrom: '2026-12-03',
    })
    await desk.t.deps.reconciler.settle()
    /** Whether somebody finds and reads it on a day. */
    const seen = async (who: Person, asOf?: string) => {
      const on = asOf === undefined ? '' : `&asOf=${asOf}`
      const found = await call(who, 'GET', `/search?q=${encodeURIComponent('брахистохрона')}${on}`)
      const read = await call(who, 'GET', `/articles/${articleId}?lang=ru${on}`)
      return [found.text.includes('брахистохроне'), read.status]
    }
    expect(await seen('operator')).toEqual([false, 404])
    // What people wrote of a day to come is for those who write it.
    expect(await seen('operator', '2026-12-03')).toEqual([false, 404])
    // Search speaks to everybody as to an operator: what it finds is told to callers.
    expect(await seen('aigul', '2026-12-03')).toEqual([false, 200])
    expect((await call('operator', 'GET', `/articles/${articleId}/versions/${versionId}`)).status).toBe(404)
    expect((await call('operator', 'GET', `/articles/${articleId}/versions`)).status).toBe(404)
    expect(await clocks(serviceId, 'п. 23')).toEqual([['2026-12-03', null, 'open']])
    expect(await tasks()).toEqual([])

    const moved = { kind: 'moved', reason: 'Перенос', decree: null }
    expect((await call('supervisor', 'PUT', '/calendar/days/2026-12-01', moved)).status).toBe(200)
    expect(await clocks(serviceId, 'п. 23')).toEqual([['2026-12-04', null, 'open']])
    expect(await tasks()).toMatchObject([
      {
        title: 'Брахистохрона',
        detail: { serviceId, begins: '2026-12-03', opens: '2026-12-04' },
        dueOn: null,
        isOverdue: false,
      },
    ])
    day('2026-12-03')
    expect((await service(serviceId, 'operator')).visibility).toMatchObject({ visible: false, from: '2026-12-04' })
    expect(await clocks(serviceId, 'п. 23')).toEqual([['2026-12-04', null, 'open']])
    expect(await seen('operator')).toEqual([false, 404])
    const listed = await call('operator', 'GET', '/articles?limit=200')
    expect(listed.text).not.toContain('Брахистохрона')
    expect((await call('operator', 'GET', `/articles/${articleId}/file`)).status).toBe(404)
    day('2026-12-04')
    expect(await seen('operator')).toEqual([true, 200])
    // Of a day on which nobody could read it, it is not read later.
    expect(await seen('operator', '2026-12-03')).toEqual([false, 404])
    await call('aigul', 'POST', '/editorial/checks')
    expect(await tasks()).toEqual([])
    // Given back to the rules, the day moves the clock back.
    expect((await call('supervisor', 'DELETE', '/calendar/days/2026-12-01?reason=Отмена')).status).toBe(200)
    expect(await clocks(serviceId, 'п. 23')).toEqual([['2026-12-03', null, 'met']])
    expect(await seen('operator', '2026-12-03')).toEqual([true, 200])
  })

  test('a text of no service that is scheduled is not read ahead either; what an act says is', async () => {
    day('2026-11-25')
    const { articleId } = await publish('Тахистоскоп', 'tahistoskop', 'О тахистоскопе позже.\n', {
      validFrom: '2026-12-20',
    })
    await desk.t.deps.reconciler.settle()
    expect((await call('operator', 'GET', `/articles/${articleId}?asOf=2026-12-20`)).status).toBe(404)
    const law = (await call<{ items: { articleId: string }[] }>('operator', 'GET', '/articles?limit=1&asOf=2026-12-20'))
      .body.items[0]
    expect((await call('operator', 'GET', `/articles/${law?.articleId ?? ''}?asOf=2026-12-20`)).status).toBe(200)
    day('2026-12-20')
    expect((await call('operator', 'GET', `/articles/${articleId}`)).status).toBe(200)
  })

  test('a text to come takes the place of none, is counted nowhere and tells nothing of what it says', async () => {
    day('2026-11-25')
    const { articleId } = await publish('Гироскоп', 'giroskop', 'Что такое гироскоп QWERTIUM.\n')
    await publish(
      'Гироскоп туралы',
      'giroskop',
      'Гироскоп деген QWERTIUM құпия сөйлем.\n',
      { validFrom: '2026-12-20' },
      articleId,
    )
    await desk.t.deps.reconciler.settle()
    interface Found {
      hits: { passageId: string; lang: string; text: string; counterpart: object | null; moreInArticle: number }[]
      total: number
      facets: { lang: { value: string; count: number }[]; kind: { count: number }[] } | null
      phrases: { held: boolean } | null
    }
    const ask = async (q: string, lang = 'kk') =>
      (
        await call<Found>(
          'operator',
          'GET',
          `/search?q=${encodeURIComponent(q)}&asOf=2026-12-21&facets=true`,
          undefined,
          lang,
        )
      ).body
    for (const lang of ['ru', 'kk']) {
      const { hits, total, facets } = await ask('QWERTIUM', lang)
      expect(hits).toMatchObject([{ lang: 'ru', counterpart: null, moreInArticle: 0 }])
      expect(total).toBe(1)
      expect(facets?.lang).toMatchObject([{ value: 'ru', count: 1 }])
    }
    // Nor by asking phrase after phrase whether it holds them.
    expect((await ask('«құпия сөйлем»')).phrases).toMatchObject({ held: false })
    expect((await ask('құпия сөйлем')).hits.filter(({ text }) => text.includes('құпия'))).toEqual([])
    day('2026-12-20')
    const { hits } = await ask('QWERTIUM')
    expect(hits).toMatchObject([{ lang: 'kk', counterpart: { lang: 'ru' } }])
    expect((await ask('«құпия сөйлем»')).phrases).toMatchObject({ held: true })
  })
})

describe('days of trainings and protocols (п. 21, 22)', () => {
  // Appendix 1 was received on 25.11.2026; today is 30.11.2026.
  test.each<[rule: string, trained: string | null, signed: string | null, refused: string | null]>([
    ['п. 21: before the submission', '2026-11-24', null, 'Приложение 1 по этой услуге получено 25.11.2026'],
    ['п. 21: ten years before', '2016-02-01', null, 'обучение идёт после него (п. 21)'],
    ['п. 21: on the day of the submission', '2026-11-25', null, null],
    ['п. 21: today', '2026-11-30', null, null],
    ['п. 21: tomorrow', '2026-12-01', null, 'Обучение ещё не прошло'],
    ['п. 22: before the submission', '2026-11-25', '2026-11-24', 'протокол не мог быть подписан раньше (п. 22)'],
    ['п. 22: before the training', '2026-11-27', '2026-11-26', 'обучения до этого дня не записано'],
    ['п. 22: on the day of the training', '2026-11-27', '2026-11-27', null],
    ['п. 22: without a training', null, '2026-11-27', 'обучения до этого дня не записано'],
    ['п. 22: tomorrow', '2026-11-27', '2026-12-01', 'Этот день ещё не наступил'],
  ])('%s: trained %s, signed %s', async (rule, trained, signed, refused) => {
    day('2026-11-25')
    const serviceId = await serviceOf(
      100 + (Math.abs([...rule].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7)) % 90_000),
    )
    day('2026-11-30')
    const first = trained === null ? null : await train(serviceId, trained)
    const last = signed === null ? first : await sign(serviceId, signed)
    if (signed !== null && first !== null) expect(first.status).toBe(201)
    const said = last?.body.faults?.map(({ message }) => message).join(' ') ?? last?.body.detail ?? ''
    if (refused === null) expect(last?.status, said).toBe(201)
    else {
      expect([400, 409]).toContain(last?.status)
      expect(said).toContain(refused)
    }
  })

  test('a refusal is in the user’s language', async () => {
    day('2026-11-25')
    const serviceId = await serviceOf(300)
    expect((await train(serviceId, '2016-02-01', 'kk')).body.faults?.[0]?.message).toContain(
      '1-қосымша 25.11.2026 алынған',
    )
    expect((await train(serviceId, '2016-02-01', 'en')).body.faults?.[0]?.message).toContain(
      'was received on 25.11.2026',
    )
  })
})

describe('a record that was a mistake', () => {
  const annul = (id: string, kind: string, recordId: string, who: Person = 'aigul') =>
    call<Seen>(who, 'POST', `/services/${id}/annulments`, { kind, recordId, reason: 'Опечатка в дате' })

  test('п. 22, 23: an annulled protocol closes the service and its articles at once; the right one opens it on its own day', async () => {
    day('2026-11-25')
    const id = await serviceOf(310)
    await train(id, '2026-11-25')
    const wrong = (await sign(id, '2026-11-25')).body.id
    day('2026-12-03')
    const { articleId } = await publish('Овердрафт услуги', 'overdraft-uslugi', 'Об услуге.\n', { serviceId: id })
    const read = async () => (await call('operator', 'GET', `/articles/${articleId}`)).status
    expect(await read()).toBe(200)

    expect((await annul(id, 'protocol', wrong, 'agency')).status).toBe(403)
    expect((await annul(id, 'protocol', wrong, 'operator')).status).toBe(403)
    const done = await annul(id, 'protocol', wrong)
    expect(done.status, done.text).toBe(200)
    expect(done.body.visibility).toMatchObject({ visible: false, reason: 'protocol-awaited', from: null })
    expect(done.body.preparation).toMatchObject({
      protocol: null,
      annulled: [{ kind: 'protocol', reason: 'Опечатка в дате', by: 'aigul', protocol: { signedOn: '2026-11-25' } }],
    })
    expect(await clocks(id, 'п. 23')).toEqual([])
    expect((await service(id, 'operator')).details).toBeNull()
    expect(await read()).toBe(404)
    expect((await tasks()).map(({ title, isOverdue }) => [title, isOverdue])).toEqual([['Овердрафт услуги', false]])
    // It closes with what it asks for: no page offers to tick it off, and nobody can.
    const [task] = await tasks()
    expect(task?.endsByItself).toBe(true)
    const ticked = await call('aigul', 'POST', `/editorial/tasks/${task?.taskId ?? ''}/done`, {})
    expect([ticked.status, ticked.body.detail]).toEqual([409, expect.stringContaining('закроется сама')])
    day('2026-12-04')
    expect((await tasks()).map(({ isOverdue }) => isOverdue)).toEqual([false])
    day('2026-12-03')
    expect((await annul(id, 'protocol', wrong)).status).toBe(409)

    expect((await sign(id, '2026-12-01')).status).toBe(201)
    expect(await clocks(id, 'п. 23')).toEqual([['2026-12-09', null, 'open']])
    const file = async (query: string) =>
      (
        await desk.t.app.request(`/api/v1/services/${id}/protocol/file${query}`, {
          headers: headers.get('aigul') ?? {},
        })
      ).text()
    expect(await file('')).toContain('2026-12-01')
    expect(await file(`?protocolId=${wrong}`)).toContain('2026-11-25')
    day('2026-12-08')
    expect(await read()).toBe(404)
    day('2026-12-09')
    expect(await read()).toBe(200)
  })

  test('п. 21: the clock of an annulled training runs again; one on which a protocol rests goes after a right one only', async () => {
    day('2026-11-25')
    const id = await serviceOf(311)
    const wrong = (await train(id, '2026-11-25')).body.id
    expect(await clocks(id, 'п. 21')).toEqual([['2026-12-09', '2026-11-25', 'met']])
    expect((await annul(id, 'training', wrong, 'agency')).status).toBe(200)
    expect(await clocks(id, 'п. 21')).toEqual([['2026-12-09', null, 'open']])
    expect((await service(id)).visibility.reason).toBe('training-awaited')
    day('2026-12-10')
    expect((await service(id)).visibility.reason).toBe('training-overdue')
    const second = (await train(id, '2026-12-08')).body.id
    expect((await sign(id, '2026-12-10')).status).toBe(201)
    const refused = await annul(id, 'training', second)
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'На этом обучении стоит протокол от 10.12.2026 (п. 22). Сначала запишите верное обучение не позднее этого дня или аннулируйте протокол.',
    ])
    expect((await train(id, '2026-12-10')).status).toBe(201)
    expect((await annul(id, 'training', second)).status).toBe(200)
    // The one that stands was held too late.
    expect(await clocks(id, 'п. 21')).toEqual([['2026-12-09', '2026-12-10', 'met-late']])
    expect((await annul(id, 'training', 'trn_none')).status).toBe(404)
    // Nobody loses what was written.
    expect((await service(id)).preparation?.annulled).toHaveLength(2)
  })
})

describe('п. 27: the centre hears of a replacement before it is told', () => {
  const start = (serviceId: string, replacedOn: string) =>
    call<{ id: string; dueOn: string; state: string }>('aigul', 'POST', '/service-deadlines', {
      agencyId: 'agc_justice',
      point: '27',
      serviceId,
      replacedOn,
    })
  const notice = (serviceId: string, replacedOn: string, name: string, more: object = {}) =>
    call('agency', 'POST', `/services/${serviceId}/responsible-persons`, {
      replacedOn,
      name,
      post: 'главный эксперт',
      contacts: '+7 7172 74 07 60; a.serikov@adilet.gov.kz',
      ...more,
    })

  test('the clock runs, becomes overdue, and the notice stops it', async () => {
    day('2026-11-25')
    const serviceId = await serviceOf(320)
    day('2026-11-27')
    expect((await start(serviceId, '2026-11-28')).body.faults?.[0]?.message).toContain('ещё не наступил')
    expect((await start(serviceId, '2026-11-24')).body.faults?.[0]?.message).toContain('25.11.2026')
    const started = await start(serviceId, '2026-11-26')
    expect([started.status, started.body.dueOn, started.body.state], started.text).toEqual([201, '2026-12-03', 'open'])
    expect((await start(serviceId, '2026-11-27')).body.id).toBe(started.body.id)
    day('2026-12-04')
    expect(await clocks(serviceId, 'п. 27')).toEqual([['2026-12-03', null, 'overdue']])
    const told = await notice(serviceId, '2026-11-26', 'Сериков Асан')
    expect(told.status, told.text).toBe(201)
    expect(await clocks(serviceId, 'п. 27')).toEqual([['2026-12-03', '2026-12-04', 'met-late']])

    // Whoever came by that notice is replaced in turn: a clock of his own runs, and is the same when it is said again.
    day('2026-12-14')
    const second = await start(serviceId, '2026-12-11')
    expect([second.status, second.body.dueOn, second.body.state], second.text).toEqual([201, '2026-12-21', 'open'])
    expect((await start(serviceId, '2026-12-14')).body.id).toBe(second.body.id)
  })

  test('the clock of who came by a notice that nobody waited for runs too', async () => {
    day('2026-11-25')
    const serviceId = await serviceOf(321)
    day('2026-11-27')
    const told = await notice(serviceId, '2026-11-26', 'Сериков Асан')
    expect(told.status, told.text).toBe(201)
    expect(await clocks(serviceId, 'п. 27')).toEqual([['2026-12-03', '2026-11-27', 'met']])
    const started = await start(serviceId, '2026-11-27')
    expect([started.status, started.body.dueOn, started.body.state], started.text).toEqual([201, '2026-12-04', 'open'])
    expect((await notice(serviceId, '2026-11-27', 'Ким Анна')).status).toBe(201)
    expect(await clocks(serviceId, 'п. 27')).toEqual([
      ['2026-12-03', '2026-11-27', 'met'],
      ['2026-12-04', '2026-11-27', 'met'],
    ])
  })

  test('Appendix 1 that names another person stops the clock; one that keeps him does not', async () => {
    day('2026-11-25')
    const serviceId = await serviceOf(322)
    day('2026-11-27')
    expect((await start(serviceId, '2026-11-26')).status).toBe(201)
    const submit = async (people: string) => {
      const row = goodRow(322).with(6, people)
      const sent = await desk.t.app.request('/api/v1/service-submissions', {
        method: 'POST',
        headers: { 'content-type': 'text/csv', ...headers.get('agency') },
        body: csvOf([TITLES, row]),
      })
      expect(sent.status).toBe(201)
    }
    await submit('Ахметов Серик Болатович, директор')
    expect(await clocks(serviceId, 'п. 27')).toEqual([['2026-12-03', null, 'open']])
    day('2026-12-01')
    await submit('Ким Анна, эксперт')
    expect(await clocks(serviceId, 'п. 27')).toEqual([['2026-12-03', '2026-12-01', 'met']])
  })

  test('of two notices of one person at once one is taken', async () => {
    day('2026-11-25')
    const serviceId = await serviceOf(323)
    day('2026-11-27')
    const { details } = (
      await call<{ details: { responsible: { id: string }[] } }>('agency', 'GET', `/services/${serviceId}`)
    ).body
    const personId = details.responsible[0]?.id ?? ''
    const sent = await Promise.all(
      ['Сериков Асан', 'Ким Анна'].map((name) => notice(serviceId, '2026-11-26', name, { personId })),
    )
    expect(sent.map(({ status }) => status).toSorted()).toEqual([201, 400])
    expect(await clocks(serviceId, 'п. 27')).toHaveLength(1)
  })
})

describe('п. 26: a request that nobody is there to answer', () => {
  test('is the editors’ task, counted from the date of the amending act, also when the calendar moves', async () => {
    day('2026-11-25')
    await inTransaction(desk.t.ctx, (tx) =>
      requestUpdates(tx, {
        actId: 'act_9',
        act: { kind: 'приказ', date: '2023-05-11', number: '909' },
        amendments: [
          {
            kind: 'приказ',
            date: '2026-11-23',
            number: '9',
            points: [{ eid: 'para_3', label: 'п. 3' }],
            url: '/acts',
            bound: [{ serviceId: null, agencyId: 'agc_justice' }],
          },
        ],
      }),
    )
    const task = async (lang = 'ru') => {
      await call('aigul', 'POST', '/editorial/checks')
      const { body } = await call<{
        items: { detail: Record<string, string | number>; dueOn: string; point: string | null }[]
      }>('aigul', 'GET', '/editorial/tasks?kind=impact', undefined, lang)
      const { detail, dueOn, point } =
        body.items.find((one) => one.detail['mode'] === 'nobody') ?? expect.fail('no task of nobody’s request')
      return [detail['from'], detail['workingDays'], dueOn, point]
    }
    expect(await task()).toEqual(['2026-11-23', 5, '2026-11-30', 'п. 26'])
    const moved = { kind: 'moved', reason: 'Перенос', decree: null }
    expect((await call('supervisor', 'PUT', '/calendar/days/2026-11-26', moved)).status).toBe(200)
    expect(await task('kk')).toEqual(['2026-11-23', 5, '2026-12-01', '26-тармақ'])
    expect((await call('supervisor', 'DELETE', '/calendar/days/2026-11-26?reason=Отмена')).status).toBe(200)
  })
})

describe('two at once', () => {
  test('two supervisors change two days: clocks are counted by both', async () => {
    day('2026-11-25')
    const id = await serviceOf(330)
    await train(id, '2026-11-25')
    expect((await sign(id, '2026-11-25')).status).toBe(201)
    expect(await clocks(id, 'п. 23')).toEqual([['2026-12-03', null, 'open']])
    const moved = { kind: 'moved', reason: 'Перенос', decree: null }
    const days = ['2026-11-27', '2026-12-01']
    const put = await Promise.all(days.map((one) => call('supervisor', 'PUT', `/calendar/days/${one}`, moved)))
    expect(put.map(({ status }) => status)).toEqual([200, 200])
    expect(await clocks(id, 'п. 23')).toEqual([['2026-12-07', null, 'open']])
    const back = await Promise.all(
      days.map((one) => call('supervisor', 'DELETE', `/calendar/days/${one}?reason=Отмена`)),
    )
    expect(back.map(({ status }) => status)).toEqual([200, 200])
    expect(await clocks(id, 'п. 23')).toEqual([['2026-12-03', null, 'open']])
  })

  test('a clock that starts while a day is changed is counted by that day', async () => {
    day('2026-11-25')
    const ids: string[] = []
    for (let i = 0; i < 4; i += 1) {
      const id = await serviceOf(340 + i)
      await train(id, '2026-11-25')
      ids.push(id)
    }
    const moved = { kind: 'moved', reason: 'Перенос', decree: null }
    const done = await Promise.all([
      ...ids.slice(0, 2).map((id) => sign(id, '2026-11-25')),
      call('supervisor', 'PUT', '/calendar/days/2026-12-01', moved),
      ...ids.slice(2).map((id) => sign(id, '2026-11-25')),
    ])
    expect(done.map(({ status }) => status)).toEqual([201, 201, 200, 201, 201])
    for (const id of ids) expect(await clocks(id, 'п. 23')).toEqual([['2026-12-04', null, 'open']])
    expect((await call('supervisor', 'DELETE', '/calendar/days/2026-12-01?reason=Отмена')).status).toBe(200)
  })
})
