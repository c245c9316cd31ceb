import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '#server/answers/schema.ts'
import type { SearchResult } from '#server/search/schema.ts'
import { testApp, type TestApp } from './harness.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const q = encodeURIComponent
const search = async (query: string, more = ''): Promise<SearchResult> =>
  (await t.get(`/api/v1/search?q=${q(query)}${more}`)).json() as Promise<SearchResult>
const ask = async (question: string, more: Record<string, unknown> = {}): Promise<Answer> =>
  (await t.post('/api/v1/answers', { question, ...more })).json() as Promise<Answer>

describe('search', () => {
  test('a hit cites a point of a dated edition, marks what was found, and says how long it took', async () => {
    const result = await search('в какой срок отвечают на письмо')
    const [first] = result.hits
    expect(first?.citation).toMatchObject({
      label: 'п. 8',
      eid: 'chp_2__para_8',
      edition: { date: '2022-10-04', amendedBy: 'приказ № 368/НҚ от 04.10.2022' },
      anchor: 'chp_2__para_8',
      validFromKnown: false,
    })
    expect(first?.citation?.url).toBe(`/articles/${first?.articleId}?lang=ru#chp_2__para_8`)
    expect(first?.highlights.length).toBeGreaterThan(0)
    for (const [start, end] of first?.highlights ?? []) expect(first?.text.slice(start, end).trim()).not.toBe('')
    expect(result.tookMs).toBeGreaterThanOrEqual(0)
    expect(result.queryId).toMatch(/^qry_/)
  })

  test.each([
    ['сро', 'the first letters already find something'],
    ['опертор', 'a misspelt word is found'],
    ['п. 23', 'a bare reference is found'],
  ])('%s: %s', async (query) => {
    expect((await search(query)).hits.length).toBeGreaterThan(0)
  })

  test('a bare reference puts that point first', async () => {
    for (const [query, label] of [
      ['п. 23', 'п. 23'],
      ['пункт 14', 'п. 14'],
      ['пп. 4) п. 3', 'п. 3 пп. 4'],
      ['прил. 2', 'прил. 2'],
    ] as const)
      expect((await search(query)).hits[0]?.citation?.label, query).toBe(label)
  })

  test('nothing is found for letters without meaning, and before the act was made', async () => {
    expect((await search('фывапролдж')).hits).toEqual([])
    expect((await search('срок ответа на письмо', '&asOf=2015-01-01')).hits).toEqual([])
  })

  test.each([
    ['2022-10-14', false],
    ['2022-10-15', true],
  ])('the restated Rules are found as of %s: %s, their earliest possible day being 15.10.2022', async (asOf, found) => {
    expect(
      (await search('срок ответа на электронную почту', `&asOf=${asOf}`)).hits.some(
        (hit) => hit.citation?.label === 'п. 8',
      ),
    ).toBe(found)
  })

  test('a limit is kept and all faults of a request come at once, in the reader’s language', async () => {
    expect((await search('услуги', '&limit=3')).hits).toHaveLength(3)
    const response = await t.app.request('/api/v1/search?q=&asOf=вчера&limit=1000', {
      headers: { ...(await t.as('operator')), 'accept-language': 'ru' },
    })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    const problem = (await response.json()) as {
      code: string
      requestId: string
      title: string
      faults: { path: string; message: string }[]
    }
    expect(problem).toMatchObject({ code: 'validation-failed', title: 'В запросе есть ошибки' })
    expect(problem.requestId).toBe(response.headers.get('x-request-id'))
    expect(problem.faults.map((fault) => fault.path).sort()).toEqual(['query.asOf', 'query.limit', 'query.q'])
    for (const { message } of problem.faults) expect(message).toMatch(/[а-я]/i)
  })
})

describe('answers', () => {
  test('each sentence carries a verbatim quote of the passage it cites', async () => {
    const answer = await ask('Сколько рабочих дней даётся на ответ на электронное письмо?')
    expect(answer.status).toBe('answered')
    const [citation] = answer.sentences[0]?.citations ?? []
    expect(citation).toMatchObject({ label: 'п. 8', edition: { date: '2022-10-04' } })
    expect(citation?.quote).toContain('ответ предоставляется в течение двух рабочих дней')
    const article = (await (await t.get(`/api/v1/articles/${citation?.articleId}`)).json()) as {
      passages: { passageId: string; text: string }[]
    }
    const passage = article.passages.find((one) => one.passageId === citation?.passageId)
    expect(passage?.text.slice(citation?.quoteStart, (citation?.quoteStart ?? 0) + (citation?.quote.length ?? 0))).toBe(
      citation?.quote,
    )
  })

  test('a question outside the knowledge base is refused with the body it belongs to', async () => {
    const answer = await ask('Как получить загранпаспорт?')
    expect(answer).toMatchObject({
      status: 'no_answer',
      sentences: [],
      message: 'В базе знаний нет ответа на этот вопрос.',
    })
    expect(answer.competence?.name).toContain('Министерство внутренних дел')
    // Whose it is nobody knows: that is said, and no body is made up.
    expect(await ask('Какая зарплата у оператора?')).toMatchObject({
      competence: null,
      guidance: { kind: 'unanswered', isBodyUnknown: true },
    })
  })

  test('a Kazakh question over a Russian-only text is refused honestly, in Kazakh', async () => {
    const answer = await ask('Паспортты қалай алуға болады?')
    expect(answer).toMatchObject({
      status: 'no_answer',
      lang: 'kk',
      message: 'Білім базасында бұл сұрақтың жауабы жоқ.',
    })
    expect(answer.competence?.name).toContain('министрлігі')
  })

  test('as events, sentences come one by one before the whole answer', async () => {
    const response = await t.post('/api/v1/answers', { question: 'в какой срок отвечают на письмо' }, 'operator', {
      accept: 'text/event-stream',
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const events = (await response.text())
      .split('\n\n')
      .filter(Boolean)
      .map((block) => ({
        event: /event: (.*)/.exec(block)?.[1],
        data: JSON.parse(/data: (.*)/.exec(block)?.[1] ?? 'null') as unknown,
      }))
    expect(events.map((e) => e.event).at(-1)).toBe('done')
    const whole = events.at(-1)?.data as Answer
    expect(events.filter((e) => e.event === 'sentence').map((e) => e.data)).toEqual(whole.sentences)
  })
})

describe('articles', () => {
  const channels = async () => {
    const [hit] = (await search('срок ответа на электронную почту')).hits
    return hit ?? expect.fail('nothing found')
  }

  test('a withdrawn article is gone from reading, search and answers at once, and its history keeps the reason', async () => {
    const own = await testApp()
    try {
      const { hits } = (await (
        await own.get(`/api/v1/search?q=${q('срок ответа на электронную почту')}`)
      ).json()) as SearchResult
      const hit = hits[0] ?? expect.fail('nothing found')
      expect(
        (
          await own.post(
            `/api/v1/articles/${hit.articleId}/versions/${hit.versionId}/withdraw`,
            { reason: 'проверка' },
            'operator',
          )
        ).status,
      ).toBe(403)
      expect(
        (
          await own.post(
            `/api/v1/articles/${hit.articleId}/versions/${hit.versionId}/withdraw`,
            { reason: 'проверка' },
            'editor',
          )
        ).status,
      ).toBe(200)
      // At once: the database decides, however far the index is.
      const after = (await (
        await own.get(`/api/v1/search?q=${q('срок ответа на электронную почту')}`)
      ).json()) as SearchResult
      expect(after.hits.some((one) => one.articleId === hit.articleId)).toBe(false)
      expect((await own.get(`/api/v1/articles/${hit.articleId}`)).status).toBe(404)
      const answer = (await (
        await own.post('/api/v1/answers', { question: 'в какой срок отвечают на письмо' })
      ).json()) as Answer
      expect(answer.sentences.flatMap((s) => s.citations).some((c) => c.articleId === hit.articleId)).toBe(false)
      const { items } = (await (await own.get(`/api/v1/articles/${hit.articleId}/versions`)).json()) as {
        items: { state: string; withdrawnReason: string }[]
      }
      expect(items).toMatchObject([{ state: 'withdrawn', withdrawnReason: 'проверка' }])
      expect(
        (
          await own.post(
            `/api/v1/articles/${hit.articleId}/versions/${hit.versionId}/withdraw`,
            { reason: 'ещё раз' },
            'editor',
          )
        ).status,
      ).toBe(409)
    } finally {
      await own.close()
    }
  })

  test('the list pages through every article once', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const url: string = `/api/v1/articles?limit=4${cursor === null ? '' : `&cursor=${cursor}`}`
      const page = (await (await t.get(url)).json()) as { items: { articleId: string }[]; nextCursor: string | null }
      seen.push(...page.items.map((item) => item.articleId))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toHaveLength(15)
    expect(new Set(seen).size).toBe(15)
  })

  test('a version’s text cannot be changed behind its back', async () => {
    const { versionId } = await channels()
    const change = t.ctx.db.execute(sql`update article_version set body = 'x' where id = ${versionId}`)
    await expect(change).rejects.toMatchObject({ cause: { message: expect.stringContaining('immutable') } })
  })

  test('what is not there is a problem with a code, not an empty page', async () => {
    const response = await t.get('/api/v1/articles/art_absent')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'not-found' })
    expect((await t.get('/api/v1/nowhere')).status).toBe(404)
  })
})

describe('acts', () => {
  test('the act is read as of a day, with its notes and the difference between two days', async () => {
    const { items } = (await (await t.get('/api/v1/acts')).json()) as {
      items: { actId: string; registration: { number: string } }[]
    }
    const [act] = items
    expect(act?.registration.number).toBe('13324')
    const editions = (await (await t.get(`/api/v1/acts/${act?.actId}/editions`)).json()) as {
      items: { date: string; amendments: unknown[] }[]
    }
    expect(editions.items[0]?.date).toBe('2023-07-28')
    expect(editions.items[0]?.amendments).toHaveLength(7)
    const diff = (await (await t.get(`/api/v1/acts/${act?.actId}/diff?from=2023-01-01&to=2026-01-01`)).json()) as {
      items: { eid: string }[]
    }
    // Between these days only point 3 got a new wording, so it alone is new.
    expect(diff.items.length).toBeGreaterThan(0)
    expect(diff.items.every((change) => change.eid.startsWith('chp_1__para_3'))).toBe(true)
  })
})

describe('the server itself', () => {
  test('pages carry a policy that lets nothing foreign in', async () => {
    for (const path of ['/', '/docs']) {
      const response = await t.app.request(path, { headers: { accept: 'text/html' } })
      expect(response.status, path).toBe(200)
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
      expect(await response.text()).not.toMatch(/(src|href)="(https?:)?\/\//)
    }
  })

  test('the API describes itself as OpenAPI 3.1 with who may call each route', async () => {
    const document = (await (await t.app.request('/openapi.json')).json()) as {
      openapi: string
      paths: Record<string, Record<string, Record<string, unknown>>>
    }
    expect(document.openapi).toBe('3.1.0')
    for (const path of [
      '/api/v1/search',
      '/api/v1/answers',
      '/api/v1/articles/{id}',
      '/api/v1/articles/{id}/versions',
      '/api/v1/articles/{id}/diff',
      '/api/v1/acts',
      '/api/v1/acts/{id}/editions',
      '/api/v1/acts/{id}/provisions',
      '/api/v1/acts/{id}/diff',
      '/health',
      '/ready',
      '/metrics',
    ])
      expect(Object.keys(document.paths), path).toContain(path)
    for (const methods of Object.values(document.paths))
      for (const operation of Object.values(methods)) expect(operation['x-roles']).toBeDefined()
  })

  test('it says what it runs on, that it is ready, and what it measured', async () => {
    expect(await (await t.app.request('/health')).json()).toMatchObject({
      status: 'ok',
      adapters: { database: expect.stringContaining('pgvector'), answerer: expect.any(String) },
    })
    expect((await t.app.request('/ready')).status).toBe(200)
    expect(await (await t.app.request('/metrics')).text()).toContain('bilim_http_request_duration_seconds_bucket')
  })

  test('a body beyond the bound is refused', async () => {
    const response = await t.post('/api/v1/answers', { question: 'я'.repeat(1_100_000) })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'payload-too-large' })
  })
})
