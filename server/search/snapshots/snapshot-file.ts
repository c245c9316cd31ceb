import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { endianness } from 'node:os'
import { dirname } from 'node:path'
import { z } from 'zod'

/** A part of a snapshot: arrays of numbers and lists of texts, in the order their owner gave. */
export interface SnapshotPart {
  kind: string
  numbers: readonly Uint32Array[]
  texts: readonly (readonly string[])[]
}

/** Why a snapshot cannot be used; the index is then made anew. */
export class SnapshotFault extends Error {}

const MAGIC = Buffer.from('bilim-snapshot 1\n')
const DIGEST = 32
/** A part is some megabytes; a length that is out of all bounds is a broken one. */
const LONGEST_PART = 256 * 1024 * 1024
const LONGEST_HEAD = 64 * 1024

const HeadSchema = z.strictObject({
  kind: z.string(),
  numbers: z.array(z.number().int().nonnegative()),
  texts: z.array(z.number().int().nonnegative()),
})
const SIZE = 4
const END = 'end'

const bytesOf = (numbers: Uint32Array): Buffer => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)

/** Length of the head, head, arrays of numbers, then of each list the lengths of its texts and the texts as one (UTF-16: read without decoding). */
const encode = ({ kind, numbers, texts }: SnapshotPart): Buffer => {
  const head = Buffer.from(
    JSON.stringify({ kind, numbers: numbers.map(({ length }) => length), texts: texts.map(({ length }) => length) }),
  )
  const body = numbers.map(bytesOf)
  for (const list of texts) {
    const joined = Buffer.from(list.join(''), 'utf16le')
    body.push(bytesOf(Uint32Array.from(list, (text) => text.length)), joined)
  }
  const sizes = new Uint32Array([head.length, body.reduce((sum, { length }) => sum + length, 0)])
  return Buffer.concat([bytesOf(sizes), head, ...body])
}

const decode = (head: Buffer, body: Buffer): SnapshotPart => {
  const { kind, numbers: lengths, texts: counts } = HeadSchema.parse(JSON.parse(head.toString()))
  let at = 0
  const take = (size: number): Buffer => {
    if (at + size > body.length) throw new SnapshotFault('a part is shorter than it says')
    at += size
    return body.subarray(at - size, at)
  }
  // A copy of its own begins at an address that numbers may begin at.
  const takeNumbers = (length: number): Uint32Array =>
    new Uint32Array(new Uint8Array(take(length * SIZE)).buffer, 0, length)
  const numbers = lengths.map(takeNumbers)
  const texts = counts.map((count) => {
    const sizes = takeNumbers(count)
    const joined = take(sizes.reduce((sum, size) => sum + size, 0) * 2).toString('utf16le')
    let from = 0
    return Array.from(sizes, (size) => joined.slice(from, (from += size)))
  })
  if (at !== body.length) throw new SnapshotFault('a part is longer than it says')
  return { kind, numbers, texts }
}

/**
 * Writes a snapshot: to a file of its own beside, made durable, then renamed over the old one, so that there is always a whole one or none.
 * Readable by its owner alone: it holds texts.
 * @param key what it is of and was made by; read with another, it is refused
 * @param parts asked for one at a time: what runs beside it waits for one part, not for all
 * @returns its length in bytes
 * @throws a system error; nothing is left of the new file then
 */
export async function writeSnapshot(path: string, key: string, parts: AsyncIterable<SnapshotPart>): Promise<number> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const own = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
  const hash = createHash('sha256')
  let length = 0
  try {
    const file = await open(own, 'wx', 0o600)
    try {
      const write = async (bytes: Buffer): Promise<void> => {
        hash.update(bytes)
        length += bytes.length
        await file.writeFile(bytes)
      }
      await write(MAGIC)
      await write(encode({ kind: 'key', numbers: [], texts: [[endianness(), key]] }))
      for await (const part of parts) await write(encode(part))
      await write(encode({ kind: END, numbers: [], texts: [] }))
      await file.writeFile(hash.digest())
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(own, path)
  } catch (error) {
    await rm(own, { force: true })
    throw error
  }
  // The name is durable only with its directory; where a directory cannot be opened (Windows) it becomes so by itself.
  const directory = await open(dirname(path), 'r').catch(() => null)
  await directory?.sync().catch(() => {})
  await directory?.close()
  return length + DIGEST
}

async function readExactly(file: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size)
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(bytes, at, size - at)
    if (bytesRead === 0) throw new SnapshotFault('the file is cut short')
    at += bytesRead
  }
  return bytes
}

/**
 * Reads a snapshot part by part. What was read is to be believed only when it has come to its end without a fault: the checksum stands there.
 * @param key as it was written with
 * @throws SnapshotFault when it was written with another key, is no snapshot, or is broken; a system error, `ENOENT` when there is none
 */
export async function* readSnapshot(path: string, key: string): AsyncGenerator<SnapshotPart> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const hash = createHash('sha256')
    let left = size - DIGEST
    const read = async (length: number): Promise<Buffer> => {
      if (length > left) throw new SnapshotFault('the file is cut short')
      left -= length
      const bytes = await readExactly(file, length)
      hash.update(bytes)
      return bytes
    }
    const readPart = async (): Promise<SnapshotPart> => {
      const sizes = await read(2 * SIZE)
      const [head, body] = new Uint32Array(new Uint8Array(sizes).buffer)
      if (head === undefined || body === undefined || head > LONGEST_HEAD || body > LONGEST_PART)
        throw new SnapshotFault('the lengths in it cannot be')
      return decode(await read(head), await read(body))
    }
    if (!(await read(MAGIC.length)).equals(MAGIC)) throw new SnapshotFault('it is no snapshot of this form')
    const [made = []] = (await readPart()).texts
    if (made[0] !== endianness() || made[1] !== key)
      throw new SnapshotFault('it was made by another analysis, language data or settings')
    for (;;) {
      const part = await readPart()
      if (part.kind === END) break
      yield part
    }
    if (left !== 0) throw new SnapshotFault('something stands behind its end')
    if (!hash.digest().equals(await readExactly(file, DIGEST))) throw new SnapshotFault('its checksum is another')
  } finally {
    await file.close()
  }
}
