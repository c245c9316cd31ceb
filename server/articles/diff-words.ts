import { diffArrays } from 'diff'
import type { z } from '@hono/zod-openapi'
import type { DiffPartSchema } from './schema.ts'

type DiffPart = z.infer<typeof DiffPartSchema>

/** Words of any script, fences, line ends, other white space, and single marks: the tokenizer of `diff` takes Cyrillic letter by letter. */
const TOKEN = /\r?\n|:{3,}|[\p{L}\p{N}\p{M}_]+|[^\S\r\n]+|[^\p{L}\p{N}\p{M}_\s]/gu

/** Above this many inserted and deleted words a difference is no help to a reader, and its search takes too long. */
const MOST_EDITS = 1500

/**
 * Word-level difference of two texts, in order: all parts that are not `added` give `before`, all that are not `removed`
 * give `after`. Lines are compared first, so that a new paragraph is one addition; words only where lines were replaced.
 * Lines that have too little in common come as one removal and one addition.
 */
export function diffWords(before: string, after: string): DiffPart[] {
  const parts: DiffPart[] = []
  const push = (part: DiffPart) => {
    const last = parts.at(-1)
    if (last?.kind === part.kind) last.text += part.text
    else if (part.text !== '') parts.push(part)
  }
  const changes = diffArrays(linesOf(before), linesOf(after), { maxEditLength: MOST_EDITS })
  if (changes === undefined) return replaced(before, after)
  for (let i = 0; i < changes.length; i++) {
    const [change, next] = [changes[i], changes[i + 1]]
    if (change === undefined) break
    const text = change.value.join('')
    if (change.removed && next?.added === true) {
      for (const part of wordsOf(text, next.value.join(''))) push(part)
      i += 1
    } else push({ kind: change.added ? 'added' : change.removed ? 'removed' : 'same', text })
  }
  return parts
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

const replaced = (before: string, after: string): DiffPart[] => [
  { kind: 'removed', text: before },
  { kind: 'added', text: after },
]

function wordsOf(before: string, after: string): DiffPart[] {
  const changes = diffArrays(before.match(TOKEN) ?? [], after.match(TOKEN) ?? [], { maxEditLength: MOST_EDITS })
  if (changes === undefined) return replaced(before, after)
  return joinAcrossSpaces(
    changes.map((change) => ({
      kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
      text: change.value.join(''),
    })),
  )
}

/** A space that happens to be common to two replaced runs is no reason to show them word by word. */
function joinAcrossSpaces(parts: readonly DiffPart[]): DiffPart[] {
  const joined: DiffPart[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed !== '') joined.push({ kind: 'removed', text: removed })
    if (added !== '') joined.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'removed') removed += part.text
    else if (part.kind === 'added') added += part.text
    else if (removed !== '' && added !== '' && /^[^\S\r\n]+$/.test(part.text) && i < parts.length - 1) {
      removed += part.text
      added += part.text
    } else {
      flush()
      joined.push(part)
    }
  }
  flush()
  return joined
}

/** Each line apart, so that a mark never runs over the end of a block. */
const marked = (tag: 'ins' | 'del', text: string): string =>
  text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : `<${tag}>${line}</${tag}>`))
    .join('\n')

const asMarkdown = (parts: readonly DiffPart[]): string =>
  parts
    .map((part) =>
      part.kind === 'same' ? part.text : part.kind === 'added' ? marked('ins', part.text) : marked('del', part.text),
    )
    .join('')

/**
 * The difference as Markdown with `<ins>` and `<del>`, which Markdown's own marks cannot be mistaken for. A title that changed stands
 * first, as a heading.
 */
export const diffAsMarkdown = (parts: readonly DiffPart[], title: readonly DiffPart[] = []): string =>
  `${title.some(({ kind }) => kind !== 'same') ? `# ${asMarkdown(title)}\n\n` : ''}${asMarkdown(parts)}`
