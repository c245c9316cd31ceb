import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Lang } from '#server/context.ts'
import { wordRuns } from '#server/answers/verify-sentence.ts'
import { sha256 } from '#server/ids.ts'

/** A version of the prompt for notes. Files are never changed once notes were written with them: a change is a new version. */
export interface NotesPrompt {
  name: string
  hash: string
  system: string
  /** With `{{fence}}` and `{{transcript}}`. */
  user: string
  /** Runs of its words, which no note may repeat. */
  runs: ReadonlySet<string>
}

const CURRENT: Record<Lang, string> = { ru: 'notes.v1.ru', kk: 'notes.v1.kk' }
const read = new Map<string, NotesPrompt>()

/** The prompt in use for a language, read once; comes with the program. @throws Error when a part of it is missing */
export const readNotesPrompt = (lang: Lang): NotesPrompt => {
  const name = CURRENT[lang]
  const known = read.get(name)
  if (known !== undefined) return known
  const text = readFileSync(fileURLToPath(new URL(`../prompts/${name}.md`, import.meta.url)), 'utf8')
  const [, system, user] = /^# system\n([\s\S]*?)^# user\n([\s\S]*)$/mu.exec(text) ?? []
  if (system === undefined || user === undefined) throw new Error(`prompt ${name}: needs the parts system, user`)
  const prompt = {
    name,
    hash: sha256(text),
    system: system.trim(),
    user: user.trim(),
    runs: wordRuns(`${system}\n${user}`),
  }
  read.set(name, prompt)
  return prompt
}
