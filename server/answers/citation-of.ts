import { newerWording } from '#server/articles/visible-passages.ts'
import type { DatedWording, SourceChange } from '#server/http/wire.ts'
import type { RankedPassage } from '#server/search/search.ts'
import type { AnswerCitation } from './schema.ts'

/** Over several sub-points: the newest of the point's own wording and of theirs; what the quote leaves out does not date it. */
const newestOf = (
  { segments, citation }: Pick<RankedPassage, 'segments' | 'citation'>,
  quoted: ReadonlySet<string>,
): DatedWording | null =>
  segments
    .flatMap(({ eid, wording }) => (wording !== null && (eid === citation?.eid || quoted.has(eid)) ? [wording] : []))
    .reduce<DatedWording | null>((newest, one) => (newest === null ? one : newerWording(newest, one)), null)

/**
 * The provision that a quote stands in, in its own wording: the sub-point, where it lies in one, not the whole point, which another of
 * its sub-points may have changed since. Pure.
 * @param quoteStart where it begins in the passage's text, UTF-16 units
 * @returns null of a text that is not from an act
 */
export function citationOf(
  passage: Omit<RankedPassage, 'score'>,
  quote: string,
  quoteStart: number,
): AnswerCitation | null {
  if (passage.citation === null) return null
  const end = quoteStart + quote.length
  // Of a long point one sub-point may have changed and the quoted one not.
  const quoted = new Set(passage.segments.filter((s) => s.start < end && s.end > quoteStart).map(({ eid }) => eid))
  const concerns = (change: SourceChange | null): SourceChange | null =>
    change?.eids.some((eid) => quoted.has(eid)) === true ? change : null
  const segment = passage.segments.find((s) => quoteStart >= s.start && end <= s.end)
  const own =
    segment === undefined || segment.eid === passage.citation.eid
      ? {}
      : {
          provisionId: segment.provisionId,
          eid: segment.eid,
          label: segment.label,
          anchor: segment.eid,
          url: `/articles/${passage.articleId}?lang=${passage.lang}#${segment.eid}`,
        }
  return {
    ...passage.citation,
    ...own,
    ...(segment === undefined ? newestOf(passage, quoted) : segment.wording),
    quote,
    quoteStart,
    passageId: passage.passageId,
    articleId: passage.articleId,
    versionId: passage.versionId,
    languageDifferences: passage.languageDifferences,
    sourceChanged: concerns(passage.sourceChanged),
    changesOn: concerns(passage.changesOn),
  }
}
