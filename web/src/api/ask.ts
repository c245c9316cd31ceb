import { toApiError } from './api-error.ts'
import { fetchApi } from './fetch-api.ts'
import type { Asked } from '../search/kept-answers.ts'
import type { Answer, AnswerSentence } from './types.ts'

export type AnswerPart = { kind: 'sentence'; sentence: AnswerSentence } | { kind: 'done'; answer: Answer }

interface ServerEvent {
  name: string
  data: string
}

/** Takes complete events off the front of `buffer`; what is left waits for the next chunk. */
export function takeEvents(buffer: string): { events: ServerEvent[]; rest: string } {
  const blocks = buffer.split(/\r?\n\r?\n/)
  const rest = blocks.pop() ?? ''
  const events = blocks.map((block) => {
    const lines = block.split(/\r?\n/)
    const field = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''))
    return { name: field('event')[0] ?? 'message', data: field('data').join('\n') }
  })
  return { events: events.filter((event) => event.data !== ''), rest }
}

/** Asks and yields the answer a sentence at a time, then whole. */
export async function* ask(input: Asked, signal: AbortSignal): AsyncGenerator<AnswerPart> {
  const response = await fetchApi('/api/v1/answers', {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ ...input, asOf: input.asOf ?? undefined }),
    signal,
  })
  if (response.headers.get('content-type')?.startsWith('application/json') === true || response.body === null) {
    yield { kind: 'done', answer: (await response.json()) as Answer }
    return
  }
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let buffer = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      buffer += done ? '\n\n' : decoder.decode(value, { stream: true })
      const { events, rest } = takeEvents(buffer)
      buffer = rest
      for (const event of events) {
        if (event.name === 'sentence') yield { kind: 'sentence', sentence: JSON.parse(event.data) as AnswerSentence }
        if (event.name === 'done') yield { kind: 'done', answer: JSON.parse(event.data) as Answer }
        if (event.name === 'error') {
          const problem: unknown = JSON.parse(event.data)
          throw toApiError(500, problem)
        }
      }
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
