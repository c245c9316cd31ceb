import { printedDay } from '#ingest/text/printed-day.ts'
import type { Lang, Requisites } from '#ingest/acts/act.ts'
import { derivedId } from '#server/ids.ts'

/** The number by which everybody names the act: its registration, or else its date and number. */
export const actKey = (requisites: Requisites): string =>
  requisites.registration?.number ?? `${requisites.date}-${requisites.number}`

/** The same act gets the same id on every machine. */
export const actIdOf = (requisites: Requisites): string => derivedId('act', actKey(requisites))

/** «приказ и.о. Министра … от 26.01.2016 № 83» */
export const requisitesLine = (requisites: Requisites): string =>
  `${requisites.kind} ${requisites.issuer} от ${printedDay(requisites.date)} № ${requisites.number}`

/** «приказ № 368/НҚ от 04.10.2022», «04.10.2022 № 368/НҚ бұйрық», as a citation names the act that gave the wording. */
export const amendedByLine = (by: { kind: string; number: string; date: string }, lang: Lang = 'ru'): string =>
  lang === 'kk'
    ? `${printedDay(by.date)} № ${by.number} ${by.kind}`
    : `${by.kind} № ${by.number} от ${printedDay(by.date)}`
