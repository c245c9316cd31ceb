import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { composeAnswer } from '#server/answers/answer-question.ts'
import { readConfig } from '#server/config.ts'
import { SYSTEM } from '#server/context.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { startServer } from '#server/start.ts'
import { standInModel } from '#test/stand-in-model.ts'
import { readCases } from '../answers/read-cases.ts'
import { percentiles, type Percentiles } from './percentiles.ts'

const CASES = fileURLToPath(new URL('../cases/contact-centre-rules.ru.yaml', import.meta.url))
const QUESTIONS = 60
const TARGET_MS = 50
/** What a model takes until its first word. */
const MODEL_MS = 150

const row = (name: string, { p50, p95, p99, n }: Percentiles) =>
  `${name.padEnd(58)} p50 ${p50.toFixed(2).padStart(8)}  p95 ${p95.toFixed(2).padStart(8)}  p99 ${p99.toFixed(2).padStart(8)} ms  n ${n}`

/**
 * How long a caller waits for the first verified sentence beyond the time that the model itself needs to write it: search, prompt,
 * the way to the model and back, reading, verification. The model is the stand-in of the tests, on this machine. Where it writes none, or
 * none that holds, extracts are chosen after it: those are told apart.
 */
export async function benchAssistant(out: (line: string) => void): Promise<void> {
  const model = await standInModel()
  const directory = await mkdtemp(join(tmpdir(), 'bilim-bench-'))
  try {
    model.behaviour = 'slow'
    model.delayMs = MODEL_MS
    const server = await startServer(
      readConfig({
        DATA_DIR: directory,
        PORT: '0',
        LOG_LEVEL: 'silent',
        DEMO: 'false',
        CHAT_PROVIDER: 'openai-compatible',
        CHAT_MODEL: 'stand-in',
        CHAT_URL: model.urls['openai-compatible'],
      }),
      { log: createLogger('silent') },
    )
    const ctx = server.deps.contextFor(SYSTEM, newId('req'))
    const questions = (await readCases(CASES)).cases
      .filter(({ lang }) => lang === 'ru')
      .map(({ question }) => question)
      .slice(0, QUESTIONS)
    for (const question of questions.slice(0, 10)) await composeAnswer(ctx, { question })
    const first: number[] = []
    const beyond: number[] = []
    const ofExtracts: number[] = []
    const processor: number[] = []
    for (let round = 0; round < 2; round += 1)
      for (const question of questions) {
        const before = process.cpuUsage()
        const { record } = await composeAnswer(ctx, { question })
        const { user, system } = process.cpuUsage(before)
        processor.push((user + system) / 1000)
        if (record.firstSentenceMs === null || model.firstSentenceMs === 0) continue
        first.push(record.firstSentenceMs)
        const isModels = record.proposals.find(({ ok }) => ok)?.ownWords === true
        ;(isModels ? beyond : ofExtracts).push(record.firstSentenceMs - model.firstSentenceMs)
      }
    await server.stop()
    const figures = percentiles(beyond)
    out(`\nchat model (a stand-in that takes ${MODEL_MS} ms before its first word)`)
    out(row('first verified sentence', percentiles(first)))
    out(row('of it, beyond the time until the model had written it', figures))
    if (ofExtracts.length > 0)
      out(row('the same where the model writes none: the first extract', percentiles(ofExtracts)))
    out(row('processor time of the whole answer, stand-in included', percentiles(processor)))
    out(
      `target: p50 beyond the model < ${TARGET_MS} ms: ${figures.p50 < TARGET_MS ? 'met' : 'MISSED'}; p95 < ${TARGET_MS} ms: ${figures.p95 < TARGET_MS ? 'met' : 'MISSED'}`,
    )
  } finally {
    await model.close()
    await rm(directory, { recursive: true, force: true })
  }
}
