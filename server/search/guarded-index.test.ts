import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loopbackServer, type LoopbackServer } from '#test/loopback-server.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import { createGuardedIndex } from './guarded-index.ts'
import type { LexicalEngine } from './lexical-index.ts'
import { createMeilisearchIndex } from './meilisearch-index.ts'
import { readLanguageData } from './read-language-data.ts'

const language = await readLanguageData('content')
const QUERY = { text: 'срок ответа', asOf: '2026-11-24', limit: 10, prefix: false }
const PLAIN = { hits: [{ passageId: 'psg_1', score: 1 }], total: 1, correctedTo: null, correctionKind: null }

/** A server in the place of Meilisearch that misbehaves; what a well one finds is tested on a real one (lexical-engine.test.ts). */
let server: LoopbackServer
let asked: number
let give: (response: ServerResponse) => void
let time: number
let failures: unknown[]
let engine: LexicalEngine

const reach = () => ({ url: server.url, searchKey: 's', adminKey: 'a', indexUid: 'bilim_passages', language })

beforeEach(async () => {
  asked = 0
  time = 0
  failures = []
  server = await loopbackServer((_request, _body, response) => {
    asked += 1
    give(response)
  })
  engine = createGuardedIndex({
    engine: createMeilisearchIndex({ ...reach(), searchTimeoutMs: 150, adminTimeoutMs: 150, taskTimeoutMs: 300 }),
    fallback: { name: 'database', search: async () => PLAIN },
    breaker: createCircuitBreaker({ name: 'Meilisearch', failures: 3, openMs: 1000, now: () => new Date(time) }),
    onFailure: (error) => failures.push(error),
  })
})
afterEach(() => server.close())

const json = (status: number, body: unknown) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

it.each([
  ['stalls', () => {}],
  ['fails', json(500, { message: 'internal', code: 'internal', type: 'internal', link: '' })],
  ['is behind a broken proxy', (response: ServerResponse) => void response.writeHead(502).end('<html>')],
  [
    'breaks off its JSON',
    (response: ServerResponse) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end('{"results":['),
  ],
  ['answers something else', json(200, { hello: 'world' })],
  ['hangs up', (response: ServerResponse) => void response.destroy()],
  ['refuses the key', json(403, { message: 'invalid key', code: 'invalid_api_key', type: 'auth', link: '' })],
  ['has no such index', json(404, { message: 'no index', code: 'index_not_found', type: 'invalid_request', link: '' })],
])('when the engine %s, the database answers and says so, and soon the engine is left alone', async (_, misbehave) => {
  give = misbehave
  for (let search = 0; search < 3; search += 1)
    expect(await engine.search(QUERY)).toEqual({ ...PLAIN, servedBy: 'database' })
  expect(failures).toHaveLength(3)
  expect(engine.health()).toMatchObject({ state: 'degraded', servedBy: 'database', reason: expect.any(String) })
  const before = asked
  expect(await engine.search(QUERY)).toEqual({ ...PLAIN, servedBy: 'database' })
  expect(asked).toBe(before)
  expect(failures).toHaveLength(3)
})

it('asks the engine again after a while and goes back to it', async () => {
  give = json(500, { message: 'internal', code: 'internal', type: 'internal', link: '' })
  for (let search = 0; search < 3; search += 1) await engine.search(QUERY)
  time = 1000
  // Nothing there holds these words: an answer all the same.
  give = json(200, { results: [] })
  expect(await engine.search(QUERY)).toMatchObject({ hits: [], total: 0, correctedTo: null, correctionKind: null })
  expect(engine.health()).toEqual({ state: 'ok', servedBy: 'meilisearch', reason: null })
})

it('does not wait for ever for a task', async () => {
  give = json(202, {
    results: [],
    taskUid: 1,
    indexUid: 'x',
    status: 'enqueued',
    type: 'indexCreation',
    enqueuedAt: '2026-11-24T00:00:00Z',
  })
  await expect(engine.rebuild([])).rejects.toThrow('enqueued after 300 ms')
})

it('reports what a task says when it failed', async () => {
  give = json(200, {
    results: [],
    taskUid: 1,
    uid: 1,
    status: 'failed',
    type: 'indexCreation',
    error: { message: 'no space left', code: 'internal', type: 'internal', link: '' },
  })
  // Slow processors may take their time to answer: what is asked here is what it says.
  await expect(createMeilisearchIndex(reach()).rebuild([])).rejects.toThrow('no space left')
})
