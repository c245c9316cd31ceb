import { type Traced } from '../traced.ts'

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/iy

/**
 * Finds for every character of a decoded text where in the source it stood, where the source has escapes («10\)»), character
 * references («&quot;») or line indents besides. Pure.
 *
 * @param source The whole source.
 * @param value The decoded text of `source.slice(start, end)`.
 */
export function alignTraced(source: string, value: string, start: number, end: number): Traced {
  const at: number[] = []
  let offset = start
  for (let index = 0; index < value.length; index += 1) {
    const char = value.charAt(index)
    while (offset < end && source.charAt(offset) !== char) {
      ENTITY.lastIndex = offset
      const entity = source.charAt(offset) === '&' ? ENTITY.exec(source) : null
      if (entity) break
      offset += 1
    }
    at.push(Math.min(offset, end))
    ENTITY.lastIndex = offset
    const entity = source.charAt(offset) === '&' && char !== '&' ? ENTITY.exec(source) : null
    offset += entity ? entity[0].length : 1
    // «&amp;»: the character itself begins the reference.
    if (char === '&' && source.startsWith('amp;', offset)) offset += 4
  }
  return { text: value, at }
}
