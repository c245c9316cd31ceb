import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import MiniSearch from 'minisearch'
import { commandConfig, commandLine } from '#server/bin/command-line.ts'
import { runCommand, UsageError } from '#server/bin/run-command.ts'
import { readConfig } from '#server/config.ts'
import { SYSTEM } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { createKey } from '#server/identity/create-key.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import type { SearchContext } from '#server/search/search-context.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { startServer } from '#server/start.ts'
import { sql } from 'drizzle-orm'
import { readCases } from '../answers/read-cases.ts'
import { benchAssistant } from './bench-assistant.ts'
import { benchCorpora } from './bench-corpora.ts'
import { benchServed } from './bench-served.ts'
import type { LoadFigures } from './load-client.ts'
import { growCorpus, readSources } from './grow-corpus.ts'
import { rebuildConfigs } from './rebuild-configs.ts'
import { searchWhileRebuilt } from './search-while-rebuilt.ts'
import { benchActs, benchParsing, benchReingestion } from './bench-ingest.ts'
import { percentiles, type Percentiles } from './percentiles.ts'

const CASES = fileURLToPath(new URL('../cases/contact-centre-rules.ru.yaml', import.meta.url))
const QUESTIONS = 40

const timed = async (body: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await body()
  return performance.now() - started
}

const row = (name: string, { p50, p95, p99, n }: Percentiles) =>
  `${name.padEnd(46)} p50 ${p50.toFixed(2).padStart(8)}  p95 ${p95.toFixed(2).padStart(8)}  p99 ${p99.toFixed(2).padStart(8)} ms  n ${n}`

/** What an operator types: every prefix of the question from the third letter on. */
const keystrokes = (question: string): string[] =>
  Array.from({ length: Math.max(question.length - 2, 0) }, (_, i) => question.slice(0, i + 3)).filter(
    (prefix) => prefix.trim().length >= 3,
  )

const saidRows = (rows: Record<string, number>): string =>
  Object.entries(rows)
    .map(([table, count]) => `${table} ${count}`)
    .join(', ') || 'none'

const PARTS = ['starter', 'assistant', 'corpora', 'served', 'ingest', 'rebuild']
const USAGE = `npm run bench -- [${PARTS.join('|')}] [--sizes 1000,10000,40000] [--searches 10000] [--points 50,500,5000]`
const LARGEST = 200_000

/**
 * `npm run bench`: start, keystroke search and answers through HTTP on the starter content, then the index alone on corpora grown
 * from real text; ratios last. `served`: a server over grown corpora, keystrokes, answers and throughput through HTTP. `assistant`: what is added to a chat model's own time. One part of it by name. `rebuild` searches while the index (in process, or Meilisearch with MEILI_URL) is
 * made anew and passages come and go, over a corpus of the first size; exit code 1 when a search failed or showed what was withdrawn.
 */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    sizes: { type: 'string', default: '1000,10000,40000' },
    searches: { type: 'string', default: '10000' },
    points: { type: 'string', default: '50,500,5000' },
  })
  const sizes = values.sizes.split(',').map(Number)
  const pointCounts = values.points.split(',').map(Number)
  const [part] = positionals
  if (
    (part !== undefined && !PARTS.includes(part)) ||
    !(Number(values.searches) > 0) ||
    ![...sizes, ...pointCounts].every((size) => Number.isInteger(size) && size > 0 && size <= LARGEST)
  )
    throw new UsageError(`Usage: ${USAGE}`)
  const out = (line: string) => process.stdout.write(`${line}\n`)
  const corpora = async (): Promise<void> => {
    const language = await readLanguageData(commandConfig(undefined).contentDir)
    const { from } = await benchCorpora(sizes, language, (figures) => {
      const { passages, keystroke, plainKeystroke, restart } = figures
      const ratio = (a: number, b: number) => (b === 0 ? '-' : (a / b).toFixed(2))
      out(`\n${passages} passages`)
      out(row('lexical index, a keystroke', keystroke))
      out(
        `a keystroke matches ${figures.matching.toFixed(0)} passages on average: ${((keystroke.p50 * 1000) / Math.max(figures.matching, 1)).toFixed(2)} µs for each at p50`,
      )
      out(row('plain MiniSearch (prefix, fuzzy), a keystroke', plainKeystroke))
      out(
        `index built in ${figures.buildMs.toFixed(0)} ms (${figures.buildCpuMs.toFixed(0)} ms of processor), MiniSearch in ${figures.plainBuildMs.toFixed(0)} ms; memory ${figures.heapMb.toFixed(0)} MB against ${figures.plainHeapMb.toFixed(0)} MB; one passage changed in ${figures.changeMs.toFixed(2)} ms`,
      )
      out(
        `lexical index / plain MiniSearch: p50 ${ratio(keystroke.p50, plainKeystroke.p50)}  p95 ${ratio(keystroke.p95, plainKeystroke.p95)}  p99 ${ratio(keystroke.p99, plainKeystroke.p99)}  build ${ratio(figures.buildMs, figures.plainBuildMs)}  memory ${ratio(figures.heapMb, figures.plainHeapMb)}`,
      )
      const { anew, load, reconcile, save } = restart
      out(
        `restart: snapshot of ${restart.snapshotMb.toFixed(0)} MB read in ${load.ms.toFixed(0)} ms (${load.cpuMs.toFixed(0)} ms of processor), compared with the database in ${reconcile.ms.toFixed(0)} ms (${reconcile.cpuMs.toFixed(0)}); written in ${save.ms.toFixed(0)} ms (${save.cpuMs.toFixed(0)}); without it ${anew.ms.toFixed(0)} ms (${anew.cpuMs.toFixed(0)})`,
      )
      out(
        `restart / without a snapshot: ${ratio(load.ms + reconcile.ms, anew.ms)}, of processor ${ratio(load.cpuMs + reconcile.cpuMs, anew.cpuMs)}`,
      )
    })
    out(`\ngrown from ${from.length} files: ${from.map((path) => basename(path)).join(', ')}`)
    if (!from.some((path) => path.includes('retrieval')))
      out('No data beside the project: grown from the Rules alone, whose vocabulary is small.')
  }
  if (part === 'corpora') {
    await corpora()
    return 0
  }
  if (part === 'served') {
    let failures = 0
    await benchServed(sizes, ({ engine, passages, indexMs, restartMs, health, answer, keystrokes }) => {
      const rate = ({ perSecond, failed }: LoadFigures) =>
        `: ${perSecond.toFixed(0)} a second${failed > 0 ? `, ${failed} FAILED` : ''}`
      failures += [health, answer, ...keystrokes].reduce((sum, { failed }) => sum + failed, 0)
      out(`\n${passages} passages and the starter content, through HTTP, on ${engine}`)
      out(row('GET /health (the floor of a request)', health.times) + rate(health))
      for (const one of keystrokes)
        out(row(`GET /search, a keystroke, ${one.operators} at once`, one.times) + rate(one))
      out(row('POST /answers, extractive', answer.times) + rate(answer))
      out(`indexed and embedded in ${(indexMs / 1000).toFixed(1)} s, started again in ${restartMs.toFixed(0)} ms`)
      out(
        `target: answer p95 < 150 ms: ${answer.times.p95 < 150 ? 'met' : 'MISSED'}; answer / keystroke, p95 ${(answer.times.p95 / (keystrokes[0]?.times.p95 ?? 1)).toFixed(2)}`,
      )
    })
    return failures === 0 ? 0 : 1
  }
  if (part === 'assistant') {
    await benchAssistant(out)
    return 0
  }
  const ingest = async (ctx: SearchContext): Promise<void> => {
    const names = benchActs()
    if (names.length === 0) out('No acts beside the project: parsing by format is not measured.')
    const parsed = await benchParsing(names)
    for (const { format, pages, ms } of parsed)
      out(
        `parsing ${format.padEnd(38)} ${((1000 * pages) / ms).toFixed(0).padStart(8)} pages/s (${pages.toFixed(0)} of 1,800 characters)`,
      )
    const markdown = parsed.find(({ format }) => format === '.md')?.ms ?? 0
    const ratios = parsed.map(({ format, ms }) => `${format} / .md ${(ms / markdown).toFixed(2)}`)
    for (const points of pointCounts) {
      const { first, same, changed } = await benchReingestion(ctx, points)
      for (const [name, { ms, parseMs, rows }] of [
        ['first', first],
        ['the same again', same],
        ['one point changed', changed],
      ] as const)
        out(
          `act of ${String(points).padEnd(5)} points in two languages, ${name.padEnd(18)} ${ms.toFixed(0).padStart(7)} ms (parsing ${parseMs.toFixed(0)}), rows written: ${saidRows(rows)}`,
        )
      ratios.push(
        `${points} points, one changed / first without parsing ${((changed.ms - changed.parseMs) / (first.ms - first.parseMs)).toFixed(2)}`,
      )
      ratios.push(`${points} points, the same again / first ${(same.ms / first.ms).toFixed(2)}`)
      ratios.push(`${points} points, one changed / first ${(changed.ms / first.ms).toFixed(2)}`)
    }
    out(`\nratios of this run: ${ratios.join('; ')}`)
  }
  const directory = await mkdtemp(join(tmpdir(), 'bilim-bench-'))
  try {
    if (part === 'rebuild') {
      const variables = rebuildConfigs().at(-1)?.variables
      const config = readConfig({ DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent', DEMO: 'false', ...variables })
      const { sources } = await readSources()
      const size = sizes[0] ?? 1000
      const figures = await searchWhileRebuilt(config, growCorpus(sources, size), Number(values.searches))
      out(
        `${figures.engine}, ${size} passages: ${figures.searches} searches during ${figures.rebuilds} complete rebuilds, ${figures.published} passages published and ${figures.withdrawn} withdrawn meanwhile`,
      )
      out(
        `failed ${figures.failed}, showed withdrawn text ${figures.withdrawnShown}, missed a passage that was there ${figures.missed}, answered by a stand-in ${figures.degraded}`,
      )
      for (const [said, count] of Object.entries(figures.warnings)) out(`  ${count} × ${said}`)
      for (const reason of figures.reasons) out(`  failed: ${reason}`)
      out(row('a search meanwhile', figures.times))
      return figures.failed + figures.withdrawnShown + figures.missed === 0 ? 0 : 1
    }
    const config = readConfig({ DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent', DEMO: 'false' })
    const log = createLogger('silent')
    if (part === 'ingest') {
      const server = await startServer(config, { log })
      await ingest(server.deps.contextFor(SYSTEM, newId('req')))
      await server.stop()
      return 0
    }
    const starts: number[] = []
    for (const name of ['first start', 'second start']) {
      const started = performance.now()
      const server = await startServer(config, { log })
      starts.push(performance.now() - started)
      out(`${name.padEnd(46)} ${(starts.at(-1) ?? 0).toFixed(0)} ms`)
      await server.stop()
    }
    const server = await startServer(config, { log })
    const ctx = server.deps.contextFor(SYSTEM, newId('req'))
    const { key } = await createKey(ctx, { name: 'bench', role: 'operator', agencyId: null })
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const call = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${server.url}${path}`, { ...init, headers })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return response.json()
    }
    const questions = (await readCases(CASES)).cases
      .filter((c) => c.lang === 'ru')
      .map((c) => c.question)
      .slice(0, QUESTIONS)
    const typed = questions.flatMap(keystrokes)
    // A rate limit is for one person; here one key plays a whole shift.
    const passages = await queryRows<{ id: string; text: string; title: string }>(
      server.deps.database.db,
      sql`select p.id, p.text, v.title from passage p join article_version v on v.id = p.version_id`,
    )
    const plain = new MiniSearch({ fields: ['title', 'text'], searchOptions: { prefix: true, fuzzy: 0.2 } })
    plain.addAll(passages)

    for (const q of typed.slice(0, 100)) await call(`/api/v1/search?q=${encodeURIComponent(q)}`)
    const health: number[] = []
    const search: number[] = []
    const engine: number[] = []
    const baseline: number[] = []
    for (const q of typed) {
      search.push(await timed(() => call(`/api/v1/search?q=${encodeURIComponent(q)}`)))
      if (search.length % 5 === 0) health.push(await timed(() => call('/health')))
      engine.push(
        await timed(() =>
          server.deps
            .contextFor(SYSTEM, 'bench-engine')
            .lexicalIndex.search({ text: q, asOf: '2026-11-24', limit: 50, prefix: true }),
        ),
      )
      baseline.push(await timed(async () => plain.search(q)))
    }
    const answers: number[] = []
    for (let round = 0; round < 3; round += 1)
      for (const question of questions)
        answers.push(await timed(() => call('/api/v1/answers', { method: 'POST', body: JSON.stringify({ question }) })))
    await server.stop()

    const figures = {
      health: percentiles(health),
      search: percentiles(search),
      engine: percentiles(engine),
      baseline: percentiles(baseline),
      answers: percentiles(answers),
    }
    out(row('GET /health (the floor of a request)', figures.health))
    out(row('GET /search, a keystroke', figures.search))
    out(row('POST /answers, extractive', figures.answers))
    out(row('lexical index alone, a keystroke', figures.engine))
    out(row('plain MiniSearch (prefix, fuzzy), a keystroke', figures.baseline))
    out(
      `\n${passages.length} passages; targets: keystroke p95 < 20 ms: ${figures.search.p95 < 20 ? 'met' : 'MISSED'}; answer p95 < 150 ms: ${figures.answers.p95 < 150 ? 'met' : 'MISSED'}`,
    )
    out('\nratios of this run')
    const ratio = (name: string, a: number, b: number) => out(`${name.padEnd(58)} ${(a / b).toFixed(2)}`)
    ratio('second start / first start', starts[1] ?? 0, starts[0] ?? 1)
    ratio('keystroke through HTTP / health through HTTP, p95', figures.search.p95, figures.health.p95)
    ratio('answer through HTTP / keystroke through HTTP, p95', figures.answers.p95, figures.search.p95)
    ratio('lexical index / plain MiniSearch, a keystroke, p95', figures.engine.p95, figures.baseline.p95)
    if (part === undefined) {
      await benchAssistant(out)
      await corpora()
    }
    return 0
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
