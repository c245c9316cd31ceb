import type { VisiblePassage } from '#server/articles/visible-passages.ts'
import type { Context, Lang } from '#server/context.ts'
import type { RankedPassage, Ranking } from '#server/search/search.ts'
import { withoutCounterpart } from '#server/search/translation/counterparts.ts'
import { citationOf } from './citation-of.ts'
import type { Answer } from './schema.ts'

/** Of Kazakh questions over a Russian text alone the right provision was among the first three in 21 of 25, mostly the first. */
const MOST = 3
const LOOKED_AT = 12
/** Below this a translated word or two is met, and mostly by nothing that was asked. */
const LEAST_MET = 0.2
/** «1) паспорт;» is no sentence. */
const SHORTEST = 60
/** A whole act is not quoted: what follows is a key away. */
const LONGEST = 700

/** What may answer in the other language. */
export interface InOther extends Pick<Ranking, 'passages' | 'crossLanguage'> {
  /** Of acts that are held in it alone: what sample questions like the one asked are about, nearest first. */
  akin: readonly AkinPassage[]
}

/** A passage, and the provision in it that is meant. */
export interface AkinPassage {
  passage: VisiblePassage
  actId: string
  eid: string
  /** As of `AkinMatter`. */
  kinship: number
}

/** All of it, what sample questions name first: across languages they find better than translated words. */
export const foundInOther = ({ passages, akin }: InOther): RankedPassage[] => {
  const named = new Map(akin.map(({ passage }) => [passage.passageId, passage]))
  return [
    // No ranking of search found them.
    ...[...named.values()].map((passage) => ({ ...passage, score: 0 })),
    ...passages.filter(({ passageId }) => !named.has(passageId)),
  ]
}

/**
 * Where no text in the language of the question answers, what is held in the other language alone and may: to be read and judged by the
 * operator. Nothing of it is put into words here: words of two languages cannot be compared, so no sentence could be verified.
 * @param found for the question, in both languages
 * @returns null where the own language has enough, or the other one has nothing near
 */
export async function inOtherLanguage(
  ctx: Context,
  found: InOther,
  { lang, asOf }: { lang: Lang; asOf: string },
): Promise<Answer['inOtherLanguage']> {
  const { crossLanguage, akin } = found
  const isMet = crossLanguage !== null && crossLanguage.from === lang && crossLanguage.met >= LEAST_MET
  if (!isMet && akin.length === 0) return null
  const to: Lang = lang === 'ru' ? 'kk' : 'ru'
  const foreign = foundInOther(isMet ? found : { ...found, passages: [] })
    .filter((passage) => passage.lang === to)
    .slice(0, LOOKED_AT)
  // Search by meaning brings texts of either language, whatever is held in both.
  const alone = await withoutCounterpart(
    ctx,
    foreign.map(({ passageId }) => passageId),
    { lang, asOf },
  )
  const citations = foreign
    .filter(({ passageId }) => alone.has(passageId))
    .flatMap((passage) => {
      const eid = akin.find((one) => one.passage.passageId === passage.passageId)?.eid
      const meant = passage.segments.find((one) => one.eid === eid)
      // The provision that is meant, and nothing of the next one; what is too short to be understood by itself with what stands before it.
      const isAlone = meant !== undefined && (meant.end - meant.start >= SHORTEST || passage.text.length > LONGEST)
      const { start, end } = isAlone ? meant : { start: 0, end: passage.text.length }
      return citationOf(passage, beginningOf(passage.text.slice(start, end)), start) ?? []
    })
    .slice(0, MOST)
  return citations.length === 0 ? null : { lang: to, citations }
}

/** Verbatim, up to the end of a line or sentence. */
const beginningOf = (text: string): string => {
  if (text.length <= LONGEST) return text
  const within = text.slice(0, LONGEST)
  const end = Math.max(within.lastIndexOf('\n'), within.lastIndexOf('. ') + 1, within.lastIndexOf('; ') + 1)
  return within.slice(0, end > LONGEST / 3 ? end : within.lastIndexOf(' '))
}
