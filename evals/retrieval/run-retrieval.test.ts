import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { runRetrieval } from './run-retrieval.ts'

const documents = [
  ['приказ-1', 'Приказ о порядке рассмотрения обращений граждан.'],
  ['2', 'Обращение гражданина рассматривается в течение пяти рабочих дней.'],
  ['d_3', 'Запись разговора хранится один год.'],
  ['d_4', 'Жалоба гражданина на оператора.'],
] as const
const queries = [
  ['q1', 'рассмотрение обращений граждан'],
  ['q-2', 'запись разговора'],
] as const

describe('a TREC run', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'bilim-trec-'))
    const lines = (rows: readonly (readonly [string, string])[]) =>
      rows.map(([_id, text]) => JSON.stringify({ _id, text })).join('\n')
    await writeFile(join(directory, 'corpus.jsonl'), lines(documents))
    await writeFile(join(directory, 'queries.jsonl'), lines(queries))
    await writeFile(
      join(directory, 'qrels.tsv'),
      'query-id\tcorpus-id\tscore\nq1\tприказ-1\t1\nq1\t2\t2\nq-2\td_3\t1\n',
    )
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  it.each(['lexical', 'vector', 'hybrid'])('of the engine %s is what trec_eval reads', async (engine) => {
    const runFile = join(directory, `${engine}.run`)
    const summary = await runRetrieval({ directory, engine, runFile, language: await readLanguageData('content') })
    const text = await readFile(runFile, 'utf8')
    expect(text.endsWith('\n')).toBe(true)
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => {
        // Six columns, one blank between them.
        const [, query = '', document = '', rank = '', score = '', tag = ''] =
          /^(\S+) Q0 (\S+) (\d+) (\S+) (\S+)$/u.exec(line) ?? expect.fail(`not a line of a run: ${line}`)
        return { query, document, rank: Number(rank), score: Number(score), tag }
      })
    expect(new Set(rows.map(({ query }) => query))).toEqual(new Set(queries.map(([id]) => id)))
    expect(new Set(rows.map(({ tag }) => tag))).toEqual(new Set([`bilim-${engine}`]))
    for (const [id] of queries) {
      const own = rows.filter(({ query }) => query === id)
      expect(own.map(({ rank }) => rank)).toEqual(own.map((_, at) => at + 1))
      expect(new Set(own.map(({ document }) => document)).size).toBe(own.length)
      for (const { document } of own) expect(documents.map(([one]) => one)).toContain(document)
      // trec_eval goes by the scores and not by the ranks.
      for (const [at, { score }] of own.entries()) {
        expect(Number.isFinite(score)).toBe(true)
        expect(score).toBeLessThanOrEqual(own[at - 1]?.score ?? Number.POSITIVE_INFINITY)
      }
    }
    expect(rows.find(({ query }) => query === 'q-2')).toMatchObject({ document: 'd_3', rank: 1 })
    expect(summary).toMatchObject({ queries: 2, hit1: 1 })
  })
})
