import { z } from '@hono/zod-openapi'
import { DiffPartSchema, VersionSchema } from '#server/articles/schema.ts'
import { DRAFT_STATES, TASK_KINDS } from '#server/db/schema/editorial.ts'
import { DaySchema, LangSchema } from '#server/http/wire.ts'

export const SlugSchema = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .openapi({ example: 'contact-centre-channels', description: 'Latin letters and digits with single hyphens' })

const id = z.string().min(1).max(64)
const day = DaySchema.nullable()

/** What an editor can change. Sizes alone are checked on saving: a half-written text must be safe too. */
export const DraftContentSchema = z
  .object({
    slug: z.string().max(120),
    title: z.string().max(300),
    body: z.string().max(200_000).openapi({ description: 'Markdown; provisions as :::provision{#eid label="п. 8"}' }),
    actId: id.nullable().openapi({ description: 'Act of the blocks that name no other' }),
    validFrom: day.openapi({ description: 'Null: from the day of publication' }),
    validTo: day.openapi({ description: 'First day on which it is not in force any more' }),
    reviewBy: day,
    agencyId: id.nullable(),
    serviceId: id.nullable(),
  })
  .openapi('DraftContent')

export const PersonSchema = z.object({ id: z.string(), name: z.string() }).openapi('Person')

export const DraftStateSchema = z.enum(DRAFT_STATES)

export const DraftItemSchema = z
  .object({
    draftId: z.string(),
    articleId: z.string().nullable(),
    lang: LangSchema,
    slug: z.string(),
    title: z.string(),
    state: DraftStateSchema,
    revision: z.number().int(),
    authors: z.array(PersonSchema),
    updatedAt: z.iso.datetime(),
    updatedBy: PersonSchema,
    isRollback: z.boolean(),
    versionId: z.string().nullable(),
  })
  .openapi('DraftItem')

export const ReviewSchema = z
  .object({
    versionId: z.string(),
    revision: z.number().int(),
    submittedAt: z.iso.datetime(),
    submittedBy: PersonSchema,
    note: z.string().nullable(),
    decision: z.enum(['approved', 'changes-requested', 'recalled']).nullable(),
    decidedAt: z.iso.datetime().nullable(),
    decidedBy: PersonSchema.nullable(),
    decisionNote: z.string().nullable(),
  })
  .openapi('EditorialReview')

export const CommentSchema = z
  .object({
    commentId: z.string(),
    threadId: z.string().nullable().openapi({ description: 'The comment that it answers' }),
    quote: z.string().nullable().openapi({ description: 'The words that were commented on, as they stood' }),
    place: z
      .object({ start: z.number().int(), end: z.number().int(), state: z.enum(['exact', 'changed']) })
      .nullable()
      .openapi({ description: 'Where they stand in the text now; null: gone, or about the whole text' }),
    text: z.string(),
    createdAt: z.iso.datetime(),
    createdBy: PersonSchema,
    resolvedAt: z.iso.datetime().nullable(),
    resolvedBy: PersonSchema.nullable(),
  })
  .openapi('DraftComment')

export const DraftSchema = DraftItemSchema.extend({
  content: DraftContentSchema,
  base: z
    .object({ versionId: z.string(), number: z.number().int(), title: z.string(), body: z.string() })
    .nullable()
    .openapi({ description: 'The published version that it changes' }),
  current: z
    .object({ versionId: z.string(), number: z.number().int() })
    .nullable()
    .openapi({ description: 'The newest published version; another than `base`: merge before review' }),
  isOutdated: z.boolean(),
  isSlugFixed: z.boolean().openapi({ description: 'The address is one that readers know: it does not move' }),
  impact: z
    .object({
      points: z.string(),
      since: DaySchema,
      url: z.string(),
      by: z.string().nullable(),
      isProposal: z.boolean().openapi({ description: 'This draft began as the proposed text' }),
    })
    .nullable()
    .openapi({ description: 'Not null: the act has left the article behind, and this open draft is to renew it' }),
  reviews: z.array(ReviewSchema).openapi({ description: 'Newest first' }),
  comments: z.array(CommentSchema),
  may: z
    .object({
      edit: z.boolean(),
      submit: z.boolean(),
      decide: z.boolean(),
      recall: z.boolean(),
      publish: z.boolean(),
      discard: z.boolean(),
    })
    .openapi({ description: 'What the caller may do now' }),
}).openapi('Draft')
export type DraftView = z.infer<typeof DraftSchema>

export const DraftFaultSchema = z
  .object({
    path: z.string().openapi({ example: 'body:12:5', description: 'A field, or line and column of the body' }),
    line: z.number().int().nullable(),
    column: z.number().int().nullable(),
    rule: z.string(),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
  })
  .openapi('DraftFault')

const MergeRegionSchema = z.union([
  z.object({ kind: z.enum(['same', 'mine', 'theirs', 'both']), text: z.string(), base: z.string() }),
  z.object({ kind: z.literal('conflict'), base: z.string(), mine: z.string(), theirs: z.string() }),
])

export const DraftMergeSchema = z
  .object({
    /** What the merge is with: the draft as it is saved now, or the newest published version. */
    revision: z.number().int().openapi({ description: 'Revision to save the result on' }),
    baseVersionId: z.string().nullable().openapi({ description: 'Base to save the result with' }),
    theirs: z.object({ by: PersonSchema, at: z.iso.datetime() }),
    regions: z.array(MergeRegionSchema).openapi({ description: 'Of the body, in order; whole lines' }),
    content: DraftContentSchema.openapi({
      description: 'The merged content; where there is a conflict, the body and the fields keep mine',
    }),
    conflicts: z.array(z.string()).openapi({ description: 'Fields that both changed; `body`: see regions' }),
    fields: z
      .array(
        z.object({
          field: z.enum(['slug', 'title', 'actId', 'validFrom', 'validTo', 'reviewBy', 'agencyId', 'serviceId']),
          base: z.string().nullable(),
          mine: z.string().nullable(),
          theirs: z.string().nullable(),
        }),
      )
      .openapi({ description: 'What each says in the fields that both changed, the body apart' }),
  })
  .openapi('DraftMerge')
export type DraftMerge = z.infer<typeof DraftMergeSchema>

export const DraftDiffSchema = z
  .object({
    from: z.object({ versionId: z.string(), number: z.number().int() }).nullable(),
    title: z.array(DiffPartSchema),
    parts: z.array(DiffPartSchema),
    markdown: z.string(),
  })
  .openapi('DraftDiff')

export const TaskSchema = z
  .object({
    taskId: z.string(),
    kind: z.enum(TASK_KINDS),
    title: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number()])),
    articleId: z.string().nullable(),
    draftId: z.string().nullable(),
    versionId: z.string().nullable(),
    lang: LangSchema.nullable(),
    assignee: PersonSchema.nullable(),
    dueOn: DaySchema.nullable(),
    isOverdue: z.boolean(),
    state: z.enum(['open', 'done']),
    createdAt: z.iso.datetime(),
    createdBy: PersonSchema,
    doneAt: z.iso.datetime().nullable(),
    doneBy: PersonSchema.nullable(),
    endsByItself: z.boolean().openapi({ description: 'It ends with what it asks for: nobody can say that it is done' }),
    point: z.string().nullable().openapi({
      example: 'п. 33, 21',
      description: 'The point of the Rules whose term it is, in the caller’s language; null: of none',
    }),
  })
  .openapi('EditorialTask')

export const AgencyTaskSchema = z
  .object({
    taskId: z.string(),
    agencyId: z.string(),
    point: z.string().openapi({ example: 'п. 26' }),
    duty: z.string().openapi({ description: 'What is to be done, in the caller’s language' }),
    service: z.object({ id: z.string(), registryNumber: z.string(), name: z.string() }).nullable(),
    cause: z.string().nullable().openapi({ description: 'Requisites of the act; null: of a submission or a person' }),
    dueOn: DaySchema,
    isOverdue: z.boolean(),
    openedAt: z.iso.datetime(),
  })
  .openapi('AgencyTask')

export const StaleSchema = z
  .object({
    articleId: z.string(),
    versionId: z.string(),
    lang: LangSchema,
    title: z.string(),
    reason: z.enum(['review-due', 'source-changed', 'ends', 'proposed']).openapi({
      description:
        'review-due: its review-by date; source-changed: it quotes a wording that is no longer in force; ends: it ends and nothing follows; proposed: the act gave a new text that waits',
    }),
    dueOn: DaySchema,
    isOverdue: z.boolean(),
  })
  .openapi('StaleArticle')

export const BrokenReferenceSchema = z
  .object({
    articleId: z.string(),
    versionId: z.string(),
    lang: LangSchema,
    title: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    rule: z.string(),
    message: z.string(),
  })
  .openapi('BrokenReference')

export const NewDraftSchema = z
  .union([
    z.strictObject({
      articleId: id,
      lang: LangSchema,
      fromVersionId: id.optional().openapi({ description: 'Text to begin with; without it the newest published one' }),
    }),
    z.strictObject({ lang: LangSchema, content: DraftContentSchema.partial().extend({ title: z.string().max(300) }) }),
  ])
  .openapi('NewDraft')

export const ImportedFileSchema = z
  .object({
    status: z.enum(['created', 'merged', 'conflict', 'unchanged']).openapi({
      description:
        'created: a new draft; merged: the article had a newer version, both changes are in the draft; conflict: the draft waits for a merge; unchanged: the file says what is published',
    }),
    draftId: z.string().nullable(),
    articleId: z.string().nullable(),
    slug: z.string(),
    conflicts: z.array(z.string()),
    faults: z
      .array(
        z.object({
          line: z.number().int().openapi({ description: 'Of the file, with its front matter' }),
          column: z.number().int(),
          rule: z.string(),
          severity: z.enum(['error', 'warning']),
          message: z.string(),
        }),
      )
      .openapi({ description: 'Warnings, and errors that the draft must lose before its review' }),
  })
  .openapi('ImportedFile')

export const ExportedFileSchema = z
  .object({
    path: z.string().openapi({
      description: 'Below the directory of the export',
      example: 'articles/ru/contact-centre-rules-changes.md',
    }),
    text: z.string().openapi({ description: 'The whole file, to be written in UTF-8 as it is' }),
  })
  .openapi('ExportedFile')

export { VersionSchema }
