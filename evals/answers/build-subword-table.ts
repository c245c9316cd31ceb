import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { runCommand, UsageError } from '#server/bin/run-command.ts'
import { dot, principalDirections, unit } from './reduce-vectors.ts'

const USAGE =
  'npx tsx evals/answers/build-subword-table.ts --model FILE --server http://127.0.0.1:PORT/v1 [--cache FILE]'
const TARGET = fileURLToPath(new URL('../../server/search/analysis/subword-table.bin', import.meta.url))

const DIMENSIONS = 256
/** The first directions say how frequent a subword is, not what it means (Mu and Viswanath 2018, "All-but-the-Top"). */
const COMMON_DIRECTIONS = 3
const MAGIC = 'BSW1'
/** Subwords of Russian and Kazakh words in lower case, at the beginning of a word or inside it. */
const CYRILLIC = /^▁?[а-яёәіңғүұқөһ]+$/u
const AT_ONCE = 256

/**
 * Makes the table of subwords (see `subword-table.md`) out of multilingual-e5-small: its Cyrillic subwords with their probabilities,
 * each with the embedding that the model gives it alone, reduced to bytes. A sentence is the weighted mean of its subwords then, as in
 * Model2Vec (Tulkens and van Dongen 2024): a hundredth of the model's work, and no model to run.
 * `--model` the model file, which holds the subwords; `--server` serves it by the API of OpenAI; `--cache` keeps the embeddings.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: { model: { type: 'string' }, server: { type: 'string' }, cache: { type: 'string' } },
  })
  const { model, server, cache } = values
  if (model === undefined || server === undefined) throw new UsageError(`Usage: ${USAGE}`)
  const kept = readSubwords(await readFile(model)).filter(({ text }) => CYRILLIC.test(text))
  const texts = kept.map(({ text }) => text.replace('▁', ''))
  const vectors =
    cache !== undefined && existsSync(cache)
      ? readCache(await readFile(cache), texts.length)
      : await embed(texts, server)
  if (cache !== undefined && !existsSync(cache))
    await writeFile(cache, Buffer.concat(vectors.map((vector) => Buffer.from(Float32Array.from(vector).buffer))))
  const size = vectors[0]?.length ?? 0
  const mean = new Float64Array(size)
  for (const vector of vectors)
    for (const [at, value] of vector.entries()) mean[at] = (mean[at] ?? 0) + value / vectors.length
  for (const vector of vectors) for (const [at, value] of mean.entries()) vector[at] = (vector[at] ?? 0) - value
  const directions = principalDirections(vectors, DIMENSIONS + COMMON_DIRECTIONS).slice(COMMON_DIRECTIONS)

  const names = Buffer.from(kept.map(({ text }) => text).join('\n'))
  const header = Buffer.alloc(16)
  header.write(MAGIC)
  header.writeUInt32LE(kept.length, 4)
  header.writeUInt32LE(DIMENSIONS, 8)
  header.writeUInt32LE(names.length, 12)
  const scores = Buffer.alloc(kept.length * 4)
  const body = Buffer.alloc(kept.length * DIMENSIONS)
  for (const [row, vector] of vectors.entries()) {
    scores.writeFloatLE(kept[row]?.score ?? 0, row * 4)
    const reduced = unit(Float64Array.from(directions, (direction) => dot(direction, vector)))
    const most = Math.max(...reduced.map(Math.abs)) || 1
    for (const [at, value] of reduced.entries()) body.writeInt8(Math.round((value / most) * 127), row * DIMENSIONS + at)
  }
  await writeFile(TARGET, Buffer.concat([header, names, scores, body]))
  process.stdout.write(`${kept.length} subwords, ${DIMENSIONS} dimensions\n`)
  return 0
})

/** The unigram vocabulary at the head of a model file («E5S1»): where each subword begins, what it scores, the subwords themselves. */
function readSubwords(data: Buffer): { text: string; score: number }[] {
  if (data.toString('latin1', 0, 4) !== 'E5S1') throw new UsageError('--model: not a model file of the form E5S1')
  const count = data.readInt32LE(44)
  const names = Number(data.readBigUInt64LE(64))
  const offsets = 72
  const scores = offsets + (count + 1) * 4
  const body = scores + count * 4
  const blob = data.subarray(body, body + names)
  return Array.from({ length: count }, (_, at) => ({
    text: blob.subarray(data.readUInt32LE(offsets + at * 4), data.readUInt32LE(offsets + at * 4 + 4)).toString('utf8'),
    score: data.readFloatLE(scores + at * 4),
  }))
}

const Answer = z.object({ data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })) })

async function embed(texts: readonly string[], server: string): Promise<Float64Array[]> {
  const vectors: Float64Array[] = []
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const response = await fetch(`${server}/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'multilingual-e5-small', input: texts.slice(from, from + AT_ONCE) }),
    })
    if (!response.ok) throw new Error(`The embedding server answered ${response.status}`)
    const { data } = Answer.parse(await response.json())
    for (const { index, embedding } of data) vectors[from + index] = Float64Array.from(embedding)
  }
  return vectors
}

function readCache(data: Buffer, rows: number): Float64Array[] {
  const size = data.length / 4 / rows
  if (!Number.isInteger(size)) throw new UsageError('--cache: made of another model file')
  return Array.from({ length: rows }, (_, row) =>
    Float64Array.from({ length: size }, (__, at) => data.readFloatLE((row * size + at) * 4)),
  )
}
