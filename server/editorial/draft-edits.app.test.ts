import { describe, expect, test } from 'vitest'
import { draftOf, editorialDesk } from '#test/editorial-desk.ts'
import type { DraftMerge } from './schema.ts'

const desk = editorialDesk()
const { begin, call, read, release, save, submit, articles } = desk

describe('checking a draft', () => {
  test('every starter article is free of errors as it stands', async () => {
    for (const { articleId, slug } of await articles()) {
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
