import type { Lang } from '#ingest/acts/act.ts'
import type { TermUnit } from '#ingest/compare/facts-of.ts'

/**
 * What the standard of a state service says, by the rows that every such standard has: «Перечень основных требований …»,
 * «Стандарт государственной услуги …», «… негізгі талаптардың тізбесі».
 */
export const PASSPORT_FIELDS = [
  'provider',
  'channels',
  'term',
  'form',
  'result',
  'fee',
  'hours',
  'documents',
  'refusal',
  'other',
] as const
export type PassportField = (typeof PASSPORT_FIELDS)[number]

/** What a passport is read from: a wording of a provision, as parsed or as stored. */
export interface PassportSource {
  eid: string
  parentEid: string | null
  kind: string
  num: string | null
  label: string
  heading: string | null
  text: string
  status: 'in-force' | 'excluded'
}

/** A line of a cell. `marker` is as printed: «1)», «-», «2.»; null for a line without one. */
export interface PassportPart {
  kind: 'item' | 'note'
  marker: string | null
  text: string
  /** 1: an item inside of the one above it («3) один из документов:», then «- …»). */
  depth: 0 | 1
}

/** A line that says whom or what the lines under it are about. */
export interface PassportTitle {
  marker: string | null
  text: string
  /** Number of the sub-service (подвид) that the standard names so. */
  subservice: string | null
}

export interface PassportGroup {
  /** From the outside in; empty where the cell names no cases. The last one stands right above the parts. */
  under: PassportTitle[]
  parts: PassportPart[]
}

/** A row of the standard, whole. */
export interface PassportRow {
  eid: string
  label: string
  num: string | null
  heading: string
  text: string
  status: 'in-force' | 'excluded'
  groups: PassportGroup[]
}

export type TermPurpose =
  /** How soon the service is rendered. */
  | 'service'
  /** How long one waits to hand documents in. */
  | 'waiting'
  /** How long one is attended to. */
  | 'serving'
  /** For how long the service may be suspended. */
  | 'suspension'

/** A term that a line gives without ambiguity: it names one, and what it is a term of. */
export interface TermReading {
  of: TermPurpose
  value: number
  unit: TermUnit
  /** Titles and the item that the line stands under. */
  under: string[]
  /** The line, as printed. */
  text: string
}

export interface FeeReading {
  /** `mixed`: free for some, paid for others; null: the words do not say. */
  kind: 'free' | 'paid' | 'mixed' | null
  /** Sums and shares as printed. `mci`: monthly calculation index (МРП, АЕК). */
  amounts: { value: number; unit: 'tenge' | 'mci' | 'percent'; text: string }[]
}

export type FormReading =
  | 'electronic'
  | 'electronic-full'
  | 'electronic-partial'
  | 'paper'
  | 'proactive'
  | 'one-application'

export interface HoursReading {
  /** Whose; null where the line names nobody of them, or several. */
  of: 'provider' | 'corporation' | 'portal' | null
  roundTheClock: boolean
  text: string
}

/** Something that was not understood. The text is kept whole in any case. */
export interface PassportMessage {
  rule:
    | 'row-unknown'
    | 'field-repeated'
    | 'field-missing'
    | 'name-unread'
    | 'term-unread'
    | 'fee-unread'
    | 'form-unread'
    | 'items-unnumbered'
  /** In Russian: what, where, and what to do. */
  text: string
  eid: string
  label: string
}

/** The passport of a service by the text in one language. */
export interface ServicePassport {
  /** Of the table. */
  eid: string
  label: string
  lang: Lang
  /** Name of the service without quotation marks; null where the caption gives none. */
  name: string | null
  /** Heading and further lines of the table's caption, as printed. */
  caption: string
  subservices: { num: string | null; text: string }[]
  /** Rows by field; `other` also holds rows whose heading is not known. */
  fields: Record<PassportField, PassportRow[]>
  terms: TermReading[]
  fee: FeeReading
  forms: FormReading[]
  hours: HoursReading[]
  /** How many items the rows list; null where they are not listed in a way that can be counted. */
  counts: { documents: number | null; refusal: number | null }
  messages: PassportMessage[]
}
