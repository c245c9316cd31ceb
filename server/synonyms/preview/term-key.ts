import { createAnalyser } from '#server/search/analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '#server/search/analysis/language-data.ts'
import type { Lang } from '#server/context.ts'
import type { SynonymContent } from '#server/db/schema/synonyms.ts'

const analyser = createAnalyser(NO_LANGUAGE_DATA)

export interface Term {
  text: string
  lang: Lang
}

/** All words of a group. Pure. */
export const termsOf = (content: SynonymContent | null): Term[] =>
  content === null
    ? []
    : (['ru', 'kk'] as const).flatMap((lang) =>
        [...content[lang].same, ...content[lang].near].map((text) => ({ text, lang })),
      )

/** What a word is compared by: its stems, so that «заявки» is «заявка»; words of two languages never meet. Pure. */
export const termKey = ({ text, lang }: Term): string =>
  `${lang} ${analyser
    .analyse(text, lang)
    .tokens.map(({ stems, norm }) => stems[0] ?? norm)
    .join(' ')}`

/** Whether searches leave out every word of it. Pure. */
export const isStopTerm = ({ text, lang }: Term): boolean => {
  const { tokens } = analyser.analyse(text, lang)
  return tokens.length > 0 && tokens.every(({ stop }) => stop)
}
