import type { Context } from '#server/context.ts'
import type { Embedder } from './embedder.ts'
import type { LexicalIndex } from './lexical-index.ts'

/** What search needs besides the kernel's context. */
export interface SearchContext extends Context {
  lexicalIndex: LexicalIndex
  embedder: Embedder
}
