import { diffArrays } from 'diff'
import { alignProvisions, wordingOf } from './align-provisions.ts'
import type { ProvisionRow } from './queries.ts'

/** One difference between two states of an act. */
export interface ProvisionChange {
  /** `before` is null for what was added, `after` for what was removed. */
  before: ProvisionRow | null
  after: ProvisionRow | null
  kind: 'added' | 'removed' | 'excluded' | 'moved' | 'changed'
  parts: { kind: 'same' | 'added' | 'removed'; text: string }[]
}

/** Words of any script, spaces and single marks: the tokenizer of `diff` takes Cyrillic letter by letter. */
const TOKEN = /[\p{L}\p{N}\p{M}_]+|\s+|[^\p{L}\p{N}\p{M}_\s]/gu
const tokensOf = (text: string): string[] => text.match(TOKEN) ?? []

/** Two texts with fewer common words than this share say nothing in each other's terms: one goes, the other comes. */
const LEAST_COMMON = 0.3

function parts(a: string, b: string): ProvisionChange['parts'] {
  const [before, after] = [tokensOf(a), tokensOf(b)]
  const found = diffArrays(before, after).map((part) => ({
    kind: part.added ? ('added' as const) : part.removed ? ('removed' as const) : ('same' as const),
    text: part.value.join(''),
    words: part.value.filter((token) => /[\p{L}\p{N}]/u.test(token)).length,
  }))
  const total = Math.max(
    1,
    ...[before, after].map((tokens) => tokens.filter((one) => /[\p{L}\p{N}]/u.test(one)).length),
  )
  const common = found.reduce((sum, { kind, words }) => sum + (kind === 'same' ? words : 0), 0)
  if (a !== '' && b !== '' && common / total < LEAST_COMMON)
    return [
      { kind: 'removed', text: a },
      { kind: 'added', text: b },
    ]
  return found.map(({ kind, text }) => ({ kind, text }))
}

/** What is compared word by word: of a table that is not a standard (whose rows are elements) its cells as well, a row a line. */
const saidOf = (row: ProvisionRow): string =>
  row.cells == null || row.cells.isStandard
    ? wordingOf(row)
    : [
        wordingOf(row),
        ...row.cells.rows.map(({ cells }) => cells.map(({ lines }) => lines.join(' ')).join(' | ')),
      ].join('\n')

/** The same but for numbers and labels. */
export const isSaidAlike = (was: ProvisionRow, row: ProvisionRow): boolean =>
  was.status === row.status &&
  wordingOf(was) === wordingOf(row) &&
  JSON.stringify([was.form, was.cells?.rows.map(({ cells }) => cells)]) ===
    JSON.stringify([row.form, row.cells?.rows.map(({ cells }) => cells)])

function kindOf(was: ProvisionRow, row: ProvisionRow): ProvisionChange['kind'] {
  return row.status === 'excluded' && was.status === 'in-force' ? 'excluded' : 'changed'
}

/**
 * Elements whose words, number, cells or standing differ, in the order of the later state; what is gone comes last. An element is
 * `moved` when it stands under another number or parent; where its words changed as well, its `parts` say so. What only went
 * along with its moved parent is not told: its parent tells it.
 */
export function compareWordings(before: readonly ProvisionRow[], after: readonly ProvisionRow[]): ProvisionChange[] {
  const old = new Map(before.map((row) => [row.eid, row]))
  const matches = alignProvisions(before, after)
  const goesAlong = (row: ProvisionRow, was: ProvisionRow): boolean => {
    if (row.parentEid === null || matches.get(row.parentEid)?.eid !== was.parentEid) return false
    const own = (one: ProvisionRow) => one.eid.slice((one.parentEid ?? '').length)
    return row.parentEid !== was.parentEid && own(row) === own(was) && isSaidAlike(was, row)
  }
  const from = new Set([...matches.values()].map((row) => row.eid))
  const changes = [
    ...after.flatMap((row): ProvisionChange[] => {
      const was = matches.get(row.eid)
      if (was !== undefined && (was.contentHash === row.contentHash || goesAlong(row, was))) return []
      const kind = was === undefined ? 'added' : was.eid === row.eid ? kindOf(was, row) : 'moved'
      return [
        {
          before: was ?? null,
          after: row,
          kind,
          parts: parts(was === undefined ? '' : saidOf(was), saidOf(row)),
        },
      ]
    }),
    ...[...old.values()]
      .filter((row) => !from.has(row.eid))
      .map((row): ProvisionChange => ({ before: row, after: null, kind: 'removed', parts: parts(saidOf(row), '') })),
  ]
  // A standard is told by its rows; that they changed is no change of the table around them.
  const rows = new Set(changes.flatMap(({ after: row }) => (row?.kind === 'row' ? [row.parentEid] : [])))
  return changes.filter(
    ({ before: was, after: row }) =>
      !(
        was?.cells?.isStandard === true &&
        row?.cells?.isStandard === true &&
        rows.has(row.eid) &&
        was.eid === row.eid &&
        wordingOf(was) === wordingOf(row)
      ),
  )
}
