import type { AnswerContext } from './answer-context.ts'
import { answerQuestion } from './answer-question.ts'
import { noteAsked } from './note-asked.ts'
import type { Answer, AnswerSentence, Question } from './schema.ts'

/**
 * A question that somebody asks, by whichever way: besides the answer's record it is noted among what people look for, so that
 * editors learn what has no answer.
 */
export async function answerNoted(
  ctx: AnswerContext,
  input: Question & { signal?: AbortSignal },
  onSentence?: (sentence: AnswerSentence) => void | Promise<void>,
): Promise<Answer> {
  const answer = await answerQuestion(ctx, input, onSentence)
  // A look into the past is not what people miss today.
  if (input.asOf === undefined) noteAsked(ctx, input.question, answer)
  return answer
}
