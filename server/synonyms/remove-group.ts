import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/events/event.ts'
import { lastEdits } from './queries.ts'
import { groupById, groupsOf, type Group } from './synonym-groups.ts'
import type { SynonymBase } from './synonym-base.ts'
import { writeEdit } from './write-edit.ts'

/**
 * Takes a group out of use, one of the files as well; its words stay in its history. Removed already, nothing is written.
 * @throws DomainError `not-found`; `conflict`: changed by somebody else meanwhile
 */
export const removeGroup = (
  ctx: Context,
  base: SynonymBase,
  input: { id: string; reason: string; after: number },
): Promise<Group> =>
  inTransaction(ctx, async (tx) => {
    const { id, reason, after } = input
    const was = groupById(groupsOf(base.data, await lastEdits(tx)), id)
    if (was.origin === 'removed') return was
    return writeEdit(tx, base, { id, after, kind: 'removed', content: was.content, reason, what: 'removed' })
  })
