import type { Database } from '#server/db/database.ts'
import type { Logger } from 'pino'

/** What people do here. */
export const PERSON_ROLES = ['operator', 'editor', 'supervisor', 'agency', 'authority', 'admin'] as const
/** … and what a program alone does: telephony posts what it hears and reads nothing. */
export const ROLES = [...PERSON_ROLES, 'telephony'] as const
export type PersonRole = (typeof PERSON_ROLES)[number]
export type Role = (typeof ROLES)[number]

export type Lang = 'ru' | 'kk'

/** Who acts. The system itself acts when the server ingests its starter content. */
export type Actor =
  | { kind: 'user'; id: string; name: string; role: Role; agencyId: string | null }
  | { kind: 'key'; id: string; name: string; role: Role; agencyId: string | null }
  | { kind: 'system'; id: 'system'; name: string; role: null; agencyId: null }

export const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'system', role: null, agencyId: null }

/** What every verb gets first: `verb(ctx, input)`. Inside a transaction `db` is the transaction. */
export interface Context {
  db: Database
  actor: Actor
  requestId: string
  now: () => Date
  log: Logger
  /** Told after a commit that changed what is published; indexes follow it, publication never waits for them. */
  contentChanged: () => void
}

const ALMATY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Almaty',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Today in Asia/Almaty as YYYY-MM-DD: law is in force by the day of the country, not of the server. */
export const today = (ctx: Pick<Context, 'now'>): string => ALMATY.format(ctx.now())
