import type { Context } from '#server/context.ts'
import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { latinKeyOf } from '#server/search/analysis/latin-key.ts'
import { checkContent } from './check-content.ts'
import { lastEdits } from './queries.ts'
import { MOST_GROUPS } from './schema.ts'
import { groupsOf, titleOf, type Group } from './synonym-groups.ts'
import type { SynonymBase } from './synonym-base.ts'
import { writeEdit } from './write-edit.ts'

const LONGEST_ID = 40

/** An id that nobody has, out of the first word of a group: the files want Latin letters, digits and hyphens. */
const idOf = (content: SynonymContent, taken: ReadonlySet<string>): string => {
  const name =
    latinKeyOf(titleOf(content))
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .slice(0, LONGEST_ID)
      .replaceAll(/^-|-$/gu, '') || 'group'
  let id = name
  for (let number = 2; taken.has(id); number += 1) id = `${name}-${number}`
  return id
}

/**
 * Adds a group of synonyms.
 * @param input.reason why, for the record
 * @throws DomainError `validation-failed` with all faults
 */
export const addGroup = (
  ctx: Context,
  base: SynonymBase,
  input: { content: SynonymContent; reason: string },
): Promise<Group> =>
  inTransaction(ctx, async (tx) => {
    const content = checkContent(input.content)
    const taken = new Set(groupsOf(base.data, await lastEdits(tx)).map(({ id }) => id))
    if (taken.size >= MOST_GROUPS)
      throw new DomainError('validation-failed', 'There are too many groups.', {
        faults: [{ path: 'json.content', message: `Групп уже ${taken.size}: дополните одну из них` }],
      })
    const id = idOf(content, taken)
    return writeEdit(tx, base, { id, after: 0, kind: 'set', content, reason: input.reason, what: 'added' })
  })
