const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/** 4 → «iv». Pure. */
export function romanNumber(value: number): string {
  let rest = value
  let roman = ''
  for (const [size, letters] of ROMAN) for (; rest >= size; rest -= size) roman += letters
  return roman
}

/** 1 → «a», 27 → «aa», as lists count in letters. Pure. */
export function letterNumber(value: number, alphabet = 'abcdefghijklmnopqrstuvwxyz'): string {
  const letter = alphabet.charAt((value - 1) % alphabet.length)
  return letter.repeat(Math.floor((value - 1) / alphabet.length) + 1)
}

/** What a browser shows before an item of `<ol type=…>`: «3.». Pure. */
export function listNumber(value: number, type: string): string {
  if (value < 1 || value > 3999) return `${String(value)}.`
  const shown: Record<string, string> = {
    a: letterNumber(value),
    A: letterNumber(value).toUpperCase(),
    i: romanNumber(value),
    I: romanNumber(value).toUpperCase(),
  }
  return `${shown[type] ?? String(value)}.`
}
