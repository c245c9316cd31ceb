import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { agency } from '#server/db/schema/agencies.ts'
import { DomainError, type Fault } from '#server/errors.ts'
import { entryFault, type Lang } from './word-fault.ts'

/** The agency that a caller is bound to; null: callers of the centre see all. An agency's caller without one sees nothing. */
export const scopeOf = (ctx: Context): string | null =>
  ctx.actor.role === 'agency' ? (ctx.actor.agencyId ?? '') : null

/** Whether a caller may see what belongs to this agency. */
export const maySee = (ctx: Context, agencyId: string): boolean => {
  const scope = scopeOf(ctx)
  return scope === null || scope === agencyId
}

/**
 * The agency that a caller writes for: its own, or the one that the centre's people name.
 * @param lang of what is said
 * @throws DomainError `forbidden` (another's), `validation-failed` (none named, or unknown)
 */
export async function agencyToWriteFor(ctx: Context, named: string | undefined, lang: Lang = 'ru'): Promise<string> {
  const scope = scopeOf(ctx)
  if (scope !== null) {
    if (scope === '' || (named !== undefined && named !== scope))
      throw new DomainError('forbidden', 'An agency writes for itself only.')
    return scope
  }
  const refuse = (fault: Fault) => new DomainError('validation-failed', 'The agency is not known.', { faults: [fault] })
  if (named === undefined) throw refuse(entryFault('query.agencyId', 'agency-unnamed', lang))
  const [known] = await ctx.db.select({ id: agency.id }).from(agency).where(eq(agency.id, named))
  const [any] = known === undefined ? await ctx.db.select({ id: agency.id }).from(agency).limit(1) : [known]
  // An empty directory is one not loaded yet, against which nothing can be checked.
  if (known === undefined && any !== undefined)
    throw refuse(entryFault('query.agencyId', 'agency-unknown', lang, { agency: named }))
  return named
}
