import { sql } from 'drizzle-orm'
import type { EmbedderKind } from '#server/config.ts'
import type { Embedder } from './embedder.ts'
import { fillVectors } from './reconcile-indexes.ts'
import type { SearchContext } from './search-context.ts'

/** Rounds of filling before the switch: each embeds what was published during the one before. */
const MOST_ROUNDS = 5

/**
 * Changes the embedder while servers run: fills its vectors beside those in use, then says in the database that they are the
 * ones to search. Servers follow at their next reconciliation, within a minute; until then they search the old vectors, which stay.
 * Stopped half way it has changed nothing, and what was embedded is kept.
 * @returns how many texts were embedded
 */
export async function switchEmbedder(
  ctx: SearchContext,
  input: { kind: EmbedderKind; embedder: Embedder },
  progress: (done: number, total: number) => void = () => {},
): Promise<{ embedded: number }> {
  let embedded = 0
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const done = await fillVectors(ctx.db, input.embedder, progress)
    embedded += done.embedded
    if (done.embedded === 0) break
  }
  await ctx.db.execute(
    sql`insert into search_setting (key, value, changed_at) values ('embedder', ${input.kind}, ${ctx.now().toISOString()})
        on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`,
  )
  return { embedded }
}
