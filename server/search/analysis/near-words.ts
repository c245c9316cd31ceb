/** Words within an edit or two of another, found without walking through all of them letter by letter. */
export interface NearWords {
  add(word: string): void
  remove(word: string): void
  /** Every word within `limit` edits (swapped neighbours are one), with its distance. */
  near(word: string, limit: number): { word: string; distance: number }[]
}

interface Bucket {
  words: string[]
  signs: number[]
  /** Where each word stands in both. */
  places: Map<string, number>
}

/** Damerau–Levenshtein distance (swapped neighbours are one edit), not beyond `limit`. */
export const editDistance = (left: string, right: string, limit: number): number => {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    let best = row
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1]
      let value = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        value = Math.min(value, (beforePrevious[column - 2] ?? 0) + 1)
      current.push(value)
      best = Math.min(best, value)
    }
    if (best > limit) return limit + 1
    beforePrevious = previous
    previous = current
  }
  return previous[right.length] ?? limit + 1
}

/** Whether one edit at most lies between two words (a letter more, less or another, two swapped): what is alike at both ends decides. */
export const isOneEdit = (left: string, right: string): boolean => {
  if (left.length > right.length) return isOneEdit(right, left)
  if (right.length - left.length > 1) return false
  let begin = 0
  while (begin < left.length && left.charCodeAt(begin) === right.charCodeAt(begin)) begin += 1
  let end = 0
  const most = left.length - begin
  while (end < most && left.charCodeAt(left.length - 1 - end) === right.charCodeAt(right.length - 1 - end)) end += 1
  const [restOfLeft, restOfRight] = [left.length - begin - end, right.length - begin - end]
  if (restOfLeft <= 1 && restOfRight <= 1) return true
  return restOfLeft === 2 && restOfRight === 2 && left[begin] === right[begin + 1] && left[begin + 1] === right[begin]
}

/** Which letters a word has, a bit each: an edit changes two bits at most, a swap none. */
const signOf = (word: string): number => {
  let sign = 0
  for (let at = 0; at < word.length; at += 1) sign |= 1 << (word.charCodeAt(at) & 31)
  return sign
}

const bits = (value: number): number => {
  let rest = value - ((value >>> 1) & 0x55555555)
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333)
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** An empty collection: words by length, with a signature of their letters that rules most of them out at once. */
export const createNearWords = (): NearWords => {
  const buckets = new Map<number, Bucket>()
  return {
    add(word) {
      const bucket: Bucket = buckets.get(word.length) ?? { words: [], signs: [], places: new Map() }
      buckets.set(word.length, bucket)
      if (bucket.places.has(word)) return
      bucket.places.set(word, bucket.words.length)
      bucket.words.push(word)
      bucket.signs.push(signOf(word))
    },
    remove(word) {
      const bucket = buckets.get(word.length)
      const place = bucket?.places.get(word)
      if (bucket === undefined || place === undefined) return
      // The last takes its place.
      const last = bucket.words.pop() ?? ''
      const sign = bucket.signs.pop() ?? 0
      bucket.places.delete(word)
      if (last === word) return
      bucket.words[place] = last
      bucket.signs[place] = sign
      bucket.places.set(last, place)
    },
    near(word, limit) {
      const sign = signOf(word)
      const found: { word: string; distance: number }[] = []
      for (let length = Math.max(1, word.length - limit); length <= word.length + limit; length += 1) {
        const bucket = buckets.get(length)
        if (bucket === undefined) continue
        const { words, signs } = bucket
        for (let at = 0; at < signs.length; at += 1) {
          if (bits((signs[at] ?? 0) ^ sign) > 2 * limit) continue
          const other = words[at] ?? ''
          if (limit === 1) {
            if (isOneEdit(word, other)) found.push({ word: other, distance: word === other ? 0 : 1 })
            continue
          }
          const distance = editDistance(word, other, limit)
          if (distance <= limit) found.push({ word: other, distance })
        }
      }
      return found
    },
  }
}
