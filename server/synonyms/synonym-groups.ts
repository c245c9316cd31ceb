import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import { notFound } from '#server/errors.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { contentOf, isSameContent } from './over-files.ts'
import type { SynonymEditRow } from './queries.ts'
import type { ORIGINS } from './schema.ts'

/** A group of synonyms with where its words come from. */
export interface Group {
  id: string
  /** As searches use it; of a removed group, as it last was. */
  content: SynonymContent
  /** What the files say of it. */
  file: SynonymContent | null
  origin: (typeof ORIGINS)[number]
  last: SynonymEditRow | null
}

const EMPTY: SynonymContent = { weight: 1, ru: { same: [], near: [] }, kk: { same: [], near: [] } }

/** All groups, those of the files in their order, then those that editors added; removed ones among them. Pure. */
export function groupsOf(files: LanguageData, edits: readonly SynonymEditRow[]): Group[] {
  const said = new Map(edits.map((edit) => [edit.groupId, edit]))
  const inFiles = new Map(files.concepts.map((concept) => [concept.id, contentOf(concept)]))
  return [...new Set([...inFiles.keys(), ...said.keys()])].map((id) => {
    const file = inFiles.get(id) ?? null
    const last = said.get(id) ?? null
    const own = last === null || last.kind === 'file' ? file : last.content
    const content = own ?? file ?? EMPTY
    // What is given back to a file that does not say it any more is gone too.
    if (last?.kind === 'removed' || own === null) return { id, content, file, origin: 'removed', last }
    if (file === null) return { id, content, file, origin: 'added', last }
    return { id, content, file, origin: isSameContent(content, file) ? 'file' : 'changed', last }
  })
}

/** What a group is called: its first words. Pure. */
export const titleOf = ({ ru, kk }: SynonymContent): string => ru.same[0] ?? kk.same[0] ?? ''

/** How many words a group has. Pure. */
export const sizeOf = ({ ru, kk }: SynonymContent): number =>
  ru.same.length + ru.near.length + kk.same.length + kk.near.length

/** @throws DomainError `not-found` */
export function groupById(groups: readonly Group[], id: string): Group {
  const group = groups.find((one) => one.id === id)
  if (group === undefined) throw notFound('group of synonyms', id)
  return group
}
