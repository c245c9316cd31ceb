import type { Answer, OperatorGroup, Within } from '../api/types.ts'
import { todayInAlmaty } from '../text/days.ts'

export interface Asked {
  question: string
  asOf: string | null
  /** Who asks, where the operator has said it. */
  asker?: 'citizen' | 'state-body'
  /** The operator's own group; absent: public services. */
  group?: OperatorGroup
  /** Only this act or article, chosen from a clarifying question. */
  within?: Within
}

// Coming back to the search shows the same answer at once instead of asking again. Not for long: texts are withdrawn.
const KEPT = 20
const KEPT_MS = 60_000
const kept = new Map<string, { answer: Answer; at: number }>()

/** Names a question and the day it is of: after midnight the law may be another. */
export const keyOfAsked = ({ question, asOf, asker, group, within }: Asked): string =>
  JSON.stringify([question, asOf ?? todayInAlmaty(), asker, group, within])

/** The answer kept under a key, at most a minute old. */
export function keptAnswer(key: string): Answer | undefined {
  const held = kept.get(key)
  if (held === undefined) return undefined
  if (Date.now() - held.at <= KEPT_MS) return held.answer
  kept.delete(key)
  return undefined
}

export function keepAnswer(key: string, answer: Answer): void {
  kept.delete(key)
  kept.set(key, { answer, at: Date.now() })
  const oldest = kept.keys().next()
  if (kept.size > KEPT && oldest.done !== true) kept.delete(oldest.value)
}

/** To be called at sign-out: the next person at this screen sees nothing of the last one's. */
export const forgetAnswers = (): void => kept.clear()
