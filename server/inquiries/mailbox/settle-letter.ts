import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { mailboxLetter } from '#server/db/schema/mailbox.ts'
import { conflict } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import type { InquiryContext } from '../inquiry-context.ts'
import { registerInquiry } from '../register-inquiry.ts'
import { apartLetter } from './mailbox-queries.ts'
import { enclosedOf, newInquiryOf } from './take-letter.ts'

const SETTLED = {
  ru: 'Это письмо уже разобрал другой сотрудник. Обновите страницу.',
  kk: 'Бұл хатты басқа қызметкер қарап қойған. Бетті жаңартыңыз.',
  en: 'Somebody else has settled this letter. Reload the page.',
} as const
const NO_INQUIRY = {
  ru: 'Это письмо нельзя зарегистрировать: у него нет адреса отправителя, на который можно ответить, или его текст уже удалён.',
  kk: 'Бұл хатты тіркеу мүмкін емес: жауап беретін жіберуші мекенжайы жоқ немесе мәтіні жойылған.',
  en: 'This letter cannot be registered: it has no sender that could be answered, or its text is deleted by now.',
} as const

const BREAKS_READER = {
  ru: 'Это письмо нельзя зарегистрировать: на нём обрывалось чтение почты, поэтому программа его больше не открывает. Откройте его в почтовой программе и зарегистрируйте обращение вручную.',
  kk: 'Бұл хатты тіркеу мүмкін емес: пошта оқу осы хатта үзіле берген, сондықтан бағдарлама оны енді ашпайды. Хатты пошта бағдарламасында ашып, өтінішті қолмен тіркеңіз.',
  en: 'This letter cannot be registered: reading of the mail broke off at it, so it is opened no more. Open it in a mail program and register the inquiry by hand.',
} as const

async function settle(
  ctx: Context,
  input: { id: string; how: 'registered' | 'dismissed'; inquiryId?: string },
): Promise<void> {
  const [row] = await ctx.db
    .update(mailboxLetter)
    .set({
      settledAt: ctx.now(),
      settledBy: ctx.actor.id,
      ...(input.inquiryId === undefined ? {} : { inquiryId: input.inquiryId, source: null }),
    })
    .where(and(eq(mailboxLetter.id, input.id), eq(mailboxLetter.outcome, 'apart'), isNull(mailboxLetter.settledAt)))
    .returning({ id: mailboxLetter.id })
  if (row === undefined) throw conflict(SETTLED)
  await emit(ctx, {
    type: 'mailbox.letter-settled',
    subjectId: input.inquiryId ?? input.id,
    payload: { mailboxLetterId: input.id, how: input.how },
  })
}

/**
 * Registers a letter that was kept apart: an operator has looked, and it is somebody's question.
 * @returns the id of the inquiry that it became or joined
 * @throws DomainError `not-found`; `conflict` when it is settled, cannot be answered, or readers die of it
 */
export async function registerApart(ctx: InquiryContext, input: { id: string }): Promise<string> {
  const { row, source, read } = await apartLetter(ctx, input.id)
  if (row.settledAt !== null) throw conflict(SETTLED)
  if (row.reason === 'breaks-reader') throw conflict(BREAKS_READER)
  const inquiry =
    source === null || read === null
      ? null
      : newInquiryOf(read, { source, isWhole: row.isWhole, receivedAt: row.receivedAt })
  if (read === null || inquiry === null) throw conflict(NO_INQUIRY)
  return inTransaction(ctx, async (tx) => {
    const { row: made } = await registerInquiry(tx, inquiry, enclosedOf(read))
    await settle(tx, { id: input.id, how: 'registered', inquiryId: made.id })
    return made.id
  })
}

/** Takes a letter off the list of those that wait for somebody to look at them. @throws DomainError `not-found`, `conflict` */
export async function dismissApart(ctx: InquiryContext, input: { id: string }): Promise<void> {
  await apartLetter(ctx, input.id)
  await inTransaction(ctx, (tx) => settle(tx, { id: input.id, how: 'dismissed' }))
}
