import type { Lang } from '#server/context.ts'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import { holdsPhrase, tokensOf, type Phrase } from './phrase.ts'
import { OPERATOR_GROUPS, type OperatorGroup, type ScopeRules } from './scope-rules.ts'

export interface Asked {
  question: string
  lang: Lang
  /** Who asks, where the operator has said it. */
  asker?: 'citizen' | 'state-body' | undefined
  /** The group of the operator who asks for help. */
  group: OperatorGroup
  /** The directory of competence knows the subject of the question. */
  namesSubject: boolean
}

/** What kind of question it is, with the phrase that says so. */
export type QuestionKind =
  | { kind: 'appeal'; by: string }
  | { kind: 'ict-request'; by: string }
  | { kind: 'transfer'; group: OperatorGroup; by: string }

const found = (
  tokens: readonly AnalysedToken[],
  phrases: Record<Lang, readonly Phrase[]>,
  lang: Lang,
): string | null => {
  // A caller may mix both languages in a sentence; that of the question comes first.
  const other = lang === 'ru' ? 'kk' : 'ru'
  return [...phrases[lang], ...phrases[other]].find((phrase) => holdsPhrase(tokens, phrase))?.text ?? null
}

/**
 * Tells apart questions that the knowledge base alone cannot settle: a wish to file an appeal (п. 12), a state body's
 * question about ICT services (п. 34–36), a matter of another group of operators (п. 11). Phrases decide, nothing is guessed.
 * @returns null: none of these
 */
export function classifyQuestion(rules: ScopeRules, asked: Asked): QuestionKind | null {
  const { lang, group } = asked
  const tokens = tokensOf(asked.question, lang)
  const appeal =
    found(tokens, rules.appeal.phrases, lang) ?? (asked.namesSubject ? null : found(tokens, rules.appeal.weak, lang))
  if (appeal !== null && found(tokens, rules.appeal.unless, lang) === null) return { kind: 'appeal', by: appeal }

  const ict = found(tokens, rules.groups.ict.phrases, lang)
  if (ict !== null) {
    const isStateBody =
      asked.asker === 'state-body' ||
      (asked.asker === undefined && found(tokens, rules.ict.stateBody, lang) !== null) ||
      (asked.asker === undefined && group === 'ict')
    if (isStateBody) return { kind: 'ict-request', by: ict }
    // ICT services are for state bodies (п. 34): a person's question about one is nobody's here.
    return asked.asker === 'citizen' || group === 'ict' ? null : { kind: 'transfer', group: 'ict', by: ict }
  }
  for (const other of OPERATOR_GROUPS.toReversed()) {
    if (other === 'ict' || other === group) continue
    const by = found(tokens, rules.groups[other].phrases, lang)
    if (by !== null) return { kind: 'transfer', group: other, by }
  }
  return null
}
