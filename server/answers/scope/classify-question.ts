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
  /** `isWeak`: its words also speak of an application for a service. */
  | { kind: 'appeal'; by: string; isWeak: boolean }
  /** `by` null: who asks and on which line says it, no phrase. */
  | { kind: 'ict-request'; by: string | null }
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

/** A wish to appeal: what the caller wants for himself, else what is asked about appeals unless it is about the centre's own work. */
function findAppeal(rules: ScopeRules, asked: Asked, tokens: readonly AnalysedToken[]): QuestionKind | null {
  const { wish, phrases, weak, unless, never } = rules.appeal
  const { lang } = asked
  if (found(tokens, never, lang) !== null) return null
  const by = found(tokens, wish, lang)
  if (by !== null) return { kind: 'appeal', by, isWeak: false }
  if (found(tokens, unless, lang) !== null) return null
  const asks = found(tokens, phrases, lang)
  if (asks !== null) return { kind: 'appeal', by: asks, isWeak: false }
  const applies = asked.namesSubject ? null : found(tokens, weak, lang)
  return applies === null ? null : { kind: 'appeal', by: applies, isWeak: true }
}

/**
 * Tells apart questions that the knowledge base alone cannot settle: a wish to file an appeal (п. 12), a state body's
 * question about ICT services (п. 34–36), a matter of another group of operators (п. 11). Phrases decide, nothing is guessed.
 * @returns null: none of these
 */
export function classifyQuestion(rules: ScopeRules, asked: Asked): QuestionKind | null {
  const { lang, group } = asked
  const tokens = tokensOf(asked.question, lang)
  const appeal = findAppeal(rules, asked, tokens)
  if (appeal !== null) return appeal

  const isStateBody =
    asked.asker === 'state-body' || (asked.asker === undefined && found(tokens, rules.ict.stateBody, lang) !== null)
  const ict = found(tokens, rules.groups.ict.phrases, lang)
  if (ict !== null) {
    if (isStateBody || (asked.asker === undefined && group === 'ict')) return { kind: 'ict-request', by: ict }
    // ICT services are for state bodies (п. 34): a person's question about one is nobody's here.
    return asked.asker === 'citizen' || group === 'ict' ? null : { kind: 'transfer', group: 'ict', by: ict }
  }
  for (const other of OPERATOR_GROUPS.toReversed()) {
    if (other === 'ict' || other === group) continue
    const by = found(tokens, rules.groups[other].phrases, lang)
    if (by !== null) return { kind: 'transfer', group: other, by }
  }
  // No list holds all that a state body may ask on the line for ICT services (п. 34): what is nobody else's is such a question.
  return isStateBody && group === 'ict' && !asked.namesSubject ? { kind: 'ict-request', by: null } : null
}
