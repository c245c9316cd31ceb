import { isInvisible } from '#ingest/text/invisible.ts'
import { type Builder } from '../tree-builder.ts'
import { collapseTraced, type Traced } from '../traced.ts'

/** Places already mended, by act: a cell is read for its table and for its row. */
const mended = new WeakMap<Builder, Set<number>>()

/** A text as a person reads it: white space collapsed, invisible characters left out and noted as mends. */
export function cleanText(builder: Builder, traced: Traced, eid: string | null): Traced {
  let text = ''
  const at: number[] = []
  const seen = mended.get(builder) ?? new Set<number>()
  mended.set(builder, seen)
  for (let index = 0; index < traced.text.length; index += 1) {
    const char = traced.text.charAt(index)
    const offset = traced.at[index] ?? 0
    if (!isInvisible(char)) {
      text += char
      at.push(offset)
      continue
    }
    if (seen.has(offset)) continue
    seen.add(offset)
    builder.repairs.push({
      rule: 'invisible-character',
      eid,
      raw: char,
      text: '',
      span: builder.locate.span(offset, offset + 1),
    })
  }
  return collapseTraced({ text, at })
}
