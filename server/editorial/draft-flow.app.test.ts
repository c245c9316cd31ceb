import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { draftOf, editorialDesk } from '#test/editorial-desk.ts'

const desk = editorialDesk()
const { approve, begin, call, articles, channels, eventsOf, headers, ids, publish, read, save, submit } = desk

describe('a draft', () => {
  test('a new article goes from draft over review by a second person to operators', async () => {
    const draft = await begin('aigul', 'Вуалирование', 'vualirovanie')
    const frozen = await submit('aigul', draft)
    expect(frozen).toMatchObject({ state: 'in-review', may: { edit: false, decide: false, publish: false } })
    expect(await read('berik', draft.draftId)).toMatchObject({ may: { decide: true } })

    const own = await approve('aigul', frozen)
    expect([own.status, own.body.detail]).toEqual([
      403,
      'Одобрить должен другой человек: вы писали или отправляли этот текст.',
    ])
    const early = await publish('berik', frozen)
    expect(early.status).toBe(409)
    expect(early.body.detail).toContain('на рецензии')

    expect(draftOf(await approve('berik', frozen))).toMatchObject({ state: 'approved' })
    expect(draftOf(await publish('aigul', frozen))).toMatchObject({ state: 'published' })
    await desk.t.deps.reconciler.settle()
    const article = (await articles()).find((one) => one.slug === 'vualirovanie')
    expect(article?.title).toBe('Вуалирование')
    expect((await call('operator', 'GET', `/search?q=${encodeURIComponent('вуалирование')}`)).text).toContain(
      'трубопроводном вуалировании',
    )
    expect(await eventsOf(draft.draftId)).toEqual([
      'draft.approved berik',
      'draft.created aigul',
      'draft.published aigul',
      'draft.submitted aigul',
    ])
  })

  test('nobody who wrote a character of it approves it, whoever began or submitted it', async () => {
    const draft = await begin('aigul', 'Соавторство', 'soavtorstvo')
    const saved = await save('berik', draft, { body: 'Текст двоих.\n' })
    expect(saved.status).toBe(200)
    const frozen = await submit('admin', await read('aigul', draft.draftId))
    for (const author of ['aigul', 'berik', 'admin'] as const)
      expect((await approve(author, frozen)).status, author).toBe(403)
    expect((await approve('operator', frozen)).status).toBe(403)
    expect((await approve('supervisor', frozen)).status).toBe(200)
    // A supervisor decides, but does not publish.
    expect((await publish('supervisor', frozen)).status).toBe(403)
  })

  test('a key is not the way around the second person', async () => {
    const made = await call('admin', 'POST', '/keys', { name: 'my own key', role: 'editor' })
    const { key } = made.body as unknown as { key: string }
    const frozen = await submit('admin', await begin('admin', 'Ключ', 'klyuch'))
    headers.set('operator', { authorization: `Bearer ${key}` })
    try {
      expect((await approve('operator', frozen)).status).toBe(403)
    } finally {
      headers.set('operator', { authorization: (await desk.t.as('operator'))['authorization'] ?? '' })
    }
  })

  test('of two decisions at once one wins, the other is told what happened', async () => {
    const frozen = await submit('aigul', await begin('aigul', 'Гонка', 'gonka'))
    const back = { versionId: frozen.versionId, note: 'Уточните срок' }
    const [one, two] = await Promise.all([
      approve('berik', frozen),
      call('supervisor', 'POST', `/editorial/drafts/${frozen.draftId}/approve`, { versionId: frozen.versionId }),
    ])
    expect([one.status, two.status].sort()).toEqual([200, 409])
    const lost = one.status === 409 ? one : two
    expect(lost.body.detail).toMatch(
      /^Одобрить не получилось: черновик уже одобрен \((berik|supervisor), 25\.11\.2026 12:00\)\.$/,
    )
    const published = await Promise.all([publish('aigul', frozen), publish('berik', frozen)])
    expect(published.map((got) => got.status).sort()).toEqual([200, 409])
    expect((await call('berik', 'POST', `/editorial/drafts/${frozen.draftId}/request-changes`, back)).status).toBe(409)
    expect((await eventsOf(frozen.draftId)).map((event) => event.split(' ')[0])).toEqual([
      'draft.approved',
      'draft.created',
      'draft.published',
      'draft.submitted',
    ])
  })

  test('whoever lost is told in the language that he reads', async () => {
    const frozen = await submit('aigul', await begin('aigul', 'Языки отказа', 'yazyki-otkaza'))
    const late = async (lang: 'ru' | 'kk' | 'en') => {
      const {
        status,
        body,
        lang: said,
      } = await call(
        'berik',
        'PUT',
        `/editorial/drafts/${frozen.draftId}`,
        { revision: frozen.revision, content: { ...frozen.content, body: 'Поздно.\n' } },
        lang,
      )
      return [status, said, body.detail]
    }
    expect(await late('ru')).toEqual([
      409,
      'ru',
      'Сохранить не получилось: черновик на рецензии (aigul, 25.11.2026 12:00).',
    ])
    expect(await late('kk')).toEqual([409, 'kk', 'Сақтау мүмкін болмады: жоба рецензияда (aigul, 25.11.2026 12:00).'])
    expect(await late('en')).toEqual([
      409,
      'en',
      'Could not save: the draft is under review (aigul, 25.11.2026 12:00).',
    ])
    expect((await call('aigul', 'GET', '/editorial/drafts/drf_none', undefined, 'kk')).lang).toBe('kk')
  })

  test.each([
    ['ru', 'Напишите заголовок: не короче трёх знаков', 'Положения chp_9__para_99 в акте нет: проверьте место блока'],
    ['kk', 'Тақырыпты жазыңыз: үш таңбадан кем емес', 'Актіде chp_9__para_99 ережесі жоқ: блоктың орнын тексеріңіз'],
    [
      'en',
      'Write a title of three characters at least',
      'The act has no provision chp_9__para_99: check the place of the block',
    ],
  ] as const)(
    'faults of fields and text are told in the language that the editor reads: %s',
    async (lang, title, place) => {
      const { articleId } = await channels()
      const { body } = await call('operator', 'GET', `/articles/${articleId}`)
      const draft = await begin('aigul', 'Языки', `yazyki-${lang}`, {
        actId: (body as unknown as { actId: string }).actId,
        body: ':::provision{#chp_9__para_99 label="п. 99"}\nНичего.\n:::\n',
      })
      const content = { ...draft.content, title: 'а' }
      const checked = await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/check`, { content }, lang)
      const items = (checked.body as unknown as { items: { path: string; message: string }[] }).items
      expect(items.map(({ message }) => message)).toEqual(expect.arrayContaining([title, place]))
      expect(checked.text).not.toContain('"said"')
      await save('aigul', draft, { title: 'а' })
      const revision = draft.revision + 1
      const refused = await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/submit`, { revision }, lang)
      expect(refused.status).toBe(400)
      expect(refused.body.faults?.map(({ message }) => message)).toEqual(expect.arrayContaining([title, place]))
      expect(refused.text).not.toContain('"said"')
      await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/discard`, { reason: 'проверка' })
    },
  )

  test('the one who is asked to review can do it: no author, nobody without that right, nobody unknown', async () => {
    const draft = await begin('aigul', 'Кого просят', 'kogo-prosyat')
    const ask = (reviewerId: string | undefined) =>
      call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/submit`, { revision: 1, reviewerId })
    for (const [who, why] of [
      ['aigul', 'Этот человек писал или отправлял текст: рецензию даёт другой'],
      ['operator', 'Назначить можно редактора, супервизора или администратора'],
      ['nobody', 'Назначить можно редактора, супервизора или администратора'],
    ] as const) {
      const refused = await ask(who === 'nobody' ? 'usr_none' : ids.get(who))
      expect([refused.status, refused.body.faults], who).toEqual([400, [{ path: 'reviewerId', message: why }]])
    }
    expect(await read('aigul', draft.draftId)).toMatchObject({ state: 'working', reviews: [] })
    expect((await ask(ids.get('berik'))).status).toBe(200)
    const { items } = (await call('berik', 'GET', '/editorial/tasks?assignee=me')).body as unknown as {
      items: { taskId: string; draftId: string }[]
    }
    const task = items.find((one) => one.draftId === draft.draftId) ?? expect.fail('no task')
    const give = (assigneeId: string | undefined) =>
      call('berik', 'POST', `/editorial/tasks/${task.taskId}/assign`, { assigneeId, was: ids.get('berik') })
    expect((await give(ids.get('aigul'))).body.faults?.[0]?.message).toContain('рецензию даёт другой')
    expect((await give(ids.get('supervisor'))).status).toBe(200)
  })

  test('an act that is not held is a fault of the request', async () => {
    const fault = [{ path: 'content.actId', message: 'Акта act_none нет в базе знаний: выберите другой' }]
    const begun = await call('aigul', 'POST', '/editorial/drafts', {
      lang: 'ru',
      content: { title: 'Акт', slug: 'akt-kotorogo-net', actId: 'act_none' },
    })
    expect([begun.status, begun.body.faults]).toEqual([400, fault])
    const draft = await begin('aigul', 'Акт', 'akt-kotorogo-net')
    const saved = await save('aigul', draft, { actId: 'act_none' })
    expect([saved.status, saved.body.faults]).toEqual([400, fault])
    expect((await save('aigul', draft, { body: 'Без акта.\n' })).status).toBe(200)
  })

  test('returned and published at once, one happens', async () => {
    for (let i = 0; i < 4; i++) {
      const frozen = await submit('aigul', await begin('aigul', 'Гонка двух', `gonka-dvuh-${i}`))
      draftOf(await approve('berik', frozen))
      const got = await Promise.all([
        publish('aigul', frozen),
        call('supervisor', 'POST', `/editorial/drafts/${frozen.draftId}/request-changes`, {
          versionId: frozen.versionId,
          note: 'подождите',
        }),
      ])
      expect(got.map((one) => one.status).sort()).toEqual([200, 409])
    }
  })

  test('changes requested open it again, with the reason and a task; the frozen text stays in the history', async () => {
    const first = await submit('aigul', await begin('aigul', 'Доработка', 'dorabotka'))
    const refused = await save('aigul', first, { body: 'тайком' })
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'Сохранить не получилось: черновик на рецензии (aigul, 25.11.2026 12:00).',
    ])
    const note = 'Назовите срок'
    const open = draftOf(
      await call('berik', 'POST', `/editorial/drafts/${first.draftId}/request-changes`, {
        versionId: first.versionId,
        note,
      }),
    )
    expect(open).toMatchObject({ state: 'working', reviews: [{ decision: 'changes-requested', decisionNote: note }] })
    const tasks = (await call('aigul', 'GET', '/editorial/tasks?assignee=me')).body as unknown as {
      items: { kind: string; draftId: string; detail: { note: string } }[]
    }
    expect(tasks.items.filter((task) => task.draftId === first.draftId)).toMatchObject([
      { kind: 'changes-requested', detail: { note } },
    ])
    expect((await save('aigul', open, { body: 'Срок — два рабочих дня.\n' })).status).toBe(200)
    const second = await submit('aigul', await read('aigul', open.draftId))
    expect(second.versionId).not.toBe(first.versionId)
    expect(second.reviews.map((review) => review.decision)).toEqual([null, 'changes-requested'])
    // The reviewer cannot approve what he has not read.
    expect((await approve('berik', first)).status).toBe(409)
    const after = (await call('aigul', 'GET', '/editorial/tasks?assignee=me')).body as unknown as {
      items: { draftId: string }[]
    }
    expect(after.items.some((task) => task.draftId === first.draftId)).toBe(false)
    const versions = (await call('berik', 'GET', `/articles/${second.articleId}/versions`)).body as unknown as {
      items: { phase: string }[]
    }
    expect(versions.items.map((version) => version.phase)).toEqual(['in-review', 'returned'])
    expect(
      (await call('berik', 'POST', `/editorial/drafts/${first.draftId}/recall`, { versionId: second.versionId }))
        .status,
    ).toBe(403)
    expect(
      draftOf(await call('aigul', 'POST', `/editorial/drafts/${first.draftId}/recall`, { versionId: second.versionId }))
        .state,
    ).toBe('working')
  })

  test('a version’s text and its way are guarded by the database itself', async () => {
    const frozen = await submit('aigul', await begin('aigul', 'Охрана', 'ohrana'))
    for (const change of [
      sql`update article_version set body = 'x' where id = ${frozen.versionId}`,
      sql`update article_version set valid_from = '2020-01-01' where id = ${frozen.versionId}`,
      sql`update article_version set state = 'published' where id = ${frozen.versionId}`,
    ])
      await expect(desk.t.ctx.db.execute(change)).rejects.toMatchObject({ cause: { code: '23000' } })
  })

  test('put aside, it is out of the list but not out of the history', async () => {
    const draft = await begin('aigul', 'Лишнее', 'lishnee')
    const gone = await call('berik', 'POST', `/editorial/drafts/${draft.draftId}/discard`, {
      revision: 1,
      reason: 'повтор',
    })
    expect(draftOf(gone).state).toBe('discarded')
    expect((await call('aigul', 'GET', '/editorial/drafts')).text).not.toContain(draft.draftId)
    expect((await call('aigul', 'GET', '/editorial/drafts?state=discarded')).text).toContain(draft.draftId)
    expect((await save('aigul', draft, { body: 'ещё' })).body.detail).toContain('черновик удалён (berik')
  })
})
