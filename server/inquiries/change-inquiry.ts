import { and, eq } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { inquiry } from '#server/db/schema/inquiries.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { masked } from './mask.ts'
import { checkService } from './register-inquiry.ts'
import type { InquiryChange } from './schema.ts'

const MOVED = {
  ru: 'Обращение уже изменил другой сотрудник. Обновите страницу и повторите.',
  kk: 'Өтінішті басқа қызметкер өзгертіп қойған. Бетті жаңартып, қайталаңыз.',
  en: 'Somebody else has changed this inquiry. Reload the page and try again.',
} as const
const UNANSWERED = {
  ru: 'На это письмо не отвечено. Ответьте на него или укажите в принятых мерах, почему обращение закрывается без ответа.',
  kk: 'Бұл хатқа жауап берілмеген. Жауап беріңіз немесе қабылданған шараларда өтініштің неге жауапсыз жабылатынын көрсетіңіз.',
  en: 'This letter has not been answered. Answer it, or say in the measures taken why the inquiry is closed without an answer.',
} as const

/**
 * Changes fields of an inquiry, its status or who answers for it.
 * @throws DomainError `not-found`, `conflict` (another revision; a letter without an answer and without measures is not closed), `validation-failed` (no such service)
 */
export async function changeInquiry(
  ctx: Context,
  input: InquiryChange & { id: string },
): Promise<typeof inquiry.$inferSelect> {
  const { id, revision, take, status, ...fields } = input
  return inTransaction(ctx, async (tx) => {
    await checkService(tx, fields.serviceId)
    const [before] = await tx.db.select().from(inquiry).where(eq(inquiry.id, id)).for('update')
    if (before === undefined) throw notFound('inquiry', id)
    const measures = (fields.measures === undefined ? before.measures : fields.measures) ?? ''
    if (status === 'closed' && before.channel === 'e-mail' && before.answeredAt === null && measures === '')
      throw conflict(UNANSWERED)
    const now = tx.now()
    const next = {
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      ...(fields.subject === undefined ? {} : { subject: masked(fields.subject) }),
      ...(fields.content === undefined ? {} : { content: masked(fields.content) }),
      ...(fields.measures == null ? {} : { measures: masked(fields.measures) }),
      ...(take === true ? { operatorId: tx.actor.id } : {}),
      ...(status === undefined
        ? take === true && before.status === 'registered'
          ? { status: 'in-work' as const }
          : {}
        : {
            status,
            ...(status === 'answered' && before.answeredAt === null ? { answeredAt: now, answeredOn: today(tx) } : {}),
            ...(status === 'closed' ? { closedAt: now } : {}),
          }),
    }
    const [row] = await tx.db
      .update(inquiry)
      .set({ ...next, revision: revision + 1, updatedAt: now })
      .where(and(eq(inquiry.id, id), eq(inquiry.revision, revision)))
      .returning()
    if (row === undefined) throw conflict(MOVED)
    await emit(tx, {
      type: 'inquiry.changed',
      subjectId: id,
      // Which fields, not what stands in them: that may be personal.
      payload: { fields: Object.keys(next).toSorted(), status: row.status },
    })
    return row
  })
}
