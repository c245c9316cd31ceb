/**
 * What a parsed legal act is. Pure data: the parser makes it, the server stores it.
 * Element ids follow Akoma Ntoso's habit: `chp_2__para_13__subpara_1`.
 */

export type Lang = 'ru' | 'kk'

/** A place in the source: line and column count from 1, offset from 0 (UTF-16 units). */
export interface Position {
  line: number
  column: number
  offset: number
}

/** Half-open range of the source. */
export interface Span {
  start: Position
  end: Position
}

export type Severity = 'error' | 'warning' | 'info'

/** Something the parser has to say about a place. An `error` means the whole source is refused. */
export interface Message {
  severity: Severity
  /** Stable kebab-case name of the rule, e.g. `point-missing`. */
  rule: string
  /** In Russian: what is wrong and how to mend it. */
  text: string
  place: Span
}

export type ProvisionKind =
  | 'preamble'
  | 'chapter'
  | 'point'
  | 'subpoint'
  /** An unnumbered further paragraph of a point («часть вторая пункта 7»). */
  | 'part'
  | 'appendix'
  /** The form of an appendix: its columns are in `form`. */
  | 'form'
  /** «Раздел 1»: stands above chapters. */
  | 'section'
  /** «Параграф 1»: stands between a chapter and its articles or points. */
  | 'paragraph'
  /** «Статья 5» of a law: its own text is its first unnumbered part. */
  | 'article'
  /** A table: its cells are in `table`. */
  | 'table'
  /** A numbered row of a service standard («пункт 8 Перечня»): `heading` is what it is about, `text` what it says. */
  | 'row'

export interface FormColumn {
  num: number
  title: string
}

/** A cell of a table: its lines as printed. */
export interface TableCell {
  lines: string[]
  colspan: number
  rowspan: number
  header: boolean
}

export interface Table {
  /** «Перечень основных требований …», «Стандарт государственной услуги …»: its rows are provisions of their own. */
  isStandard: boolean
  rows: { cells: TableCell[]; span: Span }[]
}

/** An element that can be cited. */
export interface Provision {
  /**
   * `chp_2__para_8`, `chp_1__para_3__subpara_4`, `chp_2__para_7__part_2`, `chp_1__art_5__para_2`, `app_1`, `app_1__form`,
   * `app_1__table`, `app_1__row_8`; the order's own: `ord__para_3__subpara_1`; of the second of several annexed documents:
   * `ann_2`, `ann_2__chp_1__para_1`.
   */
  eid: string
  parentEid: string | null
  kind: ProvisionKind
  /** Number as printed without brackets or full stop: `8`, `4`; null where there is none. */
  num: string | null
  /** Short human form in the act's language: «п. 3 пп. 4», «п. 7 ч. 2», «гл. 2», «прил. 1»; the order's own: «приказ, п. 3 пп. 1». */
  label: string
  /** Title of a chapter, appendix or form; null otherwise. */
  heading: string | null
  /** Own text without its children's, lines joined, displaced words put back. '' for a chapter. */
  text: string
  /** The source's own characters of `text` (with its number), untouched. */
  raw: string
  span: Span
  status: 'in-force' | 'excluded'
  form: { columns: FormColumn[]; footer: string[] } | null
  /** Of a `table` only. */
  table?: Table
}

/** When a change enters into force, as its note says it. */
export type InForce =
  /**
   * «по истечении N календарных дней после дня его первого официального опубликования» (optionally «но не ранее …»); «дней»
   * alone are calendar days, «по истечении шести месяцев» counts months.
   */
  | {
      rule: 'after-publication'
      /** How many of `unit`; the name is that of the usual unit. */
      days: number
      unit: 'calendar' | 'working' | 'month'
      notBefore: string | null
      /** «со дня его первого официального опубликования»: on the day of publication itself, `days` is 0. */
      onTheDay?: true
    }
  /** A plain date, ISO. */
  | { rule: 'date'; date: string }
  /** «со дня подписания»: on the act's own day; with `dayAfter` («после дня подписания») on the next one. */
  | { rule: 'signing'; dayAfter?: true }
  | { rule: 'unstated' }

/** One change of one element by one act, out of a «Сноска». A note with two changes gives two records. */
export interface Amendment {
  /** As printed: «Пункт 3», «Заголовок», «Преамбула», «Правила». */
  target: string
  /** Elements it touches; `title` for the act's title, `rules` for the whole annexed document. */
  targetEids: string[]
  change: 'restated' | 'changed' | 'added' | 'excluded'
  by: { kind: string; issuer: string; date: string; number: string }
  inForce: InForce
  /** «внесено изменениями на казахском языке, текст на русском языке не меняется» → `kk`. Null: both texts. */
  onlyLang: Lang | null
  span: Span
  raw: string
}

export interface Requisites {
  /** «приказ» */
  kind: string
  /** «и.о. Министра по инвестициям и развитию Республики Казахстан», nominative not attempted. */
  issuer: string
  /** ISO date of signature. */
  date: string
  number: string
  /** Registration in the Ministry of Justice. */
  registration: { date: string; number: string } | null
  inForce: InForce
}

export interface Definition {
  term: string
  /** «далее – База знаний» → ['База знаний'] */
  shortForms: string[]
  meaning: string
  eid: string
}

export interface Reference {
  fromEid: string
  /** Where in the provision's `text`, half-open. */
  start: number
  end: number
  /** As printed. */
  text: string
  /** Provisions of this act; empty for another act's. */
  targetEids: string[]
  /** Another act's, as printed: «подпункт 9) статьи 9 Закона Республики Казахстан "О государственных услугах"». */
  external: string | null
}

/** A mend of what extraction from PDF displaced or glued. */
export interface Repair {
  rule: string
  eid: string | null
  /** Characters as they stood. */
  raw: string
  /** Characters as they are now. */
  text: string
  span: Span
}

/** Text that is no provision: signatures, approvals, publisher's notes, page furniture. */
export interface Remark {
  kind: 'signature' | 'approval' | 'publisher-note' | 'annex-header' | 'note' | 'requisites' | 'title' | 'layout'
  text: string
  span: Span
}

export interface ParsedAct {
  lang: Lang
  title: string
  /** Title of the annexed rules; null when the act has none. */
  annexTitle: string | null
  requisites: Requisites
  /** In document order; a child follows its parent. */
  provisions: Provision[]
  amendments: Amendment[]
  definitions: Definition[]
  references: Reference[]
  repairs: Repair[]
  remarks: Remark[]
  /** Date of the edition, where whoever published the text gives it. */
  versionDate?: string
  /** What was published beside the text. */
  meta?: ActMeta
}

/** What the state legal base says about a text beside it; dates are ISO. */
export interface ActMeta {
  /** Its code there: «181886». */
  actCode: string
  requisites: Requisites
  titles: Partial<Record<Lang, string>>
  /** Date of the edition in each language. */
  versionDates: Partial<Record<Lang, string>>
  links: Partial<Record<Lang, string>>
  /** The act that gave this edition; null for the text as adopted. */
  causedBy: { date: string; number: string; requisites: string } | null
}

/** `act` is null when a message is an error: a faulty source is refused whole. */
export interface ParseResult {
  act: ParsedAct | null
  messages: Message[]
}
