import type { Lang } from '#server/context.ts'
import { subjectCoverage } from '#server/search/analysis/subject-coverage.ts'
import type { RankedPassage } from '#server/search/search.ts'
import { expectedAnswer } from '../expected-answer.ts'
import { topicsOfQuestion } from '../extract/standard-topics.ts'
import type { Clarification } from '../schema.ts'
import { isOfAnything } from './is-of-anything.ts'
import type { HeldService } from './services-held.ts'

const MOST_CHOICES = 4
const MOST_SERVICES = 6
/** Passages far down the list only share a word with the question. */
const LOOKED_AT = 30
const WHOLE = 0.99

const ASKS: Record<'service' | 'act' | 'article', Record<Lang, string>> = {
  service: { ru: 'О какой услуге идёт речь?', kk: 'Қай қызмет туралы сұрап тұрсыз?' },
  act: { ru: 'О каком акте идёт речь?', kk: 'Қай акт туралы сұрап тұрсыз?' },
  article: { ru: 'О чём именно вопрос?', kk: 'Сұрақ нақты не туралы?' },
}

interface Group {
  label: string
  within: Clarification['choices'][number]['within']
  /** Place of its best passage. */
  place: number
}

/** Asked of the centre itself: its hours, its numbers. */
const OF_CENTRE =
  /(?<!\p{L})(?:вы|вас|ваш\p{L}*|сіз\p{L}*|центр\p{L}*|орталы\p{L}*|оператор\p{L}*|(?:по|пере)?звон\p{L}*|қоңырау\p{L}*|телефон\p{L}*|номер\p{L}*|нөмір\p{L}*|почт\p{L}*)(?!\p{L})/iu
/** Of anything's, but a thing of its own where nothing else is named. */
const CERTIFICATE = /^(?:справк|анықтама)/iu

/** Words of a question that name something, of what is asked of every service: term, fee, documents, hours, result, refusal. */
const namingWords = (question: string): string[] =>
  (question.match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !isOfAnything(word) || CERTIFICATE.test(word))

/** Whether a question is of the kind that every standard of a service answers, so that it has to say of which service. */
const asksOfService = (question: string, lang: Lang): boolean =>
  !OF_CENTRE.test(question) && topicsOfQuestion(question, lang, expectedAnswer(question, lang)).length > 0

/** Whether it says of none («Какие документы нужны?», «Мерзімі қандай?»): any of all that are held may be meant then, whatever was found. */
export const asksOfAnyService = (question: string, lang: Lang): boolean =>
  namingWords(question).length === 0 && asksOfService(question, lang)

/**
 * Services that a question of a standard may mean: all of them where it names nothing, else those whose names hold every word that it names.
 * @returns null: its words are of no service that is held, so the services are no choice
 */
function meantServices(question: string, lang: Lang, services: readonly HeldService[]): HeldService[] | null {
  if (services.length === 0 || !asksOfService(question, lang)) return null
  const named = namingWords(question).join(' ')
  if (named === '') return [...services]
  const meant = services.filter(({ name }) => subjectCoverage(name, named, lang) >= WHOLE)
  return meant.length === 0 ? null : meant
}

/**
 * One question back. A question that every service's standard answers and that names no service, or several, is asked which of the services held is meant, in
 * either language and answered or not; one that names its service is never asked. Any other one is asked where several acts, or several articles of one, hold
 * every word of it and nothing in it says which is meant; choices are groups of passages in force on the day, and an answered question is asked about acts only.
 * @param input.services those held in the language of the question, best first; all where `asksOfAnyService`, else those among the passages
 * @returns null: it is clear enough, or it was asked within an act or an article already
 */
export function findClarification(input: {
  question: string
  lang: Lang
  passages: readonly RankedPassage[]
  services?: readonly HeldService[]
  isAnswered: boolean
  isNarrowed: boolean
}): Clarification | null {
  const { question, lang, isAnswered } = input
  if (input.isNarrowed) return null
  const { services = [] } = input
  const meant = meantServices(question, lang, services)
  if (meant !== null)
    return meant.length < 2
      ? null
      : {
          question: ASKS.service[lang],
          // Its standard answers; other points of its act are of several services, or of complaints.
          choices: meant.slice(0, MOST_SERVICES).map(({ name, articleId }) => ({ label: name, within: { articleId } })),
        }
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
