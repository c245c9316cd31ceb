import type { Context, Lang } from '#server/context.ts'
import { service } from '#server/db/schema/services.ts'
import { subjectCoverage } from '#server/search/analysis/subject-coverage.ts'

/** A name is long: not every word of it is said. */
const LEAST = 0.75
const FEWEST_WORDS = 2

/**
 * The service whose name somebody has spoken of: most of its words, and of several the one with more of them.
 * @returns null: none, or nothing sure
 */
export async function findService(ctx: Context, said: string, lang: Lang): Promise<string | null> {
  const rows = await ctx.db.select({ id: service.id, name: service.name }).from(service)
  let best: { id: string; words: number; score: number } | null = null
  for (const { id, name } of rows) {
    const words = (name.match(/\p{L}{4,}/gu) ?? []).length
    if (words < FEWEST_WORDS) continue
    const score = subjectCoverage(said, name, lang)
    if (score < LEAST) continue
    const weight = score * words
    if (best === null || weight > best.score * best.words) best = { id, words, score }
  }
  return best?.id ?? null
}
