/** A list of numbers as acts print it, for larger patterns: «1), 2) и 3)», «20 - 25», «10-1». No groups. */
export const NUMBER_LIST = String.raw`\d{1,4}(?:-\d{1,3})?\)?(?:(?:\s*,\s*|\s+[–—-]\s+|\s*[–—]\s*|\s+и\s+|\s+немесе\s+|\s+және\s+)\d{1,4}(?:-\d{1,3})?\)?){0,40}`

const LONGEST_RANGE = 500

/** «20 - 25» → all six; «1), 2) и 3)» → three; «10-1» is one number. Pure. */
export function expandNumbers(list: string): string[] {
  const numbers: string[] = []
  let range = false
  for (const [token] of list.matchAll(/\d+(?:-\d+)?|\s[–—-]\s|[–—]/g)) {
    if (!/\d/.test(token)) {
      range = true
      continue
    }
    const from = Number(numbers.at(-1))
    const to = Number(token)
    if (range && to > from && to - from < LONGEST_RANGE) {
      for (let number = from + 1; number < to; number += 1) numbers.push(String(number))
    }
    range = false
    numbers.push(token)
  }
  return numbers
}

const ORDINALS = ['перв', 'втор', 'трет', 'четверт', 'пят', 'шест', 'седьм', 'восьм', 'девят', 'десят']

/** Beginnings of «первая», «второй» … for larger patterns. No groups. */
export const ORDINAL = String.raw`(?:${ORDINALS.join('|')})\p{L}{1,4}`

/** «второй» → «2», «2» → «2»; null when it is no ordinal. Pure. */
export function ordinalNumber(word: string): string | null {
  if (/^\d+$/.test(word)) return word
  const at = ORDINALS.findIndex((stem) => word.toLowerCase().startsWith(stem))
  return at < 0 ? null : String(at + 1)
}
