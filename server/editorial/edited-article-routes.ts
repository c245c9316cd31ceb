import { z } from '@hono/zod-openapi'
import { and, eq } from 'drizzle-orm'
import { article } from '#server/db/schema/articles.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { DaySchema, LangSchema } from '#server/http/wire.ts'
import { exportArticles } from './export-articles.ts'
import { faultsIn } from './fault-wordings.ts'
import { importFile } from './import-file.ts'
import { presentDraft } from './present.ts'
import { rollBack } from './roll-back.ts'
import { body, MARKDOWN, markdownFile, Reason, Version, WRITERS } from './route-parts.ts'
import { DraftSchema, ImportedFileSchema } from './schema.ts'
import { setReviewDate } from './set-review-date.ts'

const ArticleId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'art_…' }) })

/** Articles out as files and back as drafts, an earlier version begun anew, and the day of the next review. */
export const editedArticleRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/editorial/import',
      tags: ['editorial'],
      summary: 'Take an edited file back as a draft',
      access: WRITERS,
      request: { body: body(z.strictObject({ text: z.string().max(250_000) })) },
      responses: { 200: json(ImportedFileSchema, 'What became of it') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const taken = await inTransaction(ctx, (tx) => importFile(tx, c.req.valid('json')))
      if (taken.status === 'refused')
        throw new DomainError('validation-failed', 'The file has faults.', {
          // Warnings keep no file out: they are told when it is taken.
          faults: taken.faults
            .filter(({ severity }) => severity === 'error')
            .map(({ line, column, message, said }) => ({
              path: `${line}:${column}`,
              message,
              ...(said === undefined ? {} : { said }),
            })),
        })
      const { status, draftId, articleId, slug, conflicts, faults } = taken
      return c.json({ status, draftId, articleId, slug, conflicts, faults: faultsIn(c.get('uiLang'), faults) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/articles/{id}/rollback',
      tags: ['editorial'],
      summary: 'Begin a draft with the text of an earlier version',
      access: WRITERS,
      request: { params: ArticleId, body: body(Version.extend({ reason: Reason }).strict()) },
      responses: { 201: json(DraftSchema, 'The draft, to be reviewed and published as a new version') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await inTransaction(ctx, (tx) =>
        rollBack(tx, { articleId: c.req.valid('param').id, ...c.req.valid('json') }),
      )
      return c.json(await presentDraft(ctx, row), 201)
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/articles/{id}/review-date',
      tags: ['editorial'],
      summary: 'Say when an article must be looked at again',
      access: WRITERS,
      request: { params: ArticleId, body: body(z.strictObject({ lang: LangSchema, reviewBy: DaySchema })) },
      responses: { 200: json(z.object({ reviewBy: DaySchema }), 'Set') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      const { lang, reviewBy } = c.req.valid('json')
      const [known] = await ctx.db
        .select({ id: article.id })
        .from(article)
        .where(and(eq(article.id, id)))
      if (known === undefined) throw notFound('article', id)
      await inTransaction(ctx, (tx) => setReviewDate(tx, { articleId: id, lang, reviewBy }))
      return c.json({ reviewBy }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/articles/{id}/file',
      tags: ['articles'],
      summary: 'A published article in force today as Markdown with front matter',
      access: READERS,
      request: { params: ArticleId, query: z.object({ lang: LangSchema.optional() }) },
      responses: markdownFile,
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const [file] = await exportArticles(c.get('ctx'), { articleId: id, lang: c.req.valid('query').lang })
      if (file === undefined) throw notFound('article in force', id)
      return c.body(file.text, 200, MARKDOWN)
    },
  )
