import { parse } from 'yaml'
import { z } from 'zod'
import type { Lang } from '#server/context.ts'

/** Words and phrases that mean the same to a caller. */
export interface Concept {
  id: string
  /** How much a synonym counts against the word itself, 0…1. */
  weight: number
  members: { text: string; lang: Lang; weight: number }[]
}

/** What editors may teach the engines about a language. Plain data: files in, no code. */
export interface LanguageData {
  concepts: Concept[]
  /** Words of one root that stemming leaves apart: «ответ», «отвечать»; `обуч*` takes all that begins so. */
  families: { id: string; words: string[] }[]
}

// «1414» is a number to YAML and a word to us.
const Phrase = z.union([z.string().trim().min(1).max(120), z.number().transform(String)])

const LanguageFileSchema = z.strictObject({
  lang: z.enum(['ru', 'kk']),
  concepts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/u, 'id: латинские строчные буквы, цифры и дефис'),
        weight: z.number().gt(0).lte(1).default(0.6),
        same: z.array(Phrase).min(1),
        near: z.array(Phrase).default([]),
      }),
    )
    .default([]),
  families: z.array(z.array(z.string().trim().min(2).max(40)).min(1)).default([]),
})

/** What a word that is only near to a concept counts against one that stands for it. */
export const NEAR_WEIGHT = 0.5

/** No synonyms, no families: analysis by stems alone. */
export const NO_LANGUAGE_DATA: LanguageData = { concepts: [], families: [] }

/**
 * Reads language files, several as one: concepts of the same id grow together, so that Russian and Kazakh words meet in them.
 * @param files their names, for messages, and their YAML text; reading them is the caller's
 * @returns the data, and every fault of every file at once as «file: path: what»; data is null when there is a fault
 */
export const parseLanguageData = (
  files: readonly { fileName: string; text: string }[],
): { data: LanguageData | null; faults: string[] } => {
  const faults: string[] = []
  const concepts = new Map<string, Concept>()
  const families = new Map<string, { id: string; words: string[] }>()
  for (const { fileName, text } of files) {
    let content: unknown
    try {
      content = parse(text)
    } catch (error) {
      faults.push(`${fileName}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
      continue
    }
    const parsed = LanguageFileSchema.safeParse(content)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) faults.push(`${fileName}: ${issue.path.join('.')}: ${issue.message}`)
      continue
    }
    const { lang } = parsed.data
    const seen = new Set<string>()
    for (const [index, entry] of parsed.data.concepts.entries()) {
      if (seen.has(entry.id)) faults.push(`${fileName}: concepts.${index}.id: «${entry.id}» уже есть в этом файле`)
      seen.add(entry.id)
      const concept = concepts.get(entry.id) ?? { id: entry.id, weight: entry.weight, members: [] }
      const members = [
        ...entry.same.map((phrase) => ({ text: phrase, lang, weight: 1 })),
        ...entry.near.map((phrase) => ({ text: phrase, lang, weight: NEAR_WEIGHT })),
      ]
      for (const member of members) {
        if (concept.members.some((other) => other.lang === lang && other.text === member.text))
          faults.push(`${fileName}: concepts.${index}: «${member.text}» повторяется в «${entry.id}»`)
        concept.members.push(member)
      }
      concepts.set(entry.id, concept)
    }
    for (const [index, words] of parsed.data.families.entries()) {
      const id = words[0] ?? ''
      if (families.has(id)) faults.push(`${fileName}: families.${index}: «${id}» уже начинает другую семью слов`)
      families.set(id, { id, words })
    }
  }
  return faults.length > 0
    ? { data: null, faults }
    : { data: { concepts: [...concepts.values()], families: [...families.values()] }, faults }
}
