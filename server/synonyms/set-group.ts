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
 * Makes a group what an editor says it is, over the files; a removed one is used again. Said again in the same words, nothing is written;
 * in the words of the file, it is given back to the file.
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
    // In the file's own words it is the file's again, also when the file changes later.
    const isOfFile = was.file !== null && isSameContent(content, was.file)
    const isSaid = was.origin !== 'removed' && isSameContent(content, was.content)
    if (isSaid && !(isOfFile && was.last?.kind === 'set')) return was
    const said = isOfFile ? ({ kind: 'file', content: null } as const) : ({ kind: 'set', content } as const)
    return writeEdit(tx, base, { id, after, ...said, reason, what: 'changed' })
  })
