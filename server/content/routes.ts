import { z } from '@hono/zod-openapi'
import { ExportedFileSchema } from '#server/editorial/schema.ts'
import { DomainError } from '#server/errors.ts'
import { decodeCursor, encodeCursor, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { exportFiles, type ExportCursor } from './export-files.ts'

/** A cursor holds an address of up to 120 characters: of a draft in any script, three bytes each, four characters for three bytes. */
const LONGEST_CURSOR = 1_000

/** @throws DomainError `bad-request` */
function placeOf(cursor: string): ExportCursor {
  const [part, lang, slug, id] = decodeCursor(cursor, ['text', 'text', 'text', 'text']).map(String)
  if (part === 'articles' || part === 'drafts' || part === 'questions')
    return { part, lang: lang ?? '', slug: slug ?? '', id: id ?? '' }
  throw new DomainError('bad-request', 'The cursor is not one that this list gave.')
}

/** The knowledge base as files, for whoever keeps it in a repository and cannot stop the server for `npm run export`. */
export const contentRoutes = (contentDir: string) =>
  routes().openapi(
    route({
      method: 'get',
      path: '/editorial/export',
      tags: ['editorial'],
      summary: 'Articles, drafts and questions as files, as npm run export writes them',
      access: ['editor', 'admin'],
      request: {
        query: PageQuerySchema.extend({
          cursor: z.string().max(LONGEST_CURSOR).optional().openapi({ description: 'nextCursor of the page before' }),
          drafts: z.enum(['true', 'false']).default('false').openapi({ description: 'Open drafts too' }),
        }),
      },
      responses: {
        200: json(
          pageOf(ExportedFileSchema).extend({
            questionsLeftOut: z
              .object({
                changed: z.number().int(),
                gone: z.number().int(),
                beyond: z.number().int(),
                silentGaps: z.number().int(),
              })
              .nullable()
              .openapi({
                description:
                  'Editors’ questions that are in no file: their provision reads otherwise by now, is not in force, or has as many as a file may hold. Null until the files of questions are reached',
              }),
          }),
          'A page of files, 4 million characters at most; what is in no page has no file any more',
        ),
      },
    }),
    async (c) => {
      const { limit, cursor, drafts } = c.req.valid('query')
      const { files, next, leftOut } = await exportFiles(c.get('ctx'), {
        contentDir,
        drafts: drafts === 'true',
        page: { limit, after: cursor === undefined ? null : placeOf(cursor) },
      })
      const nextCursor = next === null ? null : encodeCursor([next.part, next.lang, next.slug, next.id])
      return c.json({ items: files, nextCursor, questionsLeftOut: leftOut }, 200)
    },
  )
