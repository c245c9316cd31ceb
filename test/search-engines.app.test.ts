import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftVersion } from '#server/articles/draft-version.ts'
import { publishVersion } from '#server/articles/publish-version.ts'
import { withdrawVersion } from '#server/articles/withdraw-version.ts'
import { queryRows } from '#server/db/database.ts'
import type { SearchResult } from '#server/search/schema.ts'
import { search } from '#server/search/search.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { sql } from 'drizzle-orm'
import { loopbackServer, type LoopbackServer } from './loopback-server.ts'
import { testApp, type TestApp } from './harness.ts'

/** `SEARCHES=10000` for the full run. */
const SEARCHES = Number(process.env['SEARCHES'] ?? 120)
const QUERIES = [
  'срок ответа на письмо',
  'п. 8',
  'запись разговора',
  'проба публикации',
  'бесплатный номер',
  'өтініштерге жауап',
  'регистр',
]

describe('search while all else goes on', () => {
  let own: TestApp
  beforeAll(async () => {
    own = await testApp()
  })
  afterAll(() => own.close())

  it(
    `${SEARCHES} searches during rebuilds, publications and withdrawals: none fails, none shows withdrawn text`,
    { timeout: 1_800_000 },
    async () => {
      const { ctx, deps } = own
      let going = true
      /** Versions withdrawn, known before the search that must not show them began. */
      const withdrawn = new Set<string>()
      let searched = 0
      let rebuilds = 0
      let published = 0
      const rebuilding = (async () => {
        while (going) {
          await reconcileIndexes(ctx, undefined, { rebuild: true })
          rebuilds += 1
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      })()
      const publishing = (async () => {
        for (let number = 1; going; number += 1) {
          const { versionId } = await ctx.db.transaction(async (tx) => {
            const inside = { ...ctx, db: tx }
            const drafted = await draftVersion(inside, {
              slug: `proba-${number}`,
              lang: 'ru',
              title: 'Проба публикации',
              body: `Проба публикации номер ${number}: срок ответа на письмо.`,
              actId: null,
              ord: number,
              sources: [],
              validFrom: '2020-01-01',
              validFromKnown: true,
            })
            await publishVersion(inside, { versionId: drafted.versionId })
            return drafted
          })
          published += 1
          await deps.reconciler.settle()
          // Every query is asked once while it is there.
          const enough = searched + QUERIES.length
          while (going && searched < enough) await new Promise((resolve) => setTimeout(resolve, 5))
          await ctx.db.transaction((tx) => withdrawVersion({ ...ctx, db: tx }, { versionId, reason: 'проверка' }))
          withdrawn.add(versionId)
          deps.reconciler.request()
        }
      })()
      const failed: unknown[] = []
      const shown: string[] = []
      let seen = 0
      let empty = 0
      const searching = async (first: number) => {
        for (let number = first; number < SEARCHES; number += 4) {
          const gone = new Set(withdrawn)
          try {
            const { hits } = await search(ctx, { q: QUERIES[number % QUERIES.length] ?? '', limit: 10 })
            if (hits.length === 0) empty += 1
            for (const { versionId, title } of hits) {
              if (gone.has(versionId)) shown.push(versionId)
              if (title === 'Проба публикации') seen += 1
            }
          } catch (error) {
            failed.push(error)
          }
          searched += 1
          // As between two requests: the embedded database works in this thread and would let no timer through.
          await new Promise(setImmediate)
        }
      }
      await Promise.all([0, 1, 2, 3].map(searching))
      going = false
      await Promise.all([rebuilding, publishing])
      process.stderr.write(
        `${SEARCHES} searches, ${rebuilds} rebuilds, ${published} publications, hits on them ${seen}\n`,
      )
      expect(failed).toEqual([])
      expect(shown).toEqual([])
      // Every query finds something in the acts: an index half filled would show here.
      expect(empty).toBe(0)
      expect(rebuilds).toBeGreaterThan(1)
      expect(published).toBeGreaterThan(1)
      // What was just published is found meanwhile, or nothing above would say anything of it.
      expect(seen).toBeGreaterThan(0)
    },
  )

  it('tells editors why a hit stands where it does, and nobody else', async () => {
    // What the search before left behind is taken out meanwhile, and rarities with it.
    await own.deps.reconciler.settle()
    const path = `/api/v1/search?explain=true&q=${encodeURIComponent('срок ответа на электронную почту')}`
    expect((await own.get(path, 'operator')).status).toBe(403)
    const { hits } = (await (await own.get(path, 'editor')).json()) as SearchResult
    const [first] = hits
    expect(first?.explain).toMatchObject({
      lexical: { rank: expect.any(Number), score: expect.any(Number) },
      weights: { lexical: 1, vector: 0.05, k: 10 },
      matched: expect.arrayContaining(['электронную почту']),
    })
    expect(first?.explain?.words?.words.find(({ word }) => word === 'почту')).toMatchObject({
      gain: expect.any(Number),
      evidence: expect.arrayContaining([
        expect.objectContaining({ kind: 'stem', fields: expect.objectContaining({ text: 1 }) }),
      ]),
    })
    for (const { score, explain } of hits) {
      const { lexical, vector, weights } = explain ?? expect.fail('no explanation')
      const sum =
        (lexical === null ? 0 : weights.lexical / (weights.k + lexical.rank)) +
        (vector === null ? 0 : weights.vector / (weights.k + vector.rank))
      expect(sum).toBeCloseTo(score, 10)
      // What words found says what each word of the query gave, and the parts add up.
      if (lexical === null) expect(explain?.words).toBeNull()
      else {
        const { words, coverage, named, phrase } = explain?.words ?? expect.fail('no words')
        const gains = words.reduce((whole, { gain }) => whole + gain, 0)
        expect(gains * coverage + named + phrase).toBeCloseTo(lexical.score, 3)
      }
    }
    const plain = (await (await own.get(path.replace('explain=true&', ''), 'editor')).json()) as SearchResult
    expect(plain.hits[0]?.explain).toBeUndefined()
    expect(plain.degraded).toEqual([])
  })
})

describe('a trained embedder', () => {
  let own: TestApp
  let server: LoopbackServer
  let texts: string[]
  /** The status it fails with; 503 is tried again, 400 is not. */
  let broken: 503 | 400 | null = null
  beforeAll(async () => {
    texts = []
    // Eight numbers a text: which letters it begins with. A stand-in for a model server, for what happens around one.
    server = await loopbackServer((_request, body, response) => {
      const { input } = JSON.parse(body) as { input: string | string[] }
      if (broken !== null) {
        response.writeHead(broken).end()
        return
      }
      texts.push(...[input].flat())
      const data = [input].flat().map((text, index) => ({
        index,
        embedding: Array.from({ length: 8 }, (_, at) => ((text.codePointAt(at + 9) ?? 0) % 97) + 1),
      }))
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data, usage: {} }))
    })
    own = await testApp({
      env: {
        EMBEDDINGS_URL: server.url,
        EMBEDDINGS_MODEL: 'test-model',
        EMBEDDINGS_DIMENSIONS: '8',
        EMBEDDINGS_QUERY_PREFIX: 'query: ',
        EMBEDDINGS_PASSAGE_PREFIX: 'passage: ',
      },
    })
  })
  afterAll(async () => {
    await own.close()
    await server.close()
  })
  const health = async () =>
    (await (await own.app.request('/health')).json()) as {
      adapters: { embedder: string }
      search: { meaning: { state: string } }
    }

  it('is filled beside the one in use, then servers go over to it; texts it knows are not embedded again', async () => {
    const { switchEmbedder } = await import('#server/search/switch-embedder.ts')
    const { ctx, deps } = own
    expect(texts).toEqual([])
    expect((await health()).adapters.embedder).toMatch(/^local-/u)
    const kind = 'openai'
    const { embedded } = await switchEmbedder(ctx, { kind, embedder: deps.embedders.of(kind) })
    const counts = await queryRows<{ embedder: string; n: number }>(
      ctx.db,
      sql`select embedder, count(*)::int as n from passage_embedding group by 1 order by 1`,
    )
    expect(counts.map(({ n }) => n)).toEqual([embedded, embedded])
    expect(texts).toHaveLength(embedded)
    expect(texts.every((text) => text.startsWith('passage: '))).toBe(true)
    // Until its next reconciliation a server searches the old vectors.
    expect((await health()).adapters.embedder).toMatch(/^local-/u)
    await deps.reconciler.settle()
    expect((await health()).adapters.embedder).toMatch(/^openai:test-model/u)
    expect(texts).toHaveLength(embedded)
    expect((await switchEmbedder(ctx, { kind, embedder: deps.embedders.of(kind) })).embedded).toBe(0)
    const { degraded } = (await (
      await own.get(`/api/v1/search?q=${encodeURIComponent('срок')}`)
    ).json()) as SearchResult
    expect(degraded).toEqual([])
    expect(texts.at(-1)).toBe('query: срок')
  })

  it('embeds of a new version what its text says anew, and nothing of what stays', async () => {
    const { ctx, deps } = own
    const publish = async (body: string, validFrom: string): Promise<string[]> => {
      const before = texts.length
      await ctx.db.transaction(async (tx) => {
        const inside = { ...ctx, db: tx }
        const { versionId } = await draftVersion(inside, {
          slug: 'priem',
          lang: 'ru',
          title: 'Приём',
          body,
          actId: null,
          ord: 1,
          sources: [],
          validFrom,
          validFromKnown: true,
        })
        await publishVersion(inside, { versionId })
      })
      await deps.reconciler.settle()
      return texts.slice(before)
    }
    expect(await publish('Приём ведётся по вторникам.', '2020-01-01')).toHaveLength(1)
    const changed = await publish('Приём ведётся по пятницам.', '2021-01-01')
    expect(changed).toHaveLength(1)
    expect(changed[0]).toContain('по пятницам')
    // Another version, the same words.
    expect(await publish('Приём ведётся по пятницам.', '2022-01-01')).toEqual([])
  })

  it('is done without while it is away, and search says so', async () => {
    broken = 503
    for (const q of ['письмо', 'запись', 'номер', 'почта']) {
      const result = (await (await own.get(`/api/v1/search?q=${encodeURIComponent(q)}`)).json()) as SearchResult
      expect(result.hits.length).toBeGreaterThan(0)
      expect(result.degraded).toEqual([{ part: 'meaning', servedBy: null }])
    }
    expect((await health()).search.meaning.state).toBe('degraded')
  })

  it('does not keep what is published meanwhile from being found by its words; /health says that vectors lag', async () => {
    broken = 400
    const { ctx, deps } = own
    await ctx.db.transaction(async (tx) => {
      const inside = { ...ctx, db: tx }
      const { versionId } = await draftVersion(inside, {
        slug: 'novost',
        lang: 'ru',
        title: 'Новость',
        body: 'Выездной приём ведётся в караван-сарае по четвергам.',
        actId: null,
        ord: 1,
        sources: [],
        validFrom: '2020-01-01',
        validFromKnown: true,
      })
      await publishVersion(inside, { versionId })
    })
    await deps.reconciler.settle()
    const found = (await (
      await own.get(`/api/v1/search?q=${encodeURIComponent('караван-сарай')}`)
    ).json()) as SearchResult
    expect(found.hits[0]?.title).toBe('Новость')
    expect(await (await own.app.request('/health')).json()).toMatchObject({
      search: { words: { state: 'ok' }, indexes: { state: 'degraded', lastFailure: { reason: expect.any(String) } } },
    })
  })
})

describe('Meilisearch that is not there', () => {
  it('leaves search to the database, says so in the answer and in /health, and everything starts all the same', async () => {
    const own = await testApp({
      env: { MEILI_URL: 'http://127.0.0.1:9', MEILI_SEARCH_KEY: 's', MEILI_ADMIN_KEY: 'a' },
    })
    try {
      const ask = async (q: string) =>
        (await (await own.get(`/api/v1/search?lang=ru&q=${encodeURIComponent(q)}`)).json()) as SearchResult
      const result = await ask('регистрация обращений на электронную почту')
      expect(result.degraded).toEqual([{ part: 'words', servedBy: 'database' }])
      expect(result.hits[0]?.text).toContain('электронную почту')
      expect(result.hits[0]?.highlights.length).toBeGreaterThan(0)
      const path = `/api/v1/search?explain=true&q=${encodeURIComponent('запись разговора')}`
      const explained = (await (await own.get(path, 'editor')).json()) as SearchResult
      expect(explained.hits[0]?.explain).toMatchObject({ words: null })
      await ask('запись разговора')
      await ask('номер')
      expect(await (await own.app.request('/health')).json()).toMatchObject({
        status: 'ok',
        adapters: { lexicalIndex: 'meilisearch' },
        search: {
          words: { state: 'degraded', servedBy: 'database' },
          meaning: { state: 'ok' },
          indexes: { state: 'degraded', lastSuccess: null, lastFailure: { reason: expect.any(String) } },
        },
      })
      const metrics = await (await own.app.request('/metrics')).text()
      expect(metrics).toContain('bilim_search_degraded{part="words"} 1')
      expect(metrics).toContain('bilim_search_degraded{part="meaning"} 0')
      expect(metrics).toContain('bilim_search_degraded{part="indexes"} 1')
      // The other half was filled all the same.
      const [vectors] = await queryRows<{ n: number }>(
        own.ctx.db,
        sql`select count(*)::int as n from passage_embedding`,
      )
      expect(vectors?.n).toBeGreaterThan(50)
      const answer = await own.post('/api/v1/answers', { question: 'В какой срок отвечают на письмо?' })
      expect(await answer.json()).toMatchObject({ degraded: [{ part: 'words', servedBy: 'database' }] })
    } finally {
      await own.close()
    }
  })
})

describe('an embedder that the database names and the server has not', () => {
  it('is told of in /health and in every result, while another stands in', async () => {
    const own = await testApp()
    try {
      expect((await own.app.request('/health')).status).toBe(200)
      await own.ctx.db.execute(
        sql`insert into search_setting (key, value, changed_at) values ('embedder', 'onnx', now())`,
      )
      await own.deps.reconciler.settle()
      const { degraded } = (await (
        await own.get(`/api/v1/search?q=${encodeURIComponent('срок')}`)
      ).json()) as SearchResult
      expect(degraded).toEqual([{ part: 'meaning', servedBy: expect.stringMatching(/^local-/u) }])
      expect(await (await own.app.request('/health')).json()).toMatchObject({
        search: {
          meaning: { state: 'degraded', reason: expect.stringContaining('onnx') },
          indexes: { state: 'ok', lastSuccess: expect.any(String), lastFailure: null },
        },
      })
    } finally {
      await own.close()
    }
  })
})
