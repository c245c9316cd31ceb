import type { ArticleBlock } from './article-file.ts'

/** Above this many characters a point's sub-points become passages of their own. */
export const LONG_POINT = 1200

export interface PassageDraft {
  /** The provision that the passage cites; '' in free text. */
  eid: string
  label: string
  anchor: string
  /** Lead-in of the point, for a sub-point that stands alone; '' otherwise. Never quoted. */
  context: string
  text: string
  segments: { start: number; end: number; eid: string; label: string }[]
}

const numberOf = (eid: string): string => (/__subpara_([0-9_-]+)$/.exec(eid)?.[1] ?? '').replaceAll('_', '-')

const printed = (block: ArticleBlock): string => {
  const number = numberOf(block.eid)
  const own = [
    ...(block.heading === null ? [] : [block.heading]),
    ...block.columns.map((column) => `${column.num}. ${column.title}`),
    ...block.paragraphs,
  ].join('\n')
  return number === '' ? own : `${number}) ${own}`
}

const flatten = (block: ArticleBlock): ArticleBlock[] => [block, ...block.children.flatMap(flatten)]

function passageFrom(owner: ArticleBlock, parts: readonly ArticleBlock[], context: string): PassageDraft {
  let text = ''
  const segments: PassageDraft['segments'] = []
  for (const part of parts) {
    const own = printed(part)
    if (own === '') continue
    if (text !== '') text += '\n'
    segments.push({ start: text.length, end: text.length + own.length, eid: part.eid, label: part.label })
    text += own
  }
  return { eid: owner.eid, label: owner.label, anchor: owner.eid, context, text, segments }
}

/** A block as one passage, or, where it is long, its own text and its children one by one, each divided the same way. */
function divide(block: ArticleBlock, context: string): PassageDraft[] {
  const whole = passageFrom(block, flatten(block), context)
  if (whole.text.length <= LONG_POINT || block.children.length === 0) return [whole]
  const leadIn = [context, printed({ ...block, children: [] })].filter((part) => part !== '').join('\n')
  return [passageFrom(block, [block], context), ...block.children.flatMap((child) => divide(child, leadIn))]
}

/**
 * Divides an article into what search finds and answers quote: a point with its sub-points, or, where that is long,
 * each sub-point with the point's lead-in as context. A service standard is divided by its rows, an article of a law by
 * its points.
 */
export function passagesOf(blocks: readonly ArticleBlock[]): PassageDraft[] {
  return blocks.flatMap((block) => divide(block, '')).filter((passage) => passage.text !== '')
}
