import { asc, desc, eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { synonymEdit } from '#server/db/schema/synonyms.ts'

export type SynonymEditRow = typeof synonymEdit.$inferSelect

/** The last word on every group that has one, in order of their ids. */
export const lastEdits = (ctx: Pick<Context, 'db'>): Promise<SynonymEditRow[]> =>
  ctx.db
    .selectDistinctOn([synonymEdit.groupId])
    .from(synonymEdit)
    .orderBy(asc(synonymEdit.groupId), desc(synonymEdit.number))

/** Everything that was said of a group, newest first. */
export const editsOf = (ctx: Pick<Context, 'db'>, groupId: string): Promise<SynonymEditRow[]> =>
  ctx.db.select().from(synonymEdit).where(eq(synonymEdit.groupId, groupId)).orderBy(desc(synonymEdit.number))
