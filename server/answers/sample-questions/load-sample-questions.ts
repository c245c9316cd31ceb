import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { provision } from '#server/db/schema/acts.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { derivedId } from '#server/ids.ts'
import type { SampleQuestionsFile } from './sample-questions-file.ts'

const AT_ONCE = 1000

/** The event of each load that changed anything. */
export const LOADED = 'sample-questions.loaded'

/**
 * Makes the sample questions of an act in a language what the file says. What is there already stays.
 * @param input.actId the act, which must be held
 * @param input.unknown what becomes of questions for an element id that no held edition has; they are refused when nothing is said
 * @returns how many were added and removed, and the element ids whose questions wait
 * @throws DomainError `validation-failed` naming every element id that is refused
 */
export async function loadSampleQuestions(
  ctx: Context,
  input: Pick<SampleQuestionsFile, 'lang' | 'questions'> & { actId: string; unknown?: 'refuse' | 'wait' },
): Promise<{ added: number; removed: number; waiting: string[] }> {
  const { actId, lang, questions } = input
  return inTransaction(ctx, async (tx) => {
    const known = new Set(
      (
        await tx.db
          .selectDistinct({ eid: provision.eid })
          .from(provision)
          .where(and(eq(provision.actId, actId), eq(provision.lang, lang)))
      ).map(({ eid }) => eid),
    )
    const unknown = Object.keys(questions).filter((eid) => !known.has(eid))
    if (unknown.length > 0 && input.unknown !== 'wait')
      throw new DomainError('validation-failed', 'Вопросы названы для положений, которых в акте нет.', {
        faults: unknown.map((eid) => ({
          path: `questions.${eid}`,
          message: `положения ${eid} в акте нет. Исправьте обозначение или уберите вопросы.`,
        })),
      })
    const wanted = new Map(
      Object.entries(questions).flatMap(([eid, texts]) =>
        (known.has(eid) ? texts : []).map((text) => {
          const id = derivedId('smq', actId, lang, eid, text)
          return [id, { id, actId, lang, eid, text, loadedAt: tx.now() }] as const
        }),
      ),
    )
    const held = await tx.db
      .select({ id: sampleQuestion.id })
      .from(sampleQuestion)
      .where(and(eq(sampleQuestion.actId, actId), eq(sampleQuestion.lang, lang)))
    const gone = held.map(({ id }) => id).filter((id) => !wanted.has(id))
    for (const { id } of held) wanted.delete(id)
    const added = [...wanted.values()]
    for (let from = 0; from < gone.length; from += AT_ONCE)
      await tx.db.delete(sampleQuestion).where(inArray(sampleQuestion.id, gone.slice(from, from + AT_ONCE)))
    for (let from = 0; from < added.length; from += AT_ONCE)
      await tx.db.insert(sampleQuestion).values(added.slice(from, from + AT_ONCE))
    if (added.length + gone.length > 0)
      await emit(tx, {
        type: LOADED,
        subjectId: actId,
        payload: { lang, added: added.length, removed: gone.length },
      })
    return { added: added.length, removed: gone.length, waiting: unknown }
  })
}
