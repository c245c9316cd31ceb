import type { Nodes, RootContent } from 'mdast'
import type { ContainerDirective } from 'mdast-util-directive'
import { toString } from 'mdast-util-to-string'
import remarkDirective from 'remark-directive'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { literalDirectives } from '#ingest/articles/literal-directives.ts'
import type { Said } from '#server/errors.ts'
import { told, WORDING } from './fault-wordings.ts'

/** Line and column count from 1. */
export interface Place {
  line: number
  column: number
}

/** Something wrong with a text: an `error` keeps it from review, a `warning` does not. The message is in Russian, `said` in every language of the interface. */
export interface BodyFault extends Place {
  rule: string
  severity: 'error' | 'warning'
  message: string
  said: Said
}

/** Words that a provision block shows: a heading, a paragraph, or a numbered column of a form. */
export interface QuotedPart extends Place {
  kind: 'heading' | 'paragraph' | 'column'
  text: string
  num: number | null
}

/** A `:::provision{#eid label="п. 8"}` block with its own words, without its children's. */
export interface QuotedBlock extends Place {
  eid: string
  label: string
  /** Id of the act, where the block names another than the article's (`act="act_…"`). */
  act: string | null
  /** `paraphrase`: the words are the editor's own. */
  paraphrase: boolean
  parts: QuotedPart[]
}

export interface BodyLink extends Place {
  url: string
  text: string
}

export interface BodyOutline {
  blocks: QuotedBlock[]
  links: BodyLink[]
  faults: BodyFault[]
}

const processor = unified().use(remarkParse).use(remarkDirective)

/** Bounds of one article: far above any, far below what would stop the server. */
export const MOST_CHARACTERS = 200_000
const MOST_BLOCKS = 2_000
const MOST_FAULTS = 200

const placeOf = (node: Nodes): Place => ({
  line: node.position?.start.line ?? 1,
  column: node.position?.start.column ?? 1,
})

/** The Markdown of an article as editors' rules see it: its provision blocks, its links, and every fault of its form. */
export function readBody(body: string): BodyOutline {
  const blocks: QuotedBlock[] = []
  const links: BodyLink[] = []
  const faults: BodyFault[] = []
  const seen = new Map<string, Place>()
  const lines = body.split('\n')
  const fault = (node: Nodes, rule: string, said: Said, severity: BodyFault['severity'] = 'error') => {
    if (faults.length < MOST_FAULTS) faults.push({ ...placeOf(node), rule, severity, ...told(said) })
  }

  const inline = (node: Nodes): void => {
    switch (node.type) {
      case 'link':
        links.push({ ...placeOf(node), url: node.url, text: toString(node) })
        break
      case 'html':
        fault(node, 'html', WORDING.html)
        break
      case 'image':
      case 'imageReference':
        fault(node, 'image', WORDING.image)
        break
      case 'linkReference':
      case 'definition':
      case 'footnoteReference':
      case 'footnoteDefinition':
        fault(node, 'reference', WORDING.reference)
        break
    }
    if ('children' in node) for (const child of node.children) inline(child)
  }

  const provision = (node: ContainerDirective): void => {
    const attributes = node.attributes ?? {}
    const eid = attributes['id'] ?? ''
    const label = attributes['label'] ?? ''
    if (eid === '' || label === '') fault(node, 'block', WORDING.block)
    const before = seen.get(eid)
    if (eid !== '' && before !== undefined) fault(node, 'duplicate', WORDING.duplicate(eid, before.line))
    else seen.set(eid, placeOf(node))
    const last = lines[(node.position?.end.line ?? 1) - 1] ?? ''
    if (!/^\s*:{3,}\s*$/.test(last)) fault(node, 'unclosed', WORDING.unclosed)
    const block: QuotedBlock = {
      ...placeOf(node),
      eid,
      label,
      act: attributes['act'] ?? null,
      paraphrase: 'paraphrase' in attributes,
      parts: [],
    }
    blocks.push(block)
    for (const child of node.children) {
      if (child.type === 'containerDirective') container(child)
      else {
        inline(child)
        if (child.type === 'heading')
          block.parts.push({ ...placeOf(child), kind: 'heading', text: toString(child), num: null })
        else if (child.type === 'list' && child.ordered === true)
          for (const [i, item] of child.children.entries())
            block.parts.push({
              ...placeOf(item),
              kind: 'column',
              num: (child.start ?? 1) + i,
              text: item.children.map((part) => toString(part)).join(' '),
            })
        else block.parts.push({ ...placeOf(child), kind: 'paragraph', text: toString(child), num: null })
      }
    }
  }

  const container = (node: ContainerDirective): void => {
    if (node.name === 'provision') return provision(node)
    fault(node, 'block', WORDING.blockUnknown(node.name))
    for (const child of node.children) visit(child)
  }
  const visit = (node: RootContent): void => {
    if (node.type === 'containerDirective') container(node)
    else inline(node)
  }

  if (body.length > MOST_CHARACTERS) {
    faults.push({
      line: 1,
      column: 1,
      rule: 'size',
      severity: 'error',
      ...told(WORDING.tooLong(MOST_CHARACTERS)),
    })
    return { blocks, links, faults }
  }
  const root = literalDirectives(processor.parse(body), body)
  for (const node of root.children) visit(node)
  if (toString(root).trim() === '')
    faults.push({ line: 1, column: 1, rule: 'empty', severity: 'error', ...told(WORDING.empty) })
  if (blocks.length > MOST_BLOCKS)
    faults.push({
      line: 1,
      column: 1,
      rule: 'size',
      severity: 'error',
      ...told(WORDING.tooManyBlocks(MOST_BLOCKS)),
    })
  return { blocks, links, faults }
}
