import type { Provision } from './act.ts'
import { type Scope, scopeOf } from './tree-builder.ts'

/** Numbers that name an element of an act, as a reference gives them. */
export interface Address {
  section?: string
  /** «Параграф 1» of a chapter. */
  paragraph?: string
  chapter?: string
  point?: string
  subpoint?: string
  part?: string
  appendix?: string
  /** Of a law; its points are numbered anew in each article. */
  article?: string
  /** A row of the service standard («пункт 8 Перечня»). */
  row?: string
  /** The appendix that a row or a further appendix belongs to. */
  host?: string
}

export interface EidIndex {
  find(scope: Scope, address: Address): string | null
  /** Number of the last point of a document, for telling a cut-off text from a slip. */
  lastPoint(scope: Scope): number
  /** The appendix whose table is the service standard of a document. */
  standard(scope: Scope): string | null
}

/** Looks elements up by their numbers: points are numbered through the whole document. */
export function indexEids(provisions: readonly Provision[]): EidIndex {
  const eids = new Set(provisions.map((one) => one.eid))
  const points = new Map<string, string>()
  const articles = new Map<string, string>()
  const divisions: Provision[] = []
  const standards = new Map<Scope, string>()
  const last = new Map<Scope, number>()
  for (const one of provisions) {
    const { eid, kind, num, parentEid } = one
    const scope = scopeOf(eid)
    if (kind === 'row' && parentEid !== null && !standards.has(scope))
      standards.set(scope, eid.replace(/__row_.*$/, ''))
    if (num === null) continue
    if (kind === 'article') articles.set(`${scope} ${num}`, eid)
    if (kind === 'section' || kind === 'chapter' || kind === 'paragraph') divisions.push(one)
    if (kind !== 'point') continue
    const article = /(?:^|__)(art_[\d-]+)__/.exec(eid)?.[1] ?? ''
    const key = `${scope} ${article} ${num}`
    if (!points.has(key)) points.set(key, eid)
    last.set(scope, Math.max(last.get(scope) ?? 0, Number.parseInt(num, 10)))
  }
  // Chapters and paragraphs may be numbered anew; where what they stand in is not named, the first one is meant.
  const division = (scope: Scope, { section, chapter, paragraph }: Address): string | null => {
    const [kind, num] =
      paragraph !== undefined
        ? (['paragraph', paragraph] as const)
        : chapter !== undefined
          ? (['chapter', chapter] as const)
          : (['section', section] as const)
    const named = [
      ...(section === undefined ? [] : [`sec_${section}`]),
      ...(chapter === undefined ? [] : [`chp_${chapter}`]),
    ]
    return (
      divisions.find(
        (one) =>
          one.kind === kind &&
          one.num === num &&
          scopeOf(one.eid) === scope &&
          named.every((step) => one.eid.split('__').includes(step)),
      )?.eid ?? null
    )
  }
  const existing = (eid: string): string | null => (eids.has(eid) ? eid : null)
  return {
    find(scope, address) {
      const { article, point, subpoint, part, appendix, row, host } = address
      const prefix = scope.startsWith('ann_') ? `${scope}__` : ''
      if (row !== undefined) {
        const standard = host ?? standards.get(scope)
        return standard === undefined ? null : existing(`${standard}__row_${row}`)
      }
      if (appendix !== undefined)
        return (
          existing(scope === 'order' ? `ann_${appendix}` : '') ??
          existing(`${host === undefined ? prefix : `${host}__`}app_${appendix}`)
        )
      if (point === undefined && article === undefined) return division(scope, address)
      const base =
        point === undefined
          ? articles.get(`${scope} ${article ?? ''}`)
          : points.get(`${scope} ${article === undefined ? '' : `art_${article}`} ${point}`)
      if (base === undefined) return null
      // «часть первая» is the point's own text.
      const inPart = part === undefined || part === '1' ? base : `${base}__part_${part}`
      return existing(subpoint === undefined ? inPart : `${inPart}__subpara_${subpoint}`)
    },
    lastPoint: (scope) => last.get(scope) ?? 0,
    standard: (scope) => standards.get(scope) ?? null,
  }
}
