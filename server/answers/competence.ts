import type { Context, Lang } from '#server/context.ts'
import { agency } from '#server/db/schema/agencies.ts'
import type { Competence } from '#server/http/wire.ts'

export type Agency = typeof agency.$inferSelect

/** Compares a question with the words of a subject; 0 = nothing in common, 1 = all of the subject's words. */
export type SubjectMatcher = (question: string, subject: string, lang: Lang) => number

/** A body of the directory, and the subject of its competence that the question names. */
export interface NamedBody {
  body: Agency
  subject: string
}

const REASONS = {
  subject: {
    ru: (subject: string) =>
      `Вопрос похож на предмет ведения «${subject}» (п. 10 Правил: назвать того, в чью компетенцию входит вопрос).`,
    kk: (subject: string) =>
      `Сұрақ «${subject}» құзыретіне жатады (Қағидалардың 10-тармағы: мәселені шешетін субъектіні атау).`,
  },
  ict: {
    ru: 'Запрос государственного органа по информационно-коммуникационной услуге, на который в Базе знаний нет информации (п. 36 Правил).',
    kk: 'Мемлекеттік органның ақпараттық-коммуникациялық қызмет бойынша сұрау салуы, Білім базасында ол бойынша ақпарат жоқ (Қағидалардың 36-тармағы).',
  },
} as const

const THRESHOLD = 0.99

/**
 * The body whose subject the question names. Of several the longer subject says more.
 * @returns null: none names it
 */
export function chooseBody<B extends Pick<Agency, 'subjects'>>(
  bodies: readonly B[],
  question: string,
  lang: Lang,
  matches: SubjectMatcher,
): { body: B; subject: string } | null {
  let best: { body: B; subject: string; score: number } | null = null
  for (const body of bodies)
    for (const subject of body.subjects[lang]) {
      const score = matches(question, subject, lang)
      if (
        score >= THRESHOLD &&
        (best === null || score > best.score || (score === best.score && subject.length > best.subject.length))
      )
        best = { body, subject, score }
    }
  return best
}

/** All bodies of the directory: a few dozen. */
export const readBodies = (ctx: Context): Promise<Agency[]> => ctx.db.select().from(agency)

/** The subject is another body's: not one of the contact centre's own. */
export const isAnothers = (named: NamedBody | null): named is NamedBody =>
  named !== null && named.body.kind !== 'contact-centre'

/**
 * Whose question it is, as a refusal says it: the body whose subject it names (п. 10), or the operator of the ICT infrastructure, to whom
 * a state body's request goes (п. 36).
 * @returns null: it is the contact centre's own, or nobody knows whose; what is done then says the guidance (п. 24)
 */
export function presentCompetence(
  input: { named: NamedBody | null; infrastructure: Agency | null; isIctRequest: boolean },
  lang: Lang,
): Competence | null {
  const { named, infrastructure, isIctRequest } = input
  const present = (body: Agency, reason: string): Competence => ({
    agencyId: body.id,
    name: body.name[lang],
    contacts: body.contacts,
    bySubject: true,
    reason,
  })
  if (isIctRequest) return infrastructure === null ? null : present(infrastructure, REASONS.ict[lang])
  return isAnothers(named) ? present(named.body, REASONS.subject[lang](named.subject)) : null
}
