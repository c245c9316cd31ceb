import { addWorkingDays } from '#server/calendar/add-working-days.ts'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { RULES_TERMS } from '#server/calendar/rules-terms.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { derivedId } from '#server/ids.ts'
import { isAnothers, type Agency, type NamedBody } from '../competence.ts'
import type { Guidance } from '../schema.ts'
import { citeProvision } from './cite-provision.ts'
import type { QuestionKind } from './classify-question.ts'
import type { Scope } from './read-scope-rules.ts'
import { fillIn, type ScopeCitation, type ScopeRules } from './scope-rules.ts'
import { settlesQuestion, type CitedText } from './settles-question.ts'

export interface GuidanceInput {
  question: string
  lang: Lang
  asOf: string
  /** What the answer rests on; null: there is none. */
  cited: readonly (CitedText & { actId: string })[] | null
  /** What kind of question it is; null: none that the knowledge base alone could not settle. */
  kind: QuestionKind | null
  /** Name of the state body that asks, as its operator wrote it. */
  body?: string | undefined
  /** The body of the directory whose subject the question names. */
  named: NamedBody | null
  /** The operator of the ICT infrastructure; null: the directory has none. */
  infrastructure: Agency | null
}

const WORDS = {
  ru: {
    contacts: (list: string) => `Контакты: ${list}.`,
    noBody: '[впишите орган]',
    byRegulation: (days: number, due: string, source: string) => `до ${due} (рабочих дней: ${days}; ${source})`,
    byPoint8: (due: string) =>
      `по Регламенту обработки запросов (п. 37 Правил). На вопрос, поступивший по электронной почте сегодня, орган должен получить ответ до ${due} (п. 8: два рабочих дня), поэтому просим ответить раньше.`,
  },
  kk: {
    contacts: (list: string) => `Байланыс: ${list}.`,
    noBody: '[органды жазыңыз]',
    byRegulation: (days: number, due: string, source: string) => `${due} дейін (жұмыс күні: ${days}; ${source})`,
    byPoint8: (due: string) =>
      `Сұрау салуларды өңдеу регламенті бойынша (Қағидалардың 37-тармағы). Бүгін электрондық поштамен түскен сұраққа орган ${due} дейін жауап алуы тиіс (8-тармақ: екі жұмыс күні), сондықтан ертерек жауап беруіңізді сұраймыз.`,
  },
} as const

/** YYYY-MM-DD as people write it here. */
const spell = (day: string): string => day.split('-').toReversed().join('.')
const listOf = (contacts: readonly { value: string }[]): string => contacts.map(({ value }) => value).join(', ')

/** The last day of a term of working days that begins today, and the day as text. */
async function dueIn(ctx: Context, days: number): Promise<string> {
  return addWorkingDays(await loadCalendar(ctx), { from: today(ctx), days }).date
}

/** A request to the operator of the ICT infrastructure, to be copied and finished by hand (п. 36, 37). */
async function draftRequest(ctx: Context, rules: ScopeRules, input: GuidanceInput): Promise<Guidance['draft']> {
  const { lang } = input
  const words = WORDS[lang]
  const operator = input.infrastructure
  const { term } = rules.ict
  const dueOn = await dueIn(ctx, term?.workingDays ?? RULES_TERMS.emailAnswer.length)
  const to = operator?.name[lang] ?? ''
  return {
    to: { agencyId: operator?.id ?? null, name: to, contacts: operator?.contacts ?? [] },
    subject: rules.ict.subject[lang],
    body: fillIn(rules.ict.draft[lang], {
      operator: to,
      date: spell(today(ctx)),
      body: input.body ?? words.noBody,
      question: input.question,
      term:
        term === null
          ? words.byPoint8(spell(dueOn))
          : words.byRegulation(term.workingDays, spell(dueOn), term.source[lang]),
    }),
    dueOn,
  }
}

/** Whether a question of this kind still needs its guidance beside what was answered. */
function isLeftOpen(scope: Scope, input: GuidanceInput, cited: NonNullable<GuidanceInput['cited']>): boolean {
  const { kind, question, lang } = input
  if (kind === null) return false
  // «Подать заявление» that another act answers was an application for a service.
  if (kind.kind === 'appeal')
    return !kind.isWeak || cited.every(({ actId }) => actId === derivedId('act', scope.appeal.cites.act))
  // Without a phrase nothing says that the answer is of another matter.
  if (kind.by === null) return false
  return !settlesQuestion(scope, { question, lang, group: kind.kind === 'transfer' ? kind.group : 'ict', cited })
}

/**
 * What to do with a question that the knowledge base does not settle: п. 10 (another body's), 11 (another group's), 12 (an appeal),
 * 24 (a clarification is asked for), 36 (a request to the operator of the ICT infrastructure). The words to say are in
 * the language of the question; days are counted from today on the working calendar.
 * @returns null: the question was answered, is no wish to file an appeal, and what was answered is of its matter
 */
export async function findGuidance(ctx: Context, rules: Scope, input: GuidanceInput): Promise<Guidance | null> {
  const { lang, asOf, kind, named } = input
  if (input.cited !== null && !isLeftOpen(rules, input, input.cited)) return null
  const cite = (cites: ScopeCitation) => citeProvision(ctx, cites, { lang, asOf })
  const bare = { group: null, draft: null, dueOn: null, isBodyUnknown: false }
  if (kind?.kind === 'appeal') {
    const { term, say, cites } = rules.appeal
    const dueOn = await dueIn(ctx, term.workingDays)
    return {
      ...bare,
      kind: 'appeal',
      text: fillIn(say[lang], { term: String(term.workingDays), source: term.source[lang], due: spell(dueOn) }),
      citation: await cite(cites),
      dueOn,
    }
  }
  if (kind?.kind === 'ict-request') {
    const draft = await draftRequest(ctx, rules, input)
    return {
      ...bare,
      kind: 'ict-request',
      text: rules.ict.say[lang],
      citation: await cite(rules.ict.cites),
      draft,
      dueOn: draft?.dueOn ?? null,
    }
  }
  if (kind?.kind === 'transfer') {
    const { name } = rules.groups[kind.group]
    return {
      ...bare,
      kind: 'transfer',
      text: fillIn(rules.groups.say[lang], { group: name[lang] }),
      citation: await cite(rules.groups.cites),
      group: { id: kind.group, name: name[lang] },
    }
  }
  if (isAnothers(named)) {
    const { say, cites } = rules.outOfScope
    const contacts = listOf(named.body.contacts)
    return {
      ...bare,
      kind: 'out-of-scope',
      text: fillIn(say[lang], {
        body: named.body.name[lang],
        contacts: contacts === '' ? '' : WORDS[lang].contacts(contacts),
      }),
      citation: await cite(cites),
    }
  }
  return {
    ...bare,
    kind: 'unanswered',
    text: named === null ? rules.unanswered.unknown[lang] : rules.unanswered.say[lang],
    isBodyUnknown: named === null,
    citation: await cite(rules.unanswered.cites),
  }
}
