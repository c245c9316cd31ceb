import type { Context } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { editsOf, lastEdits } from './queries.ts'
import { groupById, groupsOf, type Group } from './synonym-groups.ts'
import type { SynonymBase } from './synonym-base.ts'
import { writeEdit } from './write-edit.ts'

/**
 * Takes the last change of a group back: what was used before it is used again, said as a change of its own.
 * @param input.after number of the change that is taken back
 * @throws DomainError `not-found`; `bad-request`: nothing was changed; `conflict`: changed by somebody else meanwhile
 */
export const undoChange = (
  ctx: Context,
  base: SynonymBase,
  input: { id: string; reason: string; after: number },
): Promise<Group> =>
  inTransaction(ctx, async (tx) => {
    const { id, reason, after } = input
    const was = groupById(groupsOf(base.data, await lastEdits(tx)), id)
    const [last, before] = await editsOf(tx, id)
    if (last === undefined) throw new DomainError('bad-request', `Nothing was changed in the group ${id}.`)
    // Before the first change stand the files; a group that no file has was not there.
    const kind = before?.kind ?? (was.file === null ? 'removed' : 'file')
    const content = before === undefined ? (kind === 'removed' ? last.content : null) : before.content
    return writeEdit(tx, base, { id, after, kind, content, reason, what: 'undone' })
  })
