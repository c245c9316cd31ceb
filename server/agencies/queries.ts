import { and, asc, desc, eq, getTableColumns, gt, ilike, sql } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { agency, agencyContactEdit } from '#server/db/schema/agencies.ts'
import { namesOf } from '#server/events/names-of.ts'
import { notFound } from '#server/errors.ts'
import { decodeCursor, page } from '#server/http/paging.ts'

export type AgencyRow = typeof agency.$inferSelect
/** A body with how often its contacts were changed. */
export type AgencyView = AgencyRow & { contactEdits: number }

const COLUMNS = {
  ...getTableColumns(agency),
  contactEdits:
    sql<number>`coalesce((select max(e.number) from ${agencyContactEdit} e where e.agency_id = ${agency}.id), 0)`.mapWith(
      Number,
    ),
}

const MOST_EDITS = 50

/** All that an entry says to people, as one text. */
const SAID = sql`concat_ws(' ', ${agency.name} ->> 'ru', ${agency.name} ->> 'kk', ${agency.name} ->> 'en', ${agency.subjects} ->> 'ru',
  ${agency.subjects} ->> 'kk', (select string_agg(c ->> 'value', ' ') from jsonb_array_elements(${agency.contacts}) c))`

/** The directory of bodies, by id. @throws DomainError `bad-request` for a cursor that is not ours */
export async function listAgencies(
  ctx: Context,
  input: {
    limit: number
    cursor?: string | undefined
    kind?: AgencyRow['kind'] | undefined
    /** A part of a name, a subject or a contact, in any language and case. */
    q?: string | undefined
  },
) {
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor, ['text'])
  const rows = await ctx.db
    .select(COLUMNS)
    .from(agency)
    .where(
      and(
        input.kind === undefined ? undefined : eq(agency.kind, input.kind),
        input.q === undefined ? undefined : ilike(SAID, `%${input.q.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`),
        after === null ? undefined : gt(agency.id, String(after[0])),
      ),
    )
    .orderBy(asc(agency.id))
    .limit(input.limit + 1)
  return page(rows, input.limit, (row) => [row.id])
}

/** One body. @throws DomainError `not-found` */
export async function agencyById(ctx: Context, id: string): Promise<AgencyView> {
  const [row] = await ctx.db.select(COLUMNS).from(agency).where(eq(agency.id, id))
  if (row === undefined) throw notFound('agency', id)
  return row
}

/** What administrators said of how a body is reached, newest first, with their names: at most as many as anybody would read. */
export async function contactEditsOf(ctx: Context, agencyId: string) {
  const edits = await ctx.db
    .select()
    .from(agencyContactEdit)
    .where(eq(agencyContactEdit.agencyId, agencyId))
    .orderBy(desc(agencyContactEdit.number))
    .limit(MOST_EDITS)
  const nameOf = await namesOf(
    ctx,
    edits.map(({ actorId }) => actorId),
  )
  return edits.map((edit) => ({ ...edit, by: nameOf(edit.actorId) }))
}
