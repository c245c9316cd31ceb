import type { SearchContext } from '#server/search/search-context.ts'
import type { SampleQuestions } from './sample-questions/sample-questions.ts'
import type { NextQuestions } from './next-questions/next-questions.ts'
import type { Scope } from './scope/read-scope-rules.ts'
import type { Answerer } from './answerer.ts'

/** What answering needs besides search. */
export interface AnswerContext extends SearchContext {
  answerer: Answerer
  /** Speaks when the answerer cannot; null where it is the same. */
  fallbackAnswerer: Answerer | null
  sampleQuestions: SampleQuestions
  scope: Scope
  nextQuestions: NextQuestions
}
