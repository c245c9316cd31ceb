import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAct } from '#ingest/acts/parse-act.ts'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { parseDivisionPlan } from '#ingest/articles/division-plan.ts'
import { ingestAct } from '#server/articles/ingest-act.ts'
import type { Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { createKey } from '#server/identity/create-key.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { waysIn } from '#test/ways-in.ts'
import type { DraftMerge, DraftView } from './schema.ts'

let t: TestApp
/** Noon in Almaty, moved by the tests. */
let clock = new Date('2026-11-25T07:00:00Z')
const day = (iso: string) => {
  clock = new Date(`${iso}T07:00:00Z`)
}

type Person = 'aigul' | 'berik' | 'supervisor' | 'admin' | 'operator'
const headers = new Map<Person, Record<string, string>>()
const ids = new Map<Person, string>()

beforeAll(async () => {
  t = await testApp({ now: () => clock })
  const people: [Person, Role][] = [
    ['aigul', 'editor'],
    ['berik', 'editor'],
    ['supervisor', 'supervisor'],
    ['admin', 'admin'],
    ['operator', 'operator'],
  ]
  for (const [name, role] of people) {
    const made = await createKey(t.ctx, { name, role })
    headers.set(name, { authorization: `Bearer ${made.key}` })
    ids.set(name, made.apiKey.id)
  }
})
afterAll(() => t.close())

interface Got {
  status: number
  lang: string | null
  body: Record<string, never> & { detail?: string; faults?: { path: string; message: string }[] }
  text: string
}
async function call(
  who: Person,
  method: string,
  path: string,
  body?: unknown,
  lang: 'ru' | 'kk' | 'en' = 'ru',
): Promise<Got> {
  const response = await t.app.request(`/api/v1${path}`, {
    method,
    headers: {
      'accept-language': lang,
      ...headers.get(who),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    lang: response.headers.get('content-language'),
    text,
    body: response.headers.get('content-type')?.includes('json') === true ? (JSON.parse(text) as Got['body']) : {},
  }
}
const draftOf = (got: Got) => {
  expect(got.status, got.text).toBeLessThan(300)
  return got.body as unknown as DraftView
}

const begin = async (who: Person, title: string, slug: string, more: Record<string, unknown> = {}) =>
  draftOf(
    await call(who, 'POST', '/editorial/drafts', {
      lang: 'ru',
      content: { title, slug, body: 'Текст о трубопроводном вуалировании.\n', ...more },
    }),
  )
const read = async (who: Person, id: string) => draftOf(await call(who, 'GET', `/editorial/drafts/${id}`))
const save = (who: Person, draft: DraftView, content: Partial<DraftView['content']>, revision = draft.revision) =>
  call(who, 'PUT', `/editorial/drafts/${draft.draftId}`, { revision, content: { ...draft.content, ...content } })
const submit = async (who: Person, draft: DraftView) =>
  draftOf(await call(who, 'POST', `/editorial/drafts/${draft.draftId}/submit`, { revision: draft.revision }))
const approve = (who: Person, draft: DraftView) =>
  call(who, 'POST', `/editorial/drafts/${draft.draftId}/approve`, { versionId: draft.versionId })
const publish = (who: Person, draft: DraftView) =>
  call(who, 'POST', `/editorial/drafts/${draft.draftId}/publish`, { versionId: draft.versionId })
const release = async (author: Person, reviewer: Person, draft: DraftView) => {
  const frozen = await submit(author, draft)
  draftOf(await approve(reviewer, frozen))
  return draftOf(await publish(author, frozen))
}
const articleIds = async () =>
  (
    (await call('operator', 'GET', '/articles?limit=200')).body as unknown as {
      items: { articleId: string; slug: string; title: string }[]
    }
  ).items
const channels = async () => {
  const found = (await articleIds()).find((one) => one.slug.includes('channels')) ?? (await articleIds())[3]
  return found ?? expect.fail('no article')
}
/** Type and actor of what happened to a draft; the clock of the tests stands still, so they are told by name. */
const eventsOf = async (id: string): Promise<string[]> => {
  const rows = await queryRows<{ type: string; actor_id: string }>(
    t.ctx.db,
    sql`select type, actor_id from event where subject_id = ${id}`,
  )
  const nameOf = new Map([...ids].map(([name, key]) => [key, name]))
  return rows.map((row) => `${row.type} ${nameOf.get(row.actor_id) ?? row.actor_id}`).toSorted()
}

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
    await t.deps.reconciler.settle()
    const article = (await articleIds()).find((one) => one.slug === 'vualirovanie')
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
      headers.set('operator', { authorization: (await t.as('operator'))['authorization'] ?? '' })
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
    // What is written for programs does not say that anybody reads it.
    expect((await call('aigul', 'GET', '/editorial/drafts/drf_none', undefined, 'kk')).lang).toBeNull()
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
      await expect(t.ctx.db.execute(change)).rejects.toMatchObject({ cause: { code: '23000' } })
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

describe('checking a draft', () => {
  test('every starter article is free of errors as it stands', async () => {
    for (const { articleId, slug } of await articleIds()) {
      const draft = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
      const { items } = (await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/check`, {}))
        .body as unknown as {
        items: { severity: string }[]
      }
      expect(
        items.filter((fault) => fault.severity === 'error'),
        slug,
      ).toEqual([])
      await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/discard`, { revision: 1 })
    }
  })

  test('all faults come at once, each with its line and column and how to mend it', async () => {
    const actId = ((await call('aigul', 'GET', '/acts')).body as unknown as { items: { actId: string }[] }).items[0]
      ?.actId
    const body = [
      ':::provision{#chp_2__para_8 label="п. 9"}',
      'По обращениям, поступившим на электронную почту, ответ даётся за двести дней.',
      ':::',
      '',
      ':::provision{#chp_2__para_999 label="п. 999"}',
      'Нет такого.',
      ':::',
      '',
      'См. [статью](/articles/art_absent), [пункт](#chp_9), [сайт](javascript:alert) и [акт](/acts/act_absent#x).',
      '',
      ':::provision{#chp_2__para_7 label="п. 7" paraphrase}',
      'Своими словами.',
      ':::',
      '',
      '<b>жирно</b>',
    ].join('\n')
    const draft = await begin('aigul', 'О', 'Плохой адрес', {
      body,
      actId,
      validFrom: '2026-12-01',
      validTo: '2026-11-30',
      reviewBy: '2026-01-01',
    })
    const refused = await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/submit`, { revision: 1 })
    expect(refused.status).toBe(400)
    const faults = refused.body.faults ?? []
    expect(faults.map((fault) => fault.path)).toEqual([
      'title',
      'slug',
      'validTo',
      'reviewBy',
      'body:1:1',
      expect.stringMatching(/^body:2:\d+$/),
      'body:5:1',
      'body:9:5',
      'body:9:37',
      'body:9:54',
      'body:9:81',
      'body:15:1',
      'body:15:9',
    ])
    expect(faults.map((fault) => fault.message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('это положение называется «п. 8»'),
        expect.stringMatching(/п\. 8: в статье «.*», а в акте .* paraphrase/),
        expect.stringContaining('Положения chp_2__para_999 в акте нет'),
        expect.stringContaining('опубликованной статьи art_absent'),
      ]),
    )
    // It is still a working draft: nothing of the refused submission stays.
    expect(await read('aigul', draft.draftId)).toMatchObject({ state: 'working', versionId: null, reviews: [] })
  })
})

describe('two people at once', () => {
  test('the slower one is told, merges, and nothing of either is lost', async () => {
    const draft = await begin('aigul', 'Вдвоём', 'vdvoem', { body: 'Первый.\n\nВторой.\n\nТретий.\n' })
    expect((await save('aigul', draft, { body: 'Первый, правка Айгуль.\n\nВторой.\n\nТретий.\n' })).status).toBe(200)
    const mine = { ...draft.content, title: 'Вдвоём, Берик', body: 'Первый.\n\nВторой.\n\nТретий, правка Берика.\n' }
    const late = await save('berik', draft, mine)
    expect(late.status).toBe(409)
    expect(late.body.detail).toContain('черновик уже сохранён как правка 2 (aigul, 25.11.2026 12:00)')
    const merge = (
      await call('berik', 'POST', `/editorial/drafts/${draft.draftId}/merge`, { with: 'draft', revision: 1, mine })
    ).body as unknown as DraftMerge
    expect(merge).toMatchObject({
      revision: 2,
      conflicts: [],
      theirs: { by: { name: 'aigul' } },
      content: { title: 'Вдвоём, Берик', body: 'Первый, правка Айгуль.\n\nВторой.\n\nТретий, правка Берика.\n' },
    })
    expect((await save('berik', draft, merge.content, merge.revision)).status).toBe(200)

    const both = await read('aigul', draft.draftId)
    expect(
      (await save('aigul', both, { body: both.content.body.replace('Второй.', 'Второй по Айгуль.') })).status,
    ).toBe(200)
    const clash = (
      await call('berik', 'POST', `/editorial/drafts/${draft.draftId}/merge`, {
        with: 'draft',
        revision: both.revision,
        mine: { ...both.content, body: both.content.body.replace('Второй.', 'Второй по Берику.') },
      })
    ).body as unknown as DraftMerge
    expect(clash.conflicts).toEqual(['body'])
    expect(clash.regions.filter((region) => region.kind === 'conflict')).toEqual([
      { kind: 'conflict', base: 'Второй.\n', mine: 'Второй по Берику.\n', theirs: 'Второй по Айгуль.\n' },
    ])

    const fields = (
      await call('berik', 'POST', `/editorial/drafts/${draft.draftId}/merge`, {
        with: 'draft',
        revision: 1,
        mine: { ...draft.content, title: 'Иначе', reviewBy: '2027-05-05' },
      })
    ).body as unknown as DraftMerge
    expect(fields).toMatchObject({
      conflicts: ['title'],
      fields: [{ field: 'title', base: 'Вдвоём', mine: 'Иначе', theirs: 'Вдвоём, Берик' }],
      content: { reviewBy: '2027-05-05' },
    })
  })

  test('saved at once, one wins', async () => {
    const draft = await begin('aigul', 'Одновременно', 'odnovremenno')
    const got = await Promise.all([
      save('aigul', draft, { body: 'А\n' }),
      save('berik', draft, { body: 'Б\n' }),
      save('admin', draft, { body: 'В\n' }),
    ])
    expect(got.map((one) => one.status).sort()).toEqual([200, 409, 409])
  })

  test('a draft on an old version is not reviewed before it has met the new one', async () => {
    const base = await begin('aigul', 'Основа', 'osnova', { body: 'Раз.\n\nДва.\n\nТри.\n' })
    const { articleId } = await release('aigul', 'berik', base)
    const two = await Promise.all(
      (['aigul', 'berik'] as const).map(async (who) =>
        draftOf(await call(who, 'POST', '/editorial/drafts', { articleId, lang: 'ru' })),
      ),
    )
    const [a, b] = two
    if (a === undefined || b === undefined) return expect.fail()
    await save('aigul', a, { body: 'Раз!\n\nДва.\n\nТри.\n' })
    await save('berik', b, { body: 'Раз.\n\nДва.\n\nТри!\n' })
    await release('aigul', 'supervisor', await read('aigul', a.draftId))
    const late = await read('berik', b.draftId)
    expect(late.isOutdated).toBe(true)
    const refused = await call('berik', 'POST', `/editorial/drafts/${b.draftId}/submit`, { revision: late.revision })
    expect(refused.body.detail).toContain('опубликована версия 2')
    const merge = (
      await call('berik', 'POST', `/editorial/drafts/${b.draftId}/merge`, {
        with: 'published',
        revision: late.revision,
        mine: late.content,
      })
    ).body as unknown as DraftMerge
    expect(merge.content.body).toBe('Раз!\n\nДва.\n\nТри!\n')
    await call('berik', 'PUT', `/editorial/drafts/${b.draftId}`, {
      revision: merge.revision,
      content: merge.content,
      baseVersionId: merge.baseVersionId,
    })
    await release('berik', 'supervisor', await read('berik', b.draftId))
    expect((await call('operator', 'GET', `/articles/${articleId}`)).text).toContain('Раз!\\n\\nДва.\\n\\nТри!')
  })
})

describe('comments', () => {
  test('keep their passage through edits, are answered, resolved and opened again', async () => {
    const draft = await begin('aigul', 'Замечания', 'zamechaniya', { body: 'Ответ дают за два дня. Конец.\n' })
    const start = draft.content.body.indexOf('за два дня')
    const made = await call('berik', 'POST', `/editorial/drafts/${draft.draftId}/comments`, {
      text: 'Каких дней?',
      range: { start, end: start + 'за два дня'.length, revision: 1 },
    })
    const { commentId } = made.body as unknown as { commentId: string }
    await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/comments`, { text: 'Рабочих', threadId: commentId })
    await save('aigul', draft, { body: 'Вступление.\n\nОтвет дают за два дня. Конец.\n' })
    const [thread, answer] = (await read('aigul', draft.draftId)).comments
    expect(thread).toMatchObject({ quote: 'за два дня', place: { start: start + 13, state: 'exact' } })
    expect(answer).toMatchObject({ threadId: commentId, createdBy: { name: 'aigul' } })
    const resolve = (resolved: boolean) =>
      call('supervisor', 'POST', `/editorial/drafts/${draft.draftId}/comments/${commentId}/resolve`, { resolved })
    expect(draftOf(await resolve(true)).comments[0]).toMatchObject({ resolvedBy: { name: 'supervisor' } })
    expect((await resolve(true)).status).toBe(409)
    expect(draftOf(await resolve(false)).comments[0]).toMatchObject({ resolvedAt: null })
    const outside = { text: 'x', range: { start: 5, end: 5000, revision: 1 } }
    expect((await call('berik', 'POST', `/editorial/drafts/${draft.draftId}/comments`, outside)).status).toBe(400)
  })
})

describe('days', () => {
  test('a scheduled version becomes visible on its day, without anything having to run', async () => {
    day('2026-11-25')
    const { articleId } = await release(
      'aigul',
      'berik',
      await begin('aigul', 'Режим', 'rezhim', { body: 'Звонят на сириус.\n' }),
    )
    const next = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
    await save('aigul', next, { body: 'Звонят на канопус.\n', validFrom: '2026-12-01' })
    await release('aigul', 'berik', await read('aigul', next.draftId))
    await t.deps.reconciler.settle()
    const found = async (word: string, more = '') =>
      (await call('operator', 'GET', `/search?q=${encodeURIComponent(word)}&verbatim=true${more}`)).text.includes(
        `на ${word}`,
      )
    const phases = async (who: Person = 'aigul') =>
      (
        (await call(who, 'GET', `/articles/${articleId}/versions`)).body as unknown as {
          items: { phase: string }[]
        }
      ).items.map((version) => version.phase)
    expect([await found('сириус'), await found('канопус'), await found('канопус', '&asOf=2026-12-01')]).toEqual([
      true,
      false,
      // What people wrote of a day to come is not for operators, whatever day they ask for.
      false,
    ])
    expect(await phases()).toEqual(['scheduled', 'published'])
    expect(await phases('operator')).toEqual(['published'])
    // A second before midnight in Almaty, and midnight itself: 19:00 UTC.
    clock = new Date('2026-11-30T18:59:59Z')
    expect([await found('сириус'), await found('канопус')]).toEqual([true, false])
    clock = new Date('2026-11-30T19:00:00Z')
    expect([await found('сириус'), await found('канопус')]).toEqual([false, true])
    expect(await phases()).toEqual(['published', 'superseded'])
    expect((await call('operator', 'GET', `/articles/${articleId}`)).text).toContain('канопус')
    expect((await call('operator', 'GET', `/articles/${articleId}?asOf=2026-11-30`)).text).toContain('сириус')
    day('2026-11-25')
  })

  test('a scheduled version that is withdrawn lets the one before go on', async () => {
    const { articleId } = await release(
      'aigul',
      'berik',
      await begin('aigul', 'Отмена', 'otmena', { body: 'Прежнее.\n' }),
    )
    const next = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
    // For some days only: its end goes with it, and ends nothing else.
    await save('aigul', next, { body: 'Будущее.\n', validFrom: '2026-12-01', validTo: '2026-12-20' })
    const { versionId } = await release('aigul', 'berik', await read('aigul', next.draftId))
    // Editors read what is to come; operators do not.
    const on = async (asOf: string) => (await call('aigul', 'GET', `/articles/${articleId}?asOf=${asOf}`)).text
    expect(await on('2026-12-05')).toContain('Будущее')
    const withdraw = (lang: 'ru' | 'en' = 'ru') =>
      call('berik', 'POST', `/articles/${articleId}/versions/${versionId}/withdraw`, { reason: 'отменили' }, lang)
    expect((await withdraw()).status).toBe(200)
    for (const asOf of ['2026-12-05', '2026-12-20', '2027-06-01']) expect(await on(asOf), asOf).toContain('Прежнее')
    expect((await withdraw()).body.detail).toBe('Отозвать не получилось: версия уже отозвана.')
    expect((await withdraw('en')).body.detail).toBe('Could not withdraw: the version is withdrawn already.')
  })

  test('of two scheduled versions the first is withdrawn: the one before goes on until the second', async () => {
    const { articleId } = await release(
      'aigul',
      'berik',
      await begin('aigul', 'Две отмены', 'dve-otmeny', { body: 'Прежнее.\n' }),
    )
    const schedule = async (body: string, validFrom: string) => {
      const draft = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
      await save('aigul', draft, { body, validFrom })
      return release('aigul', 'berik', await read('aigul', draft.draftId))
    }
    const first = await schedule('Декабрьское.\n', '2026-12-01')
    await schedule('Январское.\n', '2027-01-11')
    await call('berik', 'POST', `/articles/${articleId}/versions/${first.versionId}/withdraw`, { reason: 'отменили' })
    // Editors read what is to come; operators do not.
    const on = async (asOf: string) => (await call('aigul', 'GET', `/articles/${articleId}?asOf=${asOf}`)).text
    expect(await on('2027-01-10')).toContain('Прежнее')
    expect(await on('2027-01-11')).toContain('Январское')
  })

  test('a first day that is past, or none, becomes the day of publication, and the editor is told so', async () => {
    day('2026-11-25')
    for (const [validFrom, slug] of [
      ['2026-11-20', 'den-proshel'],
      [null, 'bez-dnya'],
      // To come when it was written, past when it is published.
      ['2026-11-27', 'den-projdet'],
    ] as const) {
      const draft = await begin('aigul', 'Первый день', slug, { validFrom })
      const told = async () =>
        (
          (await call('aigul', 'POST', `/editorial/drafts/${draft.draftId}/check`, {})).body as unknown as {
            items: { path: string; severity: string; message: string }[]
          }
        ).items.filter((item) => item.path === 'validFrom')
      expect(await told(), slug).toEqual(
        slug === 'den-proshel'
          ? [
              expect.objectContaining({
                path: 'validFrom',
                severity: 'warning',
                message: '20.11.2026 прошло: статья начнёт действовать в день публикации',
              }),
            ]
          : [],
      )
      const frozen = await submit('aigul', draft)
      draftOf(await approve('berik', frozen))
      day('2026-11-30')
      const { articleId } = draftOf(await publish('aigul', frozen))
      const status = async (asOf: string) =>
        (await call('operator', 'GET', `/articles/${articleId}?asOf=${asOf}`)).status
      expect([await status('2026-11-29'), await status('2026-11-30')], slug).toEqual([404, 200])
      const { items } = (await call('operator', 'GET', `/articles/${articleId}/versions`)).body as unknown as {
        items: { validFrom: string }[]
      }
      expect(items[0]?.validFrom, slug).toBe('2026-11-30')
      day('2026-11-25')
    }
  })

  test('what operators saw on days past is never rewritten, and a text ends on its last day', async () => {
    day('2026-11-25')
    const { articleId } = await release(
      'aigul',
      'berik',
      await begin('aigul', 'Прошлое', 'proshloe', { body: 'Первое.\n' }),
    )
    day('2026-11-27')
    const next = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
    await save('aigul', next, { body: 'Второе.\n', validFrom: '2026-11-01', validTo: '2026-12-10' })
    await release('aigul', 'berik', await read('aigul', next.draftId))
    // Editors read what is to come; operators do not.
    const on = async (asOf: string) => (await call('aigul', 'GET', `/articles/${articleId}?asOf=${asOf}`)).text
    expect(await on('2026-11-26')).toContain('Первое')
    expect(await on('2026-11-27')).toContain('Второе')
    expect(await on('2026-12-09')).toContain('Второе')
    expect((await call('operator', 'GET', `/articles/${articleId}?asOf=2026-12-10`)).status).toBe(404)
    day('2026-11-25')
  })

  test('rolled back as a new version, with the reason, through review', async () => {
    const { articleId, versionId: first } = await release(
      'aigul',
      'berik',
      await begin('aigul', 'Откат', 'otkat', { body: 'Хорошее.\n' }),
    )
    day('2026-11-26')
    const next = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
    await save('aigul', next, { body: 'Плохое.\n' })
    await release('aigul', 'berik', await read('aigul', next.draftId))
    const back = await call('berik', 'POST', `/articles/${articleId}/rollback`, {
      versionId: first,
      reason: 'ошибка в сроке',
    })
    const draft = draftOf(back)
    expect(draft).toMatchObject({
      isRollback: true,
      comments: [{ text: 'ошибка в сроке' }],
      content: { body: 'Хорошее.\n' },
    })
    await release('berik', 'aigul', draft)
    const versions = (await call('operator', 'GET', `/articles/${articleId}/versions`)).body as unknown as {
      items: { number: number; phase: string }[]
    }
    expect(versions.items).toMatchObject([
      { number: 3, phase: 'published' },
      { number: 2, phase: 'superseded' },
      { number: 1, phase: 'superseded' },
    ])
    day('2026-11-25')
  })
})

describe('people’s text over the act’s', () => {
  test('keeps provision blocks and citations, survives a restart, and shows the difference', async () => {
    const { articleId } = await channels()
    const draft = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
    await save('aigul', draft, {
      body: `Кратко: звоните на номер 1414, вуалирование не нужно.\n\n${draft.content.body}`,
    })
    const changed = await read('aigul', draft.draftId)
    const diff = (await call('berik', 'GET', `/editorial/drafts/${draft.draftId}/diff`)).body as unknown as {
      from: { number: number }
      markdown: string
    }
    expect(diff.from.number).toBe(1)
    expect(diff.markdown).toMatch(/^<ins>Кратко: звоните на номер 1414, вуалирование не нужно\.<\/ins>\n/)
    await release('aigul', 'berik', changed)
    const article = (await call('operator', 'GET', `/articles/${articleId}`)).body as unknown as {
      version: { number: number }
      passages: { citation: { label: string } | null }[]
    }
    expect(article.version.number).toBe(2)
    expect(article.passages[0]?.citation).toBeNull()
    expect(article.passages.filter((passage) => passage.citation !== null).length).toBeGreaterThan(0)
    const before = await queryRows(t.ctx.db, sql`select id from article_version`)
    day('2026-11-28')
    await ingestContent(t.ctx, CONTENT)
    day('2026-11-25')
    expect(await queryRows(t.ctx.db, sql`select id from article_version`)).toHaveLength(before.length)
    expect((await call('operator', 'GET', `/articles/${articleId}?asOf=2026-11-28`)).text).toContain('Кратко')
  })
})

describe('two versions that differ in their title alone', () => {
  test('do differ, in parts and as Markdown', async () => {
    const first = await release('aigul', 'berik', await begin('aigul', 'Приём звонков', 'only-the-title'))
    const next = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId: first.articleId, lang: 'ru' }))
    await save('aigul', next, { title: 'Приём обращений' })
    const renamed = await read('aigul', next.draftId)
    const draftDiff = (await call('berik', 'GET', `/editorial/drafts/${next.draftId}/diff`)).body as unknown as {
      markdown: string
    }
    expect(draftDiff.markdown).toMatch(/^# Приём <del>звонков<\/del><ins>обращений<\/ins>\n\n/u)
    const second = await release('aigul', 'berik', renamed)
    const diff = (
      await call('berik', 'GET', `/articles/${first.articleId}/diff?from=${first.versionId}&to=${second.versionId}`)
    ).body as unknown as { title: { kind: string; text: string }[]; parts: { kind: string }[]; markdown: string }
    expect(diff.title).toEqual([
      { kind: 'same', text: 'Приём ' },
      { kind: 'removed', text: 'звонков' },
      { kind: 'added', text: 'обращений' },
    ])
    expect(diff.parts.map(({ kind }) => kind)).toEqual(['same'])
    expect(diff.markdown).toContain('# Приём <del>звонков</del><ins>обращений</ins>')
  })
})

describe('the act changes under people’s text', () => {
  test('operators keep it, editors are told, and the new wording comes in through review', async () => {
    const article = (await articleIds()).find((one) => one.slug === 'contact-centre-rules-channels')
    const articleId = article?.articleId ?? expect.fail()
    const text = await readFile(join(CONTENT, 'sources', 'contact-centre-rules.ru.txt'), 'utf8')
    const plan = parseDivisionPlan(
      await readFile(join(CONTENT, 'sources', 'contact-centre-rules.ru.articles.yaml'), 'utf8'),
    ).plan
    const note =
      '\n      Сноска. Пункт 8 - в редакции приказа Министра цифрового развития РК от 01.11.2026 № 7 (вводится в действие с 01.12.2026).\n      9.'
    const changed = text.replace('в течение двух рабочих дней.\n      9.', `в течение пяти рабочих дней.${note}`)
    const { act } = parseAct(changed)
    if (act === null) return expect.fail('not parsed')
    // Before its day: today's text stays, the one to come waits.
    const result = await ingestAct(t.ctx, { parsed: act, source: { name: 'amended.txt', text: changed }, plan })
    expect(result).toMatchObject({ versions: [], proposed: ['contact-centre-rules-channels'] })
    day('2026-12-02')
    await t.deps.reconciler.settle()
    expect((await call('operator', 'GET', `/articles/${articleId}`)).text).toContain('двух рабочих дней')
    const { items } = (await call('aigul', 'GET', '/editorial/stale')).body as unknown as {
      items: { articleId: string; reason: string; isOverdue: boolean }[]
    }
    expect(items.filter((item) => item.articleId === articleId)).toMatchObject([
      { reason: 'proposed', isOverdue: true },
      { reason: 'source-changed', isOverdue: true },
    ])
    // The old words cannot go through review any more, the proposed ones can.
    const old = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' }))
    const refused = await call('aigul', 'POST', `/editorial/drafts/${old.draftId}/submit`, { revision: 1 })
    expect(refused.body.faults?.map((fault) => fault.message).join()).toMatch(
      /«двух рабочих дней\.».*«пяти рабочих дней/,
    )
    const versions = (await call('aigul', 'GET', `/articles/${articleId}/versions`)).body as unknown as {
      items: { versionId: string; phase: string }[]
    }
    const proposed = versions.items.find((version) => version.phase === 'draft')
    const next = draftOf(
      await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru', fromVersionId: proposed?.versionId }),
    )
    await release('aigul', 'berik', next)
    expect((await call('operator', 'GET', `/articles/${articleId}`)).text).toContain('пяти рабочих дней')
    expect((await call('aigul', 'GET', '/editorial/stale')).text).not.toContain(articleId)
    day('2026-11-25')
  })
})

describe('a new address', () => {
  test('taken by two at once, it is one’s', async () => {
    for (const [slug, lang] of [
      ['odin-adres', 'ru'],
      // Nor does the other become a translation of it unasked.
      ['odin-adres-dva-yazyka', 'kk'],
    ] as const) {
      const a = await begin('aigul', 'Один', slug)
      const b = draftOf(
        await call('berik', 'POST', '/editorial/drafts', { lang, content: { title: 'Два', slug, body: 'Екі.\n' } }),
      )
      const got = await Promise.all(
        (
          [
            ['aigul', a],
            ['berik', b],
          ] as const
        ).map(([who, draft]) => call(who, 'POST', `/editorial/drafts/${draft.draftId}/submit`, { revision: 1 })),
      )
      expect(got.map((one) => one.status).filter((status) => status === 200)).toHaveLength(1)
    }
  })

  test('that was only submitted and taken back is free again', async () => {
    const slug = 'vernuli-adres'
    const first = await submit('aigul', await begin('aigul', 'Вернули', slug))
    const taken = await call(
      'berik',
      'POST',
      `/editorial/drafts/${(await begin('berik', 'Тот же', slug)).draftId}/submit`,
      {
        revision: 1,
      },
    )
    expect(taken.body.faults?.map(({ path }) => path)).toEqual(['slug'])
    const back = draftOf(
      await call('berik', 'POST', `/editorial/drafts/${first.draftId}/request-changes`, {
        versionId: first.versionId,
        note: 'адрес занят под другое',
      }),
    )
    // Returned, it may go to another address; the text that was frozen stays in its history.
    expect(back.isSlugFixed).toBe(false)
    expect((await save('aigul', back, { slug: 'drugoj-adres' })).status).toBe(200)
    const moved = await release('aigul', 'berik', await read('aigul', back.draftId))
    expect(moved).toMatchObject({ slug: 'drugoj-adres', isSlugFixed: true })
    expect(moved.articleId).not.toBe(first.articleId)
    expect(moved.reviews).toHaveLength(2)

    // Submitted, recalled and put aside: the same.
    const second = await submit('aigul', await begin('aigul', 'Убрали', slug))
    draftOf(await call('aigul', 'POST', `/editorial/drafts/${second.draftId}/recall`, { versionId: second.versionId }))
    draftOf(await call('aigul', 'POST', `/editorial/drafts/${second.draftId}/discard`, { revision: second.revision }))
    const third = await release('berik', 'aigul', await begin('berik', 'Третий', slug, { body: 'Третий текст.\n' }))
    const shown = (await call('operator', 'GET', `/articles/${third.articleId}`)).text
    expect(shown).toContain('Третий текст')
    expect(shown).toContain('"title":"Третий"')
    // Known to readers, it does not move any more.
    const edit = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId: third.articleId, lang: 'ru' }))
    await save('aigul', edit, { slug: 'eshche-adres', title: 'Переименована' })
    expect(await read('aigul', edit.draftId)).toMatchObject({ slug, title: 'Переименована' })
  })

  test('of an article that exists is its other language’s too', async () => {
    const { articleId } = await release('aigul', 'berik', await begin('aigul', 'Аударма', 'audarma'))
    const draft = draftOf(await call('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'kk' }))
    expect(draft).toMatchObject({ base: null, content: { slug: 'audarma', body: '' } })
    await save('aigul', draft, { title: 'Аударма мәтіні', body: 'Қазақша мәтін.\n' })
    await release('aigul', 'berik', await read('aigul', draft.draftId))
    expect((await call('operator', 'GET', `/articles/${articleId}?lang=kk`)).text).toContain('Қазақша мәтін')
  })
})

describe('an article on a service (п. 23)', () => {
  const serviceOf = async (row: number): Promise<string> => {
    const sent = await t.app.request('/api/v1/service-submissions', {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...(await t.as('agency')) },
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
    expect((await t.post(`/api/v1/services/${serviceId}/trainings`, training, 'agency')).status).toBe(201)
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
    await t.deps.reconciler.settle()
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
    for (const { name, run } of await waysIn(t, { word: secret }))
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
    for (const { name, run } of await waysIn(t, asked))
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
