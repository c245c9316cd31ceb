import { and, eq, isNull, lt, or } from 'drizzle-orm'
import type { Database } from '#server/db/database.ts'
import { apiKey } from '#server/db/schema/identity.ts'
import { sha256 } from '#server/ids.ts'
import type { Recognised } from './identity.ts'

const SHAPE = /^blm_[\w-]{43}$/

/** @returns the owner of a key that exists and is not revoked; notes its use, at most once a minute */
export async function findApiKey(db: Database, key: string, now: Date): Promise<Recognised['actor'] | null> {
  if (!SHAPE.test(key)) return null
  const [row] = await db
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.hash, sha256(key)), isNull(apiKey.revokedAt)))
  if (row === undefined) return null
  const minuteAgo = new Date(now.getTime() - 60_000)
  if (row.lastUsedAt === null || row.lastUsedAt < minuteAgo)
    await db
      .update(apiKey)
      .set({ lastUsedAt: now })
      .where(and(eq(apiKey.id, row.id), or(isNull(apiKey.lastUsedAt), lt(apiKey.lastUsedAt, minuteAgo))))
  return { kind: 'key', id: row.id, name: row.name, role: row.role, agencyId: row.agencyId }
}
