import type { ProvisionRow } from './queries.ts'

/** What aligning needs of a wording. */
export type AlignedRow = Pick<ProvisionRow, 'eid' | 'parentEid' | 'kind' | 'heading' | 'text' | 'status'>

/** What an element says, its number left out. */
export const wordingOf = (row: Pick<AlignedRow, 'heading' | 'text'>): string =>
  [row.heading, row.text].filter((part) => part !== null && part !== '').join('\n')

/** Shorter texts («бесплатно») stand in many places: under another parent the same words are no move. */
const SHORTEST_ELSEWHERE = 30
/** Letters and digits that a text must have to be known again under another number of the same parent. */
const SHORTEST_SIBLING = 5
/** Of fewer words, most are the formula of the field («в течение 3 рабочих дней»): alike is not the same. */
const FEWEST_WORDS = 8
/** Share of common words, rare ones counting more, from which a text with another number is the same one, amended. */
const ALIKE = 0.65
/** The same under another parent, where order says nothing. */
const ALIKE_ELSEWHERE = 0.8
/** Most pairs of a stretch whose words are compared; beyond it ids alone decide. */
const MOST_PAIRS = 90_000

/** An element with all that stands under it: a point is known again by its sub-points as well. */
interface Node {
  row: AlignedRow
  children: Node[]
  /** All words of the element and of what is under it; equal for equal texts. */
  key: string
  letters: number
}

type Pair = readonly [Node, Node]

function treeOf(rows: readonly AlignedRow[]): Node[] {
  const nodes = new Map(rows.map((row) => [row.eid, { row, children: [], key: '', letters: 0 } as Node]))
  const roots: Node[] = []
  for (const node of nodes.values()) {
    const parent = node.row.parentEid === null ? undefined : nodes.get(node.row.parentEid)
    if (parent === undefined || parent === node) roots.push(node)
    else parent.children.push(node)
  }
  const finish = (node: Node): void => {
    for (const child of node.children) finish(child)
    const own = `${node.row.kind} ${wordingOf(node.row)}`
    node.key = [own, ...node.children.map(({ key }) => key)].join('\n')
    node.letters =
      (wordingOf(node.row).match(/[\p{L}\p{N}]/gu) ?? []).length + node.children.reduce((n, one) => n + one.letters, 0)
  }
  for (const root of roots) finish(root)
  return roots
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** How much two texts have in common, 0 to 1, a word that many elements have weighing little. Made when first needed. */
function similarity(before: readonly AlignedRow[], after: readonly AlignedRow[]) {
  let rarity: Map<string, number> | null = null
  const inRows = (rows: readonly AlignedRow[]) => {
    const counts = new Map<string, number>()
    for (const row of rows)
      for (const word of new Set(wordsOf(wordingOf(row)))) counts.set(word, (counts.get(word) ?? 0) + 1)
    return counts
  }
  const weights = () => {
    if (rarity !== null) return rarity
    const [one, other] = [inRows(before), inRows(after)]
    const total = Math.max(before.length, after.length)
    rarity = new Map(
      [...new Set([...one.keys(), ...other.keys()])].map((word) => [
        word,
        Math.log(1 + total / Math.max(one.get(word) ?? 0, other.get(word) ?? 0)),
      ]),
    )
    return rarity
  }
  const bags = new Map<Node, { words: Map<string, number>; count: number; weight: number }>()
  const bagOf = (node: Node) => {
    const known = bags.get(node)
    if (known !== undefined) return known
    const words = new Map<string, number>()
    const all = subtree(node).flatMap(({ row }) => wordsOf(wordingOf(row)))
    for (const word of all) words.set(word, (words.get(word) ?? 0) + 1)
    const weight = all.reduce((sum, word) => sum + (weights().get(word) ?? 0), 0)
    const bag = { words, count: all.length, weight }
    bags.set(node, bag)
    return bag
  }
  return (a: Node, b: Node): { share: number; words: number } => {
    const [one, other] = [bagOf(a), bagOf(b)]
    let common = 0
    for (const [word, n] of one.words) common += Math.min(n, other.words.get(word) ?? 0) * (weights().get(word) ?? 0)
    const total = one.weight + other.weight
    return { share: total === 0 ? 0 : (2 * common) / total, words: Math.min(one.count, other.count) }
  }
}

const subtree = (node: Node): Node[] => [node, ...node.children.flatMap(subtree)]

type Similarity = ReturnType<typeof similarity>

/**
 * How well two siblings go together; null where they cannot. The same number may have wholly other words (it was restated); another
 * number needs words that are nearly the same, and the same words win over any number.
 */
function scoreOf(a: Node, b: Node, alike: Similarity): number | null {
  if (a.row.kind !== b.row.kind) return null
  const sameId = a.row.eid === b.row.eid
  if (a.key === b.key && (sameId || a.letters >= SHORTEST_SIBLING)) return sameId ? 1.6 : 1.5
  const { share, words } = alike(a, b)
  if (sameId) return share ** 2 + 0.15
  if (a.row.status === 'excluded' || b.row.status === 'excluded') return null
  return share >= ALIKE && words >= FEWEST_WORDS ? share ** 2 : null
}

/** Pairs in the order of both lists with the greatest sum of scores (Needleman–Wunsch without a price for gaps). */
function inOrder(before: readonly Node[], after: readonly Node[], alike: Similarity): Pair[] {
  const best = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1))
  const scores = before.map((a) => after.map((b) => scoreOf(a, b, alike)))
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const score = scores[i]?.[j] ?? null
      const row = best[i]
      if (row !== undefined)
        row[j] = Math.max(at(i + 1, j), at(i, j + 1), score === null ? 0 : score + at(i + 1, j + 1))
    }
  const pairs: Pair[] = []
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    const [a, b, score] = [before[i], after[j], scores[i]?.[j] ?? null]
    if (a !== undefined && b !== undefined && score !== null && at(i, j) === score + at(i + 1, j + 1)) {
      pairs.push([a, b])
      i += 1
      j += 1
    } else if (at(i, j) === at(i + 1, j)) i += 1
    else j += 1
  }
  return pairs
}

/** Texts that stand once on either side, as many as keep their order: they cut a long list into short stretches. */
function anchors(before: readonly Node[], after: readonly Node[]): Pair[] {
  const once = (nodes: readonly Node[]) => {
    const found = new Map<string, number | null>()
    for (const [i, { key, letters }] of nodes.entries())
      if (letters >= SHORTEST_SIBLING) found.set(key, found.has(key) ? null : i)
    return found
  }
  const [one, other] = [once(before), once(after)]
  const common = [...one].flatMap(([key, i]) => {
    const j = other.get(key)
    return i === null || j == null ? [] : [{ i, j }]
  })
  // The longest row of pairs with rising j (patience sorting): `tails[k]` ends the row of k + 1 pairs with the lowest j.
  const tails: number[] = []
  const previous = common.map(() => -1)
  for (const [n, { j }] of common.entries()) {
    let low = 0
    for (let high = tails.length; low < high;) {
      const middle = (low + high) >> 1
      if ((common[tails[middle] ?? 0]?.j ?? 0) < j) low = middle + 1
      else high = middle
    }
    previous[n] = tails[low - 1] ?? -1
    tails[low] = n
  }
  const kept: Pair[] = []
  for (let n = tails.at(-1) ?? -1; n >= 0; n = previous[n] ?? -1) {
    const [a, b] = [before[common[n]?.i ?? -1], after[common[n]?.j ?? -1]]
    if (a !== undefined && b !== undefined) kept.unshift([a, b])
  }
  return kept
}

/** Pairs whatever their order, the best first: what changed places. */
function outOfOrder(
  before: readonly Node[],
  after: readonly Node[],
  score: (a: Node, b: Node) => number | null,
): Pair[] {
  const found = before.flatMap((a) =>
    after.flatMap((b) => {
      const value = score(a, b)
      return value === null ? [] : [{ a, b, value }]
    }),
  )
  const taken = new Set<Node>()
  return found
    .sort((one, other) => other.value - one.value)
    .flatMap(({ a, b }): Pair[] => {
      if (taken.has(a) || taken.has(b)) return []
      taken.add(a).add(b)
      return [[a, b]]
    })
}

const byId = (before: readonly Node[], after: readonly Node[]): Pair[] => {
  const known = new Map(before.map((node) => [node.row.eid, node]))
  return after.flatMap((b): Pair[] => {
    const a = known.get(b.row.eid)
    return a === undefined ? [] : [[a, b]]
  })
}

/** What corresponds to what among the children of one element. */
function siblings(before: readonly Node[], after: readonly Node[], alike: Similarity): Pair[] {
  const isSame = (a: Node | undefined, b: Node | undefined) =>
    a !== undefined && b !== undefined && a.row.eid === b.row.eid && a.key === b.key
  const pairs: Pair[] = []
  const [old, now] = [[...before], [...after]]
  const take = (a: Node | undefined, b: Node | undefined) => {
    if (a !== undefined && b !== undefined) pairs.push([a, b])
  }
  while (isSame(old.at(-1), now.at(-1))) take(old.pop(), now.pop())
  let head = 0
  for (; isSame(old[head], now[head]); head += 1) take(old[head], now[head])
  const [restOld, restNow] = [old.slice(head), now.slice(head)]
  const fixed = anchors(restOld, restNow)
  pairs.push(...fixed)
  let [i, j] = [0, 0]
  for (const pair of [...fixed, null]) {
    const end = pair === null ? restOld.length : restOld.indexOf(pair[0], i)
    const stop = pair === null ? restNow.length : restNow.indexOf(pair[1], j)
    const [one, other] = [restOld.slice(i, end), restNow.slice(j, stop)]
    pairs.push(...(one.length * other.length > MOST_PAIRS ? byId(one, other) : inOrder(one, other, alike)))
    ;[i, j] = [end + 1, stop + 1]
  }
  const [paired, met] = [new Set(pairs.map(([a]) => a)), new Set(pairs.map(([, b]) => b))]
  const [left, came] = [restOld.filter((a) => !paired.has(a)), restNow.filter((b) => !met.has(b))]
  pairs.push(
    ...(left.length * came.length > MOST_PAIRS
      ? byId(left, came)
      : outOfOrder(left, came, (a, b) => scoreOf(a, b, alike))),
  )
  return pairs
}

/** What went from one parent to another: its own words are the same, or nearly so where the number of candidates is bounded. */
function elsewhere(gone: readonly Node[], come: readonly Node[], alike: Similarity): Pair[] {
  const own = ({ row }: Node) => `${row.kind} ${wordingOf(row)}`
  const isLong = ({ row }: Node) => row.text !== '' && wordingOf(row).length >= SHORTEST_ELSEWHERE
  const exact: Pair[] = []
  const waiting = new Map<string, Node[]>()
  for (const node of gone.filter(isLong)) waiting.set(own(node), [...(waiting.get(own(node)) ?? []), node])
  for (const node of come.filter(isLong)) {
    const same = waiting.get(own(node))?.shift()
    if (same !== undefined) exact.push([same, node])
  }
  const [used, met] = [new Set(exact.map(([a]) => a)), new Set(exact.map(([, b]) => b))]
  const [left, came] = [gone.filter((a) => !used.has(a) && isLong(a)), come.filter((b) => !met.has(b) && isLong(b))]
  if (left.length * came.length > MOST_PAIRS) return exact
  return [
    ...exact,
    ...outOfOrder(left, came, (a, b) => {
      if (a.row.kind !== b.row.kind || a.row.status === 'excluded' || b.row.status === 'excluded') return null
      const { share, words } = alike(a, b)
      return share >= ALIKE_ELSEWHERE && words >= FEWEST_WORDS ? share : null
    }),
  ]
}

/**
 * Which element of an earlier state each element of a later one is, by its text as well as by its number: where a point is put in or
 * taken out, those behind it go on under other numbers. Level by level: children of elements that correspond are aligned in
 * their order, then what changed places, then what went to another parent. Pure; bounded by `MOST_PAIRS` a level.
 * @returns earlier rows by the element id of the later ones
 */
export function alignProvisions<Row extends AlignedRow>(
  before: readonly Row[],
  after: readonly Row[],
): Map<string, Row> {
  const alike = similarity(before, after)
  const pairs: Pair[] = []
  const gone: Node[] = []
  const come: Node[] = []
  const level = (old: readonly Node[], now: readonly Node[]): void => {
    const found = siblings(old, now, alike)
    const [paired, met] = [new Set(found.map(([a]) => a)), new Set(found.map(([, b]) => b))]
    gone.push(...old.filter((node) => !paired.has(node)).flatMap(subtree))
    come.push(...now.filter((node) => !met.has(node)).flatMap(subtree))
    pairs.push(...found)
    for (const [a, b] of found) level(a.children, b.children)
  }
  level(treeOf(before), treeOf(after))
  pairs.push(...elsewhere(gone, come, alike))
  const rows = new Map(before.map((row) => [row.eid, row]))
  return new Map(
    pairs.flatMap(([a, b]) => {
      const row = rows.get(a.row.eid)
      return row === undefined ? [] : [[b.row.eid, row] as const]
    }),
  )
}
