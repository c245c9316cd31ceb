import type { Context } from '#server/context.ts'
import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import { inTransaction } from '#server/events/event.ts'
import { checkContent } from './check-content.ts'
import { isSameContent } from './over-files.ts'
import { lastEdits } from './queries.ts'
import { groupById, groupsOf, type Group } from './synonym-groups.ts'
import type { SynonymBase } from './synonym-base.ts'
import { writeEdit } from './write-edit.ts'

/**
 * Makes a group what an editor says it is, over the files; a removed one is used again. Said again in the same words, nothing is written.
 * @param input.after number of the last change that the editor saw
 * @throws DomainError `not-found`; `validation-failed` with all faults; `conflict`: changed by somebody else meanwhile
 */
export const setGroup = (
  ctx: Context,
  base: SynonymBase,
  input: { id: string; content: SynonymContent; reason: string; after: number },
): Promise<Group> =>
  inTransaction(ctx, async (tx) => {
    const { id, reason, after } = input
    const was = groupById(groupsOf(base.data, await lastEdits(tx)), id)
    const content = checkContent(input.content)
    if (was.origin !== 'removed' && isSameContent(content, was.content)) return was
    return writeEdit(tx, base, { id, after, kind: 'set', content, reason, what: 'changed' })
  })
