import type { z } from 'zod'
import type { event } from '#server/db/schema/events.ts'
import type { apiKey, user } from '#server/db/schema/identity.ts'
import type { EventSchema, KeySchema, UserSchema } from './schema.ts'

/** A user as the interface shows one. */
export const presentUser = (row: typeof user.$inferSelect): z.infer<typeof UserSchema> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  agencyId: row.agencyId,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

/** An API key without anything that opens a door. */
export const presentKey = (row: typeof apiKey.$inferSelect): z.infer<typeof KeySchema> => ({
  id: row.id,
  name: row.name,
  role: row.role,
  agencyId: row.agencyId,
  hint: row.hint,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
})

/** An entry of the audit log. */
export const presentEvent = (row: typeof event.$inferSelect): z.infer<typeof EventSchema> => ({
  id: row.id,
  type: row.type,
  subjectId: row.subjectId,
  payload: typeof row.payload === 'object' && row.payload !== null ? { ...row.payload } : {},
  actor: { kind: row.actorKind, id: row.actorId },
  requestId: row.requestId,
  at: row.at.toISOString(),
})
