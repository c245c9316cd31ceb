import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Config } from '#server/config.ts'
import { PERSON_ROLES, type Context } from '#server/context.ts'
import { agency } from '#server/db/schema/agencies.ts'
import { event } from '#server/db/schema/events.ts'
import { account, user } from '#server/db/schema/identity.ts'
import { createUser } from './create-user.ts'
import { makePassword } from './make-password.ts'
import { PASSWORD_MIN } from './password-length.ts'

const DemoSignInsSchema = z.array(
  z.object({ role: z.enum(PERSON_ROLES), email: z.string(), password: z.string().min(PASSWORD_MIN) }),
)
type KeptSignIn = z.infer<typeof DemoSignInsSchema>[number]
export interface DemoSignIn extends KeptSignIn {
  /** Somebody has changed the password since: the one here opens nothing. */
  changed: boolean
}

const NAMES = {
  operator: 'Оператор',
  editor: 'Редактор',
  supervisor: 'Супервизор',
  agency: 'Сотрудник госоргана',
  authority: 'Уполномоченный орган',
  admin: 'Администратор',
} as const

async function readKept(path: string): Promise<KeptSignIn[]> {
  try {
    const parsed = DemoSignInsSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : []
  } catch {
    return []
  }
}

async function isChanged(ctx: Context, userId: string, password: string): Promise<boolean> {
  const [change] = await ctx.db
    .select({ id: event.id })
    .from(event)
    .where(and(eq(event.subjectId, userId), eq(event.type, 'user.password-changed')))
    .limit(1)
  if (change === undefined) return false
  const [held] = await ctx.db
    .select({ hash: account.password })
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')))
  return !(held?.hash != null && (await verifyPassword({ hash: held.hash, password })))
}

/**
 * One demo user a role, so that every role can be tried without setting anything up. Passwords are random, made at the
 * first start and kept in the data directory for its owner alone. Run after the agencies are loaded.
 * @returns what to print; empty unless `config.demo`
 */
export async function ensureDemoUsers(ctx: Context, config: Pick<Config, 'demo' | 'dataDir'>): Promise<DemoSignIn[]> {
  if (!config.demo) return []
  const path = join(config.dataDir, 'demo-sign-ins.json')
  const kept = await readKept(path)
  const agencies = await ctx.db.select({ id: agency.id, kind: agency.kind }).from(agency).orderBy(agency.id)
  const anAgency = agencies.find((one) => one.kind === 'central') ?? agencies[0]
  const signIns: DemoSignIn[] = []
  const keep: KeptSignIn[] = []
  for (const role of PERSON_ROLES) {
    const email = `${role}@demo.bilim`
    const before = kept.find((one) => one.email === email)
    const password = before?.password ?? makePassword()
    const [existing] = await ctx.db.select({ id: user.id }).from(user).where(eq(user.email, email))
    if (existing === undefined) {
      // Without a directory of agencies there is nothing to belong to.
      if (role === 'agency' && anAgency === undefined) continue
      await createUser(ctx, {
        email,
        name: `${NAMES[role]} (демо)`,
        role,
        agencyId: role === 'agency' ? (anAgency?.id ?? null) : null,
        password,
      })
    } else if (before === undefined)
      // The file was lost: a new password takes the place of one that nobody knows.
      await ctx.db
        .update(account)
        .set({ password: await hashPassword(password), updatedAt: ctx.now() })
        .where(and(eq(account.userId, existing.id), eq(account.providerId, 'credential')))
    const changed =
      existing !== undefined && before !== undefined && (await isChanged(ctx, existing.id, before.password))
    keep.push({ role, email, password })
    signIns.push({ role, email, password, changed })
  }
  if (JSON.stringify(keep) !== JSON.stringify(kept)) {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
    // Through a new file, which is made with its mode; an existing one would keep its own.
    const fresh = `${path}.${process.pid}`
    await writeFile(fresh, `${JSON.stringify(keep, null, 2)}\n`, { mode: 0o600, flag: 'w' })
    await rename(fresh, path)
  }
  return signIns
}
