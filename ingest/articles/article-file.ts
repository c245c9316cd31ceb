/** Front matter of an article file. */
export interface FrontMatter {
  id: string
  slug: string
  title: string
  lang: 'ru' | 'kk'
  /** Registration number of the act it is made from. */
  act: string
  /** Wording of the newest provision in it. */
  edition: { date: string; amendedBy: string | null }
  validFrom: string
  /** False: the earliest possible day; the day of official publication is not known. */
  validFromKnown: boolean
}

/** A provision as an article shows it. */
export interface ArticleBlock {
  eid: string
  label: string
  /** Paragraphs of its own text, in order. A table (a form's columns) is one too. */
  paragraphs: string[]
  /** Columns of a form, when it is one. */
  columns: { num: number; title: string }[]
  heading: string | null
  children: ArticleBlock[]
}
