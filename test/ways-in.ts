import { sql } from 'drizzle-orm'
import { SYSTEM, today, type Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { exportArticles } from '#server/editorial/export-articles.ts'
import { createKey } from '#server/identity/create-key.ts'
import { newId } from '#server/ids.ts'
import { listCalls } from '#server/inquiries/calls/call-queries.ts'
import type { TestApp } from './harness.ts'

/** A way by which words of the knowledge base come to somebody, and all that it brings him. */
export interface WayIn {
  name: string
  /** @returns everything that was said, as text */
  run: () => Promise<string>
}

const FUTURE = '2030-01-01'
let calls = 0

/**
 * Every way in there is, for who should find nothing: search and answers in their variants, a day to come, articles and acts, the
 * protocol of models, letters and calls, lists and the log of what people look for, and files out. The word is told back by some of
 * them: look for the words beside it.
 * @param input.question what is asked; left out, what the word means
 * @param input.role whose: an operator, unless told otherwise
 */
export async function waysIn(t: TestApp, input: { word: string; role?: Role; question?: string }): Promise<WayIn[]> {
  const { word, role = 'operator', question = `Что такое ${word}?` } = input
  const made = await createKey(t.ctx, {
    name: `ways ${role}`,
    role,
    agencyId: role === 'agency' ? 'agc_justice' : null,
  })
  const headers = { authorization: `Bearer ${made.key}`, 'accept-language': 'ru' }
  const request = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const response = await t.app.request(path, {
      method,
      headers: { ...headers, ...more, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status}`)
    return { status: response.status, text: await response.text() }
  }
  const way = (method: string, path: string, body?: unknown): WayIn => ({
    name: `${method} ${path}`,
    run: async () => (await request(method, `/api/v1${path}`, body)).text,
  })
  const tool = (name: string, args: Record<string, unknown>): WayIn => ({
    name: `MCP ${name} ${JSON.stringify(args)}`,
    run: async () =>
      (
        await request(
          'POST',
          '/mcp',
          { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } },
          { accept: 'application/json, text/event-stream' },
        )
      ).text,
  })
  const listed = async (path: string): Promise<string[]> => {
    const { status, text } = await request('GET', `/api/v1${path}`)
    const { items = [] } = (status === 200 ? JSON.parse(text) : {}) as { items?: Record<string, string>[] }
    return items.map((item) => item['articleId'] ?? item['actId'] ?? item['id'] ?? '')
  }
  const q = encodeURIComponent(word)
  const ctxOf = (who: Role | null) =>
    t.deps.contextFor(
      who === null ? SYSTEM : { kind: 'key', id: made.apiKey.id, name: made.apiKey.name, role: who, agencyId: null },
      newId('req'),
    )
  const acts = await listed('/acts?limit=200')
  const services = await listed('/services?limit=200')
  return [
    way('GET', `/search?q=${q}`),
    way('GET', `/search?q=${q}&asOf=${FUTURE}`),
    way('GET', `/search?q=${q}&verbatim=true&lang=ru`),
    way('GET', `/search?q=${q}&lang=kk`),
    way('GET', `/search?q=${encodeURIComponent(word.slice(0, 5))}&prefix=true`),
    way('POST', '/answers', { question }),
    way('POST', '/answers', { question, asOf: FUTURE }),
    {
      name: 'POST /answers, then what it leads to',
      run: async () => {
        const { text } = await request('POST', '/api/v1/answers', { question })
        const { answerId } = JSON.parse(text) as { answerId?: string }
        const next = await Promise.all(
          ['next', 'record', 'replay'].map((one) =>
            request(one === 'replay' ? 'POST' : 'GET', `/api/v1/answers/${answerId}/${one}`),
          ),
        )
        return [text, ...next.map((one) => one.text)].join('\n')
      },
    },
    way('GET', '/articles?limit=200'),
    way('GET', `/articles?limit=200&asOf=${FUTURE}`),
    {
      name: 'every article, today and on a day to come, its versions and its file',
      run: async () => {
        const ids = new Set([
          ...(await listed('/articles?limit=200')),
          ...(await listed(`/articles?limit=200&asOf=${FUTURE}`)),
        ])
        const said: string[] = []
        for (const id of ids)
          for (const part of ['', `?asOf=${FUTURE}`, '/versions?limit=200', '/file'])
            said.push((await request('GET', `/api/v1/articles/${id}${part}`)).text)
        return said.join('\n')
      },
    },
    {
      name: 'every passage of a text that is not published or not yet in force, by its id',
      run: async () => {
        const passages = await queryRows<{ id: string }>(
          t.ctx.db,
          sql`select p.id from passage p join article_version v on v.id = p.version_id
              where v.state <> 'published' or v.valid_from > ${today(t.ctx)} order by p.id`,
        )
        const said: string[] = []
        for (const { id } of passages)
          for (const day of ['', `&asOf=${FUTURE}`])
            said.push((await request('GET', `/api/v1/passages/${id}?q=${q}${day}`)).text)
        return said.join('\n')
      },
    },
    ...acts.flatMap((actId) => [
      way('GET', `/acts/${actId}/provisions?asOf=${FUTURE}`),
      way('GET', `/acts/${actId}/passports?asOf=${FUTURE}`),
      tool('list_changes', { act: actId, from: '2016-03-01', to: FUTURE, lang: 'ru' }),
      tool('read_provision', { act: actId, provision: word, lang: 'ru' }),
    ]),
    tool('search', { query: word, limit: 20 }),
    tool('search', { query: word, asOf: FUTURE, limit: 20 }),
    tool('answer', { question }),
    tool('answer', { question, asOf: FUTURE }),
    {
      name: 'a letter and the draft of its reply',
      run: async () => {
        const { text } = await request('POST', '/api/v1/inquiries', {
          channel: 'e-mail',
          letter: {
            messageId: `<ways-${(calls += 1)}@mail.example>`,
            from: { name: 'Ким Анна', address: 'kim@example.kz' },
            subject: word,
            text: question,
          },
        })
        const { id } = JSON.parse(text) as { id?: string }
        const draft = await request('POST', `/api/v1/inquiries/${id}/reply-draft`, {})
        return `${text}\n${draft.text}\n${(await request('GET', `/api/v1/inquiries/${id}`)).text}`
      },
    },
    {
      name: 'a call, what its operator is shown, and its notes',
      run: async () => {
        const external = `ways-${(calls += 1)}`
        const at = new Date().toISOString()
        const segment = { id: 's1', order: 1, speaker: 'caller', text: question, revision: 1, final: true }
        await t.post(
          '/api/v1/telephony/events',
          {
            events: [
              { type: 'call.started', callId: external, at },
              { type: 'transcript', callId: external, at, segment },
            ],
          },
          'telephony',
        )
        const call = (await listCalls(t.ctx, {})).find(({ externalId }) => externalId === external)
        if (call === undefined) throw new Error('the call was not taken')
        const left = new AbortController()
        const seen: string[] = []
        for await (const one of t.deps.assist.watch({ ...t.ctx, ...ctxOf(role) }, call.id, left.signal)) {
          seen.push(JSON.stringify(one))
          if (one.kind === 'answer') left.abort()
        }
        const notes = await request('POST', `/api/v1/calls/${call.id}/notes`, {})
        return [...seen, notes.text, (await request('GET', `/api/v1/calls/${call.id}`)).text].join('\n')
      },
    },
    way('GET', '/query-log?limit=200'),
    way('GET', `/services?limit=200&q=${q}`),
    way('GET', '/services?limit=200'),
    ...services.map((id) => way('GET', `/services/${id}`)),
    way('GET', '/service-deadlines?state=all&limit=200'),
    way('GET', '/update-requests?state=all&limit=200'),
    way('GET', '/service-submissions?limit=200'),
    way('GET', '/agencies?limit=200'),
    way('GET', `/agencies?limit=200&q=${q}`),
    way('GET', '/impact/answers?limit=200'),
    way('GET', '/editorial/drafts'),
    way('GET', '/editorial/tasks'),
    way('GET', '/editorial/stale'),
    way('GET', '/editorial/broken-references'),
    way('GET', '/synonyms?limit=200'),
    way('GET', '/events?limit=200'),
    {
      name: 'export, by him and by the command of the server',
      run: async () =>
        [...(await exportArticles(ctxOf(role), {})), ...(await exportArticles(ctxOf(null), {}))]
          .map(({ text }) => text)
          .join('\n'),
    },
    { name: 'GET /metrics', run: async () => (await request('GET', '/metrics')).text },
    { name: 'GET /health', run: async () => (await request('GET', '/health')).text },
  ]
}
