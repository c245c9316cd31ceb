import { verifySentence } from '#server/answers/verify-sentence.ts'
import { findInstructions } from '#server/answers/chat/find-instructions.ts'
import type { Lang } from '#server/context.ts'
import type { WrittenNotes } from './note-writer.ts'

const MOST_SENTENCES = 3
const LONGEST_SUBJECT = 160

export interface VerifiedNotes {
  /** Null: it did not hold. */
  subject: string | null
  content: string[]
  dropped: { text: string; reason: string }[]
}

/**
 * Holds what a model wrote against the transcript by the checks of answers, with the whole transcript as the quote: numbers with their units,
 * dates, sums, names and addresses must occur in it, negations stay, half of the words are the conversation's, nothing of the prompt is
 * repeated. Pure.
 * @param unsaid runs of words of the prompt
 */
export function verifyNotes(
  written: WrittenNotes,
  transcript: string,
  options: { lang: Lang; unsaid: ReadonlySet<string> },
): VerifiedNotes {
  const { lang, unsaid } = options
  const passage = { number: 1, label: '', title: '', context: '', text: transcript, lang, score: 1 }
  const dropped: VerifiedNotes['dropped'] = []
  const holds = (text: string): boolean => {
    const order = findInstructions(text)[0]
    const checked =
      order === undefined
        ? verifySentence({ text, support: [{ number: 1, quote: transcript }], confidence: 1 }, [passage], {
            lang,
            ownWords: true,
            paraphrases: true,
            unsaid,
            hosts: new Set(),
          })
        : { ok: false as const, reason: `speaks-to-a-model: ${order.rule}` }
    if (checked.ok) return true
    dropped.push({ text: text.slice(0, 500), reason: checked.reason })
    return false
  }
  const content = written.content.map((one) => one.trim()).filter((one) => one !== '' && holds(one))
  const subject = written.subject.trim()
  return {
    subject: subject !== '' && subject.length <= LONGEST_SUBJECT && holds(subject) ? subject : null,
    content: [...new Set(content)].slice(0, MOST_SENTENCES),
    dropped,
  }
}
