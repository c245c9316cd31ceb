import { inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { apiKey, user } from '#server/db/schema/identity.ts'

/** Names of actors by id; one that is gone keeps its id. */
export async function namesOf(ctx: Context, ids: readonly (string | null)[]): Promise<(id: string) => string> {
  const wanted = [...new Set(ids.filter((id) => id !== null && id !== 'system'))] as string[]
  const names = new Map<string, string>()
  if (wanted.length > 0)
    for (const table of [user, apiKey])
      for (const row of await ctx.db
        .select({ id: table.id, name: table.name })
        .from(table)
        .where(inArray(table.id, wanted)))
        names.set(row.id, row.name)
  return (id) => names.get(id) ?? id
}
