const NUMERALS: Record<string, number> = {
  бір: 1,
  екі: 2,
  үш: 3,
  төрт: 4,
  бес: 5,
  алты: 6,
  жеті: 7,
  сегіз: 8,
  тоғыз: 9,
  он: 10,
  жиырма: 20,
  отыз: 30,
  қырық: 40,
  елу: 50,
  алпыс: 60,
  жетпіс: 70,
  сексен: 80,
  тоқсан: 90,
  жүз: 100,
}

/** «он» → 10, «он бес» → 15, «60 (алпыс)» → 60; null when it names no number. Latin «i» stands for «і» in old texts. Pure. */
export function kazakhNumeral(printed: string): number | null {
  const digits = /^\s*(\d+)/.exec(printed)
  if (digits) return Number(digits[1])
  const words = printed.trim().toLowerCase().replaceAll('i', 'і').split(/\s+/)
  let sum = 0
  for (const word of words) {
    const value = NUMERALS[word]
    if (value === undefined) return null
    sum += value
  }
  return sum > 0 ? sum : null
}
