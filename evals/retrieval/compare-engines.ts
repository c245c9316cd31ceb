import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { DISTORTIONS, distortQuery, type Distortion } from './distort-queries.ts'
import { ENGINES } from './engines.ts'
import { summarise, type Summary } from './metrics.ts'
import { readBeir } from './read-beir.ts'

export interface ComparisonRow extends Summary {
  set: string
  distortion: Distortion
  engine: string
  /** Of the same engine on the clean queries, nDCG@10. */
  kept: number
}

const isSet = (directory: string): boolean => existsSync(join(directory, 'corpus.jsonl'))

/** A BEIR set, or a directory of them. @throws when there is none */
const setsOf = async (directory: string): Promise<string[]> => {
  if (isSet(directory)) return [directory]
  const inside = (await readdir(directory)).sort().map((name) => join(directory, name))
  const sets = inside.filter(isSet)
  if (sets.length === 0) throw new Error(`${directory}: no corpus.jsonl, and no directory with one`)
  return sets
}

/** Every engine over every set, with its queries as they are and as they come out when typed in other ways. */
export async function compareEngines(
  directory: string,
  language: LanguageData,
  onRow: (row: ComparisonRow) => void,
): Promise<ComparisonRow[]> {
  const rows: ComparisonRow[] = []
  for (const path of await setsOf(directory)) {
    const set = await readBeir(path)
    const kazakh = set.documents.filter(({ text }) => detectLanguage(text) === 'kk').length
    const lang = kazakh * 2 > set.documents.length ? 'kk' : 'ru'
    for (const [engine, make] of Object.entries(ENGINES)) {
      const { find, close } = await make(set, language)
      let clean = 0
      for (const [distortion, { langs, typing }] of Object.entries(DISTORTIONS) as [
        Distortion,
        (typeof DISTORTIONS)[Distortion],
      ][]) {
        if (!langs.includes(lang)) continue
        const run = new Map<string, string[]>()
        for (const { _id, text } of set.queries)
          run.set(
            _id,
            (await find(distortQuery(text, distortion, lang, _id), typing)).map(({ id }) => id),
          )
        const summary = summarise(run, set.judgements)
        if (distortion === 'clean') clean = summary.ndcg10
        const row = {
          set: basename(path),
          distortion,
          engine,
          ...summary,
          kept: clean === 0 ? 0 : summary.ndcg10 / clean,
        }
        rows.push(row)
        onRow(row)
      }
      await close?.()
    }
  }
  return rows
}
