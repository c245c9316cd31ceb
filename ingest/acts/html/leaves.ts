import type { Message } from '../act.ts'
import type { ReadTable } from '../markdown/tables.ts'
import type { Traced } from '../traced.ts'

/** A paragraph, heading or table of a page in reading order, with what its look says; what it is, `classify` decides. */
export interface Leaf {
  /** Lines as shown: `<br>` ends one, white space is collapsed as browsers do. */
  lines: Traced[]
  /** 1–6 for a heading, else 0. */
  level: number
  /** All of its text is bold, italic, struck out. */
  bold: boolean
  italic: boolean
  struck: boolean
  align: 'left' | 'center' | 'right'
  /** The page's own markup says so: a note of the publisher (`class="note"`), a quotation, a footnote. */
  role: 'note' | 'publisher-note' | 'quote' | 'footnote' | null
  table: ReadTable | null
  /** An empty line stands before it. */
  gapBefore: boolean
  start: number
  end: number
}

/** A stretch of the page that is no text of the act, and why. */
export interface LeftOut {
  why: 'navigation' | 'script' | 'control' | 'hidden' | 'outside' | 'furniture' | 'deleted'
  text: string
  start: number
  end: number
}

export interface ReadPage {
  leaves: Leaf[]
  leftOut: LeftOut[]
  /** What was computed or could not be read, with its place as offsets. */
  said: (Pick<Message, 'severity' | 'rule' | 'text'> & { start: number; end: number })[]
}
