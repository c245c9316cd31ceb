import { amendedByLine } from '#server/acts/act-identity.ts'
import type { Lang } from '#server/context.ts'
import type { SourceChange } from '#server/http/wire.ts'
import type { EndedWording } from './visible-passages.ts'

/** Of YYYY-MM-DD. */
export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/** The act's page with what changed from the day before the first of these days to the last of them. */
export const diffPath = (actId: string, lang: Lang, first: string, last: string): string =>
  `/acts/${actId}?lang=${lang}&from=${dayBefore(first)}&to=${last}#compare`

/** Where all of it went, when all of it only went elsewhere. */
function movedLabels(ends: readonly EndedWording[]): string[] | null {
  const labels = ends.flatMap(({ movedTo }) => movedTo ?? [])
  return labels.length === ends.length ? [...new Set(labels)] : null
}

/**
 * What the ends of quoted wordings make of a passage. Pure.
 * @param ends by day, the earliest first
 * @param isOver those that have come, told together; or of those to come the nearest ones
 */
export function sourceChangeOf(ends: readonly EndedWording[] | null, lang: Lang, isOver: boolean): SourceChange | null {
  const own = (ends ?? []).filter((end) => end.isOver === isOver)
  const [first] = own
  if (first === undefined) return null
  const told = own.filter(({ actId, day }) => actId === first.actId && (isOver || day === first.day))
  const by = [...new Set(told.flatMap((end) => (end.by === null ? [] : [amendedByLine(end.by, lang)])))]
  return {
    since: first.day,
    known: first.by?.known ?? true,
    by: by.length === 0 ? null : by.join(', '),
    actId: first.actId,
    eids: [...new Set(told.map(({ eid }) => eid))],
    labels: [...new Set(told.map(({ label }) => label))],
    movedTo: movedLabels(told),
    url: diffPath(first.actId, lang, first.day, told.at(-1)?.day ?? first.day),
  }
}
