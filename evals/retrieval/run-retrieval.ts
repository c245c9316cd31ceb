import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import { ENGINES } from './engines.ts'
import { summarise, type Summary } from './metrics.ts'
import { readBeir } from './read-beir.ts'

export interface RetrievalInput {
  directory: string
  /** Name in ENGINES. */
  engine: string
  /** Where to write the TREC run; null: nowhere. */
  runFile: string | null
  language: LanguageData
}

/** Runs one engine over a BEIR set. Returns the means; writes `qid Q0 docid rank score tag` lines when asked to. */
export async function runRetrieval({
  directory,
  engine,
  runFile,
  language,
}: RetrievalInput): Promise<Summary & { engine: string; set: string; msPerQuery: number }> {
  const make = ENGINES[engine]
  if (make === undefined) throw new Error(`No engine ${engine}: there are ${Object.keys(ENGINES).join(', ')}`)
  const set = await readBeir(directory)
  const found = await make(set, language)
  const run = new Map<string, string[]>()
  const lines: string[] = []
  const started = performance.now()
  for (const { _id, text } of set.queries) {
    const hits = await found.find(text, false)
    run.set(
      _id,
      hits.map((hit) => hit.id),
    )
    lines.push(...hits.map((hit, i) => `${_id} Q0 ${hit.id} ${i + 1} ${hit.score} bilim-${engine}`))
  }
  const msPerQuery = (performance.now() - started) / Math.max(set.queries.length, 1)
  await found.close?.()
  if (runFile !== null) await writeFile(runFile, `${lines.join('\n')}\n`)
  return { engine, set: basename(directory), ...summarise(run, set.judgements), msPerQuery }
}
