import { join } from 'node:path'
import { and, asc, isNotNull, isNull } from 'drizzle-orm'
import { parseSampleQuestions } from '#server/answers/sample-questions/sample-questions-file.ts'
import { movedPlaces } from '#server/answers/sample-questions/places.ts'
import { writeQuestionsFile } from '#server/answers/sample-questions/write-questions-file.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { act } from '#server/db/schema/acts.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { derivedId } from '#server/ids.ts'
import { namesOf, textOf } from './content-files.ts'

/**
 * The files of `content/questions` with editors' questions in them, and a new file for each act that had none: put into that directory they
 * are the files' own, and no question is there twice. The same state gives the same bytes.
 * @returns path below the directory of the export, and text
 */
export async function exportQuestions(
  ctx: Context,
  { contentDir }: { contentDir: string },
): Promise<{ path: string; text: string }[]> {
  const rows = await ctx.db
    .select()
    .from(sampleQuestion)
    .where(and(isNull(sampleQuestion.file), isNotNull(sampleQuestion.addedBy)))
    .orderBy(asc(sampleQuestion.addedAt), asc(sampleQuestion.id))
  const moved = await movedPlaces(ctx.db, today(ctx))
  const wanted = new Map<string, { actId: string; lang: Lang; additions: Map<string, string[]> }>()
  for (const { id, actId, lang, eid, text } of rows) {
    const key = `${actId} ${lang}`
    const own = wanted.get(key) ?? { actId, lang, additions: new Map<string, string[]>() }
    const place = moved.get(id) ?? eid
    own.additions.set(place, [...(own.additions.get(place) ?? []), text])
    wanted.set(key, own)
  }
  const directory = join(contentDir, 'questions')
  const files: { path: string; text: string }[] = []
  for (const name of (await namesOf(directory)).filter((one) => one.endsWith('.yaml'))) {
    const text = await textOf(join(directory, name))
    const { file } = parseSampleQuestions(text)
    const key = file === null ? '' : `${derivedId('act', file.act)} ${file.lang}`
    const own = wanted.get(key)
    wanted.delete(key)
    files.push({
      path: `questions/${name}`,
      text: file === null || own === undefined ? text : writeQuestionsFile(text, file, own.additions),
    })
  }
  const acts = new Map((await ctx.db.select().from(act)).map((row) => [row.id, row]))
  for (const { actId, lang, additions } of wanted.values()) {
    const row = acts.get(actId)
    if (row === undefined) continue
    const key = row.registrationNumber ?? `${row.signedOn}-${row.number}`
    const name = `${key.replaceAll(/[^\p{L}\p{N}-]+/gu, '-')}.${lang}.yaml`
    files.push({ path: `questions/${name}`, text: writeQuestionsFile(null, { act: key, lang }, additions) })
  }
  return files
}
