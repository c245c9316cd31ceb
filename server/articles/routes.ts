import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { today } from '#server/context.ts'
import { inTransaction } from '#server/events/event.ts'
import { decodeCursor, page, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { DaySchema, LangSchema } from '#server/http/wire.ts'
import { diffAsMarkdown, diffWords } from './diff-words.ts'
import { presentPassage, presentVersion } from './present.ts'
import { endVersion } from './end-version.ts'
import { publishVersion } from './publish-version.ts'
import { articleAsOf, authorNames, listArticles, listVersions, passagesOfVersion, versionOf } from './queries.ts'
import { ArticleDiffSchema, ArticleListItemSchema, ArticleSchema, VersionSchema } from './schema.ts'
import { readerOf, readVisiblePassages } from './visible-passages.ts'
import { withdrawVersion } from './withdraw-version.ts'

const EDITORS = ['editor', 'admin'] as const
const Id = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'art_…' }) })
const VersionId = Id.extend({ versionId: z.string().openapi({ param: { name: 'versionId', in: 'path' } }) })
const AsOf = z.object({ asOf: DaySchema.optional(), lang: LangSchema.optional() })

/** Articles: read as of a day, their history and differences; publish and withdraw. */
export const articleRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/articles',
      tags: ['articles'],
      summary: 'Published articles in force on a day',
      access: READERS,
      request: { query: PageQuerySchema.extend(AsOf.shape) },
      responses: { 200: json(pageOf(ArticleListItemSchema), 'By act and place in it') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { limit, cursor, asOf, lang } = c.req.valid('query')
      const [ord, id] = cursor === undefined ? [] : decodeCursor(cursor, ['count', 'text'])
      const rows = await listArticles(ctx, {
        asOf: asOf ?? today(ctx),
        lang,
        limit: limit + 1,
        after: cursor === undefined ? undefined : { ord: Number(ord), id: String(id) },
      })
      const { items, nextCursor } = page(rows, limit, (row) => [row.ord, row.id + row.lang])
      return c.json(
        {
          items: items.map((row) => ({
            articleId: row.id,
            slug: row.slug,
            actId: row.act_id,
            title: row.title,
            lang: row.lang,
            labels: row.labels,
            validFrom: row.valid_from,
          })),
          nextCursor,
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/articles/{id}',
      tags: ['articles'],
      summary: 'An article as it was in force on a day',
      access: READERS,
      request: { params: Id, query: AsOf },
      responses: { 200: json(ArticleSchema, 'The version in force, its Markdown and its passages') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { asOf = today(ctx), lang } = c.req.valid('query')
      const { article, version, languages } = await articleAsOf(ctx, { articleId: c.req.valid('param').id, asOf, lang })
      const passages = await readVisiblePassages(readerOf(ctx), sql`p.version_id = ${version.id}`, asOf)
      return c.json(
        {
          articleId: article.id,
          slug: article.slug,
          actId: article.actId,
          version: presentVersion(version, await authorNames(ctx, [version]), today(ctx)),
          body: version.body,
          passages: passages.map(presentPassage),
          languages,
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/articles/{id}/versions',
      tags: ['articles'],
      summary: 'History of an article, newest first within a language',
      access: READERS,
      request: { params: Id, query: PageQuerySchema },
      responses: {
        200: json(pageOf(VersionSchema), 'Versions; what was never published only for editors and supervisors'),
      },
    }),
    async (c) => {
      const rows = await listVersions(c.get('ctx'), c.req.valid('param').id)
      const { limit, cursor } = c.req.valid('query')
      const from = cursor === undefined ? 0 : Number(decodeCursor(cursor, ['count'])[0])
      const items = rows.slice(from, from + limit)
      const paged = page(rows.slice(from, from + limit + 1), limit, () => [from + limit])
      const nameOf = await authorNames(c.get('ctx'), items)
      const day = today(c.get('ctx'))
      return c.json({ items: items.map((row) => presentVersion(row, nameOf, day)), nextCursor: paged.nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/articles/{id}/versions/{versionId}',
      tags: ['articles'],
      summary: 'One version of an article, in force or not',
      access: READERS,
      request: { params: VersionId },
      responses: {
        200: json(
          z.object({
            version: VersionSchema,
            body: z.string(),
            passages: z.array(
              z.object({ passageId: z.string(), label: z.string(), anchor: z.string(), text: z.string() }),
            ),
          }),
          'Its Markdown and passages',
        ),
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id, versionId } = c.req.valid('param')
      const version = await versionOf(ctx, id, versionId)
      const passages = await passagesOfVersion(ctx, versionId)
      return c.json(
        {
          version: presentVersion(version, await authorNames(ctx, [version]), today(ctx)),
          body: version.body,
          passages: passages.map((p) => ({ passageId: p.id, label: p.label, anchor: p.anchor, text: p.text })),
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/articles/{id}/diff',
      tags: ['articles'],
      summary: 'Word-level difference of two versions',
      access: READERS,
      request: { params: Id, query: z.object({ from: z.string(), to: z.string() }) },
      responses: { 200: json(ArticleDiffSchema, 'Parts in order') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      const [from, to] = [
        await versionOf(ctx, id, c.req.valid('query').from),
        await versionOf(ctx, id, c.req.valid('query').to),
      ]
      const ends = { from: { versionId: from.id, number: from.number }, to: { versionId: to.id, number: to.number } }
      const title = diffWords(from.title, to.title)
      const parts = diffWords(from.body, to.body)
      return c.json({ articleId: id, ...ends, title, parts, markdown: diffAsMarkdown(parts, title) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/articles/{id}/versions/{versionId}/publish',
      tags: ['articles'],
      summary: 'Publish a text that ingestion made; what people wrote is published through its draft',
      access: EDITORS,
      request: { params: VersionId },
      responses: { 200: json(VersionSchema, 'The published version') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id, versionId } = c.req.valid('param')
      await versionOf(ctx, id, versionId)
      await inTransaction(ctx, (tx) => publishVersion(tx, { versionId }))
      ctx.contentChanged()
      const version = await versionOf(ctx, id, versionId)
      return c.json(presentVersion(version, await authorNames(ctx, [version]), today(ctx)), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/articles/{id}/versions/{versionId}/end',
      tags: ['articles'],
      summary:
        'End a published text whose act no longer gives it, on the day its law ended; by somebody else than who imported',
      access: EDITORS,
      request: { params: VersionId },
      responses: { 200: json(VersionSchema, 'The version with its end') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id, versionId } = c.req.valid('param')
      await versionOf(ctx, id, versionId)
      await inTransaction(ctx, (tx) => endVersion(tx, { versionId }))
      ctx.contentChanged()
      const version = await versionOf(ctx, id, versionId)
      return c.json(presentVersion(version, await authorNames(ctx, [version]), today(ctx)), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/articles/{id}/versions/{versionId}/withdraw',
      tags: ['articles'],
      summary: 'Withdraw a published version, with the reason',
      access: EDITORS,
      request: {
        params: VersionId,
        body: {
          required: true,
          content: { 'application/json': { schema: z.object({ reason: z.string().trim().min(3).max(500) }) } },
        },
      },
      responses: { 200: json(VersionSchema, 'The withdrawn version') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id, versionId } = c.req.valid('param')
      await versionOf(ctx, id, versionId)
      await inTransaction(ctx, (tx) => withdrawVersion(tx, { versionId, reason: c.req.valid('json').reason }))
      ctx.contentChanged()
      const version = await versionOf(ctx, id, versionId)
      return c.json(presentVersion(version, await authorNames(ctx, [version]), today(ctx)), 200)
    },
  )
