import { z } from '@hono/zod-openapi'
import { pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { annotateFile, annotateIn } from './annotate-file.ts'
import { presentSubmission, presentSubmissionSummary } from './present.ts'
import { listSubmissions, rowsOfSubmission, submissionById } from './queries.ts'
import { readUpload, UPLOAD_CONTENT, XLSX } from './read-upload.ts'
import { download, file, IdParams, WATCHERS, WRITERS } from './route-parts.ts'
import { SubmissionSchema, SubmissionSummarySchema, SubmitQuerySchema, SubmitResultSchema } from './schema.ts'
import { submitServices } from './submit-services.ts'
import { tellPersonalData } from './tell-personal-data.ts'

const REFUSED = {
  title: { ru: 'Файл отклонён', kk: 'Файл қабылданбады', en: 'The file was refused' },
  detail: {
    ru: (count: number) => `Ошибок: ${count}. Ничего из файла не сохранено в услугах.`,
    kk: (count: number) => `Қате саны: ${count}. Файлдан қызметтерге ештеңе сақталмады.`,
    en: (count: number) => `Errors: ${count}. Nothing of the file was stored.`,
  },
}
const ANNOTATED = { ru: 'Замечания', kk: 'Ескертпелер', en: 'Faults' }
const annotatedName = (lang: 'ru' | 'kk' | 'en', name: string): string =>
  `${ANNOTATED[lang]} ${name.replace(/\.\w{1,5}$/u, '')}.xlsx`

/** What agencies submit of their services (Appendix 1). */
export const submissionRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/service-submissions',
      tags: ['services'],
      summary: 'Submit Appendix 1: rows as JSON, or a file (.xlsx, .csv, .docx, .json), 12 MiB at most',
      description:
        'Accepted whole, or refused whole with every fault by row and column. The same bytes again give the same submission.',
      access: WRITERS,
      request: {
        query: SubmitQuerySchema,
        body: {
          required: false,
          content: UPLOAD_CONTENT,
        },
      },
      responses: {
        200: json(SubmitResultSchema, 'The same as before, or only looked at'),
        201: json(SubmitResultSchema, 'Accepted'),
      },
    }),
    async (c) => {
      const { checkOnly, ...query } = c.req.valid('query')
      const upload = await readUpload(c, query.name)
      const { outcome, submission, rows } = await submitServices(c.get('ctx'), {
        ...query,
        ...upload,
        lang: c.get('uiLang'),
        checkOnly: checkOnly === 'true',
      })
      // What a row changes of people in office shows who they were.
      await tellPersonalData(c.get('ctx'), {
        subjectId: submission.agencyId,
        route: 'POST /service-submissions',
        count: rows.filter(({ fields }) =>
          fields.some(({ field, was }) => (field === 'responsible' || field === 'contacts') && was !== null),
        ).length,
      })
      const lang = c.get('uiLang')
      const result = { outcome, submission: presentSubmission(submission, rows, lang) }
      if (submission.status === 'accepted' || outcome === 'checked')
        return c.json(result, outcome === 'accepted' ? 201 : 200)
      // Problem details of RFC 9457, with the submission as a member of its own.
      const faults = result.submission.faults
        .filter(({ severity }) => severity === 'error')
        .map(({ place, reason, mend }) => ({
          path: [place.sheet, `${place.column?.letter ?? place.column?.key ?? ''}${place.row ?? ''}`]
            .filter((part) => part !== null && part !== '')
            .join('!'),
          message: `${reason} ${mend}`,
        }))
      return new Response(
        JSON.stringify({
          type: 'urn:bilim:problem:source-refused',
          title: REFUSED.title[lang],
          status: 422,
          code: 'source-refused',
          detail: REFUSED.detail[lang](faults.length + submission.unlisted),
          requestId: c.get('requestId'),
          faults,
          ...result,
        }),
        { status: 422, headers: { 'content-type': 'application/problem+json; charset=utf-8' } },
      ) as never
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/service-submissions/annotated.xlsx',
      tags: ['services'],
      summary: 'A file of Appendix 1 back as .xlsx with faulty cells marked and explained; nothing is stored',
      access: WRITERS,
      request: {
        query: z.object({ name: z.string().max(200).optional().openapi({ description: 'Name of the file' }) }),
        body: { required: false, content: UPLOAD_CONTENT },
      },
      responses: { 200: file(XLSX, 'The annotated file') },
    }),
    async (c) => {
      const { bytes, name } = await readUpload(c, c.req.valid('query').name)
      const lang = c.get('uiLang')
      return download(await annotateFile(c.get('ctx'), { bytes, name, lang }), XLSX, annotatedName(lang, name)) as never
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/service-submissions',
      tags: ['services'],
      summary: 'Submissions, newest first; an agency sees its own',
      access: WATCHERS,
      request: { query: PageQuerySchema.extend({ agencyId: z.string().max(64).optional() }) },
      responses: { 200: json(pageOf(SubmissionSummarySchema), 'Submissions') },
    }),
    async (c) => {
      const { items, nextCursor } = await listSubmissions(c.get('ctx'), c.req.valid('query'))
      return c.json({ items: items.map(presentSubmissionSummary), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/service-submissions/{id}',
      tags: ['services'],
      summary: 'A submission with its faults, and row by row what it changed',
      access: WATCHERS,
      request: { params: IdParams },
      responses: { 200: json(SubmissionSchema, 'The submission') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const submission = await submissionById(ctx, c.req.valid('param').id)
      const rows = await rowsOfSubmission(ctx, submission.id)
      // Its cells name the responsible persons.
      await tellPersonalData(ctx, {
        subjectId: submission.id,
        route: 'GET /service-submissions/{id}',
        count: rows.length,
      })
      return c.json(presentSubmission(submission, rows, c.get('uiLang')), 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/service-submissions/{id}/annotated.xlsx',
      tags: ['services'],
      summary: 'The submitted table as .xlsx with faulty cells marked and explained',
      access: WATCHERS,
      request: { params: IdParams },
      responses: { 200: file(XLSX, 'The annotated file') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const submission = await submissionById(ctx, c.req.valid('param').id)
      const rows = await rowsOfSubmission(ctx, submission.id)
      await tellPersonalData(ctx, {
        subjectId: submission.id,
        route: 'GET /service-submissions/{id}/annotated.xlsx',
        count: rows.length,
      })
      const { messages, unlisted, name } = submission
      const lang = c.get('uiLang')
      return download(await annotateIn(lang, { rows, messages, unlisted }), XLSX, annotatedName(lang, name)) as never
    },
  )
