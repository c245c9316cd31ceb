import { toString } from 'mdast-util-to-string'
import type { ContainerDirective } from 'mdast-util-directive'
import type { List, ListItem, Paragraph, Root, RootContent } from 'mdast'
import remarkDirective from 'remark-directive'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { stringify } from 'yaml'
import type { ArticleBlock, FrontMatter } from './article-file.ts'
import { literalDirectives } from './literal-directives.ts'

const processor = unified()
  .use(remarkParse)
  .use(remarkDirective)
  .use(remarkStringify, { bullet: '-', rule: '-', listItemIndent: 'one' })

const paragraph = (value: string): Paragraph => ({ type: 'paragraph', children: [{ type: 'text', value }] })

const columnList = (columns: ArticleBlock['columns']): List => ({
  type: 'list',
  ordered: true,
  start: columns[0]?.num ?? 1,
  spread: false,
  children: columns.map((column): ListItem => ({
    type: 'listItem',
    spread: false,
    children: [paragraph(column.title)],
  })),
})

function directive(block: ArticleBlock): ContainerDirective {
  return {
    type: 'containerDirective',
    name: 'provision',
    attributes: { id: block.eid, label: block.label },
    children: [
      ...(block.heading === null
        ? []
        : [
            {
              type: 'heading' as const,
              depth: 2 as const,
              children: [{ type: 'text' as const, value: block.heading }],
            },
          ]),
      // A form's own paragraphs are what stands below its columns.
      ...(block.columns.length > 0 ? [columnList(block.columns)] : []),
      ...block.paragraphs.map(paragraph),
      ...block.children.map(directive),
    ],
  }
}

/** The body of an article as Markdown: every provision is a `:::provision{#eid label="п. 8"}` block, children inside. */
export function renderBody(blocks: readonly ArticleBlock[]): string {
  const root: Root = { type: 'root', children: blocks.map(directive) }
  return processor.stringify(root)
}

/** The whole file: YAML front matter, then the body. The same input gives the same bytes. */
export const renderFile = (frontMatter: FrontMatter, body: string): string =>
  `---\n${stringify(frontMatter, { lineWidth: 0 })}---\n\n${body}`

/** One fault of an article file, with its line in the file; the text is for editors, in Russian. */
export interface ArticleFault {
  line: number
  text: string
}

const unknownBlock = (name: string): string => `блока :::${name} нет. Используйте :::provision или обычный текст.`

const inline = (node: RootContent | ContainerDirective): string => toString(node)

function blockOf(node: ContainerDirective, faults: ArticleFault[]): ArticleBlock {
  const line = node.position?.start.line ?? 1
  const eid = node.attributes?.['id'] ?? ''
  const label = node.attributes?.['label'] ?? ''
  if (node.name !== 'provision') faults.push({ line, text: unknownBlock(node.name) })
  else if (eid === '' || label === '')
    faults.push({ line, text: 'у блока положения нужны место и подпись: :::provision{#chp_1__para_1 label="п. 1"}' })
  const block: ArticleBlock = { eid, label, paragraphs: [], columns: [], heading: null, children: [] }
  for (const child of node.children) {
    if (child.type === 'containerDirective') block.children.push(blockOf(child, faults))
    else if (child.type === 'heading') block.heading = inline(child)
    else if (child.type === 'list' && child.ordered === true)
      child.children.forEach((item, i) =>
        block.columns.push({ num: (child.start ?? 1) + i, title: item.children.map(inline).join(' ') }),
      )
    else block.paragraphs.push(inline(child))
  }
  return block
}

/**
 * Reads the Markdown body of an article.
 * @returns its provision blocks (free text between them becomes a block without an id) and every fault with its line
 */
export function parseBody(body: string): { blocks: ArticleBlock[]; faults: ArticleFault[] } {
  const faults: ArticleFault[] = []
  const blocks: ArticleBlock[] = []
  for (const node of literalDirectives(processor.parse(body), body).children) {
    if (node.type === 'containerDirective') {
      blocks.push(blockOf(node, faults))
      continue
    }
    const last = blocks.at(-1)
    const text = inline(node)
    if (last !== undefined && last.eid === '') last.paragraphs.push(text)
    else blocks.push({ eid: '', label: '', paragraphs: [text], columns: [], heading: null, children: [] })
  }
  return { blocks, faults }
}
