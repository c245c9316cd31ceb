import type { Context, Lang } from '#server/context.ts'
import { agency } from '#server/db/schema/agencies.ts'
import type { Competence } from '#server/http/wire.ts'

type Agency = typeof agency.$inferSelect

/** Compares a question with the words of a subject; 0 = nothing in common, 1 = all of the subject's words. */
export type SubjectMatcher = (question: string, subject: string, lang: Lang) => number

const REASONS = {
  subject: {
    ru: (subject: string) =>
      `Вопрос похож на предмет ведения «${subject}» (п. 10 Правил: назвать того, в чью компетенцию входит вопрос).`,
    kk: (subject: string) =>
      `Сұрақ «${subject}» құзыретіне жатады (Қағидалардың 10-тармағы: мәселені шешетін субъектіні атау).`,
  },
  unknown: {
    ru: 'Ни один орган в справочнике компетенций не подошёл. Ответа нет в базе знаний: по п. 24 Правил Единый контакт-центр запрашивает разъяснение у участников взаимодействия.',
    kk: 'Құзырет анықтамалығында сәйкес орган табылмады. Білім базасында жауап жоқ: Қағидалардың 24-тармағы бойынша Бірыңғай байланыс орталығы түсіндіруді өзара іс-қимыл қатысушыларынан сұратады.',
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

/**
 * Says whose question it is (п. 10): the body whose subject the question names, else the contact centre itself, which
 * asks for clarification (п. 24). Null only when the directory is empty.
 */
export async function findCompetence(
  ctx: Context,
  question: string,
  lang: Lang,
  matches: SubjectMatcher,
): Promise<Competence | null> {
  const bodies = await ctx.db.select().from(agency)
  const best = chooseBody(bodies, question, lang, matches)
  const body = best?.body ?? bodies.find((candidate) => candidate.kind === 'contact-centre')
  if (body === undefined) return null
  return {
    agencyId: body.id,
    name: body.name[lang],
    contacts: body.contacts,
    bySubject: best !== null && best.body.kind !== 'contact-centre',
    reason: best === null ? REASONS.unknown[lang] : REASONS.subject[lang](best.subject),
  }
}
