import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { Meilisearch } from 'meilisearch'
import { pino, type Logger } from 'pino'
import { z } from 'zod'
import { compose } from '#server/compose.ts'
import type { Config } from '#server/config.ts'
import { SYSTEM } from '#server/context.ts'
import { newId } from '#server/ids.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'
import { reconcileIndexes } from '#server/search/reconcile-indexes.ts'
import { search } from '#server/search/search.ts'
import { percentiles, type Percentiles } from './percentiles.ts'
import { storeCorpus } from './store-corpus.ts'

export interface RebuildFigures {
  engine: string
  searches: number
  /** Searches that threw, the first reasons. */
  failed: number
  reasons: string[]
  /** Searches that a stand-in answered. */
  degraded: number
  /** What the log said of the engine meanwhile: how often each. */
  warnings: Record<string, number>
  /** Searches that showed a passage withdrawn before they began. */
  withdrawnShown: number
  /** Searches that did not show a passage that was published all the while and is the best for them. */
  missed: number
  rebuilds: number
  published: number
  withdrawn: number
  times: Percentiles
}

const Line = z.object({
  msg: z.string(),
  err: z.object({ message: z.string() }).optional(),
  state: z.string().optional(),
})
/** Counts warnings by what they say. */
const countingLogger = (warnings: Record<string, number>): Logger =>
  pino(
    { level: 'warn' },
    {
      write(line: string) {
        const { msg, err, state } = Line.parse(JSON.parse(line))
        const said = [msg, state, err?.message].filter((part) => part !== undefined).join(': ')
        warnings[said] = (warnings[said] ?? 0) + 1
      },
    },
  )

/** Searches under way at once. */
const AT_ONCE = 4
/** Passages that come and go. */
const PUBLISHED_AT_ONCE = 5
/** Passages that stay, each looked for by a number that only it has. */
const STAYING = 50

/**
 * Searches through the whole of search (both indexes, database) while the index is made anew again and again, and passages are published
 * and withdrawn as another process on the same database does it.
 * @param documents the corpus; in a fresh database at `config`
 */
export async function searchWhileRebuilt(
  config: Config,
  documents: readonly LexicalDocument[],
  searches: number,
): Promise<RebuildFigures> {
  const warnings: Record<string, number> = {}
  const deps = await compose(config, { log: countingLogger(warnings), purpose: 'bench' })
  try {
    const ctx = deps.contextFor(SYSTEM, newId('req'))
    const staying = documents
      .slice(0, STAYING)
      .map((document, at) => ({ ...document, text: `Номер ${700_000 + at}. ${document.text}` }))
    await storeCorpus(ctx.db, [...staying, ...documents.slice(STAYING)])
    await deps.reconciler.settle()

    const figures = { failed: 0, degraded: 0, withdrawnShown: 0, missed: 0, rebuilds: 0, published: 0, withdrawn: 0 }
    const reasons: string[] = []
    const withdrawn = new Set<string>()
    const isGoing = (): boolean => done < searches
    let started = 0
    let done = 0
    const times: number[] = []

    const rebuildOnAndOn = async (): Promise<void> => {
      while (isGoing()) {
        await reconcileIndexes(ctx, () => {}, { rebuild: true })
        figures.rebuilds += 1
        await nextTurn()
      }
    }
    const publishAndWithdraw = async (): Promise<void> => {
      const [like] = documents
      if (like === undefined) return
      while (isGoing()) {
        const round = figures.published
        const added = Array.from({ length: PUBLISHED_AT_ONCE }, (_, at) => ({
          ...like,
          passageId: `psg_come_${round + at}`,
          articleId: `art_come_${round + at}`,
          text: `Временный порядок ${800_000 + round + at}: ответ на обращение даётся в течение суток.`,
        }))
        await storeCorpus(ctx.db, added)
        figures.published += added.length
        await reconcileIndexes(ctx)
        const asked = done
        while (isGoing() && done < asked + 20) await pause(5)
        for (const { passageId } of added) {
          await ctx.db.execute(
            sql`update article_version set state = 'withdrawn' where id = (select version_id from passage where id = ${passageId})`,
          )
          withdrawn.add(passageId)
          figures.withdrawn += 1
        }
      }
    }
    const searchOnAndOn = async (): Promise<void> => {
      while (started < searches) {
        const number = started
        started += 1
        const at = number % STAYING
        const isForStaying = number % 2 === 0
        const gone = new Set(withdrawn)
        const began = performance.now()
        try {
          const result = await search(ctx, {
            q: isForStaying ? `номер ${700_000 + at}` : 'временный порядок ответ на обращение в течение суток',
            limit: 20,
          })
          if (result.degraded.length > 0) figures.degraded += 1
          if (result.hits.some(({ passageId }) => gone.has(passageId))) figures.withdrawnShown += 1
          if (isForStaying && !result.hits.some(({ passageId }) => passageId === staying[at]?.passageId))
            figures.missed += 1
        } catch (error) {
          figures.failed += 1
          if (reasons.length < 5) reasons.push(error instanceof Error ? error.message : String(error))
        }
        times.push(performance.now() - began)
        done += 1
        await nextTurn()
      }
    }
    await Promise.all([
      rebuildOnAndOn(),
      publishAndWithdraw(),
      ...Array.from({ length: AT_ONCE }, () => searchOnAndOn()),
    ])
    return {
      engine: deps.adapters().lexicalIndex,
      searches: done,
      reasons,
      warnings,
      times: percentiles(times),
      ...figures,
    }
  } finally {
    await deps.close()
    const { lexicalIndex } = config
    if (lexicalIndex.kind === 'meilisearch')
      await new Meilisearch({ host: lexicalIndex.url, apiKey: lexicalIndex.adminKey }).deleteIndexIfExists(
        lexicalIndex.indexUid,
      )
  }
}
