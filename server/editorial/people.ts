import { inArray } from 'drizzle-orm'
import type { Actor, Context } from '#server/context.ts'
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

/**
 * Whether the actor is one of these people: himself, the one who made the key that acts, or a key that he made. A key
 * must not be the way around the second person.
 */
export async function isOneOf(ctx: Context, actor: Actor, people: readonly string[]): Promise<boolean> {
  if (people.includes(actor.id)) return true
  const keys = [...people, actor.id].filter((id) => id.startsWith('key_'))
  if (keys.length === 0) return false
  const made = await ctx.db.select({ id: apiKey.id, by: apiKey.createdBy }).from(apiKey).where(inArray(apiKey.id, keys))
  return made.some(({ id, by }) => (id === actor.id ? people.includes(by) : by === actor.id))
}
