import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { today } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import type { HttpEnv } from '#server/http/env.ts'
import { pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, ProblemSchema, READERS, route, routes } from '#server/http/route.ts'
import { annotateFile, annotateIn } from './annotate-file.ts'
import {
  presentDeadline,
  presentDeadlineWithCount,
  presentInformation,
  presentListedDeadline,
  presentListedService,
  presentPerson,
  presentProtocol,
  presentService,
  presentSubmission,
  presentSubmissionSummary,
  presentTraining,
} from './present.ts'
import {
  deadlineById,
  listDeadlines,
  listServices,
  listSubmissions,
  peopleOf,
  protocolFile,
  rowsOfSubmission,
  serviceById,
  submissionById,
} from './queries.ts'
import { recordInformation } from './record-information.ts'
import { recordTraining } from './record-training.ts'
import { replaceResponsible } from './replace-responsible.ts'
import {
  DeadlineSchema,
  DeadlineWithCountSchema,
  InformationSchema,
  ListedDeadlineSchema,
  ListedServiceSchema,
  NewClockSchema,
  NewInformationSchema,
  NewProtocolSchema,
  NewTrainingSchema,
  PersonSchema,
  ProtocolSchema,
  ReplacementSchema,
  ServiceListQuerySchema,
  ServiceSchema,
  SubmissionSchema,
  SubmissionSummarySchema,
  SubmitQuerySchema,
  SubmitResultSchema,
  TrainingSchema,
} from './schema.ts'
import { signProtocol } from './sign-protocol.ts'
import { startClock } from './start-clock.ts'
import { submitServices } from './submit-services.ts'
import { tellPersonalData } from './tell-personal-data.ts'
import { viewService, visibilityOf } from './view-service.ts'
import { entryFault } from './word-fault.ts'

/** Who writes for a service: its agency, and the centre's editors and above. */
const WRITERS = ['agency', 'editor', 'supervisor', 'admin'] as const
/** The centre's side: only it signs protocols in and starts others' clocks. */
const CENTRE = ['editor', 'supervisor', 'admin'] as const
/** The preparation of services is no business of operators; the authorised body supervises it (п. 16). */
const WATCHERS = ['agency', 'editor', 'supervisor', 'authority', 'admin'] as const

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const EXTENSIONS: Record<string, string> = {
  'application/json': '.json',
  'text/csv': '.csv',
  [XLSX]: '.xlsx',
  [DOCX]: '.docx',
}

const IdParams = z.object({ id: z.string().min(1).max(64) })
const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemSchema } },
})
const file = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
})
const FileBody = z.any().openapi({ type: 'string', format: 'binary' })
const RowsBody = z.any().openapi({
  description: 'A list of rows, or an object with `rows`; keys as the columns of Appendix 1',
  example: [
    {
      registryNumber: '00101001',
      name: 'Выдача справки',
      byLaw: 'приказ Министра юстиции от 12 мая 2023 года № 302',
      changes: 'нет',
      webResource: 'https://egov.kz',
      responsible: 'Ахметов Серик Болатович, главный специалист',
      contacts: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz',
    },
  ],
})

/** A file in the body of a request, or in a form. */
const UPLOAD_CONTENT = {
  'application/json': { schema: RowsBody },
  'text/csv': { schema: FileBody },
  'text/plain': { schema: FileBody },
  // What browsers on Windows call a .csv.
  'application/vnd.ms-excel': { schema: FileBody },
  'application/octet-stream': { schema: FileBody },
  [XLSX]: { schema: FileBody },
  [DOCX]: { schema: FileBody },
  'multipart/form-data': { schema: z.any().openapi({ type: 'object' }) },
}

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

/** The file of a request: a part named `file` of a form, or the body itself. @throws DomainError `validation-failed` */
async function readUpload(
  c: HonoContext<HttpEnv>,
  named: string | undefined,
): Promise<{ bytes: Uint8Array; name: string }> {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data') {
    const { file: part } = await c.req.parseBody()
    if (!(part instanceof File))
      throw new DomainError('validation-failed', 'The form has no file.', {
        faults: [entryFault('form.file', 'form-without-file', c.get('uiLang'))],
      })
    return { bytes: new Uint8Array(await part.arrayBuffer()), name: named ?? part.name }
  }
  const extension = EXTENSIONS[type]
  return {
    bytes: new Uint8Array(await c.req.arrayBuffer()),
    name: named ?? (extension === undefined ? '' : `submission${extension}`),
  }
}

/** A file to download, under a name in any alphabet (RFC 6266). */
const download = (bytes: Uint8Array, type: string, name: string): Response =>
  new Response(Buffer.from(bytes), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
    },
  })

/** Services, what agencies submit of them, and the clocks of п. 20–27 and 33. */
export const serviceRoutes = routes()
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
  .openapi(
    route({
      method: 'get',
      path: '/services',
      tags: ['services'],
      summary: 'Services with why each is or is not visible yet; an agency sees its own',
      access: READERS,
      request: { query: ServiceListQuerySchema },
      responses: { 200: json(pageOf(ListedServiceSchema), 'Services by registry number') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { items, nextCursor } = await listServices(ctx, c.req.valid('query'))
      const found = await visibilityOf(ctx, items)
      const shown = {
        today: today(ctx),
        lang: c.get('uiLang'),
        mayReadPreparation: ctx.actor.role !== 'operator',
      }
      return c.json(
        {
          items: items.flatMap((row) => {
            const held = found.get(row.id)
            return held === undefined ? [] : [presentListedService(row, held, shown)]
          }),
          nextCursor,
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/services/{id}',
      tags: ['services'],
      summary: 'A service: what it rests on, who answers for it, and why it is or is not visible yet',
      access: READERS,
      request: { params: IdParams },
      responses: { 200: json(ServiceSchema, 'The service, as far as the caller may see it') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const service = presentService(await viewService(ctx, c.req.valid('param')), today(ctx), c.get('uiLang'))
      await tellPersonalData(ctx, {
        subjectId: service.id,
        route: 'GET /services/{id}',
        count: service.details?.responsible.length ?? 0,
      })
      return c.json(service, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/services/{id}/responsible-persons',
      tags: ['services'],
      summary: 'Responsible persons with their days, newest first (п. 27)',
      access: WATCHERS,
      request: { params: IdParams },
      responses: { 200: json(z.object({ items: z.array(PersonSchema) }), 'People') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = await serviceById(ctx, c.req.valid('param').id)
      const people = await peopleOf(ctx, [id])
      await tellPersonalData(ctx, {
        subjectId: id,
        route: 'GET /services/{id}/responsible-persons',
        count: people.length,
      })
      return c.json({ items: people.map(presentPerson) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/responsible-persons',
      tags: ['services'],
      summary: 'Give notice of a replaced responsible person (п. 27)',
      access: WRITERS,
      request: { params: IdParams, ...body(ReplacementSchema) },
      responses: { 201: json(PersonSchema, 'The person now in office'), 409: refusal('Nobody is in office') },
    }),
    async (c) =>
      c.json(
        presentPerson(
          await replaceResponsible(c.get('ctx'), {
            serviceId: c.req.valid('param').id,
            ...c.req.valid('json'),
            lang: c.get('uiLang'),
          }),
        ),
        201,
      ),
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/trainings',
      tags: ['services'],
      summary: 'Record a training of the centre’s staff (п. 21)',
      access: WRITERS,
      request: { params: IdParams, ...body(NewTrainingSchema) },
      responses: { 201: json(TrainingSchema, 'The training') },
    }),
    async (c) =>
      c.json(
        presentTraining(
          await recordTraining(c.get('ctx'), {
            serviceId: c.req.valid('param').id,
            ...c.req.valid('json'),
            lang: c.get('uiLang'),
          }),
        ),
        201,
      ),
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/protocol',
      tags: ['services'],
      summary: 'Record the signed protocol of acceptance with its file (п. 22)',
      access: CENTRE,
      request: { params: IdParams, ...body(NewProtocolSchema) },
      responses: { 201: json(ProtocolSchema, 'The protocol'), 409: refusal('There is one, or no training before it') },
    }),
    async (c) => {
      const { file: given, ...protocol } = c.req.valid('json')
      const bytes = new Uint8Array(Buffer.from(given.content, 'base64'))
      const row = await signProtocol(c.get('ctx'), {
        serviceId: c.req.valid('param').id,
        ...protocol,
        file: { name: given.name, type: given.type, bytes },
        lang: c.get('uiLang'),
      })
      return c.json(presentProtocol(row), 201)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/services/{id}/protocol/file',
      tags: ['services'],
      summary: 'The file of the protocol',
      access: WATCHERS,
      request: { params: IdParams },
      responses: { 200: file('application/octet-stream', 'The file as it was given') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      const { bytes, type, name } = await protocolFile(ctx, id)
      // Its two signatories.
      await tellPersonalData(ctx, { subjectId: id, route: 'GET /services/{id}/protocol/file', count: 2 })
      return download(bytes, type, name) as never
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/information',
      tags: ['services'],
      summary: 'Tell more of a service; what the law protects is marked and never shown (п. 24, 25)',
      access: WRITERS,
      request: { params: IdParams, ...body(NewInformationSchema) },
      responses: { 201: json(InformationSchema, 'The information') },
    }),
    async (c) =>
      c.json(
        presentInformation(
          await recordInformation(c.get('ctx'), { serviceId: c.req.valid('param').id, ...c.req.valid('json') }),
        ),
        201,
      ),
  )
  .openapi(
    route({
      method: 'get',
      path: '/service-deadlines',
      tags: ['services'],
      summary: 'Clocks of п. 20–27 and 33, the most pressing first; an agency sees its own',
      access: WATCHERS,
      request: {
        query: PageQuerySchema.extend({
          agencyId: z.string().max(64).optional(),
          serviceId: z.string().max(64).optional(),
          state: z.enum(['running', 'all']).default('running'),
        }),
      },
      responses: { 200: json(pageOf(ListedDeadlineSchema), 'Deadlines') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { items, nextCursor } = await listDeadlines(ctx, c.req.valid('query'))
      const day = today(ctx)
      return c.json({ items: items.map((row) => presentListedDeadline(row, day, c.get('uiLang'))), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/service-deadlines/{id}',
      tags: ['services'],
      summary: 'A clock with its count day by day',
      access: WATCHERS,
      request: { params: IdParams },
      responses: { 200: json(DeadlineWithCountSchema, 'The deadline') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const row = await deadlineById(ctx, c.req.valid('param').id)
      return c.json(presentDeadlineWithCount(row, await loadCalendar(ctx), today(ctx), c.get('uiLang')), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/service-deadlines',
      tags: ['services'],
      summary: 'Start an agency’s clock for an approved (п. 20) or amended (п. 26) act',
      access: CENTRE,
      request: body(NewClockSchema),
      responses: { 201: json(DeadlineSchema, 'The clock, also when it was running already') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const lang = c.get('uiLang')
      const clock = await startClock(ctx, { ...c.req.valid('json'), lang })
      return c.json(presentDeadline(clock, today(ctx), lang), 201)
    },
  )
