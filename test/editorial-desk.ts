import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import type { DraftView } from '#server/editorial/schema.ts'
import { createKey } from '#server/identity/create-key.ts'
import { testApp, type TestApp } from './harness.ts'

const PEOPLE = {
  aigul: 'editor',
  berik: 'editor',
  supervisor: 'supervisor',
  admin: 'admin',
  operator: 'operator',
} as const satisfies Record<string, Role>
export type Person = keyof typeof PEOPLE | 'agency'

export interface Got<T = Record<string, never>> {
  status: number
  /** `Content-Language` of the response. */
  lang: string | null
  body: T & { detail?: string; faults?: { path: string; message: string }[] }
  text: string
}

export interface ArticleItem {
  articleId: string
  slug: string
  title: string
}

/** The draft of a response, which must be a success. */
export const draftOf = (got: Got): DraftView => {
  expect(got.status, got.text).toBeLessThan(300)
  return got.body as unknown as DraftView
}

/**
 * The app with the starter content, five people who write, review and read articles, and an agency, for the test file that calls it: it opens and
 * closes with the file. The clock stands still, at noon of 25 November 2026 in Almaty, until a test moves it.
 */
export function editorialDesk() {
  let t: TestApp | undefined
  let clock = new Date('2026-11-25T07:00:00Z')
  const headers = new Map<Person, Record<string, string>>()
  const ids = new Map<Person, string>()
  const opened = (): TestApp => t ?? expect.fail('the desk opens with the tests')

  beforeAll(async () => {
    t = await testApp({ now: () => clock })
    for (const [name, role] of Object.entries(PEOPLE) as [keyof typeof PEOPLE, Role][]) {
      const made = await createKey(t.ctx, { name, role })
      headers.set(name, { authorization: `Bearer ${made.key}` })
      ids.set(name, made.apiKey.id)
    }
    headers.set('agency', await t.as('agency'))
  })
  afterAll(() => t?.close())

  async function call<T = Record<string, never>>(
    who: Person,
    method: string,
    path: string,
    body?: unknown,
    lang = 'ru',
  ): Promise<Got<T>> {
    const response = await opened().app.request(`/api/v1${path}`, {
      method,
      headers: {
        'accept-language': lang,
        ...headers.get(who),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      lang: response.headers.get('content-language'),
      text,
      body:
        response.headers.get('content-type')?.includes('json') === true
          ? (JSON.parse(text) as Got<T>['body'])
          : ({} as Got<T>['body']),
    }
  }

  const read = async (who: Person, id: string) => draftOf(await call(who, 'GET', `/editorial/drafts/${id}`))
  const submit = async (who: Person, draft: DraftView) =>
    draftOf(await call(who, 'POST', `/editorial/drafts/${draft.draftId}/submit`, { revision: draft.revision }))
  const approve = (who: Person, draft: DraftView) =>
    call(who, 'POST', `/editorial/drafts/${draft.draftId}/approve`, { versionId: draft.versionId })
  const publish = (who: Person, draft: DraftView) =>
    call(who, 'POST', `/editorial/drafts/${draft.draftId}/publish`, { versionId: draft.versionId })
  const articles = async () =>
    ((await call('operator', 'GET', '/articles?limit=200')).body as unknown as { items: ArticleItem[] }).items

  return {
    /** The app, from `beforeAll` on. */
    get t(): TestApp {
      return opened()
    },
    /** Headers and key of each person. */
    headers,
    ids,
    /** Moves the clock to noon of a day in Almaty. */
    day: (iso: string) => {
      clock = new Date(`${iso}T07:00:00Z`)
    },
    /** Moves the clock to a moment. */
    moment: (iso: string) => {
      clock = new Date(iso)
    },
    call,
    read,
    submit,
    approve,
    publish,
    articles,
    begin: async (who: Person, title: string, slug: string, more: Record<string, unknown> = {}) =>
      draftOf(
        await call(who, 'POST', '/editorial/drafts', {
          lang: 'ru',
          content: { title, slug, body: 'Текст о трубопроводном вуалировании.\n', ...more },
        }),
      ),
    save: (who: Person, draft: DraftView, content: Partial<DraftView['content']>, revision = draft.revision) =>
      call(who, 'PUT', `/editorial/drafts/${draft.draftId}`, { revision, content: { ...draft.content, ...content } }),
    /** From draft to readers, by two people. */
    release: async (author: Person, reviewer: Person, draft: DraftView) => {
      const frozen = await submit(author, draft)
      draftOf(await approve(reviewer, frozen))
      return draftOf(await publish(author, frozen))
    },
    /** The starter article on the channels of the centre. */
    channels: async () => {
      const all = await articles()
      return all.find((one) => one.slug.includes('channels')) ?? all[3] ?? expect.fail('no article')
    },
    /** Type and actor of what happened to a draft; the clock stands still, so they are told by name. */
    eventsOf: async (id: string): Promise<string[]> => {
      const rows = await queryRows<{ type: string; actor_id: string }>(
        opened().ctx.db,
        sql`select type, actor_id from event where subject_id = ${id}`,
      )
      const nameOf = new Map([...ids].map(([name, key]) => [key, name]))
      return rows.map((row) => `${row.type} ${nameOf.get(row.actor_id) ?? row.actor_id}`).toSorted()
    },
  }
}
