import type { SearchResult } from './schema.ts'

/** What became of a query: a hit was opened or a text copied. */
export interface QueryUse {
  queryId: string
  action: 'opened' | 'copied'
  passageId: string
}

/** Is told what people look for, so that editors learn what is missing. Never fails and never keeps anybody waiting. */
export interface QueryRecorder {
  /** A search as it was typed, each keystroke. @param person whose keystrokes belong together; not kept */
  typed(person: string, text: string, result: SearchResult): void
  /** A question that was asked in full. */
  asked(question: {
    text: string
    isAnswered: boolean
    citations: number
    degraded: boolean
    /** Ids of the passages that the answer cites. */
    cited: readonly string[]
  }): void
  /** @returns when it is noted; a query that is not known is nothing */
  used(use: QueryUse): Promise<void>
}
