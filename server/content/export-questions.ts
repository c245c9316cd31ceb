import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { isStillGap, lastLook, questionState } from '#server/answers/sample-questions/question-state.ts'
import { parseSampleQuestions } from '#server/answers/sample-questions/sample-questions-file.ts'
import type { SampleQuestionView } from '#server/answers/sample-questions/schema.ts'
import { writeQuestionsFile, type GapAdditions } from '#server/answers/sample-questions/write-questions-file.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { act } from '#server/db/schema/acts.ts'
import { DomainError, type Fault } from '#server/errors.ts'
import { derivedId } from '#server/ids.ts'
import { namesOf, textOf } from './content-files.ts'

/** Editors' questions that no file gets: those that are silent, and those beyond what a file may hold of a provision or a gap. */
export interface LeftOut {
  changed: number
  gone: number
  beyond: number
  /** About gaps: theirs is silent, or those of the file are, and would make it so. */
  silentGaps: number
}

interface Row extends Record<string, unknown> {
  act_id: string
  lang: Lang
  eid: string
  text: string
  state: SampleQuestionView['state']
}

/** What is written into the file of an act in a language. */
interface Wanted {
  actId: string
  lang: Lang
  additions: Map<string, string[]>
  gaps: GapAdditions | null
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
  const leftOut: LeftOut = { changed: 0, gone: 0, beyond: 0, silentGaps: 0 }
  const wanted = new Map<string, Wanted>()
  const wantedOf = (actId: string, lang: Lang): Wanted => {
    const key = `${actId} ${lang}`
    const own = wanted.get(key) ?? { actId, lang, additions: new Map<string, string[]>(), gaps: null }
    wanted.set(key, own)
    return own
  }
  for (const { act_id: actId, lang, eid, text, state } of rows) {
    if (state !== 'in-force') {
      leftOut[state] += 1
      continue
    }
    const { additions } = wantedOf(actId, lang)
    additions.set(eid, [...(additions.get(eid) ?? []), text])
  }
  for (const { actId, lang, ...said } of await editorsGaps(ctx)) {
    leftOut.silentGaps += said.silent
    wantedOf(actId, lang).gaps = said.gaps
  }
  const files: { path: string; text: string }[] = []
  const faults: Fault[] = []
  const write = (
    name: string,
    text: string | null,
    of: { act: string; lang: Lang },
    { additions, gaps }: Wanted,
  ): void => {
    try {
      const written = writeQuestionsFile(text, of, additions, gaps)
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
    else write(name, text, file, own)
  }
  const acts = new Map((await ctx.db.select().from(act)).map((row) => [row.id, row]))
  for (const own of wanted.values()) {
    const { actId, lang } = own
    if (own.additions.size === 0 && (own.gaps === null || own.gaps.additions.size === 0)) continue
    const row = acts.get(actId)
    if (row === undefined) continue
    const key = row.registrationNumber ?? `${row.signedOn}-${row.number}`
    write(`${key.replaceAll(/[^\p{L}\p{N}-]+/gu, '-')}.${lang}.yaml`, null, { act: key, lang }, own)
  }
  if (faults.length > 0)
    throw new DomainError('validation-failed', `В файлы вопросов каталога ${directory} нельзя дописать вопросы.`, {
      faults,
    })
  return { files, leftOut }
}

/**
 * What editors said of gaps, by act and language: the day of the last look that all gaps of the file will hold, and their own questions. Where gaps of the file
 * are silent nothing is written: beside them, as of their day, editors' would be silent too.
 */
async function editorsGaps(
  ctx: Context,
): Promise<{ actId: string; lang: Lang; gaps: GapAdditions | null; silent: number }[]> {
  const rows = await queryRows<{
    act_id: string
    lang: Lang
    checked_on: string | null
    is_silent: boolean
    said: { gap: string; text: string; isSilent: boolean }[] | null
  }>(
    ctx.db,
    sql`select n.act_id, n.lang, min(n.looked) filter (where not (n.is_editors and n.is_silent))::text as checked_on,
          coalesce(bool_or(n.is_silent) filter (where not n.is_editors), false) as is_silent,
          json_agg(json_build_object('gap', n.gap, 'text', n.text, 'isSilent', n.is_silent) order by n.added_at, n.id) filter (where n.is_editors) as said
        from (
          select g.*, ${lastLook} as looked, (g.file is null and g.added_by is not null) as is_editors, not ${isStillGap(today(ctx))} as is_silent
          from gap_question g
        ) n
        group by n.act_id, n.lang
        having bool_or(n.is_editors or n.confirmed_on is not null)`,
  )
  return rows.map(({ act_id: actId, lang, checked_on: checkedOn, is_silent: isSilent, said }) => {
    const own = said ?? []
    if (isSilent || checkedOn === null) return { actId, lang, gaps: null, silent: own.length }
    const additions = new Map<string, string[]>()
    for (const { gap, text, isSilent: one } of own) if (!one) additions.set(gap, [...(additions.get(gap) ?? []), text])
    return { actId, lang, gaps: { checkedOn, additions }, silent: own.filter((one) => one.isSilent).length }
  })
}
