import { diff3MergeRegions } from 'node-diff3'

/**
 * A stretch of a three-way merge, whole lines. `both`: the two made the same change. Only a `conflict` needs somebody
 * to choose; `text` is what an automatic merge takes (of a conflict: nothing).
 */
export type MergeRegion =
  | { kind: 'same' | 'mine' | 'theirs' | 'both'; text: string; base: string }
  | { kind: 'conflict'; base: string; mine: string; theirs: string }

export interface MergedTexts {
  regions: MergeRegion[]
  /** The merged text; null while there is a conflict. */
  text: string | null
}

const lines = (text: string): string[] => (text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []))

const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((x, i) => x === b[i])

/**
 * Merges two texts that began as the same one, line by line (a paragraph of our Markdown is a line). Nothing is lost:
 * every line of either text is in a region.
 * @see Khanna, Kunal, Pierce: A Formal Investigation of Diff3 (2007)
 */
export function mergeTexts(base: string, mine: string, theirs: string): MergedTexts {
  const regions: MergeRegion[] = []
  for (const region of diff3MergeRegions(lines(mine), lines(base), lines(theirs))) {
    if (region.stable) {
      const text = region.bufferContent.join('')
      if (region.buffer === 'o') regions.push({ kind: 'same', text, base: text })
      // The library tells which side the lines come from, but not which they replace: added lines replace none.
      else regions.push({ kind: region.buffer === 'a' ? 'mine' : 'theirs', text, base: '' })
      continue
    }
    const [a, o, b] = [region.aContent, region.oContent, region.bContent]
    const joined = { base: o.join(''), mine: a.join(''), theirs: b.join('') }
    if (isSame(a, b)) regions.push({ kind: 'both', text: joined.mine, base: joined.base })
    else if (isSame(a, o)) regions.push({ kind: 'theirs', text: joined.theirs, base: joined.base })
    else if (isSame(b, o)) regions.push({ kind: 'mine', text: joined.mine, base: joined.base })
    else regions.push({ kind: 'conflict', ...joined })
  }
  const texts = regions.map((region) => (region.kind === 'conflict' ? null : region.text))
  return { regions, text: texts.includes(null) ? null : texts.join('') }
}

/** One field of two people's: the changed one wins; both changed otherwise is a conflict. */
export const mergeValues = <T>(base: T, mine: T, theirs: T): { value: T; conflict: boolean } =>
  mine === theirs || theirs === base
    ? { value: mine, conflict: false }
    : mine === base
      ? { value: theirs, conflict: false }
      : { value: mine, conflict: true }
