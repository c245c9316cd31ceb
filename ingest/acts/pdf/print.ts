/** A print as read: texts and rules with their places in points, from the top left corner of their page. */
export interface PrintText {
  text: string
  x: number
  /** Of the baseline. */
  y: number
  width: number
  size: number
  bold: boolean
  italic: boolean
}

/** A straight line of a frame, an underline, a strike. */
export interface PrintRule {
  kind: 'horizontal' | 'vertical'
  /** Where it lies: y of a horizontal one, x of a vertical one. */
  at: number
  from: number
  to: number
}

export interface PrintPage {
  width: number
  height: number
  texts: PrintText[]
  rules: PrintRule[]
  /** Pictures drawn on it, of any size that could hold words. */
  images: number
}

/** A visual line: texts of one height, side by side. */
export interface PrintLine {
  page: number
  /** Number of the line on its page, from 1. */
  number: number
  text: string
  x: number
  right: number
  y: number
  size: number
  bold: boolean
  italic: boolean
  struck: boolean
}

/** What a print may cost; everything is checked before or while it is read. */
export const PRINT_LIMITS = {
  fileBytes: 24 * 1024 * 1024,
  pages: 600,
  texts: 600_000,
  rules: 300_000,
  characters: 8 * 1024 * 1024,
} as const
