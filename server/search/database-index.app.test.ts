import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftVersion } from '#server/articles/draft-version.ts'
import { publishVersion } from '#server/articles/publish-version.ts'
import { passagesByIds } from '#server/articles/visible-passages.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { createDatabaseIndex, ensureDatabaseIndex } from './database-index.ts'
import type { LexicalQuery } from './lexical-index.ts'

/** More passages with the words than the database ranks. */
const MANY = 450
const ASIDE = 'Настоящее положение не касается иных случаев, о которых говорят другие акты. '.repeat(4)

describe('full-text search of the database', () => {
  let own: TestApp
  const publish = (slug: string, lang: 'ru' | 'kk', body: string, ord: number) =>
    own.ctx.db.transaction(async (tx) => {
      const inside = { ...own.ctx, db: tx }
      const { articleId, versionId } = await draftVersion(inside, {
        slug,
        lang,
        title: slug,
        body,
        actId: null,
        ord,
        sources: [],
        validFrom: '2020-01-01',
        validFromKnown: true,
      })
      await publishVersion(inside, { versionId })
      return articleId
    })
  const find = async (text: string, more: Partial<LexicalQuery> = {}) => {
    const query = { text, asOf: '2026-11-24', limit: 10, prefix: false, ...more }
    return createDatabaseIndex(own.ctx.db).search(query)
  }
  const textOf = async (text: string, more: Partial<LexicalQuery> = {}): Promise<string> => {
    const { hits } = await find(text, more)
    const passages = await passagesByIds(own.ctx, [hits[0]?.passageId ?? ''], '2026-11-24')
    return passages[0]?.text ?? ''
  }

  beforeAll(async () => {
    own = await testApp({ content: false })
    await ensureDatabaseIndex(own.ctx.db)
    await publish('dlinnoe', 'ru', `Срок бывает разный. ${ASIDE}Ответ дают письменно.`, 1)
    await own.ctx.db.execute(
      sql`insert into passage (id, version_id, article_id, lang, ord, label, anchor, context, text, text_hash, segments)
          select id || '_' || n, version_id, article_id, lang, n, label, anchor, context, text, text_hash, segments
          from passage, generate_series(2, ${MANY}::int) n`,
    )
    await publish('korotkoe', 'ru', 'Срок ответа – два рабочих дня.', 2)
    await publish('qysqa', 'kk', 'Жауап беру мерзімі – екі жұмыс күні.', 3)
  })
  afterAll(() => own.close())

  it('finds the best also where more passages hold the words than it ranks, the same each time', async () => {
    const first = await find('срок ответа')
    expect(await textOf('срок ответа')).toBe('Срок ответа – два рабочих дня.')
    expect(first.hits).toHaveLength(10)
    expect(await find('срок ответа')).toEqual(first)
  })

  it('counts all that matched, those that it did not rank too', async () => {
    expect((await find('срок ответа')).total).toBe(MANY + 1)
    expect((await find('рабочих письменно')).total).toBe(MANY + 1)
    expect((await find('срок жауап', { limit: 3 })).total).toBe(MANY + 2)
  })

  it('puts what holds all the words before what holds some of them, and keeps to a language', async () => {
    expect(await textOf('рабочих дня два')).toBe('Срок ответа – два рабочих дня.')
    expect(await textOf('жауап')).toBe('Жауап беру мерзімі – екі жұмыс күні.')
    expect(await find('жауап', { lang: 'ru' })).toMatchObject({ hits: [], total: 0 })
  })

  it('finds nothing, and fails at nothing, where there is nothing to ask', async () => {
    for (const text of ['', '  ', 'и в на', '& | !', '"', "'\\"])
      expect(await find(text)).toMatchObject({ hits: [], total: 0 })
  })
})

describe('what a query names, looked up in the database', () => {
  let own: TestApp
  const find = (text: string, more: Partial<LexicalQuery> = {}) =>
    createDatabaseIndex(own.ctx.db).search({ text, asOf: '2026-11-24', limit: 10, prefix: false, ...more })
  const labelsOf = async (text: string, more: Partial<LexicalQuery> = {}): Promise<string[]> => {
    const { hits } = await find(text, more)
    const passages = await passagesByIds(
      own.ctx,
      hits.map(({ passageId }) => passageId),
      '2026-11-24',
    )
    return passages.map(({ label }) => label)
  }
  beforeAll(async () => {
    own = await testApp()
    await ensureDatabaseIndex(own.ctx.db)
  })
  afterAll(() => own.close())

  it.each([
    ['п. 8', 'п. 8'],
    ['8-тармақ', 'п. 8'],
    ['пункт двадцать три', 'п. 23'],
    ['4 подпункт 3 пункта', 'п. 3 пп. 4'],
    ['приказ, п. 3', 'приказ, п. 3'],
    ['п. 8 приказа № 83', 'п. 8'],
    ['п. 8 правил 13324', 'п. 8'],
  ])('puts first for «%s»: %s', async (text, label) => {
    expect((await labelsOf(text))[0]).toBe(label)
  })

  it.each(['13324', '№ 83', 'V1600013324', 'приказ от 26 января 2016 года'])(
    'finds the passages of the act that «%s» names, whatever words they hold',
    async (text) => {
      const { hits, total } = await find(text)
      expect(hits).toHaveLength(10)
      expect(total).toBeGreaterThan(30)
    },
  )

  it('finds the passages of a chapter, and keeps to language and kind', async () => {
    expect((await find('глава 2')).hits.length).toBeGreaterThan(3)
    expect(await find('п. 8', { lang: 'kk' })).toMatchObject({ hits: [] })
    expect(await find('п. 8', { attributes: { kind: 'article' } })).toMatchObject({ hits: [] })
  })

  it('gives for a quoted phrase only what holds it, or says that nothing does', async () => {
    const held = await find('"двух рабочих дней"')
    expect(held).toMatchObject({ phrases: { asked: ['двух рабочих дней'], held: true } })
    const texts = await passagesByIds(
      own.ctx,
      held.hits.map(({ passageId }) => passageId),
      '2026-11-24',
    )
    for (const { text } of texts) expect(text).toMatch(/двух рабочих дней/u)
    expect((await find('"двух рабочих дн')).hits).toEqual(held.hits)
    const apart = await find('"дней рабочих двух"')
    expect(apart.phrases?.held).toBe(false)
    expect(apart.hits.length).toBeGreaterThan(0)
  })
})
