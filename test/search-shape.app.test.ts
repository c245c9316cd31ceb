import { rm } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftVersion } from '#server/articles/draft-version.ts'
import { publishVersion } from '#server/articles/publish-version.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import type { Lang, Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { rankPassages } from '#server/search/search.ts'
import type { FoundPassage, SearchResult } from '#server/search/schema.ts'
import { testApp, type TestApp } from './harness.ts'
import { contentWithPassports } from './passport-act.ts'

describe('a result as a person reads it', () => {
  let own: TestApp
  let content = ''
  const ask = async (q: string, more = '', lang = 'ru', role: Role = 'operator') => {
    const response = await own.app.request(`/api/v1/search?q=${encodeURIComponent(q)}${more}`, {
      headers: { ...(await own.as(role)), 'accept-language': lang },
    })
    return { status: response.status, body: (await response.json()) as SearchResult }
  }
  const found = async (q: string, more = '', lang = 'ru') => (await ask(q, more, lang)).body
  const archive = sql`(select id from act where number = '79')`

  /** A text of an article that cites no act, in as many paragraphs as it is given. */
  const publish = async (slug: string, lang: Lang, title: string, body: string): Promise<void> => {
    const { ctx, deps } = own
    await ctx.db.transaction(async (tx) => {
      const inside = { ...ctx, db: tx }
      const { versionId } = await draftVersion(inside, {
        slug,
        lang,
        title,
        body,
        actId: null,
        ord: 900,
        sources: [],
        validFrom: '2020-01-01',
        validFromKnown: true,
      })
      await publishVersion(inside, { versionId })
    })
    await deps.reconciler.settle()
  }

  beforeAll(async () => {
    content = await contentWithPassports()
    own = await testApp({ content: false, now: () => new Date('2026-11-25T06:00:00Z') })
    await ingestContent(own.ctx, content)
    await own.ctx.db.execute(
      sql`insert into agency (id, name, kind, subjects, contacts, source) values
          ('agc_archives', '{"ru":"Министерство архивов Республики Казахстан","kk":"Қазақстан Республикасының Мұрағаттар министрлігі","en":"Ministry of Archives"}', 'central', '{"ru":[],"kk":[]}', '[]', 'test')`,
    )
    await own.deps.reconciler.settle()
  })
  afterAll(async () => {
    await own.close()
    await rm(content, { recursive: true, force: true })
  })

  describe('two texts of one provision', () => {
    it('are one hit, in the language of the query, else of the interface; the other one is its counterpart', async () => {
      for (const [q, lang, stands] of [
        ['архивная выписка', 'kk', 'ru'],
        ['мұрағаттық үзінді', 'ru', 'kk'],
        ['п. 1', 'kk', 'kk'],
        ['п. 1', 'ru', 'ru'],
        ['п. 1', 'en', 'ru'],
      ] as const) {
        const { hits } = await found(q, '&limit=50', lang)
        const [act] = await queryRows<{ id: string }>(own.ctx.db, archive)
        const ofAct = hits.filter(({ citation }) => citation?.actId === act?.id)
        expect(ofAct.length).toBeGreaterThan(0)
        expect(ofAct.every((hit) => hit.lang === stands)).toBe(true)
        expect(ofAct.every((hit) => hit.counterpart !== null && hit.counterpart.lang !== hit.lang)).toBe(true)
        expect(new Set(ofAct.map(({ citation }) => citation?.eid)).size).toBe(ofAct.length)
      }
    })

    it('count once in the total, and twice in the facet of languages', async () => {
      const folded = await found('п. 1', '&facets=true&limit=50')
      const flat = await found('п. 1', '&fold=false&limit=50')
      const twins = flat.hits.filter(({ citation }) =>
        flat.hits.some((other) => other.citation?.eid === citation?.eid && other.lang === 'kk'),
      )
      expect(twins.length).toBeGreaterThan(1)
      expect(folded.total).toBeLessThan(flat.total)
      expect(folded.facets?.lang.reduce((sum, { count }) => sum + count, 0)).toBe(flat.total)
      expect(flat.hits.every(({ counterpart, moreInArticle }) => counterpart === null && moreInArticle === 0)).toBe(
        true,
      )
    })

    it('are not folded where one language is asked for', async () => {
      const { hits } = await found('п. 1', '&lang=kk')
      expect(hits.length).toBeGreaterThan(0)
      expect(hits.every(({ lang }) => lang === 'kk')).toBe(true)
    })

    it('are read by the id of the counterpart, marked by the query', async () => {
      const { hits } = await found('архивная выписка')
      const hit = hits.find(({ counterpart }) => counterpart !== null) ?? expect.fail('no counterpart')
      const path = `/api/v1/passages/${hit.counterpart?.passageId}?q=${encodeURIComponent('мұрағаттық үзінді')}`
      const twin = (await (await own.get(path)).json()) as FoundPassage
      expect(twin).toMatchObject({ lang: 'kk', citation: { label: hit.counterpart?.label, eid: hit.citation?.eid } })
      expect(twin.highlights.length).toBeGreaterThan(0)
      expect((await own.get('/api/v1/passages/psg_none')).status).toBe(404)
      expect((await own.get(`${path}&asOf=2001-01-01`)).status).toBe(404)
    })

    it('fold as well in an article that cites no act, where both texts have as many passages', async () => {
      await publish('kitapkhana', 'ru', 'Читальный зал', 'Читальный зал открыт по средам, залог 5.')
      await publish('kitapkhana', 'kk', 'Оқу залы', 'Оқу залы сәрсенбіде ашық, залог 5.')
      const { hits } = await found('залог 5')
      expect(hits.filter(({ title }) => ['Читальный зал', 'Оқу залы'].includes(title))).toMatchObject([
        { lang: 'ru', counterpart: { lang: 'kk' } },
      ])
    })
  })

  describe('an article that fills the page', () => {
    beforeAll(async () => {
      for (let number = 1; number <= 3; number += 1)
        await publish(`geliograf-${number}`, 'ru', `Гелиограф ${number}`, `Гелиограф в зале ${number}.`)
    }, 60_000)

    it('keeps two hits for a short query, and the others are counted under its first one and asked for with it', async () => {
      const { hits, total } = await found('услуги', '&limit=50')
      const grouped = hits.find(({ moreInArticle }) => moreInArticle > 0)
      if (grouped === undefined) expect.fail('nothing is grouped')
      expect(hits.filter(({ articleId }) => articleId === grouped.articleId).length).toBeLessThanOrEqual(2)
      const all = await found('услуги', `&limit=50&article=${grouped.articleId}`)
      expect(all.hits.length).toBe(
        grouped.moreInArticle + hits.filter(({ articleId }) => articleId === grouped.articleId).length,
      )
      expect(all.hits[0]?.passageId).toBe(grouped.passageId)
      expect(all.total).toBe(all.hits.length)
      const under = hits.reduce((sum, { moreInArticle }) => sum + moreInArticle, 0)
      expect(hits.length + under).toBeLessThanOrEqual(total)
    })

    it('whatever the limit: a shorter page is the beginning of a longer one', async () => {
      const long = await found('услуги', '&limit=20')
      const short = await found('услуги', '&limit=3')
      expect(short.hits.map(({ passageId, moreInArticle }) => [passageId, moreInArticle])).toEqual(
        long.hits.slice(0, 3).map(({ passageId, moreInArticle }) => [passageId, moreInArticle]),
      )
      expect(short.total).toBe(long.total)
    })

    it('loses nothing to answers, models and the terminal: without shaping every passage is a hit', async () => {
      const { passages } = await rankPassages(own.ctx, { q: 'услуги', limit: 50 })
      const { hits } = await found('услуги', '&limit=50')
      expect(passages.length).toBeGreaterThan(hits.length)
    })
  })

  describe('filters and facets', () => {
    it('count the whole result by kind, body and service, with their names', async () => {
      const { facets } = await found('архивная выписка', '&facets=true&limit=1')
      expect(facets?.agency).toEqual([
        {
          value: 'agc_archives',
          count: expect.any(Number),
          name: expect.objectContaining({ en: 'Ministry of Archives' }),
        },
      ])
      expect(facets?.service).toMatchObject([{ name: { ru: 'Выдача архивной выписки', kk: 'Мұрағаттық үзінді беру' } }])
      expect(facets?.kind.map(({ value }) => value).toSorted()).toEqual(['act', 'passport'])
      expect((await found('архивная выписка')).facets).toBeNull()
    })

    it('narrow the result, words and meaning alike, and another value of a facet can still be chosen', async () => {
      const { facets } = await found('срок', '&facets=true')
      const service = facets?.service[0]?.value ?? expect.fail('no service')
      for (const more of ['&kind=passport', '&agency=agc_archives', `&service=${encodeURIComponent(service)}`]) {
        const { hits, facets: left, total } = await found('срок выдачи выписки', `&facets=true&limit=50${more}`)
        const [act] = await queryRows<{ id: string }>(own.ctx.db, archive)
        expect(hits.length).toBeGreaterThan(0)
        expect(total).toBeGreaterThanOrEqual(hits.length)
        expect(hits.every(({ citation }) => citation?.actId === act?.id)).toBe(true)
        expect(left?.kind.length).toBeGreaterThan(0)
      }
      const passports = await found('срок', '&kind=passport&facets=true')
      expect(passports.hits.every(({ citation }) => /row_|table/u.test(citation?.eid ?? ''))).toBe(true)
      expect(passports.facets?.kind.map(({ value }) => value)).toContain('act')
      const articles = await found('гелиограф', '&kind=article')
      expect(articles.hits.length).toBe(3)
      expect(articles.hits.every(({ citation }) => citation === null)).toBe(true)
      expect((await found('гелиограф', '&kind=act')).hits.filter(({ title }) => title.startsWith('Гелиограф'))).toEqual(
        [],
      )
    })

    it.each([
      ['&agency=agc_none', 'ru', 'Органа «agc_none» нет в справочнике'],
      ['&agency=agc_none', 'kk', '«agc_none» органы анықтамалықта жоқ'],
      ['&service=none', 'en', 'There is no service «none»'],
      ['&kind=other', 'kk', 'Мыналардың бірі ғана болады'],
      ['&lang=xx', 'ru', 'Можно только: '],
    ])('refuse %s in the language of the caller (%s)', async (more, lang, words) => {
      const { status, body } = await ask('срок', more, lang)
      expect(status).toBe(400)
      expect(JSON.stringify(body)).toContain(words)
    })

    it('name all unknown values at once', async () => {
      const { body } = await ask('срок', '&agency=agc_none&service=none')
      expect(body).toMatchObject({
        code: 'validation-failed',
        faults: [{ path: 'query.agency' }, { path: 'query.service' }],
      })
    })

    it('take the id of a service of the registry for its passport', async () => {
      const [act] = await queryRows<{ id: string }>(own.ctx.db, archive)
      expect((await ask('срок', '&service=svc_none')).status).toBe(400)
      await own.ctx.db.execute(
        sql`insert into service_submission (id, agency_id, kind, name, sha256, size, columns, status, messages, unlisted, absent, received_on, received_at, actor_kind, actor_id)
            values ('sub_1', 'agc_archives', 'state', 'f', 's', 1, '[]', 'accepted', '[]', 0, '[]', '2026-01-01', now(), 'system', 'system')`,
      )
      await own.ctx.db.execute(
        sql`insert into service (id, agency_id, kind, registry_number, name, by_law, changes, web_resources, submission_id, created_at, updated_at)
            values ('svc_1', 'agc_archives', 'state', '00900001', 'выдача  АРХИВНОЙ выписки', '{"kind":null,"date":"2024-03-10","number":"79","text":""}', '[]', '[]', 'sub_1', now(), now())`,
      )
      const { hits } = await found('срок', '&service=svc_1')
      expect(hits.length).toBeGreaterThan(0)
      expect(hits.every(({ citation }) => citation?.actId === act?.id)).toBe(true)
    })
  })
})

describe('the database in the place of an engine that is away', () => {
  it('keeps to the same filters, and says that it counts nothing', async () => {
    const own = await testApp({ env: { MEILI_URL: 'http://127.0.0.1:9', MEILI_SEARCH_KEY: 's', MEILI_ADMIN_KEY: 'a' } })
    try {
      const ask = async (more: string) =>
        (await (
          await own.get(`/api/v1/search?facets=true&q=${encodeURIComponent('регистрация обращений')}${more}`)
        ).json()) as SearchResult
      const all = await ask('')
      expect(all.degraded).toEqual([{ part: 'words', servedBy: 'database' }])
      expect(all.facets).toBeNull()
      expect((await ask('&kind=act')).hits.map(({ passageId }) => passageId)).toEqual(
        all.hits.map(({ passageId }) => passageId),
      )
      expect((await ask('&kind=passport')).hits).toEqual([])
      expect((await ask('&kind=article')).hits).toEqual([])
    } finally {
      await own.close()
    }
  })
})
