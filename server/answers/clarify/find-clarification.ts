import type { Lang } from '#server/context.ts'
import { subjectCoverage } from '#server/search/analysis/subject-coverage.ts'
import type { RankedPassage } from '#server/search/search.ts'
import type { Clarification } from '../schema.ts'

const MOST_CHOICES = 4
/** Passages far down the list only share a word with the question. */
const LOOKED_AT = 30
const WHOLE = 0.99

const ASKS: Record<'act' | 'article', Record<Lang, string>> = {
  act: { ru: 'О каком акте идёт речь?', kk: 'Қай акт туралы сұрап тұрсыз?' },
  article: { ru: 'О чём именно вопрос?', kk: 'Сұрақ нақты не туралы?' },
}

interface Group {
  label: string
  within: Clarification['choices'][number]['within']
  /** Place of its best passage. */
  place: number
}

/**
 * One question back, where several acts, or several articles of one, hold every word of what was asked and nothing in it says
 * which is meant. Choices are groups of passages in force on the day; an answered question is asked about acts only.
 * @returns null: it is clear enough, or it was asked within an act or an article already
 */
export function findClarification(input: {
  question: string
  lang: Lang
  passages: readonly RankedPassage[]
  isAnswered: boolean
  isNarrowed: boolean
}): Clarification | null {
  const { question, lang, isAnswered } = input
  if (input.isNarrowed) return null
  const equal = input.passages
    .slice(0, LOOKED_AT)
    .flatMap((passage, place) =>
      passage.lang === lang &&
      passage.citation !== null &&
      subjectCoverage(`${passage.context}\n${passage.text}`, question, lang) >= WHOLE
        ? [{ passage, citation: passage.citation, place }]
        : [],
    )
  const acts = new Map<string, Group>()
  const articles = new Map<string, Group>()
  for (const { passage, citation, place } of equal) {
    const { actId, actTitle } = citation
    const { articleId, title } = passage
    if (!acts.has(actId)) acts.set(actId, { label: actTitle, within: { actId }, place })
    if (!articles.has(articleId)) articles.set(articleId, { label: title, within: { articleId }, place })
  }
  const kind = acts.size > 1 ? 'act' : 'article'
  if (kind === 'article' && (articles.size < 2 || isAnswered)) return null
  const groups = [...(kind === 'act' ? acts : articles).values()]
  // «срок регистрации залога»: the title of one holds more of the words than those of the others, so that one is meant.
  const named = groups.map(({ label }) => subjectCoverage(label, question, lang))
  const most = Math.max(...named)
  if (most > 0 && named.filter((share) => share === most).length === 1) return null
  return {
    question: ASKS[kind][lang],
    choices: groups.slice(0, MOST_CHOICES).map(({ label, within }) => ({ label, within })),
  }
}
