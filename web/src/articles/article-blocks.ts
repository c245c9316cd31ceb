import type { Nodes, RootContent } from 'mdast'
import remarkDirective from 'remark-directive'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

/** A provision of the article's body, or free text between provisions (`eid` is then ''). */
export interface Block {
  eid: string
  label: string
  /** Its words are the editor's own, not the provision's. */
  isParaphrase: boolean
  /** What it says itself, without its children. */
  content: RootContent[]
  children: Block[]
}

const processor = unified().use(remarkParse).use(remarkDirective)

function blocksOf(nodes: readonly RootContent[]): Block[] {
  const blocks: Block[] = []
  for (const node of nodes) {
    if (node.type === 'containerDirective' && node.name === 'provision') {
      const provisions = node.children.filter(
        (child) => child.type === 'containerDirective' && child.name === 'provision',
      )
      blocks.push({
        eid: node.attributes?.['id'] ?? '',
        label: node.attributes?.['label'] ?? '',
        isParaphrase: node.attributes != null && 'paraphrase' in node.attributes,
        content: node.children.filter((child) => !provisions.includes(child)),
        children: blocksOf(provisions),
      })
      continue
    }
    const last = blocks.at(-1)
    if (last !== undefined && last.eid === '') last.content.push(node)
    else blocks.push({ eid: '', label: '', isParaphrase: false, content: [node], children: [] })
  }
  return blocks
}

/** Reads an article's Markdown into its provisions. */
export const articleBlocks = (body: string): Block[] => blocksOf(processor.parse(body).children)

/** The text of a node as a reader sees it. */
export function textOf(node: Nodes): string {
  if ('value' in node && node.type !== 'html') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
