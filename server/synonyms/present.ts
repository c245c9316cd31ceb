import { namesOf } from '#server/events/names-of.ts'
import type { Context } from '#server/context.ts'
import type { SynonymEditRow } from './queries.ts'
import type { SynonymGroup } from './schema.ts'
import type { Group } from './synonym-groups.ts'

type NameOf = (id: string) => string

export const presentEdit = ({ number, kind, content, reason, actorId, at }: SynonymEditRow, nameOf: NameOf) => ({
  number,
  kind,
  content,
  reason,
  by: nameOf(actorId),
  at: at.toISOString(),
})

const presentGroup = ({ id, content, origin, last }: Group, nameOf: NameOf): SynonymGroup => {
  if (last === null) return { id, content, origin, number: 0, changed: null }
  const { number, kind, reason, by, at } = presentEdit(last, nameOf)
  return { id, content, origin, number, changed: { number, kind, reason, by, at } }
}

export async function presentGroups(ctx: Context, groups: readonly Group[]): Promise<SynonymGroup[]> {
  const nameOf = await namesOf(
    ctx,
    groups.flatMap(({ last }) => last?.actorId ?? []),
  )
  return groups.map((group) => presentGroup(group, nameOf))
}

/** A group with what the files say and everything that was said of it. */
export async function presentHistory(ctx: Context, group: Group, edits: readonly SynonymEditRow[]) {
  const nameOf = await namesOf(
    ctx,
    edits.map(({ actorId }) => actorId),
  )
  return { ...presentGroup(group, nameOf), file: group.file, edits: edits.map((edit) => presentEdit(edit, nameOf)) }
}
