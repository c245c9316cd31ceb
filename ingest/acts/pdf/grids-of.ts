import type { PrintRule } from './print.ts'

/** A cell of a ruled table: its box, and how many columns and rows it takes. */
export interface GridCell {
  left: number
  right: number
  top: number
  bottom: number
  colspan: number
  rowspan: number
}

/** A ruled table of a page. */
export interface Grid {
  left: number
  right: number
  top: number
  bottom: number
  /** Where its columns part, outer edges included. */
  columns: number[]
  rows: GridCell[][]
  /** No rule stands at that end: the row goes on over the page's edge. */
  openTop: boolean
  openBottom: boolean
}

/** Rules nearer than this are one. */
const NEAR = 2.5
const MOST_EDGES = 400
/** Shorter verticals side by side make no row by themselves. */
const LOWEST_ROW = 12

/** Values that lie together as one, sorted. */
function edgesOf(values: readonly number[]): number[] {
  const edges: { sum: number; count: number }[] = []
  for (const value of [...values].sort((a, b) => a - b)) {
    const last = edges.at(-1)
    if (last && value - last.sum / last.count <= NEAR) {
      last.sum += value
      last.count += 1
    } else edges.push({ sum: value, count: 1 })
  }
  return edges.map(({ sum, count }) => sum / count)
}

const indexOfEdge = (edges: readonly number[], value: number): number =>
  edges.findIndex((edge) => Math.abs(edge - value) <= NEAR)

/** Groups of rules that touch each other: each is a table, or a lone underline. */
function groupsOf(rules: readonly PrintRule[]): PrintRule[][] {
  const verticals = rules.filter(({ kind }) => kind === 'vertical')
  const parent = new Map<PrintRule, PrintRule>(rules.map((rule) => [rule, rule]))
  const rootOf = (rule: PrintRule): PrintRule => {
    let root = rule
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up
    parent.set(rule, root)
    return root
  }
  const join = (one: PrintRule, other: PrintRule): void => {
    parent.set(rootOf(one), rootOf(other))
  }
  const horizontals = rules.filter(({ kind }) => kind === 'horizontal').sort((a, b) => a.at - b.at)
  for (const vertical of verticals)
    for (const horizontal of horizontals) {
      if (horizontal.at < vertical.from - NEAR) continue
      if (horizontal.at > vertical.to + NEAR) break
      if (horizontal.from - NEAR <= vertical.at && vertical.at <= horizontal.to + NEAR) join(vertical, horizontal)
    }
  // A row that fills its page has no rule across, but verticals of one height.
  const byEnds = [...verticals].sort((a, b) => a.from - b.from || a.to - b.to)
  for (const [index, one] of byEnds.entries()) {
    const next = byEnds[index + 1]
    const alike = next && Math.abs(next.from - one.from) <= NEAR && Math.abs(next.to - one.to) <= NEAR
    if (alike && one.to - one.from > LOWEST_ROW) join(one, next)
  }
  // Verticals of one column touch each other from row to row.
  const byPlace = [...verticals].sort((a, b) => a.at - b.at || a.from - b.from)
  for (const [index, one] of byPlace.entries()) {
    const next = byPlace[index + 1]
    if (next && Math.abs(next.at - one.at) <= NEAR && next.from <= one.to + NEAR) join(one, next)
  }
  const groups = new Map<PrintRule, PrintRule[]>()
  for (const rule of rules) {
    const root = rootOf(rule)
    groups.set(root, [...(groups.get(root) ?? []), rule])
  }
  return [...groups.values()]
}

/** Whether rules of a kind cover a stretch at an edge. */
function covers(rules: readonly PrintRule[], at: number, from: number, to: number): boolean {
  const pieces = rules.filter((rule) => Math.abs(rule.at - at) <= NEAR).sort((a, b) => a.from - b.from)
  let reached = from + NEAR
  for (const piece of pieces) {
    if (piece.from > reached + NEAR) continue
    reached = Math.max(reached, piece.to)
    if (reached >= to - NEAR) return true
  }
  return reached >= to - NEAR
}

function gridOf(rules: readonly PrintRule[]): Grid | null {
  const verticals = rules.filter(({ kind }) => kind === 'vertical')
  const horizontals = rules.filter(({ kind }) => kind === 'horizontal')
  const columns = edgesOf(verticals.map(({ at }) => at))
  const ruled = edgesOf(horizontals.map(({ at }) => at))
  const top = Math.min(...verticals.map(({ from }) => from))
  const bottom = Math.max(...verticals.map(({ to }) => to))
  const openTop = ruled.length === 0 || (ruled[0] ?? 0) > top + 2 * NEAR
  const openBottom = ruled.length === 0 || (ruled.at(-1) ?? 0) < bottom - 2 * NEAR
  const lines = [...(openTop ? [top] : []), ...ruled, ...(openBottom ? [bottom] : [])]
  if (columns.length < 2 || lines.length < 2 || columns.length > MOST_EDGES || lines.length > 20 * MOST_EDGES)
    return null
  const wide = columns.length - 1
  const high = lines.length - 1
  const taken = new Uint8Array(wide * high)
  const edge = (list: readonly number[], index: number): number => list[index] ?? 0
  const rows: GridCell[][] = []
  for (let row = 0; row < high; row += 1) {
    const cells: GridCell[] = []
    for (let column = 0; column < wide; column += 1) {
      if (taken[row * wide + column] === 1) continue
      const [rowTop, rowBottom] = [edge(lines, row), edge(lines, row + 1)]
      let colspan = 1
      while (column + colspan < wide && !covers(verticals, edge(columns, column + colspan), rowTop, rowBottom))
        colspan += 1
      let rowspan = 1
      const [left, right] = [edge(columns, column), edge(columns, column + colspan)]
      while (row + rowspan < high && !covers(horizontals, edge(lines, row + rowspan), left, right)) rowspan += 1
      for (let down = 0; down < rowspan; down += 1)
        taken.fill(1, (row + down) * wide + column, (row + down) * wide + column + colspan)
      cells.push({ left, right, top: rowTop, bottom: edge(lines, row + rowspan), colspan, rowspan })
    }
    rows.push(cells)
  }
  // A frame around one text is no table, unless the table goes on over the page's edge.
  if (rows.flat().length < 2 && !openTop && !openBottom) return null
  return { left: edge(columns, 0), right: edge(columns, wide), top, bottom, columns, rows, openTop, openBottom }
}

/**
 * The ruled tables of a page, top first. A lone rule, an underline or a frame around one text is none. Pure.
 */
export function gridsOf(rules: readonly PrintRule[]): Grid[] {
  return groupsOf(rules)
    .filter((group) => group.some(({ kind }) => kind === 'vertical'))
    .flatMap((group) => gridOf(group) ?? [])
    .sort((one, other) => one.top - other.top)
}

/**
 * Whether a table goes on with one of the page before: both are as wide, and one parts its columns where the other does. A part of a
 * table may have rows of joined cells alone. Pure.
 */
export function goesOn(above: Grid, below: Grid): boolean {
  if (Math.abs(above.left - below.left) > NEAR || Math.abs(above.right - below.right) > NEAR) return false
  const [few, many] =
    above.columns.length <= below.columns.length ? [above.columns, below.columns] : [below.columns, above.columns]
  return few.every((column) => indexOfEdge(many, column) >= 0)
}

/** How many of a table's columns a cell takes. Pure. */
export function columnsUnder({ left, right }: GridCell, columns: readonly number[]): number {
  return Math.max(1, columns.filter((column) => column > left + NEAR && column < right - NEAR).length + 1)
}

/** All column edges of two parts of a table. Pure. */
export const joinColumns = (one: readonly number[], other: readonly number[]): number[] => edgesOf([...one, ...other])
