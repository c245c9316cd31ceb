import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
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
import { storeCorpus } from './store-corpus.ts'

const CASES = fileURLToPath(new URL('../cases/contact-centre-rules.ru.yaml', import.meta.url))
const CLIENT = fileURLToPath(new URL('./load-client.ts', import.meta.url))
const QUESTIONS = 40
const OPERATORS = [1, 4, 16]
const SECONDS = 10

export interface ServedFigures {
  /** The database it ran on. */
  engine: 'pglite' | 'postgres'
  /** Of the grown corpus; the starter content stands among them. */
  passages: number
  /** From passages in the database to all of them indexed and embedded. */
  indexMs: number
  /** From the call of `startServer` to a server that answers, over what is indexed already. */
  restartMs: number
  health: LoadFigures
  /** Extractive, whole. */
  answer: LoadFigures
  /** Keystrokes, by how many operators type at once. */
  keystrokes: (LoadFigures & { operators: number })[]
}

/** The client has a processor to itself: in the server's own process it would be measured with it. */
const ask = async (client: ChildProcess, load: Load): Promise<LoadFigures> => {
  const said = once(client, 'message')
  const ended = once(client, 'exit').then(([code]) => {
    throw new Error(`the client ended with ${String(code)}`)
  })
  client.send(load)
  const [figures] = (await Promise.race([said, ended])) as [LoadFigures]
  return figures
}

/** A database of the bench's own on the server of DATABASE_URL; without that variable the embedded one is measured. */
async function makeDatabase(): Promise<{ url: string; drop: () => Promise<void> } | null> {
  const server = process.env['DATABASE_URL'] ?? ''
  if (server === '') return null
  const name = `bilim_bench_${newId('req').slice(4)}`
  const onServer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await onServer(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) }
}

/**
 * A server over corpora of some sizes as operators meet it, through HTTP: keystrokes of whole queries, extractive answers, and how many keystrokes a
 * second it serves to several operators at once. With DATABASE_URL in the environment over PostgreSQL, in a database of its own there.
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
    const log = createLogger('silent')
    const client = fork(CLIENT)
    const database = await makeDatabase()
    try {
      const config = readConfig({
        DATA_DIR: directory,
        PORT: '0',
        LOG_LEVEL: 'silent',
        DEMO: 'false',
        ...(database === null ? {} : { DATABASE_URL: database.url }),
      })
      const first = await startServer(config, { log })
      await storeCorpus(first.deps.database.db, growCorpus(sources, passages))
      let started = performance.now()
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
      const run = (requests: Load['requests'], operators = 1, seconds: number | null = null) =>
        ask(client, { url: server.url, key, requests, operators, seconds })
      const answers = questions.map((question) => ({ path: '/api/v1/answers', question }))
      const typing = typed.map((q) => ({ path: `/api/v1/search?q=${encodeURIComponent(q)}` }))
      await run([...typing.slice(0, 60), ...answers.slice(0, 5)])
      const health = await run(Array.from({ length: 100 }, () => ({ path: '/health' })))
      const answer = await run(answers)
      const keystrokes: ServedFigures['keystrokes'] = []
      for (const operators of OPERATORS) keystrokes.push({ operators, ...(await run(typing, operators, SECONDS)) })
      await server.stop()
      onFigures({
        engine: server.deps.database.describe.kind,
        passages,
        indexMs,
        restartMs,
        health,
        answer,
        keystrokes,
      })
    } finally {
      client.kill()
      await database?.drop()
      await rm(directory, { recursive: true, force: true })
    }
  }
}
