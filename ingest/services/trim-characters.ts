/**
 * A text without these characters at its ends. A regular expression for it takes the square of the length on long runs, and cells
 * come from strangers. Pure.
 */
export function trimCharacters(text: string, characters: string): string {
  let [from, to] = [0, text.length]
  while (from < to && characters.includes(text.charAt(from))) from += 1
  while (to > from && characters.includes(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}
