import { asc, desc, inArray, not, sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { agency, agencyContactEdit } from '#server/db/schema/agencies.ts'
import { queryRows } from '#server/db/database.ts'
import { conflict } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import type { AgencyEntry } from './agencies-file.ts'

/**
 * Makes the directory what the file says, but for contacts that an administrator has changed; returns whether anything changed. A body that something names stays: who is asked of its
 * services, who signs in for it and whose records they are must be told.
 * @throws DomainError `conflict` when the file leaves out such bodies, with each and what names it; then nothing is changed
 */
export const loadAgencies = (ctx: Context, file: readonly AgencyEntry[]): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    const edits = await tx.db
      .selectDistinctOn([agencyContactEdit.agencyId])
      .from(agencyContactEdit)
      .orderBy(asc(agencyContactEdit.agencyId), desc(agencyContactEdit.number))
    const edited = new Map(edits.map(({ agencyId, contacts }) => [agencyId, contacts]))
    const entries = file.map((entry) => ({ ...entry, contacts: edited.get(entry.id) ?? entry.contacts }))
    const held = new Map((await tx.db.select().from(agency)).map((row) => [row.id, row]))
    const plain = (entry: AgencyEntry) =>
      JSON.stringify([
        entry.name,
        entry.kind,
        entry.subjects,
        entry.contacts.map(({ kind, value }) => [kind, value]),
        entry.source,
      ])
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
            contacts: row.contacts,
            source: row.source,
          })
      )
    })
    const gone = [...held.keys()].filter((id) => !entries.some((entry) => entry.id === id))
    if (different.length === 0 && gone.length === 0) return false
    if (gone.length > 0) await checkUnnamed(tx, gone)
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

/** Everything that names a body, by what people call it. */
const NAMING = [
  ['услуги', 'қызметтер', 'services', 'service'],
  ['отправки Приложения 1', '1-қосымшаның жіберілімдері', 'submissions', 'service_submission'],
  ['сроки', 'мерзімдер', 'deadlines', 'service_deadline'],
  ['запросы по п. 26', '26-тармақ бойынша сұраулар', 'requests under п. 26', 'update_request'],
  ['пользователи', 'пайдаланушылар', 'users', 'user'],
  ['ключи API', 'API кілттері', 'API keys', 'api_key'],
  ['черновики', 'жобалар', 'drafts', 'draft'],
  ['рецензии статей', 'мақалалар рецензиялары', 'reviews of articles', 'editorial_review'],
] as const

async function checkUnnamed(ctx: Context, gone: readonly string[]): Promise<void> {
  const ids = `{${gone.join(',')}}`
  const found = await queryRows<{ id: string; place: number; among: number }>(
    ctx.db,
    sql.join(
      NAMING.map(
        ([, , , table], place) =>
          sql`select agency_id as id, ${place}::int as place, count(*)::int as among from ${sql.identifier(table)}
              where agency_id = any(${ids}::text[]) group by agency_id`,
      ),
      sql` union all `,
    ),
  )
  if (found.length === 0) return
  const said = (lang: 0 | 1 | 2) =>
    [...new Set(found.map(({ id }) => id))]
      .toSorted()
      .map((id) => {
        const by = found.filter((one) => one.id === id).toSorted((a, b) => a.place - b.place)
        return `${id} (${by.map(({ place, among }) => `${NAMING[place]?.[lang] ?? ''}: ${among}`).join(', ')})`
      })
      .join('; ')
  throw conflict({
    ru: `Справочник органов не загружен: из него убраны органы, на которые есть ссылки: ${said(0)}. Верните их в agencies.yaml или сначала передайте другому органу то, что на них ссылается.`,
    kk: `Органдар анықтамалығы жүктелмеді: одан сілтемесі бар органдар алынған: ${said(1)}. Оларды agencies.yaml файлына қайтарыңыз немесе алдымен сілтемелерді басқа органға беріңіз.`,
    en: `The directory of bodies was not loaded: it leaves out bodies that something names: ${said(2)}. Put them back into agencies.yaml, or first give what names them to another body.`,
  })
}
