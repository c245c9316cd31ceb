import { z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { AnswerSentenceSchema } from '#server/answers/schema.ts'
import type { Context } from '#server/context.ts'
import { DomainError, type Said } from '#server/errors.ts'
import { json, route, routes } from '#server/http/route.ts'
import { tellPersonalData } from '#server/services/tell-personal-data.ts'
import { DESK, idOf, PRIVATE } from '../route-parts.ts'
import { namesFor } from '../queries.ts'
import { CallSchema, ListedCallSchema, TakenEventsSchema, TelephonyEventsSchema } from '../schema.ts'
import { presentNote } from '../notes/present-note.ts'
import { answersOf, callById, listCalls, noteOf, segmentsOf, takeCall, type CallRow } from './call-queries.ts'
import { takeEvents } from './take-events.ts'

const Id = idOf('cal')
/** Proxies close what is silent. */
const PING_MS = 15_000
/** Then the page connects again, and who may hear is looked at again. */
const LONGEST_MS = 10 * 60_000

const TOO_MANY: Said = {
  ru: 'Открыто слишком много звонков сразу: закройте лишние вкладки.',
  kk: 'Бірден тым көп қоңырау ашылған: артық қойындыларды жабыңыз.',
  en: 'Too many calls are open at once: close some tabs.',
}

const presentListed = (row: CallRow, people: ReadonlyMap<string, string>): z.infer<typeof ListedCallSchema> => ({
  id: row.id,
  state: row.state,
  operator: row.operatorId === null ? null : { id: row.operatorId, name: people.get(row.operatorId) ?? '' },
  startedAt: row.startedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  inquiryId: row.inquiryId,
  isForgotten: row.forgottenAt !== null,
})

/** A call whole. That it was read is an event. */
export async function viewCall(
  ctx: Context,
  input: { id: string; route: string },
): Promise<z.infer<typeof CallSchema>> {
  const row = await callById(ctx, input.id)
  const { people } = await namesFor(ctx, { people: [row.operatorId], services: [] })
  const note = await noteOf(ctx, row.id)
  await tellPersonalData(ctx, { subjectId: row.id, route: input.route, count: 1 })
  return {
    ...presentListed(row, people),
    segments: await segmentsOf(ctx, row.id),
    answers: (await answersOf(ctx, row.id)).map(({ answerId, question, status, lang, sentences }) => ({
      answerId,
      question,
      status,
      lang,
      sentences: z.array(AnswerSentenceSchema).parse(sentences),
    })),
    note: note === null ? null : await presentNote(ctx, note),
  }
}

/** Telephony's events, and what an operator sees of a call. */
export const callRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/telephony/events',
      tags: ['calls'],
      summary: 'Calls that begin, are heard and end; in any order, as often as they are sent',
      description:
        'For a key of the role `telephony`. A stretch of speech is what its highest `revision` says. Personal data is masked before anything is stored.',
      access: ['telephony'],
      request: { body: { required: true, content: { 'application/json': { schema: TelephonyEventsSchema } } } },
      responses: { 200: json(TakenEventsSchema, 'How many changed something, and what changed nothing') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const body = c.req.valid('json')
      const events = 'events' in body ? body.events : [body]
      const { changed, ignored } = await takeEvents(ctx, events)
      for (const id of changed) ctx.assist.heard(id)
      return c.json({ taken: events.length - ignored.length, ignored }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/calls',
      tags: ['calls'],
      summary: 'Calls of the caller and those that are nobody’s, newest first; for supervisors all',
      access: DESK,
      request: { query: z.object({ state: z.enum(['live', 'ended']).optional() }) },
      responses: { 200: json(z.object({ items: z.array(ListedCallSchema) }), 'At most a hundred') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const rows = await listCalls(ctx, c.req.valid('query'))
      const { people } = await namesFor(ctx, { people: rows.map(({ operatorId }) => operatorId), services: [] })
      return c.json({ items: rows.map((row) => presentListed(row, people)) }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/calls/{id}',
      tags: ['calls'],
      summary: 'A call: what was said (masked), what was answered, its notes',
      access: DESK,
      request: { params: Id },
      responses: { 200: json(CallSchema, 'The call') },
    }),
    async (c) => c.json(await viewCall(c.get('ctx'), { ...c.req.valid('param'), route: 'GET /calls/{id}' }), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/calls/{id}/take',
      tags: ['calls'],
      summary: 'Take a call that is nobody’s',
      access: DESK,
      request: { params: Id },
      responses: { 200: json(CallSchema, 'The call, now the caller’s') },
    }),
    async (c) => {
      c.header('cache-control', PRIVATE)
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      await takeCall(ctx, { id })
      // Who listened to it as nobody's hears no more.
      ctx.assist.heard(id)
      return c.json(await viewCall(ctx, { id, route: 'POST /calls/{id}/take' }), 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/calls/{id}/assist',
      tags: ['calls'],
      summary: 'Suggestions while the caller speaks, as server-sent events',
      description:
        'Events: `transcript` (stretches that are new or changed), `passages` (as of GET /search), `asking`, `sentence` and `answer` (as of POST /answers), `failed`, `end`, and `ping`. It ends after ten minutes: connect again.',
      access: DESK,
      request: { params: Id },
      responses: {
        200: {
          description: 'Events until the transcript is deleted',
          content: { 'text/event-stream': { schema: z.string() } },
        },
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await callById(ctx, c.req.valid('param').id)
      if (ctx.assist.isFull(ctx.actor.id)) throw new DomainError('rate-limited', TOO_MANY.ru, { said: TOO_MANY })
      await tellPersonalData(ctx, { subjectId: row.id, route: 'GET /calls/{id}/assist', count: 1 })
      return streamSSE(c, async (stream) => {
        const left = new AbortController()
        stream.onAbort(() => left.abort())
        const end = setTimeout(() => left.abort(), LONGEST_MS)
        const ping = setInterval(() => void stream.writeSSE({ event: 'ping', data: '' }), PING_MS)
        try {
          for await (const { kind, ...data } of ctx.assist.watch(ctx, row.id, left.signal))
            await stream.writeSSE({ event: kind, data: JSON.stringify(data) })
        } finally {
          clearInterval(ping)
          clearTimeout(end)
          left.abort()
        }
      })
    },
  )
