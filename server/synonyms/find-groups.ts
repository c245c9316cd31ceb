import { normaliseWord } from '#server/search/analysis/normalise.ts'
import type { ORIGINS } from './schema.ts'
import { titleOf, type Group } from './synonym-groups.ts'
import { termsOf } from './preview/term-key.ts'

const plain = (text: string): string => text.split(/\s+/u).map(normaliseWord).join(' ').trim()

/** Groups that hold a word with these letters, those that begin with it first, then by their first words. Pure. */
export function findGroups(
  groups: readonly Group[],
  { q, origin }: { q: string; origin?: (typeof ORIGINS)[number] | undefined },
): Group[] {
  const wanted = plain(q)
  const rankOf = (group: Group): number => {
    if (wanted === '') return 1
    const words = [...termsOf(group.content).map(({ text }) => plain(text)), group.id]
    if (words.includes(wanted)) return 0
    return words.some((word) => word.includes(wanted)) ? 1 : -1
  }
  return groups
    .filter((group) => origin === undefined || group.origin === origin)
    .map((group) => ({ group, rank: rankOf(group) }))
    .filter(({ rank }) => rank >= 0)
    .sort(
      (left, right) =>
        left.rank - right.rank ||
        titleOf(left.group.content).localeCompare(titleOf(right.group.content), 'ru') ||
        left.group.id.localeCompare(right.group.id),
    )
    .map(({ group }) => group)
}
