import type { Context } from '#server/context.ts'
import type { Embedder } from './embedder.ts'
import type { LexicalEngine } from './lexical-index.ts'
import type { QueryRecorder } from './query-recorder.ts'
import type { Translator } from './translation/translator.ts'

/** What search needs besides the kernel's context. */
export interface SearchContext extends Context {
  lexicalIndex: LexicalEngine
  embedder: Embedder
  queries: QueryRecorder
  /** Reads queries in the other language, where their own finds too little. */
  translator: Translator
}
