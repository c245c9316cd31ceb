import { z } from '@hono/zod-openapi'
import { diffAsMarkdown, diffWords } from '#server/articles/diff-words.ts'
import { namesOf } from '#server/events/names-of.ts'
import { notFound } from '#server/errors.ts'
import { json, route, routes } from '#server/http/route.ts'
import { checkDraft } from './check-draft.ts'
import { draftFile } from './export-articles.ts'
import { faultsIn } from './fault-wordings.ts'
import { mergeDraft } from './merge-draft.ts'
import { contentOf, currentVersion, draftById, versionById } from './queries.ts'
import { body, DraftId, MARKDOWN, markdownFile, REVIEWERS, WRITERS } from './route-parts.ts'
import { DraftContentSchema, DraftDiffSchema, DraftFaultSchema, DraftMergeSchema } from './schema.ts'

/** The text of a draft checked, compared, merged and given out as a file. Nothing is written. */
export const draftTextRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/check',
      tags: ['editorial'],
      summary: 'Every fault of a text, saved or not, with its place',
      access: REVIEWERS,
      request: { params: DraftId, body: body(z.strictObject({ content: DraftContentSchema.optional() })) },
      responses: {
        200: json(z.object({ items: z.array(DraftFaultSchema) }), 'Errors keep it from review, warnings do not'),
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await draftById(ctx, c.req.valid('param').id)
      const { faults } = await checkDraft(ctx, {
        content: c.req.valid('json').content ?? contentOf(row),
        lang: row.lang,
        articleId: row.articleId,
        draftId: row.id,
      })
      return c.json({ items: faultsIn(c.get('uiLang'), faults) }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/drafts/{id}/diff',
      tags: ['editorial'],
      summary: 'Word-level difference of the draft against a version of its article',
      access: REVIEWERS,
      request: {
        params: DraftId,
        query: z.object({
          from: z.string().max(64).optional().openapi({ description: 'Version; without it the newest published one' }),
        }),
      },
      responses: { 200: json(DraftDiffSchema, 'From the version to the draft') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await draftById(ctx, c.req.valid('param').id)
      const { from } = c.req.valid('query')
      const version =
        from !== undefined
          ? await versionById(ctx, from)
          : row.articleId === null
            ? null
            : await currentVersion(ctx, row.articleId, row.lang)
      if (from !== undefined && (version === null || version.articleId !== row.articleId))
        throw notFound('article version', from)
      const title = diffWords(version?.title ?? '', row.title)
      const parts = diffWords(version?.body ?? '', row.body)
      return c.json(
        {
          from: version === null ? null : { versionId: version.id, number: version.number },
          title,
          parts,
          markdown: diffAsMarkdown(parts, version === null ? [] : title),
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/editorial/drafts/{id}/merge',
      tags: ['editorial'],
      summary: 'Prepare a three-way merge; nothing is written',
      access: WRITERS,
      request: {
        params: DraftId,
        body: body(
          z.strictObject({
            with: z.enum(['draft', 'published', 'proposal']),
            revision: z.number().int().min(1),
            mine: DraftContentSchema,
          }),
        ),
      },
      responses: { 200: json(DraftMergeSchema, 'Save the result over its revision and with its base') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const merged = await mergeDraft(ctx, { draftId: c.req.valid('param').id, ...c.req.valid('json') })
      const nameOf = await namesOf(ctx, [merged.theirs.by])
      return c.json(
        {
          ...merged,
          theirs: {
            by: { id: merged.theirs.by, name: nameOf(merged.theirs.by) },
            at: merged.theirs.at.toISOString(),
          },
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/drafts/{id}/file',
      tags: ['editorial'],
      summary: 'A draft as Markdown with front matter',
      access: REVIEWERS,
      request: { params: DraftId },
      responses: markdownFile,
    }),
    async (c) => c.body(draftFile(await draftById(c.get('ctx'), c.req.valid('param').id)), 200, MARKDOWN),
  )
