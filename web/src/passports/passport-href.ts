import type { Citation, Lang } from '../api/types.ts'

/** A row of a service standard stands in the table beside it: `app_1__row_8` in `app_1__table`. */
const ROW = /^(?<place>.+__)row_[^_]+$/u

/**
 * The passport that a cited row belongs to, at that row; null for what is no row of a standard.
 * @param input.asOf the day to read it on; null: today
 */
export function passportHref(
  citation: Pick<Citation, 'actId' | 'eid'> | null,
  input: { lang: Lang; asOf: string | null },
): string | null {
  const place = citation === null ? undefined : ROW.exec(citation.eid)?.groups?.['place']
  if (citation === null || place === undefined) return null
  return `${passportPath(citation.actId, `${place}table`, input)}#${citation.eid}`
}

export function passportPath(actId: string, eid: string, input: { lang: Lang | null; asOf: string | null }): string {
  const query = new URLSearchParams({
    ...(input.lang === null ? {} : { lang: input.lang }),
    ...(input.asOf === null ? {} : { asOf: input.asOf }),
  }).toString()
  return `/acts/${encodeURIComponent(actId)}/passports/${encodeURIComponent(eid)}${query === '' ? '' : `?${query}`}`
}
