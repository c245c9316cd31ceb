import { maskBegunData, maskPersonalData } from '#ingest/text/personal-data.ts'
import type { Lang } from '#server/context.ts'
import type { Analyser } from '#server/search/analysis/analyser.ts'

export interface ReadQuery {
  /** In one case, with single spaces, personal data masked. */
  text: string
  /** Its stems, sorted, without stop words; those words themselves when it has no other. */
  key: string
  lang: Lang
}

const LONGEST = 400
/** «[ИИН-1]»: what it was does not tell questions apart. */
const PLACEHOLDER = /\[[^\]\s]{2,10}-\d{1,2}\]/gu

/**
 * A query as it is kept and counted: words in any order and form are one question. Pure.
 * @param isWhole it was sent as it stands; false: somebody types, and pauses within a number, too
 */
export function readQuery(analyser: Analyser, typed: string, isWhole: boolean): ReadQuery {
  // Masked before it is cut: a number cut in two is known by nobody any more.
  const { text } = isWhole ? maskPersonalData(typed) : maskBegunData(typed)
  const masked = text.slice(0, LONGEST).replaceAll(/\s+/gu, ' ').trim()
  const { lang, tokens } = analyser.analyse(masked.replaceAll(PLACEHOLDER, ' '))
  const stemsOf = (all: typeof tokens) => [...new Set(all.map(({ stems, norm }) => stems[0] ?? norm))].sort()
  const words = stemsOf(tokens.filter(({ stop }) => !stop))
  return { text: masked.toLowerCase(), key: (words.length > 0 ? words : stemsOf(tokens)).join(' '), lang }
}
