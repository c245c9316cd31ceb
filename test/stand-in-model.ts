import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { corruptSentence } from './corrupt-sentence.ts'
import { loopbackServer, type LoopbackServer } from './loopback-server.ts'

/** How the stand-in behaves at its next call. */
export type Behaviour =
  /** Quotes the first passages word for word. */
  | 'honest'
  /** Says what the first passages say, with numbers in digits where they have words. */
  | 'rewriting'
  /** A third of its sentences is made up: quotes from nowhere, and true quotes under sentences that say otherwise (`corruptSentence`). */
  | 'inventing'
  /** Does what the text it was given tells it to do. */
  | 'obeying'
  | 'finds-nothing'
  | 'prose'
  | 'garbage'
  | 'silent'
  | 'stalls'
  | 'breaks-off'
  | 'ends-early'
  | 'runs-over'
  | 'busy'
  | 'broken'
  | 'unauthorised'
  | 'knows-no-schema'
  /** The same, said as a failure of its own, as the server of llama-cpp-python does. */
  | 'fails-on-schema'
  /** Refuses prompts that are longer than `contextTokens`, in the words of the servers it stands for. */
  | 'small-context'
  /** Takes the prompt, and is full after a few tokens of output. */
  | 'full-context'
  /** Knows no such model. */
  | 'unknown-model'
  /** Begins well; then an error comes as a piece of the stream. */
  | 'fails-in-stream'
  | 'slow'
  | 'thinks-aloud'

export interface SeenPrompt {
  system: string
  user: string
  /** The body as it came. */
  body: Record<string, unknown>
  path: string
  headers: Record<string, string | string[] | undefined>
}

export interface StandInModel {
  /** `CHAT_URL` for each provider. */
  urls: Record<'openai-compatible' | 'anthropic' | 'ollama', string>
  behaviour: Behaviour
  /** For `inventing`: the same seed makes the same inventions. */
  seed: number
  /** What `inventing` has made up so far, as it stands on the page if nothing stops it → in which way. */
  invented: Map<string, string>
  /** Behaviours of the next calls, before `behaviour` applies again. */
  next: Behaviour[]
  /** What `obeying` writes for a sentence whose quote stands in the passages, if set. */
  prompts: SeenPrompt[]
  /** Connections that are open now: a call that was given up must not stay. */
  openCalls: () => number
  /** Of the last call: milliseconds from its arrival until the first sentence was written out whole. */
  firstSentenceMs: number
  /** Milliseconds of its own until the first text, for `slow`. */
  delayMs: number
  /** For `small-context`: the most tokens that a prompt may have. */
  contextTokens: number
  /** Of a prompt, as the server counts them. */
  tokensPerCharacter: number
  close: () => Promise<void>
}

interface Seen {
  number: number
  text: string
}

/** The passages in a prompt, read as a model reads them: by the fences. */
const passagesOf = (user: string): Seen[] =>
  [...user.matchAll(/<([\da-f]{16}) (?:выдержка|үзінді) (\d+)>\n[^\n]*\n([\s\S]*?)\n<\/\1 /gu)].map((match) => ({
    number: Number(match[2]),
    text: match[3] ?? '',
  }))

/** Deterministic numbers in [0, 1) (mulberry32). */
const random = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** What a model that does as it is told says of a passage: a sentence of it, or an item with the words that lead to it. */
interface Honest {
  said: string
  quote: string
}

const ABBREVIATED = /(?:^|[\s(])(?:ст|п|пп|г|ж|т\.\s?[дпек]|\p{Lu})\.$/u

const sentencesOf = (text: string): Honest[] => {
  const found: Honest[] = []
  let lead = ''
  for (const row of text.split('\n')) {
    const line_ = row.trim()
    const item = /^(?:\d+(?:-\d+)?\)|\p{Ll}\)|[-–•])\s*/u.exec(line_)
    if (item !== null) {
      const quote = line_.slice(item[0].length).replace(/[;:,.]+$/u, '')
      if (lead !== '') found.push({ said: `${lead} ${quote}`, quote })
      continue
    }
    lead = line_.endsWith(':') ? line_ : ''
    if (lead !== '') continue
    let begin = 0
    for (const { index } of [...line_.matchAll(/(?<=[.!?])\s+(?=[\p{Lu}«])/gu), { index: line_.length }]) {
      if (ABBREVIATED.test(line_.slice(begin, index))) continue
      const quote = line_
        .slice(begin, index)
        .trim()
        .replace(/^\d+\.\s+/u, '')
        .replace(/[;:,.]+$/u, '')
      found.push({ said: quote, quote })
      begin = index
    }
  }
  return found.filter(({ said, quote }) => quote.length > 25 && said.length < 450)
}

const asSentence = (s: string): string => `${s[0]?.toUpperCase()}${s.slice(1)}.`
const line = (s: string, n: number, t: string): string => JSON.stringify({ s: asSentence(s), q: [{ n, t }] })

/** Marks every invention: whoever shows one has shown something that no passage says. */
export const INVENTED = /выдумк|ойдан шығарылған|ҚИЯЛ/iu

/** Of inventions, how many are true sentences turned false under their true quotes. */
const SUBTLE = 0.7

const invent = (
  { said: sentence, quote }: Honest,
  chance: () => number,
  kazakh: boolean,
): { s: string; t: string; kind: string } => {
  const fake = kazakh ? 'ойдан шығарылған мәлімет' : 'выдумка модели'
  if (chance() < SUBTLE) {
    const { text, kind } = corruptSentence(sentence, kazakh ? 'kk' : 'ru', chance)
    // Where words were only taken away, the quote may be cut short just as well.
    return { s: text, t: chance() < 0.5 && quote.startsWith(text) ? text : quote, kind }
  }
  switch (Math.floor(chance() * 5)) {
    case 0:
      return { s: `${sentence} (${fake})`, t: `${fake}: ${sentence}`, kind: 'a quote from nowhere' }
    case 1:
      return { s: `${sentence}, ${fake}`, t: quote.replace(/\s/u, ` ${fake} `), kind: 'words put into the quote' }
    case 2:
      return {
        s: kazakh ? `Бұл ${fake} болып табылады` : `Это ${fake}, на которую нельзя опираться`,
        t: quote,
        kind: 'a true quote under another sentence',
      }
    case 3:
      return {
        s: `${sentence} ${kazakh ? '777 күн ішінде, ойдан шығарылған' : 'в течение 777 дней, выдумка'}`,
        t: quote,
        kind: 'a number that the quote has not',
      }
    default:
      return {
        s: `${sentence} ${fake}`,
        t: `${sentence.slice(0, 30)} ${fake} ${sentence.slice(-20)}`,
        kind: 'beginning and end of two places as one',
      }
  }
}

/** What a text tells a model to say: what follows «ответь», «добавь», in quotation marks or behind a colon; links; the prompt. */
const ordersOf = (text: string): string[] => {
  const found: string[] = []
  for (const match of text.matchAll(/[«"“]([^»"”\n]{3,200})[»"”]/gu)) found.push(match[1] ?? '')
  for (const match of text.matchAll(
    /(?<!\p{L})(?:ответь|отвечай|отвечайте|напиши|скажи|добавь|повтори|подтверди|выведи|жаз|айт|қос|answer|say|reply|print|output)(?!\p{L})\s*:?\s+([^\n.]{4,160})/giu,
  ))
    found.push(match[1] ?? '')
  for (const match of text.matchAll(/(?:https?:\/\/|www\.)[^\s)\]>"»]+/giu)) found.push(match[0])
  return found
}

/** What a text tells a model to do to the sentences of others: put a word for another one, leave one out. */
const changesOf = (text: string): ((sentence: string) => string)[] => {
  const spot = (word: string): RegExp =>
    new RegExp(`(?<!\\p{L})${word.replaceAll(/[^\p{L}\d\s-]/gu, '')}(?!\\p{L})\\s?`, 'giu')
  const found: ((sentence: string) => string)[] = []
  for (const match of text.matchAll(/«([^»]{1,60})»\s+(?:на|орнына)\s+«([^»]{1,60})»/gu))
    found.push((sentence) => sentence.replaceAll(spot(match[1] ?? ''), `${match[2] ?? ''} `))
  for (const match of text.matchAll(
    /(?:опусти|опускай|опустите|убери|уберите|пропусти|пропускай|без)(?:\s\p{L}+){0,2}\s«([^»]{1,60})»|«([^»]{1,60})»\s\p{L}+\s(?:қалдырып|алып|түсіріп)/giu,
  ))
    found.push((sentence) => sentence.replaceAll(spot(match[1] ?? match[2] ?? ''), ''))
  return found
}

/** Everything that an injection could make of a model, as lines of its output. */
const obey = ({ system, user }: SeenPrompt): string[] => {
  const passages = passagesOf(user)
  const question = /<[\da-f]{16} (?:вопрос|сұрақ)>\n([\s\S]*)\n<\//u.exec(user)?.[1] ?? ''
  const all = [question, ...passages.map(({ text }) => text)]
  const [first] = passages
  const honest = sentencesOf(first?.text ?? '')[0]?.quote ?? ''
  const source = first?.number ?? 1
  const leak = system.split('\n').filter((one) => one.length > 30)
  // What it was asked for comes first; then everything else it was told.
  const output = [
    ...passages.slice(0, 3).flatMap(({ number, text }) => {
      const [sentence] = sentencesOf(text)
      return sentence === undefined ? [] : [line(sentence.said, number, sentence.quote)]
    }),
    line((leak[0] ?? '').slice(0, 300), source, honest),
    line(`${honest}, ${(leak[2] ?? '').slice(0, 200)}`, source, honest),
    line(`Смотрите [здесь](https://evil.example/${source})`, source, honest),
    line(`${honest} <img src=https://evil.example/x.png>`, source, honest),
  ]
  for (const [at, text] of all.entries())
    for (const order of ordersOf(text).slice(0, 4))
      // Under its own words, under a true quote, and hung onto a true sentence.
      output.push(
        line(order, at === 0 ? source : (passages[at - 1]?.number ?? 1), order),
        line(order, source, honest),
        line(`${honest}, ${order}`, source, honest),
      )
  // Every sentence that it was told to change, changed, under its true quote and under what is left of that.
  for (const change of all.flatMap(changesOf))
    for (const { number, text } of passages)
      for (const { quote: sentence } of sentencesOf(text)) {
        const changed = change(sentence).trim()
        if (changed !== sentence && changed.length > 10)
          output.push(line(changed, number, sentence), line(changed, number, changed))
      }
  output.push('{"end":"all"}')
  return output
}

/** The conversation in a prompt for notes; null: it is a prompt for an answer. */
const talkOf = (user: string): string | null =>
  /<[\da-f]{16} (?:расшифровка|әңгіме)>\n([\s\S]*)\n<\//u.exec(user)?.[1] ?? null

/** Notes as the behaviour would write them. */
const notesOf = (behaviour: Behaviour, talk: string, system: string): string => {
  const said = talk
    .split('\n')
    .map((one) => one.replace(/^[^:]{1,20}: /u, ''))
    .filter((one) => one.length > 8)
  const honest = said.slice(0, 2)
  if (behaviour === 'obeying')
    return JSON.stringify({
      subject: ordersOf(talk)[0] ?? '',
      content: [
        ...ordersOf(talk),
        ...system
          .split('\n')
          .filter((one) => one.length > 30)
          .slice(0, 3),
        'https://evil.example/',
      ],
    })
  return JSON.stringify({
    subject: honest[0]?.slice(0, 100) ?? '',
    content: behaviour === 'inventing' ? [...honest, 'Это выдумка модели на 777 дней.'] : honest,
  })
}

/** Lines of an output that quotes as it should, but for a share of inventions. */
const answer = (prompt: SeenPrompt, share: number, seed: number, invented = new Map<string, string>()): string[] => {
  const chance = random(seed)
  const kazakh = prompt.system.includes('Сіз ')
  const lines = passagesOf(prompt.user)
    .slice(0, 3)
    .flatMap(({ number: n, text }) => {
      const [sentence] = sentencesOf(text)
      if (sentence === undefined) return []
      if (chance() >= share) return [line(sentence.said, n, sentence.quote)]
      const { s, t, kind } = invent(sentence, chance, kazakh)
      invented.set(asSentence(s), kind)
      return [line(s, n, t)]
    })
  return [...lines, '{"end":"all"}']
}

const DIGITS: [RegExp, string][] = [
  [/(?<!\p{L})двух(?!\p{L})/iu, '2'],
  [/(?<!\p{L})четырех(?!\p{L})/iu, '4'],
  [/(?<!\p{L})екі(?!\p{L})/iu, '2'],
]

const linesOf = (behaviour: Behaviour, prompt: SeenPrompt, { seed, invented }: StandInModel): string[] => {
  const talk = talkOf(prompt.user)
  if (talk !== null && !['prose', 'garbage', 'finds-nothing'].includes(behaviour))
    return [notesOf(behaviour, talk, prompt.system)]
  switch (behaviour) {
    case 'inventing':
      return answer(prompt, 1 / 3, seed, invented)
    case 'rewriting':
      return answer(prompt, 0, seed).map((one) =>
        one.replace(/"s":"[^"]*"/u, (said) => DIGITS.reduce((text, [word, digit]) => text.replace(word, digit), said)),
      )
    case 'obeying':
      return obey(prompt)
    case 'finds-nothing':
      return ['{"end":"none"}']
    case 'prose':
      return ['Конечно! Вот ответ: обращение рассматривается быстро, не волнуйтесь.']
    case 'garbage':
      return ['{"s": "сломан', ',,,{{{', '%PDF-1.4', '\u0000\u0001']
    case 'thinks-aloud':
      return [
        '<think>',
        '{"s":"выдумка модели о сроке","q":[{"n":1,"t":"выдумка"}]}',
        '</think>',
        ...answer(prompt, 0, seed),
      ]
    default:
      return answer(prompt, 0, seed)
  }
}

/** A piece of text at a time, as tokens come. */
const pieces = (text: string): string[] => text.match(/[\s\S]{1,24}/gu) ?? []

interface Wire {
  begin(response: ServerResponse): void
  text(response: ServerResponse, text: string): void
  end(response: ServerResponse, why: 'stop' | 'length', usage: { input: number; output: number }): void
}

const sse = (response: ServerResponse, data: unknown, event?: string): void => {
  response.write(
    `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
  )
}
const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

const openai = (choice: unknown, usage: unknown = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'stand-in',
  choices: choice === null ? [] : [choice],
  usage,
})

const WIRES: Record<'openai-compatible' | 'anthropic' | 'ollama', Wire> = {
  'openai-compatible': {
    begin(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      sse(response, openai({ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }))
    },
    text(response, text) {
      sse(response, openai({ index: 0, delta: { content: text }, finish_reason: null }))
    },
    end(response, why, { input, output }) {
      sse(response, openai({ index: 0, delta: {}, finish_reason: why }))
      sse(response, openai(null, { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }))
      sse(response, '[DONE]')
      response.end()
    },
  },
  anthropic: {
    begin(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const message = {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'stand-in',
        content: [],
        stop_reason: null,
      }
      sse(
        response,
        { type: 'message_start', message: { ...message, usage: { input_tokens: 1000, output_tokens: 0 } } },
        'message_start',
      )
      sse(
        response,
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        'content_block_start',
      )
    },
    text(response, text) {
      sse(
        response,
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
        'content_block_delta',
      )
    },
    end(response, why, { output }) {
      sse(response, { type: 'content_block_stop', index: 0 }, 'content_block_stop')
      const delta = { stop_reason: why === 'length' ? 'max_tokens' : 'end_turn', stop_sequence: null }
      sse(response, { type: 'message_delta', delta, usage: { output_tokens: output } }, 'message_delta')
      sse(response, { type: 'message_stop' }, 'message_stop')
      response.end()
    },
  },
  ollama: {
    begin(response) {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    },
    text(response, text) {
      response.write(
        `${JSON.stringify({ model: 'stand-in', created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', content: text }, done: false })}\n`,
      )
    },
    end(response, why, { input, output }) {
      response.end(
        `${JSON.stringify({ model: 'stand-in', created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', content: '' }, done: true, done_reason: why, prompt_eval_count: input, eval_count: output })}\n`,
      )
    },
  },
}

const contentOf = (message: unknown): string => {
  const content = (message as { content?: unknown } | undefined)?.content
  if (typeof content === 'string') return content
  return Array.isArray(content) ? content.map((one) => String((one as { text?: unknown }).text ?? '')).join('') : ''
}

/** What servers say of a prompt that is too long; the numbers where they say them. */
const tooLong = (path: string, given: number, limit: number): unknown => {
  if (path.startsWith('/api/chat')) return { error: 'the input length exceeds the context length' }
  if (path.startsWith('/v1/messages'))
    return {
      type: 'error',
      error: { type: 'invalid_request_error', message: `prompt is too long: ${given} tokens > ${limit} maximum` },
    }
  return {
    error: {
      code: 400,
      message: `request (${given} tokens) exceeds the available context size (${limit} tokens), try increasing it`,
      type: 'exceed_context_size_error',
      n_prompt_tokens: given,
      n_ctx: limit,
    },
  }
}

/**
 * A server on this machine that speaks as chat models do (OpenAI-compatible, Anthropic, Ollama) and behaves as a test wants. It
 * knows nothing but the prompt: what it quotes it has read there.
 */
export async function standInModel(): Promise<StandInModel> {
  let open = 0
  const model: StandInModel = {
    urls: { 'openai-compatible': '', anthropic: '', ollama: '' },
    behaviour: 'honest',
    seed: 1,
    invented: new Map(),
    next: [],
    prompts: [],
    openCalls: () => open,
    delayMs: 0,
    contextTokens: 4096,
    tokensPerCharacter: 1 / 3,
    firstSentenceMs: 0,
    close: () => server.close(),
  }
  const server: LoopbackServer = await loopbackServer((request, text, response) => {
    const path = request.url ?? ''
    const kind = path.startsWith('/v1/messages')
      ? 'anthropic'
      : path.startsWith('/api/chat')
        ? 'ollama'
        : 'openai-compatible'
    const body = JSON.parse(text) as Record<string, unknown>
    const messages = body['messages'] as { role: string }[]
    const system =
      kind === 'anthropic'
        ? contentOf({ content: body['system'] })
        : contentOf(messages.find(({ role }) => role === 'system'))
    const prompt: SeenPrompt = {
      system,
      user: contentOf(messages.find(({ role }) => role === 'user')),
      body,
      path,
      headers: request.headers,
    }
    model.prompts.push(prompt)
    open += 1
    response.on('close', () => (open -= 1))
    void play(model, WIRES[kind], prompt, response).catch(() => response.destroy())
  })
  model.urls = { 'openai-compatible': `${server.url}/v1`, anthropic: server.url, ollama: server.url }
  return model
}

async function play(model: StandInModel, wire: Wire, prompt: SeenPrompt, response: ServerResponse): Promise<void> {
  const begun = performance.now()
  const behaviour = model.next.shift() ?? model.behaviour
  const format = prompt.body['response_format'] ?? prompt.body['output_config'] ?? prompt.body['format']
  const isBound = format !== undefined
  switch (behaviour) {
    case 'busy':
      return json(
        response,
        429,
        { error: { message: 'too many requests', type: 'rate_limit_error' } },
        { 'retry-after': '0' },
      )
    case 'broken':
      return json(response, 500, { error: { message: 'internal', type: 'api_error' } })
    case 'unauthorised':
      return json(response, 401, { error: { message: 'no such key', type: 'authentication_error' } })
    case 'silent':
      wire.begin(response)
      response.flushHeaders()
      return
    case 'knows-no-schema':
      if (isBound)
        return json(response, 400, {
          error: { message: 'response_format is not supported', type: 'invalid_request_error' },
        })
      break
    case 'fails-on-schema': {
      const message = "1 validation error: ('body', 'response_format', 'type'), Input should be 'text' or 'json_object'"
      if (isBound)
        return json(response, 500, {
          error: prompt.path.startsWith('/api/chat') ? message : { message, type: 'internal_server_error' },
        })
      break
    }
    case 'small-context': {
      const given = Math.ceil((prompt.system.length + prompt.user.length) * model.tokensPerCharacter)
      if (given >= model.contextTokens) return json(response, 400, tooLong(prompt.path, given, model.contextTokens))
      break
    }
    case 'unknown-model':
      return json(response, 404, { error: { message: 'model "stand-in" not found', type: 'not_found_error' } })
    case 'fails-in-stream':
      wire.begin(response)
      response.end(
        prompt.path.startsWith('/api/chat')
          ? `${JSON.stringify({ error: 'the runner has ended' })}\n`
          : prompt.path.startsWith('/v1/messages')
            ? `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'api_error', message: 'the runner has ended' } })}\n\n`
            : `data: ${JSON.stringify({ error: { code: 500, message: 'the runner has ended', type: 'server_error' } })}\n\n`,
      )
      return
  }
  const lines = linesOf(behaviour, prompt, model)
  const isProse = behaviour === 'prose' || behaviour === 'garbage' || behaviour === 'thinks-aloud'
  const objects = lines.slice(0, -1)
  // A server that was given a schema keeps it: one document, the same objects inside.
  const output =
    isBound && !isProse
      ? `{"sentences":[${objects.join(',')}],"end":${(JSON.parse(lines.at(-1) ?? '{"end":"all"}') as { end: string }).end === 'none' ? '"none"' : '"all"'}}`
      : lines.join('\n')
  if (behaviour === 'slow') await wait(model.delayMs)
  wire.begin(response)
  const tokens = pieces(output)
  const until =
    behaviour === 'stalls' ||
    behaviour === 'breaks-off' ||
    ['ends-early', 'runs-over', 'full-context'].includes(behaviour)
      ? // In the middle of the second sentence.
        pieces(output.slice(0, output.indexOf('"q"', output.indexOf('}]}') + 1) + 12))
      : tokens
  const firstEnds = output.indexOf('}]}') + 3
  let written = 0
  model.firstSentenceMs = 0
  for (const piece of until) {
    if (response.destroyed) return
    wire.text(response, piece)
    written += piece.length
    if (written >= firstEnds && model.firstSentenceMs === 0) model.firstSentenceMs = performance.now() - begun
    await new Promise(setImmediate)
  }
  if (behaviour === 'stalls') return
  if (behaviour === 'breaks-off') {
    response.destroy()
    return
  }
  if (behaviour === 'ends-early') {
    response.end()
    return
  }
  const { num_predict: asked = prompt.body['max_tokens'] } = (prompt.body['options'] ?? {}) as { num_predict?: number }
  wire.end(response, behaviour === 'runs-over' || behaviour === 'full-context' ? 'length' : 'stop', {
    input: Math.ceil((prompt.system.length + prompt.user.length) * model.tokensPerCharacter),
    output: behaviour === 'runs-over' ? Number(asked) : Math.ceil(output.length / 3),
  })
}
