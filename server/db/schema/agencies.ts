import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

export interface Translated {
  ru: string
  kk: string
  en: string
}

export interface Contact {
  kind: 'phone' | 'email' | 'web'
  value: string
}

/** The directory of competence (п. 10): whose question it is. */
export const agency = pgTable('agency', {
  id: text('id').primaryKey(),
  name: jsonb('name').$type<Translated>().notNull(),
  kind: text('kind', {
    enum: ['contact-centre', 'central', 'local', 'infrastructure-operator', 'authorised-body', 'other'],
  }).notNull(),
  /** Subjects of its competence, in the words callers use. */
  subjects: jsonb('subjects').$type<{ ru: string[]; kk: string[] }>().notNull(),
  contacts: jsonb('contacts').$type<Contact[]>().notNull(),
  /** Where the entry's facts come from. */
  source: text('source').notNull(),
})

/**
 * What administrators said of how a body is reached, in order; nothing is changed or removed. The highest number of a body is in force and stands
 * over `content/agencies.yaml`, which states only what a source of ours does.
 */
export const agencyContactEdit = pgTable(
  'agency_contact_edit',
  {
    agencyId: text('agency_id').notNull(),
    /** From 1, within the body. */
    number: integer('number').notNull(),
    contacts: jsonb('contacts').$type<Contact[]>().notNull(),
    /** Where they come from. */
    source: text('source').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.agencyId, table.number] })],
)
