import type { Nodes, RootContent } from 'mdast'
import { Fragment, type ReactNode } from 'react'
import { splitRanges } from '../text/split-ranges.ts'
import { textOf } from './article-blocks.ts'
import { findLine } from './quote-ranges.ts'

type Range = readonly [number, number]

/** Counts characters over the text leaves of one paragraph, so that a quote may run across them. */
class Cursor {
  private at = 0
  private readonly range: Range | null

  constructor(range: Range | null) {
    this.range = range
  }

  leaf(value: string): ReactNode {
    const start = this.at
    this.at += value.length
    if (this.range === null) return value
    return splitRanges(value, [[this.range[0] - start, this.range[1] - start]]).map((piece, index) =>
      piece.marked ? (
        <mark key={index} className="quote-mark" data-testid="quote-mark">
          {piece.text}
        </mark>
      ) : (
        <Fragment key={index}>{piece.text}</Fragment>
      ),
    )
  }
}

const SAFE_LINK = /^(?:https?:|mailto:|tel:|\/|#)/

function renderInline(node: Nodes, cursor: Cursor, key: number): ReactNode {
  const children = () =>
    'children' in node ? node.children.map((child, index) => renderInline(child, cursor, index)) : null
  switch (node.type) {
    case 'text':
      return <Fragment key={key}>{cursor.leaf(node.value)}</Fragment>
    case 'inlineCode':
      return <code key={key}>{cursor.leaf(node.value)}</code>
    case 'strong':
      return <strong key={key}>{children()}</strong>
    case 'emphasis':
      return <em key={key}>{children()}</em>
    case 'break':
      return <br key={key} />
    case 'link':
      return SAFE_LINK.test(node.url) ? (
        <a key={key} href={node.url}>
          {children()}
        </a>
      ) : (
        <Fragment key={key}>{children()}</Fragment>
      )
    case 'textDirective':
      return (
        <Fragment key={key}>
          :{node.name}
          {children()}
        </Fragment>
      )
    default:
      return <Fragment key={key}>{children()}</Fragment>
  }
}

interface MarkdownNodesProps {
  nodes: readonly RootContent[]
  /** Lines of a quote to mark. */
  quoted: readonly string[]
  /** Level of the topmost heading inside. */
  headingLevel: 2 | 3 | 4
}

function renderBlock(node: RootContent, quoted: readonly string[], level: 2 | 3 | 4, key: number): ReactNode {
  const inline = () => {
    const cursor = new Cursor(quoted.length === 0 ? null : findLine(textOf(node), quoted))
    return 'children' in node ? node.children.map((child, index) => renderInline(child, cursor, index)) : null
  }
  const blocks = () =>
    'children' in node ? node.children.map((child, index) => renderBlock(child, quoted, level, index)) : null
  switch (node.type) {
    case 'paragraph':
      return <p key={key}>{inline()}</p>
    case 'heading': {
      const Heading = `h${Math.min(6, level + Math.max(0, node.depth - 2))}` as 'h2' | 'h3' | 'h4' | 'h5' | 'h6'
      return <Heading key={key}>{inline()}</Heading>
    }
    case 'list':
      return node.ordered === true ? (
        <ol key={key} start={node.start ?? 1}>
          {blocks()}
        </ol>
      ) : (
        <ul key={key}>{blocks()}</ul>
      )
    case 'listItem':
      return <li key={key}>{blocks()}</li>
    case 'blockquote':
      return <blockquote key={key}>{blocks()}</blockquote>
    case 'thematicBreak':
      return <hr key={key} />
    case 'code':
      return <pre key={key}>{node.value}</pre>
    case 'html':
      // Bodies hold no markup of their own; what looks like it is shown as the characters that it is.
      return <p key={key}>{node.value}</p>
    default:
      return <Fragment key={key}>{blocks() ?? inline()}</Fragment>
  }
}

/** Markdown as elements of the page. Nothing is ever taken as HTML. */
export function MarkdownNodes({ nodes, quoted, headingLevel }: MarkdownNodesProps) {
  return nodes.map((node, index) => renderBlock(node, quoted, headingLevel, index))
}
