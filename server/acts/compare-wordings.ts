import { diffArrays } from 'diff'
import type { ProvisionRow } from './queries.ts'

/** One difference between two states of an act. */
export interface ProvisionChange {
  /** `before` is null for what was added, `after` for what was removed. */
  before: ProvisionRow | null
  after: ProvisionRow | null
  kind: 'added' | 'removed' | 'excluded' | 'moved' | 'changed'
  parts: { kind: 'same' | 'added' | 'removed'; text: string }[]
}

/** What an element says, its number left out. */
export const wordingOf = (row: ProvisionRow): string =>
  [row.heading, row.text].filter((part) => part !== null && part !== '').join('\n')

/** Shorter texts («бесплатно») stand in many places; the same words elsewhere are no move. */
const SHORTEST_MOVED = 30

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

function kindOf(was: ProvisionRow, row: ProvisionRow): ProvisionChange['kind'] {
  return row.status === 'excluded' && was.status === 'in-force' ? 'excluded' : 'changed'
}

/** Pairs what vanished with what appeared and says the same. */
function moves(gone: readonly ProvisionRow[], come: readonly ProvisionRow[]): Map<string, ProvisionRow> {
  const byWording = new Map<string, ProvisionRow>()
  for (const row of gone) {
    const wording = `${row.kind} ${wordingOf(row)}`
    if (wording.length >= SHORTEST_MOVED && row.text !== '' && !byWording.has(wording)) byWording.set(wording, row)
  }
  const found = new Map<string, ProvisionRow>()
  for (const row of come) {
    const wording = `${row.kind} ${wordingOf(row)}`
    const from = byWording.get(wording)
    if (from === undefined) continue
    found.set(row.eid, from)
    byWording.delete(wording)
  }
  return found
}

/** Elements whose words, number, cells or standing differ, in the order of the later state; what is gone comes last. */
export function compareWordings(before: readonly ProvisionRow[], after: readonly ProvisionRow[]): ProvisionChange[] {
  const old = new Map(before.map((row) => [row.eid, row]))
  const present = new Set(after.map((row) => row.eid))
  const gone = before.filter((row) => !present.has(row.eid))
  const moved = moves(
    gone,
    after.filter((row) => !old.has(row.eid)),
  )
  const from = new Set([...moved.values()].map((row) => row.eid))
  return [
    ...after.flatMap((row): ProvisionChange[] => {
      const was = old.get(row.eid) ?? moved.get(row.eid)
      if (was?.contentHash === row.contentHash) return []
      const kind = was === undefined ? 'added' : old.has(row.eid) ? kindOf(was, row) : 'moved'
      return [
        {
          before: was ?? null,
          after: row,
          kind,
          parts: parts(was === undefined ? '' : wordingOf(was), wordingOf(row)),
        },
      ]
    }),
    ...gone
      .filter((row) => !from.has(row.eid))
      .map((row): ProvisionChange => ({ before: row, after: null, kind: 'removed', parts: parts(wordingOf(row), '') })),
  ]
}
