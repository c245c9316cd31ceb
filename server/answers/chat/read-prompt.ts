import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Lang } from '#server/context.ts'
import { wordRuns } from '../verify-sentence.ts'

/** A version of a prompt. Files are never changed once answers were given with them: a change is a new version. */
export interface PromptFile {
  /** `answer.v2.ru` */
  name: string
  version: number
  lang: Lang
  /** SHA-256 of the file. */
  hash: string
  system: string
  /** What is said of the form of the output: a line for each sentence, or one document under a schema. */
  lines: string
  schema: string
  /** With `{{fence}}`, `{{passages}}`, `{{asOf}}`, `{{question}}`. */
  user: string
}

/** The versions in use. */
const CURRENT: Record<Lang, string> = { ru: 'answer.v2.ru', kk: 'answer.v2.kk' }
const SECTIONS = ['system', 'lines', 'schema', 'user'] as const
const read = new Map<string, PromptFile>()

/**
 * A prompt by its name, read once; comes with the program.
 * @throws Error when a part of it is missing
 */
export const readPrompt = (lang: Lang, name: string = CURRENT[lang]): PromptFile => {
  const known = read.get(name)
  if (known !== undefined) return known
  const text = readFileSync(fileURLToPath(new URL(`../prompts/${name}.md`, import.meta.url)), 'utf8')
  const parts = new Map(
    text
      .split(/^# (?=(?:system|lines|schema|user)$)/mu)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), part.slice(end).trim()] as const
      }),
  )
  const [system, lines, schema, user] = SECTIONS.map((section) => parts.get(section))
  if (system === undefined || lines === undefined || schema === undefined || user === undefined)
    throw new Error(`prompt ${name}: needs the parts ${SECTIONS.join(', ')}`)
  const prompt: PromptFile = {
    name,
    version: Number(/\.v(\d+)\./u.exec(name)?.[1] ?? 0),
    lang,
    hash: createHash('sha256').update(text).digest('hex'),
    system,
    lines,
    schema,
    user,
  }
  read.set(name, prompt)
  return prompt
}

const runs = new WeakMap<PromptFile, ReadonlySet<string>>()

/** Runs of words of a prompt, which no answer may repeat; made once. */
export const promptRuns = (file: PromptFile): ReadonlySet<string> => {
  const known = runs.get(file)
  if (known !== undefined) return known
  const made = wordRuns([file.system, file.lines, file.schema, file.user].join('\n'))
  runs.set(file, made)
  return made
}
