import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import type { SynonymWarning } from '../schema.ts'
import { sizeOf, titleOf, type Group } from '../synonym-groups.ts'
import { isStopTerm, termKey, termsOf, type Term } from './term-key.ts'

/** A group of so many words is large: what joins two of them changes many questions. */
const LARGE = 10
/** Groups with so many words in common lead to each other. */
const CYCLE = 2

/**
 * What an editor should know before a group is saved. Of other groups only what the change brings about is said: what stood there before
 * is no news. Pure.
 * @param id of the group; null for a new one
 * @param was its words before; null for none
 * @param passagesOf in how many passages a word stands
 */
export function findWarnings(input: {
  id: string | null
  was: SynonymContent | null
  content: SynonymContent
  others: readonly Pick<Group, 'id' | 'content'>[]
  passagesOf: (term: Term) => number
}): SynonymWarning[] {
  const { was, content, passagesOf } = input
  const others = input.others.filter(({ id }) => id !== input.id)
  const terms = termsOf(content)
  const before = new Set(termsOf(was).map(termKey))
  const added = terms.filter((term) => !before.has(termKey(term)))
  const warnings: SynonymWarning[] = []
  const warn = (
    code: SynonymWarning['code'],
    isSerious: boolean,
    words: readonly Term[],
    groups: readonly Pick<Group, 'id' | 'content'>[] = [],
  ): void => {
    if (words.length > 0)
      warnings.push({
        code,
        isSerious,
        terms: words.map(({ text }) => text),
        groups: groups.map(({ id, content: own }) => ({ id, title: titleOf(own), size: sizeOf(own) })),
      })
  }

  const absent = terms.filter((term) => passagesOf(term) === 0)
  if (terms.length > 0 && absent.length === terms.length) warn('finds-nothing', true, terms)
  else
    warn(
      'not-in-base',
      false,
      absent.filter((term) => added.includes(term)),
    )
  warn('stop-word', true, added.filter(isStopTerm))

  const firstOf = new Map<string, Term>()
  for (const term of terms) {
    const key = termKey(term)
    const first = firstOf.get(key)
    if (first === undefined) firstOf.set(key, term)
    else if (added.includes(term) || added.includes(first)) warn('same-word', false, [first, term])
  }

  const keys = new Set(terms.map(termKey))
  const addedKeys = new Set(added.map(termKey))
  const sharing = others.map((group) => {
    const shared = termsOf(group.content).filter((term) => keys.has(termKey(term)))
    return { group, shared, isNews: shared.some((term) => addedKeys.has(termKey(term))) }
  })
  const cyclic = new Set<string>()
  for (const { group, shared, isNews } of sharing)
    if (isNews && shared.length >= CYCLE) {
      cyclic.add(group.id)
      warn('cycle', true, shared, [group])
    }
  for (const term of added) {
    const key = termKey(term)
    const holders = sharing.filter(({ shared }) => shared.some((one) => termKey(one) === key)).map(({ group }) => group)
    if (holders.length === 0) continue
    const large = holders.filter((group) => sizeOf(group.content) >= LARGE)
    const joins = large.length >= 2 || (large.length === 1 && sizeOf(content) >= LARGE)
    const news = joins ? large : holders.filter(({ id }) => !cyclic.has(id))
    if (news.length > 0) warn(joins ? 'joins' : 'shared', joins, [term], news)
  }
  return warnings
}
