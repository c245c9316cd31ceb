import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type {
  ActMeta,
  Amendment,
  Definition,
  FormColumn,
  InForce,
  ProvisionKind,
  Reference,
  Remark,
  Repair,
  Requisites,
  Table,
} from '#ingest/acts/act.ts'

const LANGS = ['ru', 'kk'] as const
const day = (name: string) => date(name, { mode: 'string' })

export const act = pgTable('act', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  number: text('number').notNull(),
  signedOn: day('signed_on').notNull(),
  registrationNumber: text('registration_number'),
  /** Its code in the state legal base («181886»), where it is known. */
  code: text('code'),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
})

/** The text of an act in a language as one source has it. */
export const edition = pgTable(
  'edition',
  {
    id: text('id').primaryKey(),
    actId: text('act_id')
      .notNull()
      .references(() => act.id),
    lang: text('lang', { enum: LANGS }).notNull(),
    /** Date of the edition by its publisher, else of the latest change that the text shows. */
    date: day('date').notNull(),
    /** As its publisher gives it; null where nobody did. */
    versionDate: day('version_date'),
    /** What was published beside the text. */
    meta: jsonb('meta').$type<ActMeta | null>(),
    title: text('title').notNull(),
    annexTitle: text('annex_title'),
    requisites: jsonb('requisites').$type<Requisites>().notNull(),
    remarks: jsonb('remarks').$type<Remark[]>().notNull(),
    repairs: jsonb('repairs').$type<Repair[]>().notNull(),
    sourceName: text('source_name').notNull(),
    sourceSha256: text('source_sha256').notNull(),
    sourceText: text('source_text').notNull(),
    importedAt: timestamp('imported_at', { withTimezone: true, mode: 'date' }).notNull(),
    importedBy: text('imported_by').notNull(),
  },
  (table) => [uniqueIndex('edition_source').on(table.actId, table.lang, table.sourceSha256)],
)

/** Who changed a provision last; null for the text as first adopted. */
export interface ChangedBy {
  change: Amendment['change']
  kind: string
  issuer: string
  date: string
  number: string
}

/** What ended a wording; `known` is false where the day is the earliest possible one. */
export interface EndedBy extends ChangedBy {
  known: boolean
}

/** One wording of one provision, with the days on which it is in force: [validFrom, validTo). */
export const provision = pgTable(
  'provision',
  {
    id: text('id').primaryKey(),
    actId: text('act_id')
      .notNull()
      .references(() => act.id),
    lang: text('lang', { enum: LANGS }).notNull(),
    eid: text('eid').notNull(),
    parentEid: text('parent_eid'),
    kind: text('kind').$type<ProvisionKind>().notNull(),
    ord: integer('ord').notNull(),
    num: text('num'),
    label: text('label').notNull(),
    heading: text('heading'),
    text: text('text').notNull(),
    raw: text('raw').notNull(),
    line: integer('line').notNull(),
    status: text('status', { enum: ['in-force', 'excluded'] }).notNull(),
    form: jsonb('form').$type<{ columns: FormColumn[]; footer: string[] } | null>(),
    /** Cells of a table. */
    cells: jsonb('cells').$type<Table | null>(),
    references: jsonb('references').$type<Reference[]>().notNull(),
    definition: jsonb('definition').$type<Definition | null>(),
    contentHash: text('content_hash').notNull(),
    editionId: text('edition_id')
      .notNull()
      .references(() => edition.id),
    changedBy: jsonb('changed_by').$type<ChangedBy | null>(),
    /** Date of the wording: of the changing act, or of the act itself. */
    wordingDate: day('wording_date').notNull(),
    validFrom: day('valid_from').notNull(),
    /** False: `validFrom` is the earliest possible day, since the day of publication is not known. */
    validFromKnown: boolean('valid_from_known').notNull(),
    validTo: day('valid_to'),
    /** Null: it has no end, or no held note tells what ended it. */
    endedBy: jsonb('ended_by').$type<EndedBy | null>(),
  },
  (table) => [
    index('provision_act').on(table.actId, table.lang, table.eid),
    uniqueIndex('provision_wording').on(table.actId, table.lang, table.eid, table.validFrom, table.contentHash),
  ],
)

export const amendment = pgTable(
  'amendment',
  {
    id: text('id').primaryKey(),
    actId: text('act_id')
      .notNull()
      .references(() => act.id),
    lang: text('lang', { enum: LANGS }).notNull(),
    editionId: text('edition_id')
      .notNull()
      .references(() => edition.id),
    ord: integer('ord').notNull(),
    target: text('target').notNull(),
    targetEids: jsonb('target_eids').$type<string[]>().notNull(),
    change: text('change').$type<Amendment['change']>().notNull(),
    by: jsonb('by').$type<Amendment['by']>().notNull(),
    inForce: jsonb('in_force').$type<InForce>().notNull(),
    onlyLang: text('only_lang', { enum: LANGS }),
    raw: text('raw').notNull(),
    line: integer('line').notNull(),
  },
  (table) => [index('amendment_act').on(table.actId, table.lang)],
)

/**
 * Days of official publication of an act and of the acts that amend it, as editors have looked them up. They win over those of
 * `content/sources/*.articles.yaml` (docs/decisions/0018).
 */
export const publicationDay = pgTable(
  'publication_day',
  {
    actId: text('act_id').notNull(),
    /** Date and number of the published act: the act itself, or one that amends it. */
    date: day('date').notNull(),
    number: text('number').notNull(),
    publishedOn: day('published_on').notNull(),
    reason: text('reason'),
    setAt: timestamp('set_at', { withTimezone: true, mode: 'date' }).notNull(),
    setBy: text('set_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.actId, table.date, table.number] })],
)
