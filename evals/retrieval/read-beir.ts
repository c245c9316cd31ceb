import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const Document = z.object({ _id: z.coerce.string(), title: z.string().default(''), text: z.string() })
const Query = z.object({ _id: z.coerce.string(), text: z.string() })

export interface BeirSet {
  documents: z.infer<typeof Document>[]
  queries: z.infer<typeof Query>[]
  /** Grade of a document for a query; absent means not relevant. */
  judgements: Map<string, Map<string, number>>
}

const lines = async (path: string) => (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')

/**
 * Reads a test set in BEIR's files: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv` (Thakur et al. 2021).
 * @throws with the file and line of the first line that does not fit
 */
export async function readBeir(directory: string): Promise<BeirSet> {
  const parse = async <T>(name: string, schema: z.ZodType<T>): Promise<T[]> =>
    (await lines(join(directory, name))).map((line, i) => {
      try {
        return schema.parse(JSON.parse(line))
      } catch (error) {
        throw new Error(`${name}:${i + 1}: not a line of a BEIR file`, { cause: error })
      }
    })
  const judgements: BeirSet['judgements'] = new Map()
  for (const [i, line] of (await lines(join(directory, 'qrels.tsv'))).entries()) {
    const columns = line.split('\t')
    const [query, document, grade] = columns.length === 4 ? [columns[0], columns[2], columns[3]] : columns
    if (query === undefined || document === undefined || grade === undefined)
      throw new Error(`qrels.tsv:${i + 1}: three columns expected`)
    if (Number.isNaN(Number(grade))) continue // the header
    const grades = judgements.get(query) ?? new Map<string, number>()
    grades.set(document, Number(grade))
    judgements.set(query, grades)
  }
  return { documents: await parse('corpus.jsonl', Document), queries: await parse('queries.jsonl', Query), judgements }
}
