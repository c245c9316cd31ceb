import type { AnswerContext } from './answer-context.ts'
import type { Answer } from './schema.ts'

/** Tells the log of questions what was asked, by whichever way, without who: what has no answer becomes an editors' task. */
export const noteAsked = (ctx: AnswerContext, question: string, answer: Answer): void =>
  ctx.queries.asked({
    text: question,
    isAnswered: answer.status !== 'no_answer',
    citations: answer.sentences.length,
    degraded: answer.degraded.length > 0,
    cited: answer.sentences.flatMap(({ citations }) => citations.map(({ passageId }) => passageId)),
  })
