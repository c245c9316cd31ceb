import { citationOf } from '#server/answers/citation-of.ts'
import { diffPath } from '#server/articles/source-change.ts'
import { newerWording, type VisiblePassage } from '#server/articles/visible-passages.ts'
import type { Citation, LanguageDifference, SourceChange } from '#server/http/wire.ts'

/** A provision with all that stands under it, and what a reader has to know of it besides its words. */
export interface WholeProvision {
  text: string
  citation: Citation
  languageDifferences: LanguageDifference[]
  sourceChanged: SourceChange | null
  changesOn: SourceChange | null
}

/**
 * A point with its sub-points as an article quotes it, over as many passages as it fills; dated by the newest of its parts. Pure.
 * @param passages of one version of an article, in its order
 * @param eid element id of the provision
 * @returns null where nothing of it is quoted
 */
export function wholeProvision(passages: readonly VisiblePassage[], eid: string): WholeProvision | null {
  const parts = passages.flatMap((passage) => {
    const segments = passage.segments.filter((one) => one.eid === eid || one.eid.startsWith(`${eid}__`))
    const [first, last] = [segments[0], segments.at(-1)]
    if (first === undefined || last === undefined) return []
    const words = passage.text.slice(first.start, last.end)
    const text = words.trim()
    const cited = citationOf(passage, text, first.start + words.indexOf(text))
    return cited === null ? [] : [{ passage, segments, text, cited }]
  })
  const [head] = parts
  if (head === undefined) return null
  const segments = parts.flatMap((part) => part.segments)
  const own = segments.find((one) => one.eid === eid)
  const [firstWording, ...wordings] = segments.flatMap(({ wording }) => wording ?? [])
  const differences = parts.flatMap(({ cited }) => cited.languageDifferences)
  const changes = (isOver: boolean) =>
    together(
      parts.flatMap(({ cited }) => (isOver ? cited.sourceChanged : cited.changesOn) ?? []),
      head.passage,
      isOver,
    )
  return {
    text: parts.map(({ text }) => text).join('\n'),
    citation: {
      ...head.cited,
      ...(own === undefined
        ? parts.find(({ passage }) => passage.citation?.eid === eid)?.passage.citation
        : {
            provisionId: own.provisionId,
            eid,
            label: own.label,
            anchor: eid,
            url: `/articles/${head.passage.articleId}?lang=${head.passage.lang}#${eid}`,
          }),
      ...(firstWording === undefined ? {} : wordings.reduce(newerWording, firstWording)),
    },
    languageDifferences: [...new Map(differences.map((one) => [one.differenceId, one])).values()],
    sourceChanged: changes(true),
    changesOn: changes(false),
  }
}

/** Changes of several passages as one: those that have come together, of those to come the nearest ones. */
function together(
  all: readonly SourceChange[],
  { lang }: Pick<VisiblePassage, 'lang'>,
  isOver: boolean,
): SourceChange | null {
  const sorted = [...all].sort((one, other) => one.since.localeCompare(other.since))
  const [first] = sorted
  if (first === undefined) return null
  const told = sorted.filter(({ actId, since }) => actId === first.actId && (isOver || since === first.since))
  if (told.length === 1) return first
  const by = [...new Set(told.flatMap((one) => one.by ?? []))]
  return {
    ...first,
    by: by.length === 0 ? null : by.join(', '),
    eids: [...new Set(told.flatMap(({ eids }) => eids))],
    labels: [...new Set(told.flatMap(({ labels }) => labels))],
    movedTo: told.every(({ movedTo }) => movedTo !== null)
      ? [...new Set(told.flatMap(({ movedTo }) => movedTo ?? []))]
      : null,
    url: diffPath(first.actId, lang, first.since, told.at(-1)?.since ?? first.since),
  }
}
