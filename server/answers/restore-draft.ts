import { maskPersonalData, restorePersonalData } from '#ingest/text/personal-data.ts'
import type { Answer, Question } from './schema.ts'

/**
 * An answer as the one who asked gets it on his page: the request that he sends himself (п. 36) has his question as he wrote it, for the body that receives it cannot act
 * on «[ИИН-1]». Nothing else needs the masked words back: a reply to a person does not repeat them, and records, models, programs that speak for models (MCP) and
 * the supervising body have the request masked. Pure.
 */
export function restoreDraft(answer: Answer, { question }: Pick<Question, 'question'>): Answer {
  const { guidance } = answer
  if (guidance?.draft == null) return answer
  const body = restorePersonalData(guidance.draft.body, maskPersonalData(question).found)
  return { ...answer, guidance: { ...guidance, draft: { ...guidance.draft, body } } }
}
