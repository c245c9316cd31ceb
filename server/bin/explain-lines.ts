import type { Explanation } from '#server/search/schema.ts'

const rounded = (value: number): string => String(Number(value.toFixed(3)))

/** Why a hit stands where it does, as lines for a terminal: its place in both lists, and what each word of the query gave. */
export function explainLines({ lexical, vector, weights, words }: Explanation): string[] {
  const part = (list: string, weight: number, place: { rank: number } | null, said: string): string =>
    place === null
      ? `${list}: not found`
      : `${list}: ${rounded(weight)} / (${weights.k} + ${place.rank}) = ${rounded(weight / (weights.k + place.rank))}; place ${place.rank}, ${said}`
  const lines = [
    part('words', weights.lexical, lexical, `score ${rounded(lexical?.score ?? 0)}`),
    part('meaning', weights.vector, vector, `similarity ${rounded(vector?.similarity ?? 0)}`),
  ]
  if (words === null) return lines
  for (const { word, gain, rarity, evidence } of words.words) {
    const met = evidence.map(({ kind, terms, fields, soft, gain: own }) => {
      const where = Object.entries(fields).map(([name, times]) => (times === 1 ? name : `${name} ×${times}`))
      return `${soft ? '+' : ''}${kind} ${terms.join(' ')} in ${where.join(', ')}: ${rounded(own)}`
    })
    lines.push(
      `  «${word}» (rarity ${rounded(rarity)}) ${rounded(gain)}: ${met.length === 0 ? 'not met' : met.join('; ')}`,
    )
  }
  const sum = words.words.reduce((whole, { gain }) => whole + gain, 0)
  const added = [
    ...(words.named === 0 ? [] : [` + ${rounded(words.named)} named by the query`]),
    ...(words.phrase === 0 ? [] : [` + ${rounded(words.phrase)} for the phrase`]),
  ]
  lines.push(`  score ${rounded(sum)} × ${rounded(words.coverage)} for what of the query is met${added.join('')}`)
  return lines
}
