import { inArray } from 'drizzle-orm'
import { SYSTEM, type Actor, type Context } from '#server/context.ts'
import { apiKey } from '#server/db/schema/identity.ts'

/**
 * Whether the actor is one of these people: himself, the one who made the key that acts, or a key that he made. A key
 * must not be the way around the second person.
 */
export async function isOneOf(ctx: Context, actor: Pick<Actor, 'id'>, people: readonly string[]): Promise<boolean> {
  if (people.includes(actor.id)) return true
  // The server proposes texts and makes keys at the terminal; that does not make such a key the author of a proposal.
  const persons = people.filter((id) => id !== SYSTEM.id)
  const keys = [...persons, actor.id].filter((id) => id.startsWith('key_'))
  if (keys.length === 0) return false
  const made = await ctx.db.select({ id: apiKey.id, by: apiKey.createdBy }).from(apiKey).where(inArray(apiKey.id, keys))
  return made.some(({ id, by }) => (id === actor.id ? persons.includes(by) : by === actor.id))
}
