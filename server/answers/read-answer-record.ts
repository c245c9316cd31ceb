import { eq, inArray } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { answer } from '#server/db/schema/answers.ts'
import { articleVersion, passage } from '#server/db/schema/articles.ts'
import { notFound } from '#server/errors.ts'
import { AnswerRecordDataSchema, AnswerRecordSchema, type AnswerRecord } from './answer-record.ts'
import { AnswerSentenceSchema } from './schema.ts'
import { changesSince } from './changes-since.ts'
import { passageHash } from './passage-hash.ts'

/**
 * The record of an answer: what was asked, what the answerer saw, proposed and was refused, what a refusal pointed at, and what it cost. Texts are read from
 * the versions that were cited, whatever has become of these; each is held against the hash taken then. What has become of the cited
 * wordings by today is told beside it.
 * @throws DomainError `not-found` for an id that is none, and for answers given before records were kept
 */
export async function readAnswerRecord(ctx: Context, input: { answerId: string }): Promise<AnswerRecord> {
  const [row] = await ctx.db.select().from(answer).where(eq(answer.id, input.answerId))
  if (row === undefined) throw notFound('answer', input.answerId)
  if (row.record === null) throw notFound('record of an answer', input.answerId)
  const sentences = AnswerSentenceSchema.array().parse(row.sentences)
  const data = AnswerRecordDataSchema.parse(row.record)
  const ids = data.passages.map(({ passageId }) => passageId)
  const texts =
    ids.length === 0
      ? []
      : await ctx.db
          .select({
            passageId: passage.id,
            title: articleVersion.title,
            label: passage.label,
            context: passage.context,
            text: passage.text,
            lang: passage.lang,
          })
          .from(passage)
          .innerJoin(articleVersion, eq(articleVersion.id, passage.versionId))
          .where(inArray(passage.id, ids))
  const byId = new Map(texts.map((text) => [text.passageId, text]))
  return AnswerRecordSchema.parse({
    ...data,
    answerId: row.id,
    question: row.question,
    lang: row.lang,
    asOf: row.asOf,
    at: row.at.toISOString(),
    actorId: row.actorId,
    status: row.status,
    answerer: row.answerer,
    model: row.model,
    fallback: row.fallback,
    sentences,
    competence: row.competence,
    tookMs: row.tookMs,
    changes: await changesSince(ctx, {
      provisionIds: sentences.flatMap(({ citations }) => citations.map(({ provisionId }) => provisionId)),
      asOf: row.asOf,
      at: row.at,
      tookMs: row.tookMs,
    }),
    passages: data.passages.map((recorded) => {
      const text = byId.get(recorded.passageId)
      return text === undefined
        ? { ...recorded, title: '', context: '', text: null, lang: row.lang, isUnchanged: false }
        : { ...recorded, ...text, isUnchanged: passageHash(text) === recorded.hash }
    }),
  })
}
