import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { parseAct } from '#ingest/acts/parse-act.ts'
import { parseDivisionPlan } from '#ingest/articles/division-plan.ts'
import { ingestAct } from '#server/articles/ingest-act.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { queryRows } from '#server/db/database.ts'
import { draftOf, editorialDesk, type Person } from '#test/editorial-desk.ts'
import { CONTENT } from '#test/harness.ts'

const desk = editorialDesk()
const { approve, begin, call, channels, day, moment, publish, read, release, save, submit, articles } = desk

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
    await desk.t.deps.reconciler.settle()
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
    moment('2026-11-30T18:59:59Z')
    expect([await found('сириус'), await found('канопус')]).toEqual([true, false])
    moment('2026-11-30T19:00:00Z')
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
    const before = await queryRows(desk.t.ctx.db, sql`select id from article_version`)
    day('2026-11-28')
    await ingestContent(desk.t.ctx, CONTENT)
    day('2026-11-25')
    expect(await queryRows(desk.t.ctx.db, sql`select id from article_version`)).toHaveLength(before.length)
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
    const article = (await articles()).find((one) => one.slug === 'contact-centre-rules-channels')
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
    const result = await ingestAct(desk.t.ctx, { parsed: act, source: { name: 'amended.txt', text: changed }, plan })
    expect(result).toMatchObject({ versions: [], proposed: ['contact-centre-rules-channels'] })
    day('2026-12-02')
    await desk.t.deps.reconciler.settle()
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
