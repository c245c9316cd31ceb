import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { LIMITS } from './limits.ts'
import { Refusal } from './messages.ts'

/** The files inside an Office file; nothing is unpacked before it is asked for. */
export interface ZipParts {
  names: ReadonlySet<string>
  /** Unpacks one file in pieces, under the limits. @throws Refusal */
  read: (name: string) => AsyncIterable<Uint8Array>
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > LIMITS.parts) throw new Refusal('zip-bomb', { part: `${zip.entryCount} частей` })
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    // A second file of the same name is a way to show one content to a scanner and another to Excel.
    if (entries.has(entry.fileName)) throw new Refusal('zip-broken')
    entries.set(entry.fileName, entry)
  }
  return entries
}

/**
 * Opens a ZIP container. Sizes that its directory states are checked first, and held to while unpacking, so that neither a
 * stated nor a hidden bomb takes memory or time.
 * @throws Refusal `zip-broken`, `zip-bomb`
 */
export async function openZipParts(bytes: Uint8Array): Promise<ZipParts> {
  let zip: ZipFile
  let entries: Map<string, Entry>
  try {
    zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    entries = await listEntries(zip)
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('zip-broken')
  }
  let unpacked = 0
  async function* read(name: string): AsyncGenerator<Uint8Array> {
    const entry = entries.get(name)
    if (entry === undefined) throw new Refusal('part-missing', { part: name })
    if (entry.isEncrypted()) throw new Refusal('zip-encrypted')
    const { uncompressedSize: size, compressedSize } = entry
    const ratio = size / Math.max(compressedSize, 1)
    if (
      size > LIMITS.partBytes ||
      unpacked + size > LIMITS.unpackedBytes ||
      (size > LIMITS.ratioFromBytes && ratio > LIMITS.ratio)
    )
      throw new Refusal('zip-bomb', { part: name })
    // The library ends the stream with an error as soon as more comes than was stated.
    unpacked += size
    try {
      for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk as Uint8Array
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal('zip-broken')
    }
  }
  return { names: new Set(entries.keys()), read }
}
