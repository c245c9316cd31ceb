import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { questionState } from '#server/answers/sample-questions/question-state.ts'
import { parseSampleQuestions } from '#server/answers/sample-questions/sample-questions-file.ts'
import type { SampleQuestionView } from '#server/answers/sample-questions/schema.ts'
import { writeQuestionsFile, type Additions } from '#server/answers/sample-questions/write-questions-file.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { act } from '#server/db/schema/acts.ts'
import { DomainError, type Fault } from '#server/errors.ts'
import { derivedId } from '#server/ids.ts'
import { namesOf, textOf } from './content-files.ts'

/** Editors' questions that no file gets: those that are silent, and those beyond what a file may hold of a provision. */
export interface LeftOut {
  changed: number
  gone: number
  beyond: number
}

interface Row extends Record<string, unknown> {
  act_id: string
  lang: Lang
  eid: string
  text: string
  state: SampleQuestionView['state']
}

/**
 * The files of `content/questions` with editors' questions in them, and a new file for each act that had none: put into that directory they
 * are the files' own, and no question is there twice. Only questions that speak today are written. The same state gives the same bytes.
 * @returns path below the directory of the export and text, and how many questions were left out
 * @throws DomainError `validation-failed` naming every file that questions cannot be written into
 */
export async function exportQuestions(
  ctx: Context,
  { contentDir }: { contentDir: string },
): Promise<{ files: { path: string; text: string }[]; leftOut: LeftOut }> {
  const rows = await queryRows<Row>(
    ctx.db,
    sql`select q.act_id, q.lang, q.eid, q.text, ${questionState(today(ctx))} as state from sample_question q
        where q.file is null and q.added_by is not null order by q.added_at, q.id`,
  )
  const leftOut: LeftOut = { changed: 0, gone: 0, beyond: 0 }
  const wanted = new Map<string, { actId: string; lang: Lang; additions: Map<string, string[]> }>()
  for (const { act_id: actId, lang, eid, text, state } of rows) {
    if (state !== 'in-force') {
      leftOut[state] += 1
      continue
    }
    const key = `${actId} ${lang}`
    const own = wanted.get(key) ?? { actId, lang, additions: new Map<string, string[]>() }
    own.additions.set(eid, [...(own.additions.get(eid) ?? []), text])
    wanted.set(key, own)
  }
  const files: { path: string; text: string }[] = []
  const faults: Fault[] = []
  const write = (name: string, text: string | null, of: { act: string; lang: Lang }, additions: Additions): void => {
    try {
      const written = writeQuestionsFile(text, of, additions)
      leftOut.beyond += written.beyond
      files.push({ path: `questions/${name}`, text: written.text })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      faults.push(...error.faults.map(({ message }) => ({ path: `questions/${name}`, message })))
    }
  }
  const directory = join(contentDir, 'questions')
  for (const name of (await namesOf(directory)).filter((one) => one.endsWith('.yaml'))) {
    const text = await textOf(join(directory, name))
    const { file } = parseSampleQuestions(text)
    const key = file === null ? '' : `${derivedId('act', file.act)} ${file.lang}`
    const own = wanted.get(key)
    wanted.delete(key)
    if (file === null || own === undefined) files.push({ path: `questions/${name}`, text })
    else write(name, text, file, own.additions)
  }
  const acts = new Map((await ctx.db.select().from(act)).map((row) => [row.id, row]))
  for (const { actId, lang, additions } of wanted.values()) {
    const row = acts.get(actId)
    if (row === undefined) continue
    const key = row.registrationNumber ?? `${row.signedOn}-${row.number}`
    write(`${key.replaceAll(/[^\p{L}\p{N}-]+/gu, '-')}.${lang}.yaml`, null, { act: key, lang }, additions)
  }
  if (faults.length > 0)
    throw new DomainError('validation-failed', `В файлы вопросов каталога ${directory} нельзя дописать вопросы.`, {
      faults,
    })
  return { files, leftOut }
}
