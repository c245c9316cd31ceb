import type { Lang } from '#server/context.ts'
import { stemWord } from '#server/search/analysis/stem-word.ts'
import { tokenise } from '#server/search/analysis/tokenise.ts'

const stems = (text: string, lang: Lang): Set<string> => new Set(tokenise(text, lang).filter((token) => token.kind !== 'reference').map((token) => stemWord(token.norm, token.lang)))

/** Which share of a subject's words a question holds, in any form: 0…1. */
export function subjectCoverage(question: string, subject: string, lang: Lang): number {
  const asked = stems(question, lang)
  const wanted = [...stems(subject, lang)].filter((stem) => stem.length > 1)
  return wanted.length === 0 ? 0 : wanted.filter((stem) => asked.has(stem)).length / wanted.length
}
