import { boolean, date, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { DifferenceKind, DifferenceSide } from '#ingest/compare/compare-languages.ts'
import { act, provision } from './acts.ts'

const day = (name: string) => date(name, { mode: 'string' })

/** Where the Russian and the Kazakh text of one provision say different things, and what editors think of it. */
export const languageDifference = pgTable(
  'language_difference',
  {
    /** Of a difference over a run of days. */
    id: text('id').primaryKey(),
    /** From the act, both wordings' contents and what differs: the same difference keeps its decision through imports. */
    key: text('key').notNull(),
    actId: text('act_id')
      .notNull()
      .references(() => act.id),
    kind: text('kind').$type<DifferenceKind>().notNull(),
    /** A caller would act otherwise by the one text than by the other. */
    isMaterial: boolean('is_material').notNull(),
    ruProvisionId: text('ru_provision_id').references(() => provision.id, { onDelete: 'cascade' }),
    kkProvisionId: text('kk_provision_id').references(() => provision.id, { onDelete: 'cascade' }),
    ru: jsonb('ru').$type<DifferenceSide>().notNull(),
    kk: jsonb('kk').$type<DifferenceSide>().notNull(),
    /** Days on which both wordings are in force: [validFrom, validTo). */
    validFrom: day('valid_from').notNull(),
    validTo: day('valid_to'),
    ord: text('ord').notNull(),
    decision: text('decision', { enum: ['open', 'dismissed'] }).notNull(),
    reason: text('reason'),
    decidedBy: text('decided_by'),
    decidedAt: timestamp('decided_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [
    index('language_difference_act').on(table.actId, table.validFrom),
    index('language_difference_ru').on(table.ruProvisionId),
    index('language_difference_kk').on(table.kkProvisionId),
  ],
)
