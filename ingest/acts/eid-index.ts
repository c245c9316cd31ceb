import type { Provision } from './act.ts'
import type { Scope } from './tree-builder.ts'

/** Numbers that name an element of an act, as a reference gives them. */
export interface Address {
  chapter?: string
  point?: string
  subpoint?: string
  part?: string
  appendix?: string
}

export interface EidIndex {
  find(scope: Scope, address: Address): string | null
  /** Number of the last point of a document, for telling a cut-off text from a slip. */
  lastPoint(scope: Scope): number
}

/** Looks elements up by their numbers: points are numbered through the whole document. */
export function indexEids(provisions: readonly Provision[]): EidIndex {
  const eids = new Set(provisions.map((one) => one.eid))
  const points = new Map<string, string>()
  const last = { order: 0, annex: 0 }
  for (const { eid, kind, num } of provisions) {
    if (kind !== 'point' || num === null) continue
    const scope: Scope = eid.startsWith('ord__') ? 'order' : 'annex'
    const key = `${scope} ${num}`
    if (!points.has(key)) points.set(key, eid)
    last[scope] = Math.max(last[scope], Number.parseInt(num, 10))
  }
  const existing = (eid: string): string | null => (eids.has(eid) ? eid : null)
  return {
    find(scope, { chapter, point, subpoint, part, appendix }) {
      if (appendix !== undefined) return existing(`app_${appendix}`)
      if (point === undefined) {
        return chapter === undefined ? null : existing(`${scope === 'order' ? 'ord__' : ''}chp_${chapter}`)
      }
      const base = points.get(`${scope} ${point}`)
      if (base === undefined) return null
      // «часть первая» is the point's own text.
      const inPart = part === undefined || part === '1' ? base : `${base}__part_${part}`
      return existing(subpoint === undefined ? inPart : `${inPart}__subpara_${subpoint}`)
    },
    lastPoint: (scope) => last[scope],
  }
}
