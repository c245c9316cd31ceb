import { SaxesParser } from 'saxes'
import { LIMITS } from './limits.ts'
import { Refusal } from './messages.ts'

/** An opening tag without its namespace prefixes: Office files differ in them, never in the names. */
export interface XmlTag {
  name: string
  /** By local name; of `r:id` and `id` the prefixed one wins. */
  attributes: Record<string, string>
}

export interface XmlHandlers {
  open: (tag: XmlTag) => void
  close: (name: string) => void
  text: (text: string) => void
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Reads an XML part in pieces and tells of it as it goes. Entities other than the five of XML are faults, a DOCTYPE is refused,
 * nothing outside the part is ever opened, and depth is bounded.
 * @param part its name, for messages
 * @throws Refusal `xml-broken`, `xml-declarations`, `xml-deep`; what the handlers throw
 */
export async function readXml(part: string, chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let depth = 0
  parser.on('error', () => {
    throw new Refusal('xml-broken', { part })
  })
  parser.on('doctype', () => {
    throw new Refusal('xml-declarations', { part })
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > LIMITS.xmlDepth) throw new Refusal('xml-deep', { part })
    const attributes: Record<string, string> = {}
    for (const [name, value] of Object.entries(tag.attributes)) {
      const local = localName(name)
      if (local !== name || attributes[local] === undefined) attributes[local] = String(value)
    }
    handlers.open({ name: localName(tag.name), attributes })
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    handlers.close(localName(tag.name))
  })
  parser.on('text', handlers.text)
  parser.on('cdata', handlers.text)
  const write = (bytes?: Uint8Array) => {
    let text: string
    try {
      text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw new Refusal('xml-broken', { part })
    }
    // The parser finds a declaration of entities only when it ends; what is before it must not be kept for long.
    if (text !== '') parser.write(text)
  }
  for await (const chunk of chunks) write(chunk)
  write()
  parser.close()
}
