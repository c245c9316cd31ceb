import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import { NEAR_WEIGHT, type Concept, type LanguageData } from '#server/search/analysis/language-data.ts'

/** The last word of an editor on a group. */
export interface GroupEdit {
  groupId: string
  kind: 'set' | 'removed' | 'file'
  content: SynonymContent | null
}

/** A concept as a group of words. Pure. */
export const contentOf = ({ weight, members }: Concept): SynonymContent => {
  const content: SynonymContent = { weight, ru: { same: [], near: [] }, kk: { same: [], near: [] } }
  for (const { text, lang, weight: own } of members) content[lang][own < 1 ? 'near' : 'same'].push(text)
  return content
}

/** A group of words as a concept; its members in the order in which the files are read, Kazakh before Russian. Pure. */
export const conceptOf = (id: string, { weight, ...terms }: SynonymContent): Concept => ({
  id,
  weight,
  members: (['kk', 'ru'] as const).flatMap((lang) => [
    ...terms[lang].same.map((text) => ({ text, lang, weight: 1 })),
    ...terms[lang].near.map((text) => ({ text, lang, weight: NEAR_WEIGHT })),
  ]),
})

/** Whether two groups say the same. Pure. */
export const isSameContent = (one: SynonymContent, other: SynonymContent): boolean =>
  JSON.stringify(conceptOf('', one)) === JSON.stringify(conceptOf('', other))

/**
 * What search knows of the languages: the files, and editors' words over them. Pure.
 * @returns the files' own data, the very object, where the words change nothing
 */
export function overFiles(files: LanguageData, edits: readonly GroupEdit[]): LanguageData {
  const said = new Map(
    edits.flatMap(({ groupId, kind, content }) =>
      kind === 'file' ? [] : [[groupId, kind === 'removed' ? null : content] as const],
    ),
  )
  let isChanged = false
  const concepts = files.concepts.flatMap((concept) => {
    const content = said.get(concept.id)
    said.delete(concept.id)
    if (content === undefined || (content !== null && isSameContent(content, contentOf(concept)))) return [concept]
    isChanged = true
    return content === null ? [] : [conceptOf(concept.id, content)]
  })
  for (const [groupId, content] of said) {
    if (content === null) continue
    isChanged = true
    concepts.push(conceptOf(groupId, content))
  }
  return isChanged ? { ...files, concepts } : files
}
