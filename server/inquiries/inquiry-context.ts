import type { AnswerContext } from '#server/answers/answer-context.ts'
import type { Mailer } from '#server/mail/mailer.ts'
import type { AssistDesk } from './calls/assist-desk.ts'
import type { NoteWriter } from './notes/note-writer.ts'

/** What the service desk needs besides answering. */
export interface InquiryContext extends AnswerContext {
  mailer: Mailer
  /** The mailbox that letters come in by; null: none is configured. */
  mailboxName: string | null
  /** Listens to calls for the operators who watch them. */
  assist: AssistDesk
  /** A chat model that writes notes of calls; null: they are extracts. */
  noteWriter: NoteWriter | null
}
