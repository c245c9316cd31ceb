import { z } from '@hono/zod-openapi'
import { today } from '#server/context.ts'
import { decodeCursor, page, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { DaySchema, LangSchema } from '#server/http/wire.ts'
import { compareWordings } from './compare-wordings.ts'
import { decideLanguageDifference } from './decide-language-difference.ts'
import { editionMessages } from './parse-edition.ts'
import { presentAct, presentChanges, presentDifference, presentEdition, presentProvision } from './present.ts'
import { actById, languageDifferencesOf, listActs, listEditions, provisionsAsOf, twoStates } from './queries.ts'
import {
  ActSchema,
  DifferenceDecisionSchema,
  EditionSchema,
  ReviewedDifferenceSchema,
  ProvisionChangeSchema,
  ProvisionSchema,
  TimelineSchema,
} from './schema.ts'
import { actTimeline } from './timeline.ts'

const Id = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'act_…' }) })
const DifferenceId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'lnd_…' }) })
const Lang = LangSchema.default('ru')
/** A state of an act: what was in force on a day, or the text of a held edition. */
const State = z.union([DaySchema, z.string().regex(/^edn_[a-z0-9]+$/i)]).openapi({
  description: 'A day, YYYY-MM-DD (what was in force on it), or the id of a held edition (its text)',
  example: '2026-07-12',
})

/** Acts, their editions and provisions as of a day, and what changed between two days. */
export const actRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/acts',
      tags: ['acts'],
      summary: 'Acts in the knowledge base',
      access: READERS,
      request: { query: PageQuerySchema },
      responses: { 200: json(pageOf(ActSchema), 'By id') },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const rows = await listActs(c.get('ctx'), {
        limit: limit + 1,
        afterId: cursor === undefined ? null : String(decodeCursor(cursor, ['text'])[0]),
      })
      const { items, nextCursor } = page(rows, limit, (row) => [row.id])
      return c.json({ items: items.flatMap((row) => presentAct(row.id, row.editions)), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/acts/{id}',
      tags: ['acts'],
      summary: 'An act',
      access: READERS,
      request: { params: Id },
      responses: { 200: json(ActSchema, 'By its newest edition') },
    }),
    async (c) => {
      const { id, editions } = await actById(c.get('ctx'), c.req.valid('param').id)
      const [presented] = presentAct(id, editions)
      if (presented === undefined) throw new Error(`act ${id} without an edition`)
      return c.json(presented, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/acts/{id}/editions',
      tags: ['acts'],
      summary: 'Editions of an act with their amendment notes, newest first',
      access: READERS,
      request: { params: Id, query: PageQuerySchema },
      responses: { 200: json(pageOf(EditionSchema), 'Newest first') },
    }),
    async (c) => {
      const rows = await listEditions(c.get('ctx'), c.req.valid('param').id)
      const { limit, cursor } = c.req.valid('query')
      const from = cursor === undefined ? 0 : Number(decodeCursor(cursor, ['count'])[0])
      const { items, nextCursor } = page(rows.slice(from, from + limit + 1), limit, () => [from + limit])
      return c.json(
        {
          items: items.map(({ row, amendments }) => presentEdition(row, amendments, editionMessages(row))),
          nextCursor,
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/acts/{id}/provisions',
      tags: ['acts'],
      summary: 'Provisions in force on a day, in the order of the act',
      access: READERS,
      request: { params: Id, query: z.object({ asOf: DaySchema.optional(), lang: Lang }) },
      responses: {
        200: json(z.object({ items: z.array(ProvisionSchema), asOf: DaySchema }), 'The whole act: it is read as one'),
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { asOf = today(ctx), lang } = c.req.valid('query')
      const { rows, quoting } = await provisionsAsOf(ctx, { actId: c.req.valid('param').id, lang, asOf })
      return c.json(
        {
          items: rows.map((row) =>
            presentProvision(
              row,
              quoting.filter((q) => q.provision_id === row.id).map((q) => q.article_id),
            ),
          ),
          asOf,
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/acts/{id}/language-differences',
      tags: ['acts'],
      summary: 'Where the Russian and the Kazakh text differ in what a caller would act on',
      access: READERS,
      request: { params: Id, query: z.object({ asOf: DaySchema.optional() }) },
      responses: {
        200: json(z.object({ items: z.array(ReviewedDifferenceSchema), asOf: DaySchema }), 'In the order of the act'),
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { asOf = today(ctx) } = c.req.valid('query')
      const rows = await languageDifferencesOf(ctx, { actId: c.req.valid('param').id, asOf })
      return c.json({ items: rows.map(presentDifference), asOf }, 200)
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/language-differences/{id}',
      tags: ['acts'],
      summary: 'Say that a difference is none (operators no longer see it), or open it again',
      access: ['editor', 'admin'],
      request: {
        params: DifferenceId,
        body: { required: true, content: { 'application/json': { schema: DifferenceDecisionSchema } } },
      },
      responses: { 200: json(ReviewedDifferenceSchema, 'The difference as it stands now') },
    }),
    async (c) =>
      c.json(
        presentDifference(
          await decideLanguageDifference(c.get('ctx'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        ),
        200,
      ),
  )
  .openapi(
    route({
      method: 'get',
      path: '/acts/{id}/diff',
      tags: ['acts'],
      summary: 'What changed between two days or two held editions, provision by provision',
      access: READERS,
      request: {
        params: Id,
        query: z.object({
          from: State,
          to: State,
          lang: LangSchema.optional().openapi({ description: 'That of the editions named, or else ru, unless given' }),
        }),
      },
      responses: {
        200: json(
          z.object({ items: z.array(ProvisionChangeSchema), from: z.string(), to: z.string() }),
          'A change each',
        ),
      },
    }),
    async (c) => {
      const query = c.req.valid('query')
      const { before, after } = await twoStates(c.get('ctx'), { actId: c.req.valid('param').id, ...query })
      return c.json({ items: presentChanges(compareWordings(before, after)), from: query.from, to: query.to }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/acts/{id}/timeline',
      tags: ['acts'],
      summary: 'Editions by language, oldest first: held, or known from notes, the other language or the publisher',
      access: READERS,
      request: { params: Id },
      responses: { 200: json(TimelineSchema, 'Nothing is invented: an edition that is not held has no text') },
    }),
    async (c) => c.json({ languages: await actTimeline(c.get('ctx'), c.req.valid('param').id) }, 200),
  )
