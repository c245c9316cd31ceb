import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'

/**
 * Our Markdown has container directives alone. What the parser takes for a text or leaf directive is a colon in a
 * sentence («с 9:00 до 18:30»): it becomes the characters that it is, or they would be lost.
 * @param source the text that `root` was parsed from
 */
export function literalDirectives(root: Root, source: string): Root {
  visit(root, (node, index, parent) => {
    if ((node.type !== 'textDirective' && node.type !== 'leafDirective') || index === undefined || parent === undefined)
      return
    const value = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
    const text = { type: 'text' as const, value, position: node.position }
    parent.children.splice(
      index,
      1,
      node.type === 'textDirective' ? text : { type: 'paragraph', children: [text], position: node.position },
    )
  })
  return root
}
