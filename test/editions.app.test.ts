import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasLawData, lawPath } from '#ingest/acts/fixtures/law-data.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import type { Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { CONTENT, testApp, type TestApp } from './harness.ts'

/** Act 181886 as the data has it: the timelines of its languages differ, and one amendment is seen only through its notes. */
const RU_2023 = '181886.rus.2023-05-12.md'
const RU_2026 = '181886.rus.2026-07-12.md'
const KK_2024 = '181886.kaz.2024-02-22.md'
const KK_2026 = '181886.kaz.2026-07-12.md'
const TODAY = new Date('2026-11-25T06:00:00Z')

let t: TestApp
const open = async (): Promise<void> => {
  t = await testApp({ content: false, now: () => TODAY })
}

const ingest = async (names: readonly string[]) => {
  const results = []
  for (const name of names) results.push(await ingestFile(t.ctx, { path: lawPath(name), contentDir: CONTENT }))
  await t.deps.reconciler.settle()
  return results
}

const wordings = () =>
  queryRows(
    t.ctx.db,
    sql`select lang, eid, valid_from::text as "from", valid_to::text as "to", valid_from_known as known, content_hash, ord
        from provision where valid_to is null or valid_to > valid_from order by lang, ord, valid_from`,
  )
const readings = () =>
  queryRows(
    t.ctx.db,
    sql`select a.slug, v.lang, v.valid_from::text as "from", v.valid_to::text as "to", md5(v.body) as body
        from article_version v join article a on a.id = v.article_id
        where v.state = 'published' and (v.valid_to is null or v.valid_to > v.valid_from) order by a.slug, v.valid_from`,
  )

/** Everything stored of the acts that an import may not depend on the order for, without the ids and moments of the import itself. */
const everything = async (): Promise<Record<string, unknown>> => {
  const id = await actId()
  const plain = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, one: unknown) =>
        (/(?:^i|I)d$/u.test(key) || key === 'importedAt') && typeof one === 'string' ? 'given' : one,
      ),
    )
  const read = async (path: string, role?: Role): Promise<unknown> => {
    const response = await t.get(`/api/v1/acts/${id}${path}`, role)
    expect(response.status, path).toBe(200)
    return plain(await response.json())
  }
  const rows = (query: ReturnType<typeof sql>) => queryRows(t.ctx.db, query)
  return {
    act: await read(''),
    timeline: await read('/timeline'),
    publicationDays: await read('/publication-days', 'editor'),
    passports: await read('/passports?asOf=2026-11-25'),
    wordings: await wordings(),
    notes: await rows(
      sql`select lang, eid, label, raw, status, changed_by, ended_by, wording_date::text as dated, valid_from::text as "from" from provision
          where valid_to is null or valid_to > valid_from order by lang, ord, valid_from, eid`,
    ),
    differences: await rows(
      sql`select kind, is_material, valid_from::text as "from", valid_to::text as "to", ru ->> 'eid' as ru, kk ->> 'eid' as kk,
                 (ru -> 'said')::text as ru_said, (kk -> 'said')::text as kk_said, decision
          from language_difference where valid_to is null or valid_to > valid_from order by 1, 2, 3, 4, 5, 6, 7, 8`,
    ),
    readings: await readings(),
    passages: await rows(
      sql`select a.slug, v.lang, v.title, v.valid_from::text as "from", p.label, p.anchor, md5(p.text) as text
          from passage p join article_version v on v.id = p.version_id join article a on a.id = v.article_id
          where v.state = 'published' and (v.valid_to is null or v.valid_to > v.valid_from) order by 1, 2, 4, p.ord`,
    ),
    tasks: await rows(sql`select kind, title from editorial_task order by 1, 2`),
  }
}

interface Change {
  eid: string
  label: string
  kind: string
  by: { change: string; amendedBy: string; inForce: string } | null
  parts: { kind: string; text: string }[]
}

const actId = async (): Promise<string> => {
  const { items } = (await (await t.get('/api/v1/acts')).json()) as { items: { actId: string }[] }
  expect(items).toHaveLength(1)
  return items[0]?.actId ?? expect.fail('no act')
}
const editionId = async (lang: string, date: string): Promise<string> => {
  const { items } = (await (await t.get(`/api/v1/acts/${await actId()}/editions`)).json()) as {
    items: { editionId: string; lang: string; date: string }[]
  }
  return items.find((one) => one.lang === lang && one.date === date)?.editionId ?? expect.fail(`no ${lang} ${date}`)
}
const diff = async (from: string, to: string, lang = 'ru'): Promise<Change[]> => {
  const response = await t.get(`/api/v1/acts/${await actId()}/diff?from=${from}&to=${to}&lang=${lang}`)
  expect(response.status).toBe(200)
  return ((await response.json()) as { items: Change[] }).items
}
const inForce = async (eid: string, asOf: string, lang = 'ru') => {
  const { items } = (await (
    await t.get(`/api/v1/acts/${await actId()}/provisions?asOf=${asOf}&lang=${lang}`)
  ).json()) as { items: { eid: string; text: string; label: string; validFromKnown: boolean }[] }
  return items.find((one) => one.eid === eid)
}

describe.skipIf(!hasLawData)('the order of imports', () => {
  test('any order of imports gives the same state, importing again changes nothing', async () => {
    const orders = [
      [RU_2023, RU_2026, KK_2024, KK_2026],
      [KK_2026, RU_2026, KK_2024, RU_2023],
      [RU_2026, KK_2024, RU_2023, KK_2026],
    ]
    const states: Record<string, unknown>[] = []
    for (const order of orders) {
      if (states.length > 0) await t.close()
      await open()
      expect((await ingest(order)).map(({ status }) => status)).toEqual(order.map(() => 'ingested'))
      states.push(await everything())
    }
    for (const what of ['passports', 'differences', 'passages', 'notes']) expect(states[0]?.[what]).not.toEqual([])
    expect(states[1]).toEqual(states[0])
    expect(states[2]).toEqual(states[0])
    const before = await queryRows(t.ctx.db, sql`select count(*)::int as n from event`)
    for (const order of orders)
      expect((await ingest(order)).map(({ status }) => status)).toEqual(order.map(() => 'unchanged'))
    expect(await everything()).toEqual(states[0])
    expect(await queryRows(t.ctx.db, sql`select count(*)::int as n from event`)).toEqual(before)
    await t.close()
  }, 240_000)
})

describe.skipIf(!hasLawData)('act 181886 in two languages and four texts', () => {
  beforeAll(async () => {
    await open()
    await ingest([RU_2026, KK_2026, KK_2024, RU_2023])
  })
  afterAll(() => t.close())

  test('it is one act with two languages; an edition that is not held is known, not invented', async () => {
    const id = await actId()
    const act = (await (await t.get(`/api/v1/acts/${id}`)).json()) as Record<string, unknown>
    expect(act).toMatchObject({
      code: '181886',
      registration: { number: '32514', date: '2023-05-17' },
      editionDate: '2026-07-12',
    })
    expect([...(act['languages'] as string[])].sort()).toEqual(['kk', 'ru'])
    const { languages } = (await (await t.get(`/api/v1/acts/${id}/timeline`)).json()) as {
      languages: { lang: string; editions: { date: string; editionId: string | null; by: { number: string } }[] }[]
    }
    const shown = Object.fromEntries(
      languages.map(({ lang, editions }) => [
        lang,
        editions.map((one) => [one.date, one.by.number, one.editionId === null ? 'known' : 'held']),
      ]),
    )
    expect(shown).toEqual({
      ru: [
        ['2023-05-12', '302', 'held'],
        ['2024-02-22', '157', 'known'],
        ['2026-07-12', '278', 'held'],
      ],
      kk: [
        ['2023-05-12', '302', 'known'],
        ['2024-02-22', '157', 'held'],
        ['2026-07-12', '278', 'held'],
      ],
    })
  })

  test('texts of two languages are not compared; without a language that of the editions is taken', async () => {
    const id = await actId()
    const ru = await editionId('ru', '2026-07-12')
    const kk = await editionId('kk', '2026-07-12')
    const asked = async (query: string) => {
      const response = await t.get(`/api/v1/acts/${id}/diff?${query}`)
      const body = (await response.json()) as { items?: Change[]; errors?: { path: string; message: string }[] }
      return { status: response.status, ...body }
    }
    for (const query of [`from=${kk}&to=${ru}`, `from=${ru}&to=${kk}&lang=ru`, `from=2024-01-01&to=${kk}&lang=ru`]) {
      const refused = await asked(query)
      expect(refused.status).toBe(400)
      expect(JSON.stringify(refused)).toMatch(
        /на казахском языке, а .* на русском языке|на русском языке, а .* на казахском языке/,
      )
    }
    const older = await editionId('kk', '2024-02-22')
    expect(await asked(`from=${older}&to=${kk}`)).toEqual(await asked(`from=${older}&to=${kk}&lang=kk`))
  })

  // By hand from the notes: element, how it was changed, by which order, from which day.
  const RU_NOTES = [
    ['ord__preamble', 'restated', '278', '2026-07-12'],
    ['chp_1__para_1', 'restated', '278', '2026-07-12'],
    ['chp_1__para_2', 'changed', '157', '2024-02-24'],
    ['chp_1__para_3', 'restated', '157', '2024-02-24'],
    ['chp_2__para_5', 'restated', '278', '2026-07-12'],
    ['chp_2__para_9', 'restated', '278', '2026-07-12'],
    ['chp_2__para_10', 'restated', '278', '2026-07-12'],
    ['app_1', 'restated', '278', '2026-07-12'],
    ['app_2', 'restated', '278', '2026-07-12'],
    ['app_4', 'restated', '278', '2026-07-12'],
    ['app_5', 'restated', '278', '2026-07-12'],
  ] as const
  // The Kazakh notes of the same order give another day for the preamble and point 1.
  const KK_NOTES = [
    ['ord__preamble', 'restated', '278', '2026-03-13'],
    ['chp_1__para_1', 'restated', '278', '2026-03-13'],
    ['chp_2__para_5', 'restated', '278', '2026-07-12'],
    ['chp_2__para_9', 'restated', '278', '2026-07-12'],
    ['chp_2__para_10', 'restated', '278', '2026-07-12'],
    ['app_1', 'restated', '278', '2026-07-12'],
    ['app_2', 'restated', '278', '2026-07-12'],
    ['app_4', 'restated', '278', '2026-07-12'],
    ['app_5', 'restated', '278', '2026-07-12'],
  ] as const

  // Annex 1 is a table: of its eleven rows those that read otherwise, found by reading both editions side by side.
  const RU_CHANGED = [
    ...RU_NOTES.slice(0, 2).map(([eid]) => eid),
    'chp_1__para_2__subpara_1',
    ...RU_NOTES.slice(3, 7).map(([eid]) => eid),
    ...[2, 3, 4, 7, 10].map((row) => `app_1__row_${row}`),
    'app_2__form',
    'app_4__form',
    'app_5__form',
  ]
  const KK_CHANGED = [
    ...KK_NOTES.slice(0, 5).map(([eid]) => eid),
    ...[2, 3, 4, 5, 7, 10].map((row) => `app_1__row_${row}`),
    'app_2__form',
    'app_4__form',
    'app_5__form',
  ]

  const byNote = (changes: readonly Change[], notes: readonly (readonly [string, string, string, string])[]) =>
    notes.map(([eid]) => {
      const own = changes.find((one) => one.eid === eid || one.eid.startsWith(`${eid}__`))
      return [eid, own?.by?.change, /№ (\S+)/.exec(own?.by?.amendedBy ?? '')?.[1], own?.by?.inForce]
    })

  test.each([
    ['ru', '2023-05-12', '2026-07-12', RU_NOTES, RU_CHANGED],
    ['kk', '2024-02-22', '2026-07-12', KK_NOTES, KK_CHANGED],
  ] as const)('the difference between the %s editions is what the notes say', async (lang, from, to, notes, all) => {
    const changes = await diff(await editionId(lang, from), await editionId(lang, to), lang)
    expect(byNote(changes, notes)).toEqual(notes.map((note) => [...note]))
    const outside = changes.filter(({ eid }) => !notes.some(([one]) => eid === one || eid.startsWith(`${one}__`)))
    expect(outside.map(({ eid }) => eid)).toEqual([])
    expect(changes.map(({ eid }) => eid)).toEqual(all)
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['changed']))
  })

  test('the note that is in force before its order was signed says so, to whoever reads it, and stands in the list', async () => {
    const { items } = (await (await t.get(`/api/v1/acts/${await actId()}/editions`)).json()) as {
      items: {
        lang: string
        date: string
        amendments: { target: string; anomalies: { rule: string; text: string }[] }[]
        messages: { rule: string; line: number }[]
      }[]
    }
    const odd = (lang: string, date: string) => {
      const one = items.find((edition) => edition.lang === lang && edition.date === date)
      return {
        notes: one?.amendments.flatMap(({ anomalies }) => anomalies.map(({ rule }) => rule)),
        lines: one?.messages.filter(({ rule }) => rule === 'in-force-before-signing').map(({ line }) => line),
      }
    }
    expect(odd('kk', '2026-07-12')).toEqual({
      notes: ['in-force-before-signing', 'in-force-before-signing'],
      lines: [5, 40],
    })
    expect(odd('ru', '2026-07-12')).toEqual({ notes: [], lines: [] })
  })

  test('between days the same holds, change by change at the boundary', async () => {
    expect((await diff('2024-02-23', '2024-02-24')).map(({ eid }) => eid)).toEqual([
      'chp_1__para_2__subpara_1',
      'chp_1__para_3',
    ])
    expect(await diff('2024-02-24', '2026-07-11')).toEqual([])
    const day = await diff('2026-07-11', '2026-07-12')
    expect(day.map(({ eid }) => eid)).not.toContain('chp_1__para_3')
    expect(day.find(({ eid }) => eid === 'chp_2__para_10')?.parts.map(({ kind }) => kind)).toContain('removed')
  })

  test('what was in force on a day, at the boundaries too, with labels of the language', async () => {
    expect(await inForce('chp_1__para_3', '2023-05-22')).toBeUndefined()
    expect((await inForce('chp_1__para_3', '2023-05-23'))?.validFromKnown).toBe(false)
    expect((await inForce('chp_1__para_3', '2024-02-23'))?.text).toMatch(/^Услугодатель направляет информацию/)
    expect((await inForce('chp_1__para_3', '2024-02-24'))?.text).toMatch(
      /^Министерство юстиции в течение трех рабочих дней/,
    )
    expect((await inForce('chp_2__para_10', '2026-07-11'))?.text).toContain('информационной системы')
    expect((await inForce('chp_2__para_10', '2026-07-12'))?.text).toContain('цифровой системы')
    // The Kazakh text of before 24.02.2024 is not held: a gap, no invention.
    expect(await inForce('chp_1__para_3', '2024-02-23', 'kk')).toBeUndefined()
    expect(await inForce('chp_1__para_3', '2024-02-24', 'kk')).toMatchObject({ label: '3-тармақ' })
    // Printed as in force before the order was signed: kept, and not vouched for.
    expect((await inForce('chp_1__para_1', '2026-03-13', 'kk'))?.validFromKnown).toBe(false)
    expect((await inForce('app_1__row_3', '2026-11-25', 'kk'))?.label).toBe('1-қосымша, Тізбенің 3-тармағы')
  })

  test('an article reads as it did on the day, in either language, and search finds rows of the standard', async () => {
    const found = async (q: string, lang: string, asOf: string) => {
      const query = new URLSearchParams({ q, lang, asOf, limit: '3' })
      const { hits } = (await (await t.get(`/api/v1/search?${query.toString()}`)).json()) as {
        hits: { text: string; citation: { label: string } | null }[]
      }
      return hits.map((hit) => hit.citation?.label)
    }
    expect(await found('срок оказания государственной услуги', 'ru', '2026-11-25')).toContain('прил. 1, п. 3 Перечня')
    expect(await found('мемлекеттік қызметті көрсету мерзімі', 'kk', '2026-11-25')).toContain(
      '1-қосымша, Тізбенің 3-тармағы',
    )
    const { items } = (await (await t.get('/api/v1/articles?limit=200')).json()) as {
      items: { articleId: string; slug: string }[]
    }
    const idOf = (slug: string) =>
      items.find((one) => one.slug === slug)?.articleId ?? expect.fail(`no article ${slug}`)
    const read = async (articleId: string, asOf: string) => {
      const response = await t.get(`/api/v1/articles/${articleId}?asOf=${asOf}`)
      return { status: response.status, body: ((await response.json()) as { body?: string }).body ?? '' }
    }
    const general = idOf('act-32514-ru-chp-1')
    expect((await read(general, '2023-05-22')).status).toBe(404)
    expect((await read(general, '2023-05-23')).body).toContain('Услугодатель направляет информацию')
    expect((await read(general, '2024-02-23')).body).toContain('Услугодатель направляет информацию')
    expect((await read(general, '2024-02-24')).body).toContain('Министерство юстиции в течение трех рабочих дней')
    const procedure = idOf('act-32514-ru-chp-2')
    expect((await read(procedure, '2026-07-11')).body).toContain('информационной системы')
    expect((await read(procedure, '2026-07-12')).body).toContain('цифровой системы')
    // The Kazakh text of before 24.02.2024 is not held: there is no article of it, rather than a later text.
    const kazakh = idOf('act-32514-kk-chp-1')
    expect((await read(kazakh, '2024-02-23')).status).toBe(404)
    expect((await read(kazakh, '2024-02-24')).status).toBe(200)
  })
})
