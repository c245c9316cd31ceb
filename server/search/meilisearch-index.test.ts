import { expect, it, onTestFinished } from 'vitest'
import { loopbackServer } from '#test/loopback-server.ts'
import { NO_LANGUAGE_DATA } from './analysis/language-data.ts'
import { createMeilisearchIndex } from './meilisearch-index.ts'

const KEYS = { searchKey: 'search', adminKey: 'admin', indexUid: 'bilim', language: NO_LANGUAGE_DATA }

/** A server that takes every task and says of the first questions after it what a busy one says. */
const busyServer = async (unanswered: number, status: number) => {
  let asked = 0
  let unread = status === 408
  const server = await loopbackServer(({ method, url = '' }, _, response) => {
    const say = (code: number, body: unknown) => {
      response.writeHead(code, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (method !== 'GET' && unread) {
      unread = false
      response.writeHead(408).end()
    } else if (url.startsWith('/tasks/')) {
      asked += 1
      if (asked <= unanswered) response.writeHead(status).end()
      else say(200, { uid: 1, status: 'succeeded', type: 'indexCreation' })
    } else if (method === 'GET') say(200, { results: [], offset: 0, limit: 1000, total: 0 })
    else say(202, { taskUid: 1, indexUid: 'bilim', status: 'enqueued', type: 'indexCreation' })
  })
  onTestFinished(() => server.close())
  return createMeilisearchIndex({ ...KEYS, url: server.url })
}

it.each([
  [408, 2],
  [503, 3],
])('a rebuild outlives a server that says %i to %i questions after its task', async (status, times) => {
  const index = await busyServer(times, status)
  await expect(index.apply({ upsert: [], remove: ['psg_gone'] })).resolves.toBeUndefined()
})

it('a server that answers nothing more ends the rebuild with what it said', async () => {
  const index = await busyServer(1000, 503)
  await expect(index.apply({ upsert: [], remove: ['psg_gone'] })).rejects.toThrow('503')
})
