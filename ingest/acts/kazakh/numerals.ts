import { readKazakhNumerals } from '#ingest/text/kazakh-numerals.ts'

/** «он» → 10, «он бес» → 15, «60 (алпыс)» → 60; null when it names no number. Latin «i» stands for «і» in old texts. Pure. */
export function kazakhNumeral(printed: string): number | null {
  const digits = /^\s*(\d+)/.exec(printed)
  if (digits) return Number(digits[1])
  const words = printed.trim().toLowerCase().replaceAll('i', 'і').split(/\s+/)
  const read = readKazakhNumerals(words)
  return read !== null && read.taken === words.length && read.value > 0 ? read.value : null
}
