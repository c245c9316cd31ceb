import { serve, type ServerType } from '@hono/node-server'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { withdrawVersion } from '#server/articles/withdraw-version.ts'
import type { Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { answer as answerTable } from '#server/db/schema/answers.ts'
import { articleVersion, passage } from '#server/db/schema/articles.ts'
import { searchQuery } from '#server/db/schema/query-log.ts'
import { inTransaction } from '#server/events/event.ts'
import { testApp, type TestApp } from './harness.ts'

let t: TestApp
let server: ServerType
let url: URL
const clients: Client[] = []

beforeAll(async () => {
  t = await testApp()
  const { app } = t
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
      url = new URL(`http://127.0.0.1:${port}/mcp`)
      resolve()
    })
  })
})
afterAll(async () => {
  for (const client of clients) await client.close()
  server.close()
  await t.close()
})

/** The official client over HTTP, with a key of this role. */
const connect = async (role: Role = 'operator'): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers: await t.as(role) } }) as never)
  clients.push(client)
  return client
}
const Result = z.object({
  isError: z.boolean().optional(),
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
  structuredContent: z.looseObject({}).optional(),
})
const call = async (client: Client, name: string, args: Record<string, unknown>) =>
  Result.parse(await client.callTool({ name, arguments: args }))

describe('Model Context Protocol', () => {
  it('tells its tools with a description of every argument', async () => {
    const { tools } = await (await connect()).listTools()
    expect(tools.map(({ name }) => name).sort()).toEqual(['answer', 'list_changes', 'read_provision', 'search'])
    for (const { name, description, inputSchema, outputSchema } of tools) {
      expect(description, name).toBeTruthy()
      expect(outputSchema, name).toBeDefined()
      for (const [argument, schema] of Object.entries(inputSchema.properties ?? {}))
        expect((schema as { description?: string }).description, `${name}.${argument}`).toBeTruthy()
    }
  })

  it('searches', async () => {
    const { content, structuredContent } = await call(await connect(), 'search', {
      query: 'срок ответа на письмо',
      limit: 3,
    })
    expect(structuredContent).toMatchObject({
      hits: expect.arrayContaining([expect.objectContaining({ citation: expect.objectContaining({ label: 'п. 8' }) })]),
    })
    expect(content[0]?.text).toContain('двух рабочих дней')
  })

  it('says how the search went and what a reader must know of each hit', async () => {
    const client = await connect()
    const { content, structuredContent } = await call(client, 'search', { query: 'chjr jndtnf yf gbcmvj', limit: 2 })
    expect(structuredContent).toMatchObject({
      correctedTo: 'срок ответа на письмо',
      correctionKind: 'layout',
      degraded: [],
      crossLanguage: null,
      hits: expect.arrayContaining([
        expect.objectContaining({ languageDifferences: [], sourceChanged: null, changesOn: null }),
      ]),
    })
    expect(content[0]?.text).toContain('«срок ответа на письмо»')
    expect(
      await call(client, 'read_provision', { act: '13324', provision: 'chp_2__para_8' }).then(
        ({ structuredContent: read }) => read,
      ),
    ).toMatchObject({ languageDifferences: [], sourceChanged: null, changesOn: null })
  })

  it('notes what is looked for and asked, like the pages do', async () => {
    const client = await connect()
    await call(client, 'search', { query: 'прокат ксилофонов', limit: 1 })
    await call(client, 'answer', { question: 'сколько стоит прокат виолончели' })
    // What somebody looks up in the past is not missed today.
    await call(client, 'search', { query: 'прокат арфы', asOf: '2024-01-01', limit: 1 })
    await t.deps.queryLog.settle()
    const noted = JSON.stringify(await t.ctx.db.select({ text: searchQuery.text }).from(searchQuery))
    expect(noted).toContain('прокат ксилофонов')
    expect(noted).toContain('прокат виолончели')
    expect(noted).not.toContain('арфы')
  })

  it('reads a provision as of a day, by element id or label, by act id or registration number', async () => {
    const client = await connect()
    const byId = await call(client, 'read_provision', { act: '13324', provision: 'chp_2__para_8' })
    expect(byId.structuredContent).toMatchObject({
      text: expect.stringContaining('в течение двух рабочих дней'),
      citation: { label: 'п. 8', edition: { amendedBy: expect.stringContaining('368/НҚ') } },
    })
    const { actId } = z.object({ citation: z.object({ actId: z.string() }) }).parse(byId.structuredContent).citation
    const byLabel = await call(client, 'read_provision', { act: actId, provision: 'п. 8' })
    expect(byLabel.structuredContent).toEqual(byId.structuredContent)
    const before = await call(client, 'read_provision', { act: '13324', provision: 'п. 8', asOf: '2016-01-01' })
    expect(before).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^not-found: .*2016-01-01/u) }],
    })
  })

  it('reads a point with all its sub-points, also where it fills several passages', async () => {
    const client = await connect()
    const wholes = await queryRows<{ eid: string; label: string; parts: number; passages: number }>(
      t.ctx.db,
      sql`select r.eid, r.label, count(distinct s ->> 'eid')::int as parts, count(distinct p.id)::int as passages
          from provision r join passage p on p.lang = 'ru' cross join lateral jsonb_array_elements(p.segments) s
          where r.kind = 'point' and r.lang = 'ru' and r.valid_to is null and r.eid like 'chp_%'
            and (s ->> 'eid' = r.eid or starts_with(s ->> 'eid', r.eid || '__'))
          group by r.eid, r.label having count(distinct s ->> 'eid') > 2`,
    )
    // Points that are one passage, and points that are many.
    expect(new Set(wholes.map(({ passages }) => passages > 1))).toEqual(new Set([true, false]))
    for (const { eid, label, parts } of wholes) {
      const { structuredContent, content } = await call(client, 'read_provision', { act: '13324', provision: eid })
      expect(structuredContent).toMatchObject({ citation: { eid, label } })
      const { text } = z.object({ text: z.string() }).parse(structuredContent)
      expect(text.match(/^\d+(?:-\d+)?\) /gmu)?.length, text).toBe(parts - 1)
      expect(content[0]?.text).toContain(text)
    }
  })

  it('names the choices where a label stands for several provisions', async () => {
    const client = await connect()
    // As in an act with two annexed documents, whose points are numbered anew.
    await t.ctx.db.execute(
      sql`update passage set label = 'п. 1' where provision_id in (select id from provision where eid = 'ord__para_1')`,
    )
    const several = await call(client, 'read_provision', { act: '13324', provision: 'п. 1' })
    expect(several).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^bad-request: .*chp_1__para_1, ord__para_1\./u) }],
    })
    const one = await call(client, 'read_provision', { act: '13324', provision: 'ord__para_1' })
    expect(one.structuredContent).toMatchObject({ citation: { eid: 'ord__para_1' } })
  })

  it('answers with verified quotes, and keeps the record under the key', async () => {
    const { structuredContent, content } = await call(await connect(), 'answer', {
      question: 'в какой срок отвечают на электронное письмо',
    })
    expect(structuredContent).toMatchObject({ status: 'answered', sentences: [{ citations: [{ label: 'п. 8' }] }] })
    expect(content[0]?.text).toMatch(/двух рабочих дней.*\[п\. 8, /su)
    const [record] = await t.ctx.db
      .select()
      .from(answerTable)
      .where(eq(answerTable.id, String(structuredContent?.['answerId'])))
    expect(record?.actorId).toMatch(/^key_/u)
  })

  it('refuses honestly and says what to do', async () => {
    const { structuredContent, content } = await call(await connect(), 'answer', {
      question: 'сколько стоит загранпаспорт',
    })
    expect(structuredContent).toMatchObject({ status: 'no_answer', guidance: { kind: 'out-of-scope' } })
    expect(content[0]?.text).toContain('Министерство внутренних дел')
  })

  it('lists changes between two days', async () => {
    const { structuredContent } = await call(await connect(), 'list_changes', {
      act: '13324',
      from: '2022-01-01',
      to: '2026-11-25',
    })
    expect(structuredContent).toMatchObject({ truncated: false, changes: expect.any(Array) })
    const none = await call(await connect(), 'list_changes', { act: '13324', from: '2026-11-24', to: '2026-11-25' })
    expect(none).toMatchObject({ structuredContent: { total: 0 }, content: [{ text: 'Nothing changed.' }] })
  })

  it.each([
    ['search', { query: '' }, /query/u],
    ['search', { query: 'срок', limit: 1000 }, /limit/u],
    ['search', { query: 'срок', draft: true }, /draft/u],
    ['read_provision', { act: '13324', provision: 'п. 8', asOf: '31.12.2026' }, /asOf/u],
    ['list_changes', { act: '13324', from: 'вчера', to: '2026-01-01' }, /from/u],
    ['list_changes', { act: 'act_none', from: '2025-01-01', to: '2026-01-01' }, /not-found/u],
    ['read_provision', { act: '13324', provision: "'; drop table passage; --" }, /not-found/u],
    ['no_such_tool', {}, /no_such_tool/u],
  ])('names the fault: %s %j', async (name, args, fault) => {
    const result = await call(await connect(), name, args).catch((error: unknown) => ({
      isError: true,
      content: [{ text: String(error) }],
    }))
    expect(result.isError).toBe(true)
    expect(result.content[0]?.text).toMatch(fault)
  })

  it('gives an agency no answers, and nobody anything', async () => {
    const { tools } = await (await connect('agency')).listTools()
    expect(tools.map(({ name }) => name).sort()).toEqual(['list_changes', 'read_provision', 'search'])
    const bare = new Client({ name: 'test', version: '1' })
    await expect(bare.connect(new StreamableHTTPClientTransport(url) as never)).rejects.toThrow(/401/u)
  })

  it('opens no stream and keeps no session', async () => {
    const headers = { ...(await t.as('operator')), accept: 'text/event-stream' }
    const response = await fetch(url, { headers })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(405)
  })

  it('counts against the same limits as answers do', async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        ...(await t.as('operator')),
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('ratelimit-policy')).toBe('1200;w=60')
    expect(response.headers.get('cache-control')).toContain('no-store')
  })

  // Last: it takes a text away.
  it('shows no draft and nothing that was withdrawn', async () => {
    const client = await connect()
    const { structuredContent } = await call(client, 'search', { query: 'срок ответа на письмо', limit: 1 })
    const hit = z
      .object({ hits: z.array(z.object({ articleId: z.string(), citation: z.object({ eid: z.string() }) })) })
      .parse(structuredContent).hits[0]
    const [version] = await t.ctx.db
      .select()
      .from(articleVersion)
      .where(eq(articleVersion.articleId, hit?.articleId ?? ''))
    if (version === undefined) expect.fail('no version')
    await inTransaction(t.ctx, (tx) => withdrawVersion(tx, { versionId: version.id, reason: 'Ошибка в тексте' }))
    const eid = hit?.citation.eid ?? ''
    // The index still proposes it: nothing has been reconciled.
    const found = await call(client, 'search', { query: 'срок ответа на письмо' })
    expect(JSON.stringify(found)).not.toContain('двух рабочих дней')
    expect(await call(client, 'read_provision', { act: '13324', provision: eid })).toMatchObject({ isError: true })
    const answered = await call(client, 'answer', { question: 'в какой срок отвечают на электронное письмо' })
    expect(JSON.stringify(answered)).not.toContain('двух рабочих дней')
    // A draft of the same text is no more to be seen than none.
    await t.ctx.db.insert(articleVersion).values({
      ...version,
      id: 'ver_draft',
      number: 99,
      state: 'draft',
      publishedAt: null,
      publishedBy: null,
    })
    const passages = await t.ctx.db.select().from(passage).where(eq(passage.versionId, version.id))
    await t.ctx.db.insert(passage).values(passages.map((one) => ({ ...one, id: `${one.id}d`, versionId: 'ver_draft' })))
    expect(await call(client, 'read_provision', { act: '13324', provision: eid })).toMatchObject({ isError: true })
    await t.deps.reconciler.settle()
    const again = await call(client, 'search', { query: 'срок ответа на письмо' })
    expect(JSON.stringify(again)).not.toContain('двух рабочих дней')
  })

  it.each([
    ['no Origin: a program', {}, 200],
    ['pages of this server', { origin: 'own' }, 200],
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['a name made to point here', { origin: 'http://evil.example', host: 'evil.example' }, 403],
  ] as [string, { origin?: string; host?: string }, number][])('%s: %s', async (_, { origin, host }, status) => {
    const address = new URL('/mcp', host === undefined ? url : `http://${host}`)
    const response = await t.app.request(address.href, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(await t.as('operator')),
        ...(origin === undefined ? {} : { origin: origin === 'own' ? address.origin : origin }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    })
    expect(response.status).toBe(status)
  })
})
