import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { act, provision } from '#server/db/schema/acts.ts'
import { gapQuestion, sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { DomainError } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { derivedId } from '#server/ids.ts'
import type { SampleQuestionsFile } from './sample-questions-file.ts'

const AT_ONCE = 1000

/**
 * Makes the sample questions of an act in a language, and the questions about its known gaps, what the file says. What is there already stays, and so does what editors said, which
 * the file may say too: then it is one question, the file's and theirs.
 * @param input.actId the act, which must be held
 * @param input.file name of the file; null: no file speaks of the act any more
 * @param input.unknown what becomes of questions for an element id that no held edition has; they are refused when nothing is said
 * @returns how many were added and removed, and the element ids whose questions wait
 * @throws DomainError `validation-failed` naming every element id that is refused
 */
export async function loadSampleQuestions(
  ctx: Context,
  input: Pick<SampleQuestionsFile, 'lang' | 'questions' | 'gaps'> & {
    actId: string
    file: string | null
    unknown?: 'refuse' | 'wait'
  },
): Promise<{ added: number; removed: number; waiting: string[] }> {
  const { actId, lang, questions, file } = input
  return inTransaction(ctx, async (tx) => {
    // An editor who adds meanwhile waits, or is waited for: his question is seen here, and taken over.
    await tx.db.select({ id: act.id }).from(act).where(eq(act.id, actId)).for('no key update')
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
          return [id, { id, actId, lang, eid, text, loadedAt: tx.now(), file }] as const
        }),
      ),
    )
    const own = and(eq(sampleQuestion.actId, actId), eq(sampleQuestion.lang, lang))
    const held = await tx.db
      .select({ id: sampleQuestion.id, file: sampleQuestion.file, addedBy: sampleQuestion.addedBy })
      .from(sampleQuestion)
      .where(own)
    const dropped = held.filter(({ id }) => !wanted.has(id))
    const gone = dropped.filter(({ addedBy }) => addedBy === null).map(({ id }) => id)
    const kept = held.filter(({ id, file: was }) => wanted.has(id) && was !== file).map(({ id }) => id)
    const left = dropped.filter(({ addedBy, file: was }) => addedBy !== null && was !== null).map(({ id }) => id)
    for (const [ids, says] of [
      [kept, file],
      [left, null],
    ] as const)
      for (let from = 0; from < ids.length; from += AT_ONCE)
        await tx.db
          .update(sampleQuestion)
          .set({ file: says })
          .where(inArray(sampleQuestion.id, ids.slice(from, from + AT_ONCE)))
    for (const { id } of held) wanted.delete(id)
    const added = [...wanted.values()]
    for (let from = 0; from < gone.length; from += AT_ONCE)
      await tx.db.delete(sampleQuestion).where(inArray(sampleQuestion.id, gone.slice(from, from + AT_ONCE)))
    for (let from = 0; from < added.length; from += AT_ONCE)
      await tx.db.insert(sampleQuestion).values(added.slice(from, from + AT_ONCE))
    const changedGaps = await loadGaps(tx, { actId, lang, file, gaps: input.gaps })
    if (added.length + gone.length + kept.length + left.length + changedGaps > 0)
      await emit(tx, {
        type: 'sample-questions.loaded',
        subjectId: actId,
        payload: { lang, added: added.length, removed: gone.length },
      })
    return { added: added.length, removed: gone.length, waiting: unknown }
  })
}

/**
 * The same of questions about gaps: what an editor said stays, and so does what he saw later than the file.
 * @returns how many were added, removed or looked at anew
 */
async function loadGaps(
  tx: Context,
  { actId, lang, file, gaps }: Pick<SampleQuestionsFile, 'lang' | 'gaps'> & { actId: string; file: string | null },
): Promise<number> {
  const checkedOn = gaps?.checkedOn ?? ''
  const wanted = new Map(
    Object.entries(gaps?.questions ?? {}).flatMap(([gap, texts]) =>
      texts.map((text) => {
        const id = derivedId('gpq', actId, lang, gap, text)
        return [id, { id, actId, lang, gap, text, checkedOn, loadedAt: tx.now(), file }] as const
      }),
    ),
  )
  const held = await tx.db
    .select()
    .from(gapQuestion)
    .where(and(eq(gapQuestion.actId, actId), eq(gapQuestion.lang, lang)))
  const idsOf = (rows: typeof held): string[] => rows.map(({ id }) => id)
  const dropped = held.filter(({ id }) => !wanted.has(id))
  const gone = idsOf(dropped.filter(({ addedBy }) => addedBy === null))
  const left = idsOf(dropped.filter(({ addedBy, file: was }) => addedBy !== null && was !== null))
  // What is not an editor's is as old as its file says; his is as old as his look.
  const renewed = held.filter((one) => wanted.has(one.id) && (one.file !== file || isOlder(one, checkedOn)))
  for (const { id } of held) wanted.delete(id)
  const added = [...wanted.values()]
  for (const some of inTurns(gone)) await tx.db.delete(gapQuestion).where(inArray(gapQuestion.id, some))
  for (const some of inTurns(left))
    await tx.db.update(gapQuestion).set({ file: null }).where(inArray(gapQuestion.id, some))
  for (const some of inTurns(idsOf(renewed.filter((one) => isOlder(one, checkedOn)))))
    await tx.db.update(gapQuestion).set({ file, checkedOn }).where(inArray(gapQuestion.id, some))
  for (const some of inTurns(idsOf(renewed.filter((one) => !isOlder(one, checkedOn)))))
    await tx.db.update(gapQuestion).set({ file }).where(inArray(gapQuestion.id, some))
  for (const some of inTurns(added)) await tx.db.insert(gapQuestion).values(some)
  return added.length + gone.length + left.length + renewed.length
}

/** Whether what is held is to follow the day of the file. */
const isOlder = ({ addedBy, checkedOn }: typeof gapQuestion.$inferSelect, ofFile: string): boolean =>
  addedBy === null ? checkedOn !== ofFile : checkedOn < ofFile

const inTurns = <One>(all: readonly One[]): One[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, turn) => all.slice(turn * AT_ONCE, (turn + 1) * AT_ONCE))
