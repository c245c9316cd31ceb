import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { DISTORTIONS, distortQuery, type Distortion } from './distort-queries.ts'
import { absentEngines, ENGINES, languageOf } from './engines.ts'
import { summarise, type Summary } from './metrics.ts'
import { readBeir } from './read-beir.ts'

export interface ComparisonRow extends Summary {
  set: string
  distortion: Distortion
  engine: string
  /** Of the same engine on the clean queries, nDCG@10. */
  kept: number
  /** Time of a query, as they come one after the other. */
  msPerQuery: number
}

/** Reads its queries by the same code as the index in process, and takes a hundred times longer: what it proposes is compared on clean queries. */
const CLEAN_ONLY: ReadonlySet<string> = new Set(['meilisearch'])

const isSet = (directory: string): boolean => existsSync(join(directory, 'corpus.jsonl'))

/** A BEIR set, or a directory of them. @throws when there is none */
const setsOf = async (directory: string): Promise<string[]> => {
  if (isSet(directory)) return [directory]
  const inside = (await readdir(directory)).sort().map((name) => join(directory, name))
  const sets = inside.filter(isSet)
  if (sets.length === 0) throw new Error(`${directory}: no corpus.jsonl, and no directory with one`)
  return sets
}

/** Every engine that can be reached over every set, with its queries as they are and as they come out when typed in other ways. */
export async function compareEngines(
  directory: string,
  language: LanguageData,
  onRow: (row: ComparisonRow) => void | Promise<void>,
  isWanted: (row: Pick<ComparisonRow, 'set' | 'distortion' | 'engine'>) => boolean = () => true,
): Promise<ComparisonRow[]> {
  const rows: ComparisonRow[] = []
  const absent = absentEngines()
  for (const path of await setsOf(directory)) {
    const set = await readBeir(path)
    const lang = languageOf(set)
    for (const [engine, make] of Object.entries(ENGINES)) {
      if (absent.has(engine)) continue
      const wanted = (Object.keys(DISTORTIONS) as Distortion[]).filter((distortion) =>
        isWanted({ set: basename(path), distortion, engine }),
      )
      // The share that is kept is of the clean queries.
      if (wanted.length === 0) continue
      const { find, close } = await make(set, language)
      let clean = 0
      for (const [distortion, { langs, typing }] of Object.entries(DISTORTIONS) as [
        Distortion,
        (typeof DISTORTIONS)[Distortion],
      ][]) {
        if (distortion !== 'clean' && !wanted.includes(distortion)) continue
        if (!langs.includes(lang) || (distortion !== 'clean' && CLEAN_ONLY.has(engine))) continue
        const run = new Map<string, string[]>()
        let spent = 0
        for (const { _id, text } of set.queries) {
          const query = distortQuery(text, distortion, lang, _id)
          const started = performance.now()
          const found = await find(query, typing)
          spent += performance.now() - started
          run.set(
            _id,
            found.map(({ id }) => id),
          )
        }
        const summary = summarise(run, set.judgements)
        if (distortion === 'clean') clean = summary.ndcg10
        const row = {
          set: basename(path),
          distortion,
          engine,
          ...summary,
          kept: clean === 0 ? 0 : summary.ndcg10 / clean,
          msPerQuery: spent / Math.max(set.queries.length, 1),
        }
        rows.push(row)
        await onRow(row)
      }
      await close?.()
    }
  }
  return rows
}
