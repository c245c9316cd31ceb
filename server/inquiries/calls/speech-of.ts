import { findInstructions } from '#server/answers/chat/find-instructions.ts'
import { sentencesOf } from '../questions/find-questions.ts'

/** Nobody says these; they are for machines. */
const UNSPEAKABLE = /[{}<>|\\]/u

/** What was said, sentence by sentence, without what speaks to a model: neither search, nor a model, nor notes are given that. */
export const speechOf = (text: string): string[] =>
  sentencesOf(text).filter((sentence) => !UNSPEAKABLE.test(sentence) && findInstructions(sentence).length === 0)
