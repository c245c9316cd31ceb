import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { act } from './acts.ts'
import { article, articleVersion } from './articles.ts'

const LANGS = ['ru', 'kk'] as const
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const day = (name: string) => date(name, { mode: 'string' })

export const DRAFT_STATES = ['working', 'in-review', 'approved', 'published', 'discarded'] as const
export const TASK_KINDS = [
  'review-requested',
  'changes-requested',
  'stale',
  'broken-reference',
  'impact',
  'gap',
  'feedback',
  'deadline',
  'service-closed',
] as const
export type TaskKind = (typeof TASK_KINDS)[number]
/** Those that end when what they ask for is done: nobody ticks them off. */
export const ENDING_BY_THEMSELVES: ReadonlySet<TaskKind> = new Set<TaskKind>([
  'review-requested',
  'changes-requested',
  'impact',
  'deadline',
  'service-closed',
])

/** What an editor can change in a draft. */
export interface DraftContent {
  slug: string
  title: string
  /** Markdown without front matter. */
  body: string
  /** The act whose provisions the blocks quote, where a block names no other. */
  actId: string | null
  /** Null: from the day of publication. */
  validFrom: string | null
  /** First day on which it is not in force any more. */
  validTo: string | null
  reviewBy: string | null
  agencyId: string | null
  serviceId: string | null
}

/** A working text: changed at will while it is `working`, frozen as an article version while somebody reviews it. */
export const draft = pgTable(
  'draft',
  {
    id: text('id').primaryKey(),
    /** Null: an article that has not been submitted yet. */
    articleId: text('article_id').references(() => article.id),
    lang: text('lang', { enum: LANGS }).notNull(),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    actId: text('act_id').references(() => act.id),
    validFrom: day('valid_from'),
    validTo: day('valid_to'),
    reviewBy: day('review_by'),
    agencyId: text('agency_id'),
    serviceId: text('service_id'),
    /** The published version that it changes. */
    baseVersionId: text('base_version_id').references(() => articleVersion.id),
    /** The earlier version whose text it brings back. */
    rollbackOf: text('rollback_of').references(() => articleVersion.id),
    state: text('state', { enum: DRAFT_STATES }).notNull(),
    /** From 1; every save is one more. */
    revision: integer('revision').notNull(),
    /** Everybody who changed a character of it: none of them may approve it. */
    authors: jsonb('authors').$type<string[]>().notNull(),
    /** The frozen text that is, or was last, under review. */
    versionId: text('version_id').references(() => articleVersion.id),
    createdAt: at('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    updatedAt: at('updated_at').notNull(),
    updatedBy: text('updated_by').notNull(),
  },
  (table) => [index('draft_article').on(table.articleId, table.lang), index('draft_state').on(table.state)],
)

/** Texts of a draft as they were saved: the common ground when two people changed it at once. */
export const draftRevision = pgTable(
  'draft_revision',
  {
    draftId: text('draft_id')
      .notNull()
      .references(() => draft.id),
    revision: integer('revision').notNull(),
    content: jsonb('content').$type<DraftContent>().notNull(),
    at: at('at').notNull(),
    by: text('by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.revision] })],
)

/** One review of one frozen text. A version that has such a row was made by people, not by ingestion. */
export const editorialReview = pgTable(
  'editorial_review',
  {
    versionId: text('version_id')
      .primaryKey()
      .references(() => articleVersion.id),
    draftId: text('draft_id')
      .notNull()
      .references(() => draft.id),
    revision: integer('revision').notNull(),
    authors: jsonb('authors').$type<string[]>().notNull(),
    baseVersionId: text('base_version_id').references(() => articleVersion.id),
    /** Null: from the day of publication. */
    validFrom: day('valid_from'),
    validTo: day('valid_to'),
    reviewBy: day('review_by'),
    agencyId: text('agency_id'),
    serviceId: text('service_id'),
    note: text('note'),
    submittedAt: at('submitted_at').notNull(),
    submittedBy: text('submitted_by').notNull(),
    decision: text('decision', { enum: ['approved', 'changes-requested', 'recalled'] }),
    decidedAt: at('decided_at'),
    decidedBy: text('decided_by'),
    decisionNote: text('decision_note'),
  },
  (table) => [index('editorial_review_draft').on(table.draftId, table.submittedAt)],
)

/** A quoted range with its surroundings (W3C Web Annotation: TextQuoteSelector and TextPositionSelector). */
export interface CommentAnchor {
  quote: string
  prefix: string
  suffix: string
  /** Where it stood in the Markdown, in UTF-16 units. */
  start: number
}

export const draftComment = pgTable(
  'draft_comment',
  {
    id: text('id').primaryKey(),
    draftId: text('draft_id')
      .notNull()
      .references(() => draft.id),
    /** The comment that it answers; null: it begins a thread. */
    threadId: text('thread_id'),
    revision: integer('revision').notNull(),
    /** Null: about the whole text, or an answer. */
    anchor: jsonb('anchor').$type<CommentAnchor | null>(),
    text: text('text').notNull(),
    createdAt: at('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    resolvedAt: at('resolved_at'),
    resolvedBy: text('resolved_by'),
  },
  (table) => [index('draft_comment_draft').on(table.draftId, table.createdAt)],
)

/** When somebody must look at an article again. */
export const articleReviewDate = pgTable(
  'article_review_date',
  {
    articleId: text('article_id')
      .notNull()
      .references(() => article.id),
    lang: text('lang', { enum: LANGS }).notNull(),
    reviewBy: day('review_by').notNull(),
    setAt: at('set_at').notNull(),
    setBy: text('set_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.articleId, table.lang] })],
)

/** What waits for an editor. */
export const editorialTask = pgTable(
  'editorial_task',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: TASK_KINDS }).notNull(),
    /** What it is about, so that the same thing is not asked twice: at most one open task has it. */
    key: text('key').notNull(),
    articleId: text('article_id').references(() => article.id),
    draftId: text('draft_id').references(() => draft.id),
    versionId: text('version_id').references(() => articleVersion.id),
    lang: text('lang', { enum: LANGS }),
    /** Whose it is besides the editors'; null: nobody's. */
    agencyId: text('agency_id'),
    title: text('title').notNull(),
    /** Values that the page puts into its own sentence. */
    detail: jsonb('detail').$type<Record<string, string | number>>().notNull(),
    /** Null: anybody's. */
    assigneeId: text('assignee_id'),
    dueOn: day('due_on'),
    state: text('state', { enum: ['open', 'done'] }).notNull(),
    createdAt: at('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    doneAt: at('done_at'),
    doneBy: text('done_by'),
  },
  (table) => [
    uniqueIndex('editorial_task_open')
      .on(table.key)
      .where(sql`state = 'open'`),
    index('editorial_task_state').on(table.state, table.createdAt),
    index('editorial_task_agency').on(table.agencyId, table.state),
  ],
)
