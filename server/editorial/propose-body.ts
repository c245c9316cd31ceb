import type { Root, RootContent } from 'mdast'
import type { ContainerDirective } from 'mdast-util-directive'
import remarkDirective from 'remark-directive'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import type { ArticleBlock } from '#ingest/articles/article-file.ts'
import { renderBody } from '#ingest/articles/article-markdown.ts'
import { literalDirectives } from '#ingest/articles/literal-directives.ts'

/** What became of a quoted provision whose wording has ended. */
export type QuotedChange =
  /** Its block may have another number. */
  | { kind: 'restated'; block: ArticleBlock }
  /** The same words under another number. */
  | { kind: 'moved'; block: ArticleBlock }
  /** Excluded, with a line that says so. */
  | { kind: 'excluded'; line: string }
  /** Not in the new text of what it stood in. */
  | { kind: 'gone' }
  /** It was changed, and its new text is not held. */
  | { kind: 'unheld' }

export interface ProposeBodyInput {
  body: string
  /** Act of the blocks that name no other. */
  actId: string | null
  /** By act and element: `act_… chp_1__para_8`. */
  changes: ReadonlyMap<string, QuotedChange>
  /** Provisions that are new in one that the text quotes, by the same key of what they stand in, in their order. */
  added: ReadonlyMap<string, readonly ArticleBlock[]>
  /** Provisions that are new beside those that the text quotes, with the keys of what stands before each, the nearest first. */
  beside?: readonly { key: string; block: ArticleBlock; after: readonly string[] }[]
}

export interface ProposedBody {
  body: string
  /** Labels of blocks that stand under another number, before and now: «п. 8 → п. 9»; not of what goes along with such a block. */
  moved: string[]
  /** Labels of blocks that say something else than before. */
  replaced: string[]
  excluded: string[]
  added: string[]
  /** Words of editors over a changed provision: left as they are, somebody must look at them. */
  paraphrased: string[]
  /** Left as they are, since the new text is not held. */
  unheld: string[]
}

export const changeKeyOf = (actId: string | null, eid: string): string => `${actId ?? ''} ${eid}`

const processor = unified()
  .use(remarkParse)
  .use(remarkDirective)
  .use(remarkStringify, { bullet: '-', rule: '-', listItemIndent: 'one' })

const isProvision = (node: RootContent): node is ContainerDirective =>
  node.type === 'containerDirective' && node.name === 'provision'

/** The directive that a block is written as. */
function directiveOf(block: ArticleBlock): ContainerDirective | null {
  const [node] = processor.parse(renderBody([block])).children
  return node !== undefined && isProvision(node) ? node : null
}

/**
 * The text of an article after its act was changed: blocks of changed provisions say the new wording, those of excluded ones give way
 * to a line, those that have moved get their new number, and all the rest stays as it is, letter by letter. The words of paraphrases are
 * not touched. Pure.
 */
export function proposeBody(input: ProposeBodyInput): ProposedBody {
  const { body, actId, changes, added, beside = [] } = input
  const said: Omit<ProposedBody, 'body'> = {
    moved: [],
    replaced: [],
    excluded: [],
    added: [],
    paraphrased: [],
    unheld: [],
  }
  const root: Root = literalDirectives(processor.parse(body), body)
  const keyOf = (node: ContainerDirective): string =>
    changeKeyOf(node.attributes?.['act'] ?? actId, node.attributes?.['id'] ?? '')
  /** The key that the block has from now on. */
  const newKeyOf = (node: ContainerDirective): string => {
    const change = changes.get(keyOf(node))
    return change?.kind === 'moved' || change?.kind === 'restated'
      ? changeKeyOf(node.attributes?.['act'] ?? actId, change.block.eid)
      : keyOf(node)
  }
  const quoted = new Set<string>()
  const collect = (nodes: readonly RootContent[]): void => {
    for (const node of nodes)
      if (isProvision(node)) {
        quoted.add(newKeyOf(node))
        collect(node.children)
      }
  }
  collect(root.children)

  /** @returns the block as it reads now, null where nothing of it is left, the same object where nothing changed */
  const renew = (
    given: ContainerDirective,
    lines: string[],
    parent: ContainerDirective | null = null,
  ): ContainerDirective | null => {
    const label = given.attributes?.['label'] ?? ''
    const change = changes.get(keyOf(given))
    const key = newKeyOf(given)
    const isParaphrase = given.attributes != null && 'paraphrase' in given.attributes
    let node = given
    if ((change?.kind === 'moved' || change?.kind === 'restated') && key !== keyOf(given)) {
      // What goes along with its point is told by that.
      const isAlong = parent !== null && keyOf(parent) !== newKeyOf(parent) && key.startsWith(`${newKeyOf(parent)}__`)
      if (!isAlong) said.moved.push(`${label} → ${change.block.label}`)
      node = { ...given, attributes: { ...given.attributes, id: change.block.eid, label: change.block.label } }
    }
    if (change !== undefined && change.kind !== 'moved' && isParaphrase) said.paraphrased.push(label)
    else if (change?.kind === 'unheld') said.unheld.push(label)
    else if (change?.kind === 'excluded' || change?.kind === 'gone') {
      said.excluded.push(label)
      if (change.kind === 'excluded') lines.push(change.line)
      return null
    }
    let isSame = node === given
    const inner: ContainerDirective[] = []
    for (const child of node.children) {
      if (!isProvision(child)) continue
      const next = renew(child, lines, given)
      if (next !== child) isSame = false
      if (next !== null) inner.push(next)
    }
    for (const block of isParaphrase ? [] : (added.get(key) ?? [])) {
      const made = quoted.has(changeKeyOf(node.attributes?.['act'] ?? actId, block.eid)) ? null : directiveOf(block)
      if (made === null) continue
      said.added.push(block.label)
      inner.push(made)
      isSame = false
    }
    const own = node.children.filter((child) => !isProvision(child))
    if (change?.kind === 'restated' && !isParaphrase) {
      const made = directiveOf({ ...change.block, children: [] })
      if (made !== null) {
        said.replaced.push(label)
        // A heading that the article leaves out (a form under its appendix's title) stays left out.
        const hadHeading = own.some((child) => child.type === 'heading')
        const fresh = made.children.filter((child) => hadHeading || child.type !== 'heading' || own.length === 0)
        return {
          ...node,
          attributes: { ...node.attributes, label: change.block.label },
          children: [...fresh, ...inner],
        }
      }
    }
    return isSame ? node : { ...node, children: [...own, ...inner] }
  }

  const keysIn = (node: ContainerDirective): string[] => [
    newKeyOf(node),
    ...node.children.filter(isProvision).flatMap(keysIn),
  ]
  const tops = root.children.filter(isProvision)
  const holder = new Map(tops.flatMap((node) => keysIn(node).map((key) => [key, node] as const)))
  /** New blocks by the one that they stand behind; those that stand before all that is quoted go to its end. */
  const behind = new Map<ContainerDirective | null, string[]>()
  for (const { key, block, after } of beside) {
    if (quoted.has(key)) continue
    const node = after.map((one) => holder.get(one)).find((one) => one !== undefined) ?? tops.at(-1) ?? null
    behind.set(node, [...(behind.get(node) ?? []), renderBody([block]).trimEnd()])
    said.added.push(block.label)
  }

  let text = ''
  let from = 0
  for (const node of tops) {
    const lines: string[] = []
    const next = renew(node, lines)
    const more = behind.get(node) ?? []
    if (next === node && more.length === 0) continue
    const [start, end] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0]
    const own =
      next === node
        ? [body.slice(start, end)]
        : next === null
          ? []
          : [processor.stringify({ type: 'root', children: [next] }).trimEnd()]
    const written = [...own, ...lines.map((line) => processor.stringify(paragraphOf(line)).trimEnd()), ...more]
    text += body.slice(from, start) + written.join('\n\n')
    from = end
  }
  const last = behind.get(null) ?? []
  return { body: [text + body.slice(from), ...last].join('\n\n'), ...said }
}

const paragraphOf = (value: string): Root => ({
  type: 'root',
  children: [{ type: 'paragraph', children: [{ type: 'text', value }] }],
})
