import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { apiKey, user } from '#server/db/schema/identity.ts'
import { DomainError, type Said } from '#server/errors.ts'
import { told, WORDING } from './fault-wordings.ts'
import { isOneOf } from './people.ts'

const REVIEWERS = new Set(['editor', 'supervisor', 'admin'])

/**
 * Whoever gets a task can do it: works as an editor, supervisor or administrator, and, of a review, did not write the text.
 * @param input.authors of the text under review; of no other task
 * @throws DomainError `validation-failed`
 */
export async function checkAssignee(
  ctx: Context,
  input: { assigneeId: string; path: string; authors: readonly string[] },
): Promise<void> {
  const refuse = (said: Said) =>
    new DomainError('validation-failed', 'The assignee cannot do this.', {
      faults: [{ path: input.path, ...told(said) }],
    })
  if (!REVIEWERS.has((await roleOf(ctx, input.assigneeId)) ?? '')) throw refuse(WORDING.assigneeRole)
  if (await isOneOf(ctx, { id: input.assigneeId }, input.authors)) throw refuse(WORDING.assigneeAuthor)
}

/** Null: nobody, or nobody any more. */
async function roleOf(ctx: Context, id: string): Promise<string | null> {
  const [person] = await ctx.db.select({ role: user.role, gone: user.disabledAt }).from(user).where(eq(user.id, id))
  const [key] =
    person !== undefined
      ? [person]
      : await ctx.db.select({ role: apiKey.role, gone: apiKey.revokedAt }).from(apiKey).where(eq(apiKey.id, id))
  return key === undefined || key.gone !== null ? null : key.role
}
