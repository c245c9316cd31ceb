import { sql } from 'drizzle-orm'
import { readVisiblePassages } from '#server/articles/visible-passages.ts'
import type { Context, Lang } from '#server/context.ts'
import { derivedId } from '#server/ids.ts'
import { citationOf } from '../citation-of.ts'
import type { AnswerCitation } from '../schema.ts'
import type { ScopeCitation } from './scope-rules.ts'

/**
 * The provision that a rule of scope rests on, as it is in force on the day: a citation like any other, with its words.
 * @returns in the language asked for, else in Russian; null where no published article holds it on that day
 */
export async function citeProvision(
  ctx: Context,
  cites: ScopeCitation,
  input: { lang: Lang; asOf: string },
): Promise<AnswerCitation | null> {
  const found = await readVisiblePassages(
    ctx,
    sql`r.act_id = ${derivedId('act', cites.act)} and p.segments @> ${JSON.stringify([{ eid: cites.eid }])}::jsonb`,
    input.asOf,
  )
  const passage = found.find(({ lang }) => lang === input.lang) ?? found.find(({ lang }) => lang === 'ru')
  const segment = passage?.segments.find(({ eid }) => eid === cites.eid)
  if (passage === undefined || segment === undefined) return null
  const words = passage.text.slice(segment.start, segment.end)
  const quote = words.trim()
  return citationOf(passage, quote, segment.start + words.indexOf(quote))
}
