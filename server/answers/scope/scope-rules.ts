import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { Lang } from '#server/context.ts'
import { parsePhrase, type Phrase } from './phrase.ts'

/** Groups of operators: what п. 4 (1), (2) and (3) let the centre advise on. */
export const OPERATOR_GROUPS = ['services', 'ict', 'e-government'] as const
export type OperatorGroup = (typeof OPERATOR_GROUPS)[number]

const text = z.string().trim().min(2).max(4000)
const Said = z.strictObject({ ru: text, kk: text })
const Named = z.strictObject({ ru: text, kk: text, en: text })
const Phrases = z.strictObject({ ru: z.array(text).max(200), kk: z.array(text).max(200) })
const Cites = z.strictObject({ act: z.string().min(1), eid: z.string().min(1) })
const Term = z.strictObject({ workingDays: z.number().int().min(1).max(365), source: Said })
const Group = z.strictObject({ name: Named, phrases: Phrases })

const File = z.strictObject({
  appeal: z.strictObject({
    cites: Cites,
    term: Term,
    wish: Phrases,
    phrases: Phrases,
    weak: Phrases,
    unless: Phrases,
    never: Phrases,
    say: Said,
  }),
  groups: z.strictObject({ services: Group, ict: Group, 'e-government': Group, cites: Cites, say: Said }),
  ict: z.strictObject({
    cites: Cites,
    stateBody: Phrases,
    term: Term.nullable(),
    say: Said,
    subject: Said,
    draft: Said,
  }),
  outOfScope: z.strictObject({ cites: Cites, say: Said }),
  unanswered: z.strictObject({ cites: Cites, say: Said, unknown: Said }),
})
type ScopeFile = z.infer<typeof File>
export type ScopeCitation = z.infer<typeof Cites>

type ByLang = Record<Lang, readonly Phrase[]>

type AppealPhrases = 'wish' | 'phrases' | 'weak' | 'unless' | 'never'

/** `content/scope.yaml`, its phrases read. */
export interface ScopeRules {
  appeal: Omit<ScopeFile['appeal'], AppealPhrases> & Record<AppealPhrases, ByLang>
  groups: Record<OperatorGroup, { name: Record<Lang | 'en', string>; phrases: ByLang }> &
    Pick<ScopeFile['groups'], 'cites' | 'say'>
  ict: Omit<ScopeFile['ict'], 'stateBody'> & { stateBody: ByLang }
  outOfScope: ScopeFile['outOfScope']
  unanswered: ScopeFile['unanswered']
}

/** Names that a text must hold, so that nobody is told half of it. */
const HOLDS: readonly { path: string; names: readonly string[]; said: (file: ScopeFile) => z.infer<typeof Said> }[] = [
  { path: 'appeal.say', names: ['term', 'source', 'due'], said: (file) => file.appeal.say },
  { path: 'groups.say', names: ['group'], said: (file) => file.groups.say },
  { path: 'ict.say', names: [], said: (file) => file.ict.say },
  { path: 'ict.subject', names: [], said: (file) => file.ict.subject },
  {
    path: 'ict.draft',
    names: ['operator', 'date', 'body', 'question', 'term'],
    said: (file) => file.ict.draft,
  },
  { path: 'outOfScope.say', names: ['body', 'contacts'], said: (file) => file.outOfScope.say },
  { path: 'unanswered.say', names: [], said: (file) => file.unanswered.say },
  { path: 'unanswered.unknown', names: [], said: (file) => file.unanswered.unknown },
]

const namesIn = (template: string): string[] => [...template.matchAll(/\{([^{}]*)\}/gu)].map(([, name = '']) => name)

/**
 * Reads `content/scope.yaml`: how questions without an answer are told apart (п. 10–12, 24, 36) and what is said to them.
 * @returns the rules, and every fault at once with its path; `rules` is null when there is one
 */
export function parseScopeRules(source: string): { rules: ScopeRules | null; faults: string[] } {
  const document = parseDocument(source)
  if (document.errors.length > 0)
    return { rules: null, faults: document.errors.map((error) => error.message.split('\n', 1)[0] ?? error.message) }
  const parsed = File.safeParse(document.toJS())
  if (!parsed.success)
    return { rules: null, faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  const file = parsed.data
  const faults: string[] = []
  const read = (path: string, phrases: z.infer<typeof Phrases>): ByLang => {
    const readLang = (lang: Lang): Phrase[] => {
      const seen = new Set<string>()
      return phrases[lang].flatMap((written, index) => {
        const at = `${path}.${lang}.${index}`
        if (seen.has(written)) faults.push(`${at}: «${written}» повторяется`)
        seen.add(written)
        const phrase = parsePhrase(written, lang)
        if (!('fault' in phrase)) return [phrase]
        faults.push(`${at}: ${phrase.fault}`)
        return []
      })
    }
    return { ru: readLang('ru'), kk: readLang('kk') }
  }
  for (const { path, names, said } of HOLDS)
    for (const lang of ['ru', 'kk'] as const) {
      const held = namesIn(said(file)[lang])
      for (const name of names)
        if (!held.includes(name)) faults.push(`${path}.${lang}: нет {${name}}; добавьте его в текст`)
      for (const name of new Set(held))
        if (!names.includes(name))
          faults.push(
            `${path}.${lang}: {${name}} здесь ничем не заменяется; можно: ${names.map((one) => `{${one}}`).join(', ') || 'ничего'}`,
          )
    }
  const { appeal, groups, ict } = file
  const group = (id: OperatorGroup) => ({
    name: groups[id].name,
    phrases: read(`groups.${id}.phrases`, groups[id].phrases),
  })
  const rules: ScopeRules = {
    appeal: {
      ...appeal,
      wish: read('appeal.wish', appeal.wish),
      phrases: read('appeal.phrases', appeal.phrases),
      weak: read('appeal.weak', appeal.weak),
      unless: read('appeal.unless', appeal.unless),
      never: read('appeal.never', appeal.never),
    },
    groups: {
      services: group('services'),
      ict: group('ict'),
      'e-government': group('e-government'),
      cites: groups.cites,
      say: groups.say,
    },
    ict: { ...ict, stateBody: read('ict.stateBody', ict.stateBody) },
    outOfScope: file.outOfScope,
    unanswered: file.unanswered,
  }
  return faults.length > 0 ? { rules: null, faults } : { rules, faults }
}

/** Puts values into the {names} of a text. */
export const fillIn = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{([^{}]*)\}/gu, (_, name: string) => values[name] ?? '').trim()
