import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { runCommand, UsageError } from '#server/bin/run-command.ts'
import { normaliseWord } from '#server/search/analysis/normalise.ts'
import { stemWord } from '#server/search/analysis/stem-word.ts'
import { dot, principalDirections, unit } from './reduce-vectors.ts'

const USAGE = 'npx tsx evals/answers/build-word-vectors.ts --navec FILE.tar'
const TARGET = fileURLToPath(new URL('../../server/answers/extract/word-vectors.ru.bin', import.meta.url))

const STEMS = 40_000
const DIMENSIONS = 72
/** The first directions of word vectors say how frequent a word is, not what it means (Mu and Viswanath 2018, "All-but-the-Top"). */
const COMMON_DIRECTIONS = 2
const MAGIC = 'BWV1'

/**
 * Makes the small table of Russian word vectors that the extractive answerer carries, out of the Navec news vectors of the
 * Natasha project (250 thousand word forms, 300 dimensions): forms of one stem are averaged by frequency, the most frequent
 * stems kept, the mean and the most common directions removed, the rest reduced by principal components to bytes.
 */
await runCommand(async () => {
  const { values } = parseArgs({ options: { navec: { type: 'string' } } })
  if (values.navec === undefined) throw new UsageError(`Usage: ${USAGE}`)
  const files = untar(await readFile(values.navec))
  const { words, counts } = readVocabulary(gunzipSync(part(files, 'vocab.bin')))
  const vectorOf = readQuantised(part(files, 'pq.bin'))

  const byStem = new Map<string, { count: number; forms: { row: number; count: number }[] }>()
  for (const [row, raw] of words.entries()) {
    const word = normaliseWord(raw)
    if (!/^[а-я]{2,}(?:-[а-я]{2,})?$/u.test(word)) continue
    const stem = stemWord(word, 'ru')
    const entry = byStem.get(stem) ?? { count: 0, forms: [] }
    const count = counts[row] ?? 0
    entry.count += count
    entry.forms.push({ row, count })
    byStem.set(stem, entry)
  }
  const kept = [...byStem].toSorted(([, left], [, right]) => right.count - left.count).slice(0, STEMS)
  const vectors = kept.map(([, { forms }]) => {
    const sum = new Float64Array(300)
    for (const { row, count } of forms) {
      const vector = unit(vectorOf(row))
      for (const [at, value] of vector.entries()) sum[at] = (sum[at] ?? 0) + value * Math.sqrt(count)
    }
    return unit(sum)
  })
  const mean = new Float64Array(300)
  for (const vector of vectors)
    for (const [at, value] of vector.entries()) mean[at] = (mean[at] ?? 0) + value / vectors.length
  for (const vector of vectors) for (const [at, value] of mean.entries()) vector[at] = (vector[at] ?? 0) - value

  const directions = principalDirections(vectors, DIMENSIONS + COMMON_DIRECTIONS).slice(COMMON_DIRECTIONS)
  const names = Buffer.from(kept.map(([stem]) => stem).join('\n'))
  const header = Buffer.alloc(16)
  header.write(MAGIC)
  header.writeUInt32LE(kept.length, 4)
  header.writeUInt32LE(DIMENSIONS, 8)
  header.writeUInt32LE(names.length, 12)
  const body = Buffer.alloc(kept.length * DIMENSIONS)
  for (const [row, vector] of vectors.entries()) {
    const reduced = unit(Float64Array.from(directions, (direction) => dot(direction, vector)))
    const most = Math.max(...reduced.map(Math.abs))
    for (const [at, value] of reduced.entries()) body.writeInt8(Math.round((value / most) * 127), row * DIMENSIONS + at)
  }
  await writeFile(TARGET, Buffer.concat([header, names, body]))
  process.stdout.write(`${kept.length} stems, ${DIMENSIONS} dimensions\n`)
  return 0
})

function part(files: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const found = files.get(name)
  if (found === undefined) throw new Error(`The archive has no ${name}`)
  return found
}

function untar(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (let at = 0; at + 512 <= archive.length;) {
    const text = (from: number, length: number) =>
      archive
        .subarray(at + from, at + from + length)
        .toString('latin1')
        .replaceAll('\0', '')
        .trim()
    const name = text(0, 100)
    if (name === '') break
    const size = Number.parseInt(text(124, 12), 8)
    files.set(name, archive.subarray(at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

function readVocabulary(data: Buffer): { words: string[]; counts: number[] } {
  const total = data.readUInt32LE(0)
  const counts = Array.from({ length: total }, (_, row) => data.readUInt32LE(4 + row * 4))
  return {
    words: data
      .subarray(4 + total * 4)
      .toString('utf8')
      .split('\n'),
    counts,
  }
}

/** Product quantisation: each of the parts of a vector is one of 256 known ones. */
function readQuantised(data: Buffer): (row: number) => Float64Array {
  const [rows = 0, dimensions = 0, parts = 0, centroids = 0] = [0, 4, 8, 12].map((at) => data.readUInt32LE(at))
  const codes = 16 + rows * parts
  const width = dimensions / parts
  return (row) => {
    const vector = new Float64Array(dimensions)
    for (let of = 0; of < parts; of += 1) {
      const code = data.readUInt8(16 + row * parts + of)
      for (let at = 0; at < width; at += 1)
        vector[of * width + at] = data.readFloatLE(codes + ((of * centroids + code) * width + at) * 4)
    }
    return vector
  }
}
