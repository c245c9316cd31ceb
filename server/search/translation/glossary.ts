import { parse } from 'yaml'
import { z } from 'zod'
import type { Lang } from '#server/context.ts'
import { createAnalyser } from '../analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '../analysis/language-data.ts'
import { hasKazakhLetter } from '../analysis/normalise.ts'

/** A term of the field: each of its Russian names may stand for each of its Kazakh ones. */
export type GlossaryTerm = Record<Lang, string[]>
export type Glossary = readonly GlossaryTerm[]

const LONGEST_NAME = 80
const MOST_NAMES = 12
const MOST_WORDS = 8

const Name = z.string().trim().min(2).max(LONGEST_NAME)
const Names = z.union([Name.transform((name) => [name]), z.array(Name).min(1).max(MOST_NAMES)])
const FileSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        subject: z.string().trim().min(1),
        terms: z.array(z.strictObject({ ru: Names, kk: Names })).min(1),
      }),
    )
    .min(1),
})

const analyser = createAnalyser(NO_LANGUAGE_DATA)

/** What is wrong with a name in its language; nothing, mostly. */
const faultsOfName = (name: string, lang: Lang): string[] => {
  const faults: string[] = []
  if (lang === 'ru' && hasKazakhLetter(name.toLowerCase())) faults.push('казахская буква в русском термине')
  if (!/\p{Script=Cyrillic}/u.test(name) && !/^[a-z-]+$/iu.test(name)) faults.push('нет ни одного слова')
  const words = analyser.analyse(name, lang).tokens
  if (words.length > MOST_WORDS) faults.push(`больше ${MOST_WORDS} слов`)
  if (words.length > 0 && words.every((token) => token.kind === 'word' && token.stop))
    faults.push('одни служебные слова: поиск их не переводит')
  return faults
}

/**
 * Reads a glossary of Russian and Kazakh terms.
 * @param file its name, for messages, and its YAML text; reading it is the caller's
 * @returns the terms, and every fault at once as «file: path: what»; terms are null when there is a fault
 */
export const parseGlossary = (file: {
  fileName: string
  text: string
}): { glossary: Glossary | null; faults: string[] } => {
  const { fileName, text } = file
  let content: unknown
  try {
    content = parse(text)
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n')
    return { glossary: null, faults: [`${fileName}: ${line}`] }
  }
  const parsed = FileSchema.safeParse(content)
  if (!parsed.success)
    return {
      glossary: null,
      faults: parsed.error.issues.map((issue) => `${fileName}: ${issue.path.join('.')}: ${issue.message}`),
    }
  const faults: string[] = []
  const pairs = new Map<string, string>()
  for (const [group, { terms }] of parsed.data.groups.entries())
    for (const [index, term] of terms.entries()) {
      const path = `groups.${group}.terms.${index}`
      for (const lang of ['ru', 'kk'] as const) {
        const seen = new Set<string>()
        for (const name of term[lang]) {
          for (const fault of faultsOfName(name, lang)) faults.push(`${fileName}: ${path}.${lang}: «${name}»: ${fault}`)
          if (seen.has(name)) faults.push(`${fileName}: ${path}.${lang}: «${name}» повторяется`)
          seen.add(name)
        }
      }
      for (const ru of new Set(term.ru))
        for (const kk of new Set(term.kk)) {
          const pair = `${ru} – ${kk}`
          const before = pairs.get(pair)
          if (before !== undefined) faults.push(`${fileName}: ${path}: «${pair}» уже есть в ${before}`)
          pairs.set(pair, path)
        }
    }
  return faults.length > 0
    ? { glossary: null, faults }
    : { glossary: parsed.data.groups.flatMap(({ terms }) => terms), faults }
}
