import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { act } from '#server/db/schema/acts.ts'
import { DomainError } from '#server/errors.ts'
import { told, WORDING } from './fault-wordings.ts'

/** A draft names an act that is held, or none. @throws DomainError `validation-failed` */
export async function checkAct(ctx: Context, actId: string | null): Promise<void> {
  if (actId === null) return
  const [known] = await ctx.db.select({ id: act.id }).from(act).where(eq(act.id, actId))
  if (known === undefined)
    throw new DomainError('validation-failed', `There is no act ${actId}.`, {
      faults: [{ path: 'content.actId', ...told(WORDING.act(actId)) }],
    })
}
