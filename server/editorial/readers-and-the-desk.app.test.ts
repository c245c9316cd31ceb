import { describe, expect, test } from 'vitest'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { draftOf, editorialDesk, type Person } from '#test/editorial-desk.ts'
import { waysIn } from '#test/ways-in.ts'
import type { DraftView } from './schema.ts'

const desk = editorialDesk()
const { approve, begin, call, day, publish, read, release, save, submit } = desk

describe('an article on a service (п. 23)', () => {
  const serviceOf = async (row: number): Promise<string> => {
    const sent = await desk.t.app.request('/api/v1/service-submissions', {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...(await desk.t.as('agency')) },
      body: csvOf([TITLES, goodRow(row)]),
    })
    const { submission } = (await sent.json()) as { submission: { rows: { serviceId: string }[] } }
    return submission.rows[0]?.serviceId ?? expect.fail('no service')
  }
  const explained = async (serviceId: string) =>
    (
      (await call('aigul', 'GET', `/services/${serviceId}`)).body as unknown as {
        visibility: { explanation: Record<'ru' | 'kk', string>; from: string | null }
      }
    ).visibility
  const sign = async (serviceId: string, on: string) => {
    const training = { heldOn: on, trainer: 'Ахметов С.Б.', trainees: ['Ким А.'] }
    expect((await desk.t.post(`/api/v1/services/${serviceId}/trainings`, training, 'agency')).status).toBe(201)
    const signatory = (name: string) => ({ name, post: 'руководитель' })
    const signed = await call('aigul', 'POST', `/services/${serviceId}/protocol`, {
      signedOn: on,
      centreSignatory: signatory('Оспанова Г.К.'),
      agencySignatory: signatory('Ахметов С.Б.'),
      file: { name: 'п.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7').toString('base64') },
    })
    expect(signed.status, signed.text).toBe(201)
  }

  test('of which nobody knows is not taken to review', async () => {
    const draft = await begin('aigul', 'Услуга', 'usluga-neizvestna', { serviceId: 'svc_none' })
    const refused = await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/submit`, { revision: 1 })
    expect([refused.status, refused.body.faults]).toEqual([
      400,
      [{ path: 'serviceId', message: 'Услуги svc_none нет в списке услуг' }],
    ])
  })

  test('is not published before operators may advise on it, and says why in the words of its page', async () => {
    day('2026-11-25')
    const serviceId = await serviceOf(70)
    const draft = await begin('aigul', 'О закрытой услуге', 'zakrytaya-usluga', { serviceId })
    const { explanation } = await explained(serviceId)
    expect(explanation.ru).toContain('ждёт обучения')
    // Whoever writes it sees so at once, and may have it reviewed meanwhile.
    const { items } = (await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/check`, {})).body as unknown as {
      items: { path: string; severity: string; message: string }[]
    }
    expect(items.filter((item) => item.path === 'serviceId')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining(explanation.ru) as string },
    ])
    const frozen = await submit('aigul', draft)
    draftOf(await approve('berik', frozen))
    const path = `/editorial/drafts/${draft.draftId}/publish`
    const refused = await call('aigul', 'POST', path, { versionId: frozen.versionId })
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toMatch(/^Опубликовать не получилось: услуга «.+» не открыта\. /)
    expect(refused.body.detail).toContain(explanation.ru)
    const kazakh = await call('aigul', 'POST', path, { versionId: frozen.versionId }, 'kk')
    expect(kazakh.body.detail).toContain(explanation.kk)
    // Nothing of it happened.
    expect(await read('aigul', draft.draftId)).toMatchObject({ state: 'approved' })
    expect((await call('operator', 'GET', `/articles/${frozen.articleId}`)).status).toBe(404)

    await sign(serviceId, '2026-11-25')
    const { from } = await explained(serviceId)
    expect(from).toBe('2026-12-03')
    const running = await publish('aigul', frozen)
    expect(running.body.detail).toContain('идут пять рабочих дней (п. 23)')
    expect(running.body.detail).toContain('Статья о ней может начать действовать не раньше 03.12.2026.')
    day('2026-12-02')
    expect((await publish('aigul', frozen)).status).toBe(409)
    day('2026-12-03')
    draftOf(await publish('aigul', frozen))
    expect((await call('operator', 'GET', `/articles/${frozen.articleId}`)).status).toBe(200)
    day('2026-11-25')
  })

  test('is scheduled for the day on which the service opens, and for none before it', async () => {
    day('2026-11-25')
    const serviceId = await serviceOf(71)
    await sign(serviceId, '2026-11-25')
    const early = await submit(
      'aigul',
      await begin('aigul', 'Раньше срока', 'ranshe-sroka', { serviceId, validFrom: '2026-12-02' }),
    )
    draftOf(await approve('berik', early))
    expect((await publish('aigul', early)).body.detail).toContain('не раньше 03.12.2026')
    const { articleId } = await release(
      'aigul',
      'berik',
      await begin('aigul', 'В срок', 'v-srok', { serviceId, validFrom: '2026-12-03' }),
    )
    const status = async () => (await call('operator', 'GET', `/articles/${articleId}`)).status
    day('2026-12-02')
    expect(await status()).toBe(404)
    day('2026-12-03')
    expect(await status()).toBe(200)
    day('2026-11-25')
  })
})

describe('the desk', () => {
  test('stale articles, most urgent first, become tasks once and go when they are mended', async () => {
    const { articleId } = await release(
      'aigul',
      'berik',
      await begin('aigul', 'Старое', 'staroe', { reviewBy: '2026-12-20' }),
    )
    const stale = async (days: number) =>
      (
        (await call('supervisor', 'GET', `/editorial/stale?days=${days}`)).body as unknown as {
          items: { articleId: string; reason: string; dueOn: string; isOverdue: boolean }[]
        }
      ).items.filter((item) => item.articleId === articleId)
    expect(await stale(5)).toEqual([])
    expect(await stale(30)).toMatchObject([{ reason: 'review-due', dueOn: '2026-12-20', isOverdue: false }])
    day('2026-12-21')
    expect(await stale(0)).toMatchObject([{ isOverdue: true }])
    const checks = async () =>
      (await call('aigul', 'POST', '/editorial/checks')).body as unknown as { opened: number; closed: number }
    expect((await checks()).opened).toBeGreaterThan(0)
    expect(await checks()).toEqual({ opened: 0, closed: 0 })
    const tasks = (await call('aigul', 'GET', '/editorial/tasks?kind=stale')).body as unknown as {
      items: { taskId: string; articleId: string; isOverdue: boolean }[]
    }
    const task = tasks.items.find((one) => one.articleId === articleId)
    expect(task?.isOverdue).toBe(true)
    const take = (who: Person) => call(who, 'POST', `/editorial/tasks/${task?.taskId}/assign`, { assigneeId: 'me' })
    expect((await take('aigul')).status).toBe(200)
    expect((await take('berik')).body.detail).toBe('Задачу уже взял другой.')
    // Another date: the same task says it, and stays whose it is.
    await call('aigul', 'PUT', `/articles/${articleId}/review-date`, { lang: 'ru', reviewBy: '2026-12-22' })
    expect((await checks()).closed).toBe(0)
    const seen = async () =>
      (
        (await call('aigul', 'GET', '/editorial/tasks?kind=stale&assignee=me')).body as unknown as {
          items: { taskId: string; dueOn: string; isOverdue: boolean }[]
        }
      ).items.find((one) => one.taskId === task?.taskId)
    expect(await seen()).toMatchObject({ dueOn: '2026-12-22', isOverdue: false })
    // The day itself is the last one for it.
    day('2026-12-22')
    expect(await seen()).toMatchObject({ isOverdue: false })
    expect(await stale(0)).toMatchObject([{ isOverdue: false }])
    day('2026-12-23')
    expect(await seen()).toMatchObject({ isOverdue: true })
    expect(await stale(0)).toMatchObject([{ isOverdue: true }])
    await call('aigul', 'PUT', `/articles/${articleId}/review-date`, { lang: 'ru', reviewBy: '2027-12-01' })
    expect((await checks()).closed).toBe(1)
    day('2026-11-25')
  })

  test('a link to an article that was withdrawn since is found, with its place', async () => {
    const target = await release('aigul', 'berik', await begin('aigul', 'Цель', 'cel'))
    const from = await release(
      'aigul',
      'berik',
      await begin('aigul', 'Ссылка', 'ssylka', { body: `Вступление.\n\nСм. [цель](/articles/${target.articleId}).\n` }),
    )
    const broken = async () =>
      (
        (await call('aigul', 'GET', '/editorial/broken-references')).body as unknown as {
          items: { articleId: string; line: number; column: number; rule: string }[]
        }
      ).items.filter((item) => item.articleId === from.articleId)
    expect(await broken()).toEqual([])
    await call('berik', 'POST', `/articles/${target.articleId}/versions/${target.versionId}/withdraw`, {
      reason: 'лишняя',
    })
    expect(await broken()).toMatchObject([{ line: 3, column: 5, rule: 'link' }])
  })
})

describe('an operator', () => {
  test('finds no draft, whatever state it is in and wherever he tries', async () => {
    const secret = 'зубровник'
    const { articleId } = await release(
      'aigul',
      'berik',
      await begin('aigul', 'Тайна', 'tajna', { body: 'Открытое.\n' }),
    )
    const drafts: DraftView[] = []
    for (const state of ['working', 'in-review', 'approved', 'returned'] as const) {
      const draft = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
      await save('aigul', draft, { title: `Тайна ${secret}`, body: `Секретный ${secret} ${state}.\n` })
      let now = await read('aigul', draft.draftId)
      if (state !== 'working') now = await submit('aigul', now)
      if (state === 'approved') draftOf(await approve('berik', now))
      if (state === 'returned')
        draftOf(
          await call('berik', 'POST', `/editorial/drafts/${now.draftId}/request-changes`, {
            versionId: now.versionId,
            note: 'нет',
          }),
        )
      await call('berik', 'POST', `/editorial/drafts/${now.draftId}/comments`, { text: `${secret} в замечании` })
      drafts.push(now)
    }
    const fresh = await submit(
      'aigul',
      await begin('aigul', `Новая ${secret}`, 'novaya-tajna', { body: `Новый ${secret}.\n` }),
    )
    await desk.t.deps.reconciler.settle()
    const published = (await call('operator', 'GET', `/articles/${articleId}/versions`)).body as unknown as {
      items: { versionId: string }[]
    }
    const shown = published.items[0]?.versionId ?? ''
    const acts = ((await call('operator', 'GET', '/acts')).body as unknown as { items: { actId: string }[] }).items
    const ways: [string, string, unknown?][] = [
      ['GET', `/search?q=${encodeURIComponent(secret)}`],
      ['GET', `/search?q=${encodeURIComponent(secret)}&asOf=2030-01-01`],
      ['GET', `/search?q=${encodeURIComponent(secret)}&verbatim=true&lang=ru`],
      ['POST', '/answers', { question: `Что такое ${secret}?` }],
      ['POST', '/answers', { question: `Что такое ${secret}?`, asOf: '2030-01-01' }],
      ['GET', '/articles?limit=200'],
      ['GET', '/articles?limit=200&asOf=2030-01-01'],
      ['GET', `/articles/${articleId}`],
      ['GET', `/articles/${articleId}?asOf=2030-01-01`],
      ['GET', `/articles/${fresh.articleId}`],
      ['GET', `/articles/${fresh.articleId}?asOf=2030-01-01`],
      ['GET', `/articles/${articleId}/versions?limit=200`],
      ['GET', `/articles/${fresh.articleId}/versions`],
      ['GET', `/articles/${articleId}/file`],
      ['GET', `/articles/${fresh.articleId}/file`],
      ...acts.map(({ actId }): [string, string] => ['GET', `/acts/${actId}/provisions?asOf=2030-01-01`]),
      ...[...drafts, fresh].flatMap((draft): [string, string, unknown?][] => [
        ['GET', `/articles/${draft.articleId}/versions/${draft.versionId}`],
        ['GET', `/articles/${articleId}/diff?from=${shown}&to=${draft.versionId}`],
        ['GET', `/articles/${articleId}/diff?from=${draft.versionId}&to=${shown}`],
        ['POST', `/articles/${articleId}/versions/${draft.versionId}/publish`],
        ['GET', `/editorial/drafts/${draft.draftId}`],
        ['GET', `/editorial/drafts/${draft.draftId}/file`],
        ['GET', `/editorial/drafts/${draft.draftId}/diff`],
        ['GET', `/editorial/drafts/${draft.draftId}/revisions`],
        ['GET', `/editorial/drafts/${draft.draftId}/revisions/${draft.revision}`],
        ['POST', `/editorial/drafts/${draft.draftId}/check`, {}],
        ['POST', `/editorial/drafts/${draft.draftId}/merge`, { with: 'published', revision: 1, mine: draft.content }],
      ]),
      ['GET', '/editorial/drafts'],
      ['GET', '/editorial/tasks'],
      ['GET', '/editorial/stale'],
      ['GET', '/editorial/broken-references'],
      ['GET', '/events'],
    ]
    const leaks: string[] = []
    for (const [method, path, body] of ways) {
      const { text, status } = await call('operator', method, path, body)
      expect(status, path).toBeLessThan(500)
      // A question or a word is told back by search and answers; a draft's words around it are not.
      if (/Секретный|Новый зубр|Новая зубр|Тайна зубр|в замечании/i.test(text)) leaks.push(`${method} ${path}`)
      if (!path.startsWith('/search') && !path.startsWith('/answers') && text.includes(secret))
        leaks.push(`${method} ${path}`)
    }
    for (const { name, run } of await waysIn(desk.t, { word: secret }))
      if (/Секретный|Новый зубр|Новая зубр|Тайна зубр|в замечании/i.test(await run())) leaks.push(name)
    expect(leaks).toEqual([])
    // The same ways do show it to those who may know.
    expect((await call('supervisor', 'GET', `/articles/${articleId}/versions/${drafts[1]?.versionId}`)).text).toContain(
      secret,
    )
    expect((await call('supervisor', 'GET', `/editorial/drafts/${drafts[0]?.draftId}`)).text).toContain(secret)
  })

  test('finds what is published by those ways: they do lead somewhere', async () => {
    const found = new Set<string>()
    const asked = { word: 'срок ответа на письмо', question: 'В какой срок вы отвечаете на письмо?' }
    for (const { name, run } of await waysIn(desk.t, asked))
      if (/двух рабочих дней/u.test(await run())) found.add(name.replace(/[?{].*/u, '').trim())
    expect([...found]).toEqual(
      expect.arrayContaining([
        'GET /search',
        'MCP answer',
        'MCP search',
        'POST /answers',
        'POST /answers, then what it leads to',
        'a call, what its operator is shown, and its notes',
        'a letter and the draft of its reply',
        'every article, today and on a day to come, its versions and its file',
        'export, by him and by the command of the server',
      ]),
    )
  })
})
