import type { AnswerContext } from '#server/answers/answer-context.ts'
import type { Mailer } from '#server/mail/mailer.ts'

/** What the service desk needs besides answering. */
export interface InquiryContext extends AnswerContext {
  mailer: Mailer
}
