import type { Context } from '#server/context.ts'
import { synonymEdit, type SynonymContent } from '#server/db/schema/synonyms.ts'
import { conflict } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { contentOf } from './over-files.ts'
import { lastEdits } from './queries.ts'
import { groupById, groupsOf, type Group } from './synonym-groups.ts'
import type { SynonymBase } from './synonym-base.ts'

const changedMeanwhile = (id: string) =>
  conflict(
    {
      ru: `Группу «${id}» только что изменил кто-то другой. Откройте её снова и повторите изменение.`,
      kk: `«${id}» тобын жаңа ғана басқа біреу өзгертті. Оны қайта ашып, өзгерісті қайталаңыз.`,
      en: `Somebody else has just changed the group “${id}”. Open it again and repeat the change.`,
    },
    { id },
  )

const termsOf = (content: SynonymContent | null): string[] =>
  content === null ? [] : [...content.ru.same, ...content.ru.near, ...content.kk.same, ...content.kk.near]

/**
 * Writes the next word on a group, with its event. Must run in a transaction of the caller's.
 * @param input.after number of the word it answers, 0 for none
 * @returns the group as it is now
 * @throws DomainError `conflict`: somebody else has just said another
 */
export async function writeEdit(
  ctx: Context,
  base: SynonymBase,
  input: {
    id: string
    after: number
    kind: 'set' | 'removed' | 'file'
    content: SynonymContent | null
    reason: string
    what: 'added' | 'changed' | 'removed' | 'undone'
  },
): Promise<Group> {
  const { id, after, kind, content, reason, what } = input
  const before = groupsOf(base.data, await lastEdits(ctx)).find((group) => group.id === id) ?? null
  if ((before?.last?.number ?? 0) !== after) throw changedMeanwhile(id)
  const [written] = await ctx.db
    .insert(synonymEdit)
    .values({
      groupId: id,
      number: after + 1,
      kind,
      content,
      reason,
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      at: ctx.now(),
    })
    .onConflictDoNothing()
    .returning()
  if (written === undefined) throw changedMeanwhile(id)
  const file = base.data.concepts.find((concept) => concept.id === id)
  const was = new Set(before === null || before.origin === 'removed' ? [] : termsOf(before.content))
  const is = new Set(
    kind === 'removed' ? [] : termsOf(kind === 'set' || file === undefined ? content : contentOf(file)),
  )
  await emit(ctx, {
    type: 'synonyms.changed',
    subjectId: id,
    payload: {
      what,
      reason,
      added: [...is].filter((term) => !was.has(term)),
      removed: [...was].filter((term) => !is.has(term)),
    },
  })
  return groupById(groupsOf(base.data, await lastEdits(ctx)), id)
}
