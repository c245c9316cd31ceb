import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { runCommand } from '#server/bin/run-command.ts'
import type { Lang } from '#server/context.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { openPglite } from '#server/db/open-pglite.ts'
import { openPostgres } from '#server/db/open-postgres.ts'
import { VECTOR_SETTINGS } from '#server/db/vector-settings.ts'
import { sha256 } from '#server/ids.ts'
import { createLocalEmbedder } from '#server/search/local-embedder.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { fillVectors } from '#server/search/reconcile-indexes.ts'
import { searchVectors } from '#server/search/vector-index.ts'
import { percentiles } from './percentiles.ts'

const PER_VERSION = 100
/** Validity of versions: of twenty, one old and gone, seven of 2024, twelve of 2016. */
const periods = ['2010-01-01|2016-01-01', ...Array(7).fill('2024-01-01|'), ...Array(12).fill('2016-01-01|')]
const FILTERS: { name: string; asOf: string; lang?: Lang }[] = [
  { name: 'in force today (95 %)', asOf: '2026-11-24' },
  { name: 'in force today, Kazakh', asOf: '2026-11-24', lang: 'kk' },
  { name: 'in force in 2012 (5 %)', asOf: '2012-01-01' },
  { name: 'in force in 2012, Kazakh', asOf: '2012-01-01', lang: 'kk' },
]

/** Mulberry32: the same corpus in every run. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
  return ((value ^ (value >>> 14)) >>> 0) / 4294967296
}

/** Sentences of real acts, mixed into as many distinct passages as wanted. */
async function grow(directory: string, size: number): Promise<{ text: string; lang: Lang }[]> {
  const next = random(1414)
  const sentences: Record<Lang, string[]> = { ru: [], kk: [] }
  for (const name of (await readdir(directory)).filter((file) => file.endsWith('.md')).sort()) {
    const text = await readFile(`${directory}/${name}`, 'utf8')
    for (const line of text.split('\n'))
      for (const sentence of line.split(/(?<=[.;:])\s+/u))
        if (sentence.length > 40 && sentence.length < 400)
          sentences[name.includes('.kaz.') ? 'kk' : 'ru'].push(sentence)
  }
  const pick = (from: string[]): string => from[Math.floor(next() * from.length)] ?? ''
  const grown = new Map<string, Lang>()
  while (grown.size < size) {
    const lang = next() < 0.3 ? 'kk' : 'ru'
    grown.set(`${pick(sentences[lang])} ${pick(sentences[lang])}`, lang)
  }
  return [...grown].map(([text, lang]) => ({ text, lang }))
}

async function store(db: Database, passages: { text: string; lang: Lang }[]): Promise<void> {
  const now = '2026-11-24T00:00:00Z'
  await db.execute(sql`insert into article (id, slug, ord, created_at) values ('art_bench', 'bench', 1, ${now})`)
  for (const lang of ['ru', 'kk'] as const) {
    const own = passages.filter((passage) => passage.lang === lang)
    for (let at = 0, number = 1; at < own.length; at += PER_VERSION, number += 1) {
      const version = `ver_${lang}_${number}`
      const [from = '', to = ''] = (periods[number % periods.length] ?? '').split('|')
      await db.execute(
        sql`insert into article_version (id, article_id, lang, number, title, body, content_hash, state, valid_from, valid_from_known, valid_to, created_at, created_by)
            values (${version}, 'art_bench', ${lang}, ${number}, 'bench', '', '', 'published', ${from}, true, ${to === '' ? null : to}, ${now}, 'bench')`,
      )
      const rows = own
        .slice(at, at + PER_VERSION)
        .map(
          ({ text }, n) =>
            sql`(${`psg_${lang}_${at + n}`}, ${version}, 'art_bench', ${lang}, ${n}, '', '', '', ${text}, ${sha256(text)}, '[]')`,
        )
      await db.execute(
        sql`insert into passage (id, version_id, article_id, lang, ord, label, anchor, context, text, text_hash, segments) values ${sql.join(rows, sql`, `)}`,
      )
    }
  }
}

/**
 * Recall of the vector index under filters, against an exact search of the same table; with and without pgvector's iterative scan.
 * `npx tsx evals/bench/vector-recall.ts --law DIR [--size N] [--queries N]`; on PGlite in memory, or, with DATABASE_URL, in that
 * (empty) PostgreSQL database.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      law: { type: 'string', default: '../shared/data/law' },
      size: { type: 'string', default: '10000' },
      queries: { type: 'string', default: '40' },
    },
  })
  if (!existsSync(values.law)) {
    process.stderr.write(`SKIPPED: no acts at ${values.law}\n`)
    return 1
  }
  const out = (line: string) => process.stdout.write(`${line}\n`)
  const url = process.env['DATABASE_URL']
  const database =
    url === undefined || url === ''
      ? await openPglite({ directory: null, purpose: 'bench' })
      : await openPostgres({ url, poolSize: 1, onIdleError: () => {} })
  try {
    const { db } = database
    const timed = async <T>(body: () => Promise<T>): Promise<[T, number]> => {
      const started = performance.now()
      return [await body(), performance.now() - started]
    }
    const passages = await grow(values.law, Number(values.size))
    const [, storing] = await timed(() => store(db, passages))
    const embedder = createLocalEmbedder(await readLanguageData('content'))
    // Embedding and building apart: vectors are filled first, the index is made after them.
    let embedded = performance.now()
    const started = embedded
    await fillVectors(db, embedder, () => (embedded = performance.now()))
    const [{ size } = { size: '' }] = await queryRows<{ size: string }>(
      db,
      sql`select pg_size_pretty(sum(pg_relation_size(indexname::regclass))) as size from pg_indexes where indexname like 'passage_embedding_hnsw%'`,
    )
    await db.execute(sql`analyze`)
    out(
      `${database.describe.kind} ${database.describe.version}, pgvector ${database.describe.vector}; ${passages.length} passages of ${embedder.dimensions} dimensions; stored in ${(storing / 1000).toFixed(1)} s, embedded in ${((embedded - started) / 1000).toFixed(1)} s, HNSW built in ${((performance.now() - embedded) / 1000).toFixed(1)} s, ${size}`,
    )
    const next = random(7)
    const texts = Array.from({ length: Number(values.queries) }, () =>
      (passages[Math.floor(next() * passages.length)]?.text ?? '').split(' ').slice(2, 10).join(' '),
    )
    const vectors = await Promise.all(texts.map((text) => embedder.embedQuery(text)))
    const everything = { ...embedder, leastSimilarity: -1 }
    out('filter                       scan        recall@10  found of 10   p50 ms   p95 ms   exact p50 ms')
    for (const { name, ...filter } of FILTERS) {
      const exact: number[][] = []
      const exactTimes: number[] = []
      for (const vector of vectors)
        await db.transaction(async (tx) => {
          // A plan that is kept would be kept for the searches after it.
          await tx.execute(sql`set local plan_cache_mode = force_custom_plan`)
          await tx.execute(sql`set local enable_indexscan = off`)
          await tx.execute(sql`set local enable_indexonlyscan = off`)
          const [hits, ms] = await timed(() => searchVectors(tx, everything, { vector, limit: 10, ...filter }))
          exact.push(hits.map(({ score }) => score))
          exactTimes.push(ms)
        })
      for (const scan of ['plain', 'iterative'] as const) {
        for (const setting of scan === 'iterative'
          ? VECTOR_SETTINGS
          : ['set hnsw.iterative_scan = off', 'set hnsw.ef_search = 40'])
          await db.execute(sql.raw(setting))
        let right = 0
        let wanted = 0
        let found = 0
        const times: number[] = []
        for (const [at, vector] of vectors.entries()) {
          const [hits, ms] = await timed(() => searchVectors(db, everything, { vector, limit: 50, ...filter }))
          times.push(ms)
          const best = exact[at] ?? []
          // Equal similarities are equally right.
          const least = (best.at(-1) ?? 1) - 1e-6
          right += hits.slice(0, 10).filter(({ score }) => score >= least).length
          wanted += best.length
          found += Math.min(hits.length, 10)
        }
        const { p50, p95 } = percentiles(times)
        out(
          `${name.padEnd(28)} ${scan.padEnd(10)}  ${(right / wanted).toFixed(3).padStart(9)}  ${(found / vectors.length).toFixed(1).padStart(11)}  ${p50.toFixed(1).padStart(7)}  ${p95.toFixed(1).padStart(7)}  ${percentiles(exactTimes).p50.toFixed(1).padStart(13)}`,
        )
      }
    }
    return 0
  } finally {
    await database.close()
  }
})
