import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import { AnswerRecordDataSchema } from '#server/answers/answer-record.ts'
import { AnswerSentenceSchema, FallbackSchema, GuidanceSchema } from '#server/answers/schema.ts'
import { today } from '#server/context.ts'
import { answer } from '#server/db/schema/answers.ts'
import { CompetenceSchema } from '#server/http/wire.ts'
import { tellPersonalData } from '#server/services/tell-personal-data.ts'
import { attachmentsOf } from './attachments/attachment-queries.ts'
import { apartOfInquiry } from './mailbox/mailbox-queries.ts'
import type { InquiryContext } from './inquiry-context.ts'
import { hideFrom, presentLetter, presentListedInquiry } from './present.ts'
import { callOf, draftOf, inquiryById, lettersOf, namesFor, type ReplyDraftRow } from './queries.ts'
import { changedSources } from './replies/changed-sources.ts'
import type { InquirySchema, ReplyDraftSchema, ReplyPartSchema } from './schema.ts'

const WITHHELD = AnswerRecordDataSchema.pick({ leftOut: true, quarantined: true }).partial()

/** Who spoke in an answer, and what a chat model was not given: as the page of an answer tells it. */
function toldOfModel(
  held: typeof answer.$inferSelect | undefined,
  hide: (text: string) => string,
): Pick<z.infer<typeof ReplyPartSchema>, 'answerer' | 'model' | 'fallback' | 'leftOut' | 'quarantined'> {
  // Of answers given before records were kept nothing is known to have been withheld.
  const withheld = held?.record == null ? null : WITHHELD.parse(held.record)
  return {
    answerer: held?.answerer ?? '',
    model: held?.model == null ? null : { name: held.model.slice(held.model.indexOf('/') + 1) },
    fallback: FallbackSchema.nullable()
      .catch(null)
      .parse(held?.fallback ?? null),
    leftOut: (withheld?.leftOut ?? []).map(hide),
    quarantined: withheld?.quarantined?.length ?? 0,
  }
}

/** A draft with the answers that it rests on, as they are on record. @param hidden names to hide; null: nothing is hidden */
async function viewDraft(
  ctx: InquiryContext,
  row: ReplyDraftRow,
  hidden: readonly string[] | null,
): Promise<z.infer<typeof ReplyDraftSchema>> {
  const ids = row.parts.map(({ answerId }) => answerId)
  const answers = ids.length === 0 ? [] : await ctx.db.select().from(answer).where(inArray(answer.id, ids))
  const byId = new Map(answers.map((one) => [one.id, one]))
  const hide = (text: string): string => (hidden === null ? text : hideFrom(hidden)(text))
  const names = await namesFor(ctx, { people: [row.sentBy], services: [] })
  return {
    id: row.id,
    state: row.state,
    lang: row.lang,
    subject: hide(row.subject),
    // What may have left cannot be edited any more.
    text: hide((row.state === 'sending' ? row.sentText : null) ?? row.text),
    parts: row.parts.map(({ question, answerId, status, isOpen, clarify = null }) => {
      const held = byId.get(answerId)
      return {
        question: hide(question),
        answerId,
        status,
        isOpen,
        clarify,
        sentences: z.array(AnswerSentenceSchema).parse(held?.sentences ?? []),
        guidance: GuidanceSchema.nullable()
          .catch(null)
          .parse(held?.guidance ?? null),
        competence: CompetenceSchema.nullable()
          .catch(null)
          .parse(held?.competence ?? null),
        ...toldOfModel(held, hide),
      }
    }),
    unread: row.unread,
    leftOut: row.leftOut.map(hide),
    // What has been sent is as it was.
    changedSources: row.state === 'sent' ? [] : await changedSources(ctx, ids),
    madeAt: row.madeAt.toISOString(),
    sent:
      row.state !== 'sent' || row.sentAt === null
        ? null
        : {
            text: hide(row.sentText ?? ''),
            // Piece by piece a name is recognised in none: the supervising body reads the text.
            changes: hidden === null ? (row.changes ?? []) : [],
            isEdited: row.isEdited ?? false,
            knownChanges: row.knownChanges ?? [],
            at: row.sentAt.toISOString(),
            by: names.people.get(row.sentBy ?? '') ?? '',
            through: row.sentThrough ?? '',
          },
  }
}

/**
 * An inquiry whole: its letters, the draft that stands, what was answered in its call. That it was read is an event; the supervising body
 * sees what was asked and answered, without the letters and without who asked.
 * @throws DomainError `not-found`
 */
export async function viewInquiry(
  ctx: InquiryContext,
  input: { id: string; route: string },
): Promise<z.infer<typeof InquirySchema>> {
  const row = await inquiryById(ctx, input.id)
  const isMasked = ctx.actor.role === 'authority'
  const hidden = isMasked ? (row.contactName === null ? [] : [row.contactName]) : null
  const hide = (text: string): string => (hidden === null ? text : hideFrom(hidden)(text))
  const names = await namesFor(ctx, { people: [row.operatorId], services: [row.serviceId] })
  const letters = isMasked ? [] : await lettersOf(ctx, row.id)
  const attachments = await attachmentsOf(
    ctx,
    letters.map(({ id }) => id),
  )
  const reports = isMasked ? [] : await apartOfInquiry(ctx, row.id)
  const draft = await draftOf(ctx, row.id)
  if (!isMasked) await tellPersonalData(ctx, { subjectId: row.id, route: input.route, count: 1 })
  return {
    ...presentListedInquiry(row, names, { today: today(ctx), contact: isMasked ? 'masked' : 'whole' }),
    content: hide(row.content),
    measures: row.measures === null ? null : hide(row.measures),
    revision: row.revision,
    letters: letters.map((one) => presentLetter(one, attachments)),
    mailReports: reports.map(({ id, reason, subject, receivedAt }) => ({
      id,
      reason: reason ?? 'unreadable',
      subject,
      at: receivedAt.toISOString(),
    })),
    draft: draft === null ? null : await viewDraft(ctx, draft, hidden),
    call: await callOf(ctx, row.id),
    delivery: { delivers: ctx.mailer.delivers, from: ctx.mailer.from },
  }
}
