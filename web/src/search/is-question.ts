/** Enough to answer: two words, or one long one. A letter or two is still a word being typed. */
export function isQuestion(text: string): boolean {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  return words.length >= 2 || words.join('').length >= 8
}
