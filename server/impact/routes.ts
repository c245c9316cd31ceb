import { printedDay } from '#ingest/text/printed-day.ts'
import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { join } from 'node:path'
import { inArray } from 'drizzle-orm'
import type { Message } from '#ingest/acts/act.ts'
import { requisitesLine } from '#server/acts/act-identity.ts'
import { presentChanges } from '#server/acts/present.ts'
import { readPlans } from '#server/content/read-plans.ts'
import type { Context } from '#server/context.ts'
import { responsiblePerson, service } from '#server/db/schema/services.ts'
import { DomainError, type Said } from '#server/errors.ts'
import { withWords } from '#server/http/describe-issue.ts'
import type { HttpEnv } from '#server/http/env.ts'
import { faultsOf } from '#server/http/faults.ts'
import { decodeCursor, page, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { DaySchema } from '#server/http/wire.ts'
import { tellPersonalData } from '#server/services/tell-personal-data.ts'
import { askedDays } from './asked-days.ts'
import { importAct, type ImportedAct } from './import-act.ts'
import { listAffectedAnswers } from './list-affected-answers.ts'
import type { UploadedFile } from './read-upload.ts'
import {
  ActImportSchema,
  AffectedAnswersSchema,
  AskedPublicationDaySchema,
  GivenPublicationDaySchema,
} from './schema.ts'
import { setPublicationDays } from './set-publication-days.ts'

const EDITORS = ['editor', 'admin'] as const
const REVIEWERS = ['editor', 'supervisor', 'admin'] as const
const ActId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'act_…' }) })
const Days = z.array(GivenPublicationDaySchema).max(200)
/** Most changes of one import that its answer lists. */
const MOST_CHANGES = 500

const NO_FILE: Said = { ru: 'Приложите файл акта', kk: 'Акт файлын тіркеңіз', en: 'Attach the file of the act' }

const Form = z.object({
  publicationDays: z
    .string()
    .max(20_000)
    .default('[]')
    .transform((text, context) => {
      try {
        return Days.parse(JSON.parse(text))
      } catch {
        context.addIssue({
          code: 'custom',
          ...withWords({
            ru: 'Дни публикации: список вида [{ date, number, publishedOn }]',
            kk: 'Жариялау күндері: [{ date, number, publishedOn }] түріндегі тізім',
            en: 'Days of publication: a list such as [{ date, number, publishedOn }]',
          }),
        })
        return z.NEVER
      }
    }),
  dryRun: z.enum(['true', 'false']).default('true'),
  complete: z.enum(['true', 'false']).default('false'),
})

const fileOf = async (part: unknown): Promise<UploadedFile | null> =>
  part instanceof File && part.size > 0 ? { name: part.name, bytes: new Uint8Array(await part.arrayBuffer()) } : null

/** The parts of the form. @throws DomainError `validation-failed` */
async function readForm(c: HonoContext<HttpEnv>) {
  const { file: part, meta, ...fields } = await c.req.parseBody()
  const file = await fileOf(part)
  const read = Form.safeParse(fields)
  const faults = [
    ...(file === null ? [{ path: 'form.file', message: NO_FILE.en, said: NO_FILE }] : []),
    ...(read.success ? [] : faultsOf(read.error, 'form')),
  ]
  if (file === null || !read.success) throw new DomainError('validation-failed', 'The form has faults.', { faults })
  return {
    file,
    meta: await fileOf(meta),
    publicationDays: read.data.publicationDays,
    dryRun: read.data.dryRun === 'true',
    complete: read.data.complete === 'true',
  }
}

const presentMessage = ({ severity, rule, text, place }: Message) => ({
  severity,
  rule,
  text,
  line: place.start.line,
  column: place.start.column,
})

async function presentImported(ctx: Context, one: ImportedAct): Promise<z.infer<typeof ActImportSchema>['imported']> {
  const { parsed, result } = one
  const people = result.requests.flatMap(({ personId }) => personId ?? [])
  const services = result.requests.flatMap(({ serviceId }) => serviceId ?? [])
  const names = new Map<string, string>()
  if (people.length > 0)
    for (const row of await ctx.db.select().from(responsiblePerson).where(inArray(responsiblePerson.id, people)))
      names.set(row.id, `${row.name}, ${row.post}`)
  if (services.length > 0)
    for (const row of await ctx.db.select().from(service).where(inArray(service.id, services)))
      names.set(row.id, `${row.registryNumber} ${row.name}`)
  // A new act has nothing to be compared with: all of it is added.
  const changes = one.held.some(({ lang }) => lang === parsed.lang) ? one.changes : []
  const shown = changes.slice(0, MOST_CHANGES)
  await tellPersonalData(ctx, { subjectId: one.actId, route: 'POST /act-imports', count: people.length })
  return {
    actId: one.actId,
    title: parsed.annexTitle ?? parsed.title,
    requisites: requisitesLine(parsed.requisites),
    lang: parsed.lang,
    editionDate: one.editionDate,
    held: one.held.map(({ id, ...rest }) => ({ editionId: id, ...rest })),
    provisions: result.provisions,
    changes: shown.flatMap((change) =>
      presentChanges([change]).map((said) => ({ ...said, on: change.on, onKnown: change.known })),
    ),
    changeCount: changes.length,
    publicationDays: one.publicationDays,
    articles: one.articles.map(({ articleId, lang, title, byPeople, labels }) => ({
      articleId,
      lang,
      title,
      byPeople,
      labels,
    })),
    answers: one.answers,
    requests: result.requests.map((row) => ({
      requestId: row.id,
      agencyId: row.agencyId,
      service: row.serviceId === null ? null : (names.get(row.serviceId) ?? row.serviceId),
      person: row.personId === null ? null : (names.get(row.personId) ?? null),
      amendedBy: `${row.amendedBy.kind} № ${row.amendedBy.number} от ${printedDay(row.amendedBy.date)}`,
      dueOn: row.dueOn,
    })),
    endings: result.endings.map(({ articleId, versionId, lang, title, labels, moved, endsOn, known }) => ({
      articleId,
      versionId,
      lang,
      title,
      labels,
      moved,
      on: endsOn,
      onKnown: known,
    })),
    proposed: result.proposed,
  }
}

/**
 * From an amendment to all that it touches: texts of acts imported for review, days of publication, answers that it made old.
 * @param contentDir where division plans live
 */
export const impactRoutes = (contentDir: string) =>
  routes()
    .openapi(
      route({
        method: 'post',
        path: '/act-imports',
        tags: ['acts'],
        summary: 'Import a text of an act for review, or, as `dryRun`, say what it would change',
        description:
          'A form: `file` (.pdf, .docx, .html, .md, .txt), `meta` (its sidecar, optional), `publicationDays` (JSON), `complete` (somebody vouches that the text is not cut off), `dryRun` (true unless said otherwise). New texts of articles wait for a second person.',
        access: EDITORS,
        request: {
          body: {
            required: false,
            content: { 'multipart/form-data': { schema: z.any().openapi({ type: 'object' }) } },
          },
        },
        responses: { 200: json(ActImportSchema, 'What it changes, or would change') },
      }),
      async (c) => {
        const ctx = c.get('ctx')
        const form = await readForm(c)
        const done = await importAct(ctx, { ...form, contentDir })
        const messages = done.messages.map(presentMessage)
        if (done.outcome !== 'refused')
          return c.json({ outcome: done.outcome, messages, imported: await presentImported(ctx, done.imported) }, 200)
        if (!form.dryRun)
          throw new DomainError('source-refused', 'Текст акта отклонён, ничего из него не сохранено.', {
            faults: messages
              .filter(({ severity }) => severity === 'error')
              .map(({ line, column, text }) => ({ path: `${line}:${column}`, message: text })),
          })
        return c.json({ outcome: done.outcome, messages, imported: null }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/acts/{id}/publication-days',
        tags: ['acts'],
        summary: 'Acts whose day of official publication decides what of this act is in force, and from when',
        access: REVIEWERS,
        request: { params: ActId },
        responses: { 200: json(z.object({ items: z.array(AskedPublicationDaySchema) }), 'Oldest first') },
      }),
      async (c) => c.json({ items: await publicationDays(c.get('ctx'), c.req.valid('param').id, contentDir) }, 200),
    )
    .openapi(
      route({
        method: 'put',
        path: '/acts/{id}/publication-days',
        tags: ['acts'],
        summary: 'Give days of official publication; the act’s wordings are derived anew',
        access: EDITORS,
        request: {
          params: ActId,
          body: {
            required: true,
            content: {
              'application/json': {
                schema: z.strictObject({ days: Days.min(1), reason: z.string().trim().min(3).max(500) }),
              },
            },
          },
        },
        responses: {
          200: json(
            z.object({ items: z.array(AskedPublicationDaySchema), proposed: z.array(z.string()) }),
            'The days as they stand now, and the articles whose text waits for a second person',
          ),
        },
      }),
      async (c) => {
        const ctx = c.get('ctx')
        const { id } = c.req.valid('param')
        const proposed = await setPublicationDays(ctx, { actId: id, ...c.req.valid('json'), contentDir })
        return c.json({ items: await publicationDays(ctx, id, contentDir), proposed }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/impact/answers',
        tags: ['answers'],
        summary: 'Answers that cite a wording which has ended since, newest first',
        description:
          'Those given without a warning, also after the wording had ended where the amendment arrived later. A question about a past day is not among them unless the wording had ended by that day.',
        access: REVIEWERS,
        request: {
          query: PageQuerySchema.extend({
            actId: z.string().max(64).optional(),
            since: DaySchema.optional().openapi({ description: 'Only wordings that ended on this day or later' }),
          }),
        },
        responses: { 200: json(AffectedAnswersSchema, 'Answers with what each provision says now') },
      }),
      async (c) => {
        const { limit, cursor, ...filter } = c.req.valid('query')
        const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'text'])
        const { items: rows, truncated } = await listAffectedAnswers(c.get('ctx'), {
          ...filter,
          limit: limit + 1,
          after: at === undefined ? undefined : { at: new Date(at), id: String(id) },
        })
        const { items, nextCursor } = page(rows, limit, (row) => [row.at.toISOString(), row.answerId])
        return c.json({ items: items.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor, truncated }, 200)
      },
    )

const publicationDays = async (ctx: Context, actId: string, contentDir: string) =>
  askedDays(ctx, actId, await readPlans(join(contentDir, 'sources')))
