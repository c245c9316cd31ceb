import { inArray, not } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { agency } from '#server/db/schema/agencies.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import type { AgencyEntry } from './agencies-file.ts'

/** Makes the directory what the file says; returns whether anything changed. */
export const loadAgencies = (ctx: Context, entries: readonly AgencyEntry[]): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    const held = new Map((await tx.db.select().from(agency)).map((row) => [row.id, row]))
    const plain = (entry: AgencyEntry) =>
      JSON.stringify([entry.name, entry.kind, entry.subjects, entry.contacts, entry.source])
    const different = entries.filter((entry) => {
      const row = held.get(entry.id)
      // jsonb does not keep the order of keys, so both sides are written in ours.
      return (
        row === undefined ||
        plain(entry) !==
          plain({
            ...entry,
            name: { ru: row.name.ru, kk: row.name.kk, en: row.name.en },
            kind: row.kind,
            subjects: { ru: row.subjects.ru, kk: row.subjects.kk },
            contacts: row.contacts.map((c) => ({ kind: c.kind, value: c.value })),
            source: row.source,
          })
      )
    })
    const gone = [...held.keys()].filter((id) => !entries.some((entry) => entry.id === id))
    if (different.length === 0 && gone.length === 0) return false
    for (const entry of different)
      await tx.db.insert(agency).values(entry).onConflictDoUpdate({ target: agency.id, set: entry })
    if (gone.length > 0)
      await tx.db.delete(agency).where(
        not(
          inArray(
            agency.id,
            entries.map((entry) => entry.id),
          ),
        ),
      )
    await emit(tx, { type: 'agencies.loaded', subjectId: 'agencies', payload: { count: entries.length } })
    return true
  })
