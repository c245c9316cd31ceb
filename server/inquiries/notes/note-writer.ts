import type { Lang } from '#server/context.ts'
import type { ModelLedger } from '#server/answers/answerer.ts'

/** What a model writes of a call; nothing of it is believed before `verifyNotes` has passed it. */
export interface WrittenNotes {
  subject: string
  /** Sentences of the content. */
  content: string[]
}

export interface NoteWriter {
  /** `provider/model` */
  readonly name: string
  /**
   * Writes notes of a transcript, in which personal data is masked.
   * @throws ModelFault
   */
  write(input: { transcript: string; lang: Lang; ledger: ModelLedger; signal?: AbortSignal }): Promise<{
    notes: WrittenNotes
    prompt: { name: string; hash: string }
  }>
}
