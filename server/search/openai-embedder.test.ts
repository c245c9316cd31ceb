import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loopbackServer, type LoopbackServer } from '#test/loopback-server.ts'
import { createOpenaiEmbedder } from './openai-embedder.ts'

interface Asked {
  input: string | string[]
  encoding_format: string
  model: string
  authorization: string | undefined
}

/** A vector that tells which text it is of. */
const vectorOf = (text: string): number[] => [text.length, 1, 0.5]
const base64 = (vector: readonly number[]): string => Buffer.from(new Float32Array(vector).buffer).toString('base64')

describe('OpenAI-compatible embedder', () => {
  let server: LoopbackServer
  let asked: Asked[]
  let answer: (asked: Asked, response: ServerResponse, count: number) => void
  const json = (response: ServerResponse, body: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const well = ({ input }: Asked, response: ServerResponse, form: (vector: number[]) => unknown = (v) => v) =>
    json(response, {
      object: 'list',
      model: 'm',
      data: [input].flat().map((text, index) => ({ object: 'embedding', index, embedding: form(vectorOf(text)) })),
      usage: { prompt_tokens: 1, total_tokens: 1 },
    })

  beforeEach(async () => {
    asked = []
    answer = (one, response) => well(one, response)
    server = await loopbackServer((request, body, response) => {
      const one = { ...(JSON.parse(body) as Asked), authorization: request.headers.authorization }
      asked.push(one)
      answer(one, response, asked.length)
    })
  })
  afterEach(() => server.close())

  const make = (more: object = {}) =>
    createOpenaiEmbedder({
      url: `${server.url}/v1`,
      key: 'secret',
      model: 'intfloat/multilingual-e5-base',
      dimensions: 3,
      queryPrefix: 'query: ',
      passagePrefix: 'passage: ',
      leastSimilarity: 0.7,
      fusionWeight: 1,
      queryTimeoutMs: 300,
      passageTimeoutMs: 300,
      retries: 1,
      ...more,
    })

  it('asks for floats with the model’s own prefixes, in batches, and keeps the order', async () => {
    const texts = Array.from({ length: 150 }, (_, at) => 'x'.repeat(at + 1))
    const vectors = await make().embedPassages(texts)
    expect(vectors).toEqual(texts.map((text) => vectorOf(`passage: ${text}`)))
    expect(asked.map(({ input }) => input.length).toSorted((a, b) => a - b)).toEqual([22, 64, 64])
    expect(await make().embedQuery('срок')).toEqual(vectorOf('query: срок'))
    for (const { encoding_format: format, model, authorization } of asked)
      expect({ format, model, authorization }).toEqual({
        format: 'float',
        model: 'intfloat/multilingual-e5-base',
        authorization: 'Bearer secret',
      })
  })

  it('reads base64 from a server that answers it whatever was asked for', async () => {
    answer = (one, response) => well(one, response, base64)
    expect(await make().embedQuery('срок')).toEqual(vectorOf('query: срок'))
    expect(await make().embedPassages(['а', 'бб'])).toEqual([vectorOf('passage: а'), vectorOf('passage: бб')])
  })

  it.each([
    ['too few dimensions', (vector: number[]) => vector.slice(1), '2 dimensions, not 3'],
    ['no vector', () => [], '0 dimensions, not 3'],
    ['zeros', () => [0, 0, 0], 'zeros'],
    ['words', () => ['a', 'b', 'c'], 'no vector of numbers'],
    ['half a base64', () => 'AAAA', '0 dimensions'],
  ])('refuses %s', async (_, form, message) => {
    answer = (one, response) => well(one, response, form)
    await expect(make().embedQuery('срок')).rejects.toThrow(message)
    await expect(make().embedPassages(['срок'])).rejects.toThrow(message)
  })

  it('refuses an answer with fewer vectors than texts', async () => {
    answer = (one, response) => well({ ...one, input: [one.input].flat().slice(1) }, response)
    await expect(make().embedPassages(['а', 'б'])).rejects.toThrow(/undefined|no vector/u)
  })

  it('tries a batch again when told to wait, and a query not', async () => {
    answer = (one, response, count) =>
      count === 1 ? json(response, { error: { message: 'slow down' } }, 429) : well(one, response)
    expect(await make().embedPassages(['а'])).toEqual([vectorOf('passage: а')])
    expect(asked).toHaveLength(2)
    asked = []
    await expect(make().embedQuery('а')).rejects.toThrow('slow down')
    expect(asked).toHaveLength(1)
  })

  it('waits no longer for a query than it may', async () => {
    answer = () => {}
    await expect(make().embedQuery('а')).rejects.toThrow(/time/iu)
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['an error page', (response: ServerResponse) => response.writeHead(502).end('<html>bad gateway</html>'), /502/u],
    [
      'broken JSON',
      (response: ServerResponse) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":['),
      /JSON/u,
    ],
    ['a refused key', (response: ServerResponse) => json(response, { error: { message: 'bad key' } }, 401), /bad key/u],
  ])('fails on %s', async (_, give, message) => {
    answer = (_one, response) => void give(response)
    await expect(make().embedQuery('а')).rejects.toThrow(message)
  })

  it('names a model by all that changes its vectors', () => {
    const name = make().name
    expect(name).toMatch(/^openai:intfloat-multilingual-e5-base\.[0-9a-f]{8}$/u)
    expect(make({ queryPrefix: '' }).name).not.toBe(name)
    expect(make({ dimensions: 4 }).name).not.toBe(name)
    expect(make({ fusionWeight: 2, key: null }).name).toBe(name)
  })
})
