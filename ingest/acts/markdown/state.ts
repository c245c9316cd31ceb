import type { Provision, ProvisionKind } from '../act.ts'
import { type LabelStep, labelOfChain } from '../labels.ts'
import { addProvision, type Builder, say, type Scope } from '../tree-builder.ts'
import type { Block } from './blocks.ts'
import type { MarkdownMarkers } from './markers.ts'

/** The document that is being read: the order, the law, or an annexed document. */
export interface Document {
  scope: Scope
  /** Prefix of element ids: `ord__`, '', `ann_2__`. */
  prefix: string
  /** What labels begin with: «приказ», «Правила (прил. 2)», ''. */
  label: string
  /** The annexed document as an element, where there are several. */
  root: Provision | null
}

/** An appendix whose content is being collected. */
export interface OpenAppendix {
  provision: Provision
  content: Block[]
}

export interface State {
  builder: Builder
  markers: MarkdownMarkers
  document: Document
  steps: Map<string, readonly LabelStep[]>
  eids: Set<string>
  section: Provision | null
  chapter: Provision | null
  paragraph: Provision | null
  article: Provision | null
  point: Provision | null
  subpoint: Provision | null
  preamble: Provision | null
  /** Where a new list of sub-points hangs: the point, the article, or its latest part. */
  lead: Provision | null
  /** The list being read: where it hangs and its last number. */
  list: { lead: Provision; last: string } | null
  /** Unnumbered parts by the element they belong to. */
  parts: Map<string, number>
  appendix: OpenAppendix | null
  /** The next heading is the title of the document just opened. */
  untitled: boolean
  annexes: number
  annexTitle: string | null
  signature: boolean
}

export interface Addition {
  kind: ProvisionKind
  num: string | null
  /** Last step of the id: `para_8`. */
  step: string
  parent: Provision | null
  heading?: string | null
  text: string
  extent: { start: number; end: number }
  /** Steps of its label after those of the document. */
  steps?: readonly LabelStep[]
  label?: string
}

/** Adds an element; a second one with the same id is a fault of the source and refused. */
export function addElement(state: State, addition: Addition): Provision {
  const { builder, document } = state
  const { parent, kind, num } = addition
  const eid = `${parent ? `${parent.eid}__` : document.prefix}${addition.step}`
  const steps = addition.steps ?? [{ kind, num: num ?? '' }]
  const label = addition.label ?? labelOfChain(steps, document.label, builder.lang)
  if (state.eids.has(eid))
    say(
      builder,
      'error',
      `${kind}-repeated`,
      `${label} повторяется. Исправьте номер или удалите повтор.`,
      addition.extent.start,
      addition.extent.end,
    )
  state.eids.add(eid)
  state.steps.set(eid, steps)
  return addProvision(builder, {
    kind,
    num,
    eid,
    parent,
    document: '',
    heading: addition.heading ?? null,
    text: addition.text,
    extent: addition.extent,
    label,
  })
}

/** Label steps of an element that has been added. */
export const stepsOf = (state: State, element: Provision | null): readonly LabelStep[] =>
  element === null ? [] : (state.steps.get(element.eid) ?? [])
