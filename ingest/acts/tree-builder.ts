import type { Lang, Message, Provision, ProvisionKind, Remark, Repair, Severity } from './act.ts'
import { joinLines, type Joined } from './join-lines.ts'
import { labelOf } from './labels.ts'
import type { Line, Locator } from './source-lines.ts'
import { extentOf, type Traced } from './traced.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The documents of a source: the order itself, the rules annexed to it, or one of several annexed documents. */
export type Scope = 'order' | 'annex' | `ann_${string}`

/** The document that an element belongs to; its id says so. */
export function scopeOf(eid: string): Scope {
  if (eid.startsWith('ord__')) return 'order'
  const annex = /^ann_[\d-]+/.exec(eid)?.[0]
  return annex === undefined ? 'annex' : `ann_${annex.slice(4)}`
}

/** A note or an exclusion in place of a text, to be read when all elements are known. */
export interface PendingNote {
  traced: Traced
  scope: Scope
  /** The element that stands as «исключен …» itself; null for a «Сноска». */
  exclusionOf: Provision | null
  /** The appendix the note stands in: «Перечень с изменениями …» speaks of it. */
  host?: string
}

/** What the layers add to while a source is read. */
export interface Builder {
  source: string
  lang: Lang
  locate: Locator
  vocabulary: Vocabulary
  provisions: Provision[]
  remarks: Remark[]
  repairs: Repair[]
  notes: PendingNote[]
  messages: Message[]
}

export interface NewProvision {
  kind: ProvisionKind
  num: string | null
  eid: string
  parent: Provision | null
  /** Prefix of the label where the parent gives none: «приказ». */
  document: string
  heading?: string | null
  text: string
  extent: { start: number; end: number }
  /** Where the reader knows better than the kind and the parent's label. */
  label?: string
}

export function say(
  builder: Builder,
  severity: Severity,
  rule: string,
  text: string,
  start: number,
  end = start,
): void {
  const place = builder.locate.span(start, Math.max(start, end))
  builder.messages.push({ severity, rule, text: `Строка ${String(place.start.line)}: ${text}`, place })
}

/** Joins lines and says where a displaced text was not found. The mends get their element later. */
export function read(builder: Builder, lines: readonly Line[]): Joined {
  const joined = joinLines(builder.source, lines, builder.vocabulary)
  for (const offset of joined.unmended) {
    say(
      builder,
      'warning',
      'gap-unmended',
      'двойной пробел: возможно, выпал текст ссылки, а в конце строки его нет. Сверьте строку с печатным изданием.',
      offset,
      offset + 1,
    )
  }
  return joined
}

export function keepMends(builder: Builder, joined: Joined, eid: string | null): void {
  for (const mend of joined.mends) {
    builder.repairs.push({
      rule: mend.rule,
      eid,
      raw: builder.source.slice(mend.start, mend.end),
      text: mend.text,
      span: builder.locate.span(mend.start, mend.end),
    })
  }
}

export function addProvision(builder: Builder, fresh: NewProvision): Provision {
  const { start, end } = fresh.extent
  // Points are numbered through all chapters, so a chapter is no part of their label.
  const parentLabel = fresh.kind === 'point' || fresh.kind === 'preamble' ? fresh.document : (fresh.parent?.label ?? '')
  const provision: Provision = {
    eid: fresh.eid,
    parentEid: fresh.parent?.eid ?? null,
    kind: fresh.kind,
    num: fresh.num,
    label: fresh.label ?? labelOf({ kind: fresh.kind, num: fresh.num, parent: parentLabel }, builder.lang),
    heading: fresh.heading ?? null,
    text: fresh.text,
    raw: builder.source.slice(start, end),
    span: builder.locate.span(start, end),
    status: 'in-force',
    form: null,
  }
  builder.provisions.push(provision)
  return provision
}

export function addRemark(
  builder: Builder,
  kind: Remark['kind'],
  text: string,
  extent: { start: number; end: number } | null,
): void {
  if (extent) builder.remarks.push({ kind, text, span: builder.locate.span(extent.start, extent.end) })
}

/** Lines nobody claimed as running text: joined, kept as a remark. */
export function remarkLines(builder: Builder, kind: Remark['kind'], lines: readonly Line[]): string {
  if (lines.length === 0) return ''
  const joined = read(builder, lines)
  keepMends(builder, joined, null)
  addRemark(builder, kind, joined.traced.text, extentOf(joined.traced))
  return joined.traced.text
}
