import type { AnswerContext } from '#server/answers/answer-context.ts'

/** Answers follow what is committed: where the index cannot be made now, the next question tries again. */
export const followQuestions = (ctx: AnswerContext): Promise<void> =>
  ctx.sampleQuestions
    .prepare(ctx.db)
    .catch((error: unknown) => ctx.log.error({ err: error }, 'sample questions cannot be prepared'))
