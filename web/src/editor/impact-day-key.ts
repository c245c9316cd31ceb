/**
 * How the day of a change is told: of an end whether it has come, and of either whether the day is only the earliest possible one. Pure.
 * @param one.since YYYY-MM-DD, like `today`
 * @returns key of the sentence, with `date` in it
 */
export function impactDayKey(one: { isEnding: boolean; known: boolean; since: string; today: string }) {
  if (!one.known) return one.isEnding ? 'impact.endsNotBefore' : 'impact.inForceNotBefore'
  if (!one.isEnding) return 'impact.inForceFrom'
  return one.since > one.today ? 'impact.endsOn' : 'impact.endedOn'
}
