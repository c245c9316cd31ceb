import { z } from 'zod'

/** Front matter of an article file. */
export const FrontMatterSchema = z.strictObject({
  id: z.string().regex(/^art_[0-9a-z]+$/),
  slug: z.string(),
  title: z.string().min(1),
  lang: z.enum(['ru', 'kk']),
  /** Registration number of the act it is made from; absent in an article not made from an act. */
  act: z.string().optional(),
  /** Wording of the newest provision in it. */
  edition: z.strictObject({ date: z.iso.date(), amendedBy: z.string().nullable() }).optional(),
  validFrom: z.iso.date(),
  /** False: the earliest possible day; the day of official publication is not known. */
  validFromKnown: z.boolean(),
})
export type FrontMatter = z.infer<typeof FrontMatterSchema>

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
