/**
 * How it is told what became of a cited wording: whether it stands under another number now, changed or not, and whether the day is only the
 * earliest possible one. Pure.
 * @param one.movedTo its number now; null: another wording is in force in its place, or none
 * @returns key of the sentence, with `labels`, `date` and, where it has moved, `to` in it
 */
export function citedChangeKey(one: { movedTo: string | null; known: boolean; isSaidAlike: boolean }) {
  if (one.movedTo === null) return one.known ? 'impact.since' : 'impact.notBefore'
  if (one.isSaidAlike) return one.known ? 'impact.movedSince' : 'impact.movedNotBefore'
  return one.known ? 'impact.movedChangedSince' : 'impact.movedChangedNotBefore'
}
