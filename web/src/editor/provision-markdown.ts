import type { RootContent } from 'mdast'
import type { ContainerDirective } from 'mdast-util-directive'
import remarkDirective from 'remark-directive'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import type { Provision } from '../api/types.ts'

const writer = unified().use(remarkDirective).use(remarkStringify, { bullet: '-', rule: '-', listItemIndent: 'one' })

const paragraph = (value: string): RootContent => ({ type: 'paragraph', children: [{ type: 'text', value }] })

function block(provision: Provision, all: readonly Provision[], depth: number): ContainerDirective {
  const { form } = provision
  const columns: RootContent[] =
    form === null || form.columns.length === 0
      ? []
      : [
          {
            type: 'list',
            ordered: true,
            start: form.columns[0]?.num ?? 1,
            spread: false,
            children: form.columns.map((column) => ({
              type: 'listItem',
              spread: false,
              children: [{ type: 'paragraph', children: [{ type: 'text', value: column.title }] }],
            })),
          },
        ]
  const lines = form === null ? provision.text.split('\n').filter((line) => line !== '') : form.footer
  return {
    type: 'containerDirective',
    name: 'provision',
    attributes: { id: provision.eid, label: provision.label },
    children: [
      ...(provision.heading === null
        ? []
        : [
            {
              type: 'heading' as const,
              depth: 2 as const,
              children: [{ type: 'text' as const, value: provision.heading }],
            },
          ]),
      ...columns,
      ...lines.map(paragraph),
      ...all
        .filter((child) => child.parentEid === provision.eid && child.status === 'in-force' && depth < 6)
        .map((child) => block(child, all, depth + 1)),
    ] as ContainerDirective['children'],
  }
}

/** A provision with its sub-points as a block of an article, word for word. */
export const provisionMarkdown = (provision: Provision, all: readonly Provision[]): string =>
  writer.stringify({ type: 'root', children: [block(provision, all, 0)] })
