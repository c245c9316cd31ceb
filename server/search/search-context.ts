import type { Context } from '#server/context.ts'
import type { Embedder } from './embedder.ts'
import type { LexicalEngine } from './lexical-index.ts'
import type { QueryRecorder } from './query-recorder.ts'

/** What search needs besides the kernel's context. */
export interface SearchContext extends Context {
  lexicalIndex: LexicalEngine
  embedder: Embedder
  queries: QueryRecorder
}
