/** How much of the question an answer covers, as the model says. */
export type Coverage = 'all' | 'part' | 'none'

export type ProposalEvent =
  | { kind: 'sentence'; text: string; support: { number: number; quote: string }[] }
  | { kind: 'end'; covers: Coverage }
  /** An object that could not be read even after mending. */
  | { kind: 'unreadable'; text: string }

export interface ProposalReader {
  /** Takes the next piece of a model's output; gives what is complete by now. */
  push(text: string): ProposalEvent[]
  /** The output is over: what is left open is unreadable. */
  finish(): ProposalEvent[]
}

/** Beyond this an output is no answer of a few sentences. */
const LONGEST_OUTPUT = 64_000

/** The schema of a whole output, for servers that hold a model to one. Strict subset: every property required, nothing else allowed. */
export const PROPOSAL_SCHEMA: Record<string, unknown> = {
  type: 'object',
  additionalProperties: false,
  required: ['sentences', 'end'],
  properties: {
    sentences: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['s', 'q'],
        properties: {
          s: { type: 'string' },
          q: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['n', 't'],
              properties: { n: { type: 'integer' }, t: { type: 'string' } },
            },
          },
        },
      },
    },
    end: { type: 'string', enum: ['all', 'part', 'none'] },
  },
}

/**
 * Reads a model's output as it streams: JSON Lines (`{"s":…,"q":[{"n":1,"t":…}]}`, then `{"end":"all"}`), or one JSON document
 * with the same objects inside it. An object counts as soon as it closes, wherever it stands, so a sentence can be verified while
 * the next is written. Mends what models usually break: fences and prose around, `<think>` blocks, line breaks and unescaped
 * quotation marks inside strings, trailing commas, typographic quotation marks as delimiters.
 */
export const createProposalReader = (): ProposalReader => {
  let buffer = ''
  let at = 0
  let inString = false
  let escaped = false
  /** Where the objects that are open now began. */
  let open: number[] = []
  let isOver = false

  const reset = (to: number): void => {
    buffer = buffer.slice(to)
    at = 0
    inString = false
    escaped = false
    open = []
  }

  const scan = (): ProposalEvent[] => {
    const events: ProposalEvent[] = []
    while (at < buffer.length) {
      const char = buffer[at] ?? ''
      if (open.length === 0 && char === '<') {
        // Thinking aloud is no answer, whatever it holds.
        if ('<think>'.startsWith(buffer.slice(at, at + 7))) {
          const close = buffer.indexOf('</think>', at)
          if (buffer.length < at + 7 || close < 0) return events
          reset(close + 8)
          continue
        }
      }
      at += 1
      if (inString) {
        if (escaped) escaped = false
        else if (char === '\\') escaped = true
        else if (char === '"') inString = false
        else if (char === '\n') {
          // A line of its own that does not end as JSON ends: an odd quotation mark inside of it.
          const [from = 0] = open
          const line = buffer.slice(from, at).trim()
          const read = line.endsWith('}') ? mend(line) : null
          if (read !== null) {
            events.push(read)
            reset(at)
          }
        }
        continue
      }
      if (char === '"' && open.length > 0) inString = true
      else if (char === '{') open.push(at - 1)
      else if (char === '}') {
        const from = open.pop()
        if (from === undefined) continue
        const read = readObject(buffer.slice(from, at), open.length)
        if (read !== null) events.push(read)
        if (open.length === 0) reset(at)
      }
    }
    return events
  }

  return {
    push(text) {
      if (isOver) return []
      buffer += text
      if (buffer.length > LONGEST_OUTPUT) {
        isOver = true
        return [{ kind: 'unreadable', text: buffer.slice(0, 200) }]
      }
      return scan()
    },
    finish() {
      if (isOver) return []
      isOver = true
      const events = scan()
      const [from] = open
      if (from === undefined) return events
      const rest = buffer.slice(from).trim()
      const read = rest.endsWith('}') ? mend(rest) : null
      return [...events, read ?? { kind: 'unreadable', text: rest.slice(0, 200) }]
    },
  }
}

/** One object that has closed. Null: a part of another, or one that says nothing. */
const readObject = (text: string, depth: number): ProposalEvent | null => {
  const value = parse(text) ?? parse(text.replace(/,(?=\s*[}\]])/gu, '').replaceAll(/[\n\r\t]+/gu, ' '))
  if (value !== null) return eventOf(value)
  // Parts of a broken object are mended with the whole.
  if (!/["“«]s["”»]\s*:|["“]end["”]\s*:/u.test(text)) return null
  return mend(text) ?? (depth === 0 ? { kind: 'unreadable', text: text.slice(0, 200) } : null)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const eventOf = (value: unknown): ProposalEvent | null => {
  if (typeof value !== 'object' || value === null) return null
  const { s, q, end } = value as Record<string, unknown>
  if (typeof s === 'string') {
    const support = (Array.isArray(q) ? q : [q]).flatMap((one: unknown) => {
      if (typeof one !== 'object' || one === null) return []
      const { n, t } = one as Record<string, unknown>
      const number = typeof n === 'number' ? n : typeof n === 'string' ? Number(n.replaceAll(/\D/gu, '')) : Number.NaN
      return Number.isInteger(number) && typeof t === 'string' ? [{ number, quote: t }] : []
    })
    return { kind: 'sentence', text: s, support }
  }
  if (typeof end === 'string')
    return { kind: 'end', covers: end === 'none' ? 'none' : end === 'part' || end === 'partial' ? 'part' : 'all' }
  return null
}

const unescape = (text: string): string => {
  const value = parse(`"${text.replaceAll(/(?<!\\)"/gu, String.raw`\"`).replaceAll(/[\n\r\t]+/gu, ' ')}"`)
  return typeof value === 'string' ? value : text
}

/** Reads a sentence by its keys alone, whatever quotation marks stand inside its strings. */
const mend = (broken: string): ProposalEvent | null => {
  const text = broken.replaceAll(/[“”](?=\s*[:,}\]])|(?<=[{,:[]\s*)[“”]/gu, '"')
  const plain = parse(text)
  if (plain !== null) return eventOf(plain)
  const sentence = /"s"\s*:\s*"([\s\S]*?)"\s*,\s*"q"\s*:\s*\[([\s\S]*)\]/u.exec(text)
  if (sentence === null) return null
  const support = [
    ...(sentence[2] ?? '').matchAll(/"n"\s*:\s*"?(\d+)"?\s*,\s*"t"\s*:\s*"([\s\S]*?)"\s*\}(?=\s*(?:,\s*\{|$))/gu),
  ].map(([, number, quote = '']) => ({ number: Number(number), quote: unescape(quote) }))
  return { kind: 'sentence', text: unescape(sentence[1] ?? ''), support }
}
