import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import { loadSampleQuestions } from '#server/answers/sample-questions/load-sample-questions.ts'
import {
  parseSampleQuestions,
  type SampleQuestionsFile,
} from '#server/answers/sample-questions/sample-questions-file.ts'
import type { Context } from '#server/context.ts'
import { act } from '#server/db/schema/acts.ts'
import { gapQuestion, sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { DomainError, type Fault } from '#server/errors.ts'
import { derivedId } from '#server/ids.ts'
import { namesOf, textOf } from './content-files.ts'
import { isRefusal } from './refusal-messages.ts'

interface NamedFile extends SampleQuestionsFile {
  name: string
  actId: string
}

const keyOf = ({ actId, lang }: { actId: string; lang: string }): string => `${actId} ${lang}`
const refusal = (directory: string, faults: Fault[]): DomainError =>
  new DomainError('validation-failed', `В файлах вопросов каталога ${directory} есть ошибки.`, { faults })

async function readQuestions(directory: string): Promise<NamedFile[]> {
  const files = new Map<string, NamedFile>()
  const faults: Fault[] = []
  for (const name of (await namesOf(directory)).filter((one) => one.endsWith('.yaml'))) {
    const { file, faults: own } = parseSampleQuestions(await textOf(join(directory, name)))
    faults.push(...own.map((message) => ({ path: name, message })))
    if (file === null) continue
    const named = { ...file, name, actId: derivedId('act', file.act) }
    const before = files.get(keyOf(named))
    if (before === undefined) files.set(keyOf(named), named)
    else
      faults.push({
        path: name,
        message: `вопросы к акту ${file.act} (${file.lang}) уже есть в ${before.name}. Соедините их в одном файле.`,
      })
  }
  if (faults.length > 0) throw refusal(directory, faults)
  return [...files.values()]
}

/**
 * Makes the sample questions of the acts that are held what the files of a directory say (`*.yaml`): questions whose file is
 * gone go too; what editors said of their own stays. A file about another act waits for it.
 * @param own acts of the starter content, whose files must fit them. Of other acts any edition may be held: questions for a provision
 * that the held ones have not wait for it.
 * @throws DomainError `validation-failed` with all faults of all files; two files for one act and language are one
 */
export async function ingestQuestions(ctx: Context, directory: string, own: ReadonlySet<string>): Promise<void> {
  const files = await readQuestions(directory)
  const faults: Fault[] = []
  for (const file of files) {
    try {
      await loadFile(ctx, file, own.has(file.actId))
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'validation-failed') throw error
      faults.push(...error.faults.map(({ message }) => ({ path: file.name, message })))
    }
  }
  if (faults.length > 0) throw refusal(directory, faults)
  const told = new Set(files.map(keyOf))
  const stored = await union(
    ctx.db.select({ actId: sampleQuestion.actId, lang: sampleQuestion.lang }).from(sampleQuestion),
    ctx.db.select({ actId: gapQuestion.actId, lang: gapQuestion.lang }).from(gapQuestion),
  )
  for (const one of stored)
    if (!told.has(keyOf(one))) await loadSampleQuestions(ctx, { ...one, questions: {}, file: null })
}

/** The sample questions that wait for an act which has just been ingested. */
export async function ingestQuestionsOf(ctx: Context, directory: string, actId: string): Promise<void> {
  for (const file of await readQuestions(directory)) if (file.actId === actId) await loadFile(ctx, file, false)
}

/** Everything that is wrong with files of questions, as sentences for people; of what is broken elsewhere nothing is given away. Pure. */
export function questionsFaults(error: unknown): string[] {
  if (!isRefusal(error)) return ['сбой при загрузке; повторите импорт позже, подробности в журнале сервера']
  if (error.faults.length === 0) return [error.message]
  return error.faults.map(({ path, message }) => `${path}: ${message}`)
}

async function loadFile(
  ctx: Context,
  { name, actId, lang, questions, gaps }: NamedFile,
  isOwn: boolean,
): Promise<void> {
  const [held] = await ctx.db.select({ id: act.id }).from(act).where(eq(act.id, actId))
  if (held === undefined) return
  const { waiting } = await loadSampleQuestions(ctx, {
    actId,
    lang,
    questions,
    gaps,
    file: name,
    unknown: isOwn ? 'refuse' : 'wait',
  })
  if (waiting.length > 0)
    ctx.log.info({ file: name, actId, lang, waiting }, 'sample questions wait for provisions that no held edition has')
}
