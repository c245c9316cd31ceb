import type { Lang } from '#server/context.ts'
import { weighLanguages } from '#server/search/analysis/detect-language.ts'

/** Longest sentence that somebody can say to a caller. */
export const LONGEST_SENTENCE = 500

/** Characters nobody reads and some obey: controls, direction marks, zero-width ones, tags, variation selectors. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cn}]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/u
/** Markdown, HTML and what models mark their turns with. */
const MARKUP =
  /\]\s*\(|!\[|\[[^\]]*\]\s*:|`|<\s*\/?[a-z!][^>]*>?|<\||\|>|\[\/?INST\]|&#?\w+;|\*\*|__(?=\p{L})|^\s*#{1,6}\s|\{\{|\}\}|www\.(?![\p{L}\d])|(?:javascript|data|vbscript|file):/iu
/** «п.», «г.», «т.е.», initials do not end a sentence. */
const ABBREVIATION = /(?:^|[\s(.])(?:ст|п|пп|гл|прил|г|гг|им|ул|д|т\.\s?[дпек]|др|пр|см|и\.о|тыс|млн|руб|тг|\p{Lu})\.$/u

/**
 * Why a sentence that a model wrote may not be shown whatever it rests on: markup, unseen characters, several sentences in one
 * (each has to be quoted for itself), another language than the question's.
 * @returns the reason and what is wrong; null when nothing is
 */
export const improperForm = (
  text: string,
  lang: Lang,
): {
  reason: 'markup' | 'unseen-characters' | 'too-long' | 'several-sentences' | 'other-language'
  detail: string
} | null => {
  const unseen = UNSEEN.exec(text)
  if (unseen !== null)
    return { reason: 'unseen-characters', detail: `U+${(unseen[0].codePointAt(0) ?? 0).toString(16).toUpperCase()}` }
  const markup = MARKUP.exec(text)
  if (markup !== null) return { reason: 'markup', detail: markup[0] }
  if (text.length > LONGEST_SENTENCE) return { reason: 'too-long', detail: String(text.length) }
  for (const match of text.matchAll(/[.!?…]["»”)]?\s+(?=["«“(]?\p{Lu})|\n/gu))
    if (match[0].includes('\n') || !ABBREVIATION.test(text.slice(0, match.index + 1)))
      return { reason: 'several-sentences', detail: text.slice(Math.max(0, match.index - 20), match.index + 20) }
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  // Addresses are in Latin letters; words of the sentence are not.
  const latinWords = text.replaceAll(/\S*[@./]\S*/gu, ' ').match(/\p{Script=Latin}{2,}/gu)?.length ?? 0
  if (letters > 0 && (cyrillic === 0 || latinWords > 3)) return { reason: 'other-language', detail: text.slice(0, 60) }
  const { russian, kazakh } = weighLanguages(text)
  const [own, other] = lang === 'ru' ? [russian, kazakh] : [kazakh, russian]
  // A line of borrowed words («телефон», «сайт») is of either language.
  if (other > own && other >= 1.5) return { reason: 'other-language', detail: text.slice(0, 60) }
  return null
}
