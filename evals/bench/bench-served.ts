import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '#server/config.ts'
import { SYSTEM } from '#server/context.ts'
import { createKey } from '#server/identity/create-key.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { startServer } from '#server/start.ts'
import { readCases } from '../answers/read-cases.ts'
import { keystrokesOf } from './bench-corpora.ts'
import { growCorpus, readSources } from './grow-corpus.ts'
import type { Load, LoadFigures } from './load-client.ts'
import { percentiles, type Percentiles } from './percentiles.ts'
import { storeCorpus } from './store-corpus.ts'

const CASES = fileURLToPath(new URL('../cases/contact-centre-rules.ru.yaml', import.meta.url))
const CLIENT = fileURLToPath(new URL('./load-client.ts', import.meta.url))
const QUESTIONS = 40
const MOST_KEYSTROKES = 600
const OPERATORS = [1, 4, 16]
const SECONDS = 10

export interface ServedFigures {
  /** Of the grown corpus; the starter content stands among them. */
  passages: number
  /** Until all of them are indexed and embedded. */
  indexMs: number
  /** From the call of `startServer` to a server that answers, over what is indexed already. */
  restartMs: number
  rssMb: number
  health: Percentiles
  keystroke: Percentiles
  /** Extractive, whole. */
  answer: Percentiles
  load: (LoadFigures & { operators: number })[]
}

/** The client has a processor to itself: in the server's own process it would be measured with it. */
const ask = async (client: ChildProcess, load: Load): Promise<LoadFigures> => {
  const said = once(client, 'message')
  client.send(load)
  const [figures] = (await said) as [LoadFigures]
  return figures
}

/**
 * A server over corpora of some sizes as operators meet it, through HTTP: keystrokes of whole queries, extractive answers, and how many keystrokes a
 * second it serves to several operators at once.
 */
export async function benchServed(
  sizes: readonly number[],
  onFigures: (figures: ServedFigures) => void,
): Promise<void> {
  const { sources } = await readSources()
  const typed = await keystrokesOf()
  const questions = (await readCases(CASES)).cases
    .filter(({ lang }) => lang === 'ru')
    .map(({ question }) => question)
    .slice(0, QUESTIONS)
  for (const passages of sizes) {
    const directory = await mkdtemp(join(tmpdir(), 'bilim-bench-'))
    const config = readConfig({ DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent', DEMO: 'false' })
    const log = createLogger('silent')
    const client = fork(CLIENT)
    try {
      const first = await startServer(config, { log })
      let started = performance.now()
      await storeCorpus(first.deps.database.db, growCorpus(sources, passages))
      await first.deps.reconciler.settle()
      const indexMs = performance.now() - started
      const { key } = await createKey(first.deps.contextFor(SYSTEM, newId('req')), {
        name: 'bench',
        role: 'operator',
        agencyId: null,
      })
      await first.stop()

      started = performance.now()
      const server = await startServer(config, { log })
      const restartMs = performance.now() - started
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const timed = async (path: string, init: RequestInit = {}): Promise<number> => {
        const began = performance.now()
        const response = await fetch(`${server.url}${path}`, { ...init, headers })
        const body = await response.text()
        if (!response.ok) throw new Error(`${path}: ${response.status} ${body}`)
        return performance.now() - began
      }
      const search = (q: string) => timed(`/api/v1/search?q=${encodeURIComponent(q)}`)
      const answerTo = (question: string) =>
        timed('/api/v1/answers', { method: 'POST', body: JSON.stringify({ question }) })
      for (const q of typed.slice(0, 60)) await search(q)
      const keystroke: number[] = []
      const health: number[] = []
      for (const q of typed.slice(0, MOST_KEYSTROKES)) {
        keystroke.push(await search(q))
        if (keystroke.length % 5 === 0) health.push(await timed('/health'))
      }
      for (const question of questions.slice(0, 5)) await answerTo(question)
      const answer: number[] = []
      for (const question of questions) answer.push(await answerTo(question))
      const load: ServedFigures['load'] = []
      for (const operators of OPERATORS)
        load.push({ operators, ...(await ask(client, { url: server.url, key, typed, operators, seconds: SECONDS })) })
      const rssMb = process.memoryUsage().rss / 1_000_000
      await server.stop()
      onFigures({
        passages,
        indexMs,
        restartMs,
        rssMb,
        health: percentiles(health),
        keystroke: percentiles(keystroke),
        answer: percentiles(answer),
        load,
      })
    } finally {
      client.kill()
      await rm(directory, { recursive: true, force: true })
    }
  }
}
