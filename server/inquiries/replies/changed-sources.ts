import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import { forceFacts, isInForce } from '#server/answers/force-facts.ts'
import { AnswerSentenceSchema } from '#server/answers/schema.ts'
import { today, type Context } from '#server/context.ts'
import { answer } from '#server/db/schema/answers.ts'

export interface ChangedSource {
  label: string
  actTitle: string
  url: string
}

/**
 * Cited texts that were in force when the answers were given and are not today: withdrawn or replaced versions, wordings that have ended.
 * @returns each once
 */
export async function changedSources(ctx: Context, answerIds: readonly string[]): Promise<ChangedSource[]> {
  if (answerIds.length === 0) return []
  const rows = await ctx.db
    .select({ sentences: answer.sentences })
    .from(answer)
    .where(inArray(answer.id, [...answerIds]))
  const citations = rows.flatMap(({ sentences }) =>
    z
      .array(AnswerSentenceSchema)
      .parse(sentences)
      .flatMap((sentence) => sentence.citations),
  )
  const day = today(ctx)
  const facts = await forceFacts(ctx, citations, day)
  const changed = new Map<string, ChangedSource>()
  for (const citation of citations) {
    const now = facts.find((one) => one.passageId === citation.passageId && one.provisionId === citation.provisionId)
    // A wording that had ended before was told of then.
    const stands = now !== undefined && isInForce(now, day, citation.sourceChanged === null)
    if (!stands)
      changed.set(`${citation.actId} ${citation.eid}`, {
        label: citation.label,
        actTitle: citation.actTitle,
        url: citation.url,
      })
  }
  return [...changed.values()]
}
