import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'

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
