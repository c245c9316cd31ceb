import type { AnswerContext } from '#server/answers/answer-context.ts'
import type { Answer } from '#server/answers/schema.ts'

/** Tells the log of questions what a letter or a caller asked, without who: what has no answer becomes an editors' task. */
export const noteAsked = (ctx: AnswerContext, question: string, answer: Answer): void =>
  ctx.queries.asked({
    text: question,
    isAnswered: answer.status !== 'no_answer',
    citations: answer.sentences.length,
    degraded: answer.degraded.length > 0,
    cited: answer.sentences.flatMap(({ citations }) => citations.map(({ passageId }) => passageId)),
  })
