import type { ChatConfig } from '#server/config.ts'
import { ModelFault, type ChatChunk, type ChatModel, type ChatPrompt } from './chat-model.ts'
import { readTooLong } from './too-long.ts'

type Chosen = Exclude<ChatConfig, { kind: 'none' }>

/** What we use of a message chunk of LangChain, whichever client it comes from. */
interface Chunk {
  content: unknown
  response_metadata?: Record<string, unknown>
  additional_kwargs?: Record<string, unknown>
  usage_metadata?: { input_tokens?: number; output_tokens?: number } | undefined
}

type Call = (
  prompt: ChatPrompt,
  options: { outputTokens: number; signal: AbortSignal },
) => Promise<AsyncIterable<Chunk>>

/** How a model is told of a schema. LangChain's clients read only their own. */
const openaiFormat = (schema: Record<string, unknown>) => ({
  response_format: { type: 'json_schema' as const, json_schema: { name: 'answer', strict: true, schema } },
})

const messages = ({ system, user }: ChatPrompt): [string, string][] => [
  ['system', system],
  ['human', user],
]

/** The same client from one call to the next, while they may be as long: making one costs a millisecond or two. */
const latest = <Client>(make: (outputTokens: number) => Client): ((outputTokens: number) => Client) => {
  let held: { outputTokens: number; client: Client } | null = null
  return (outputTokens) => {
    if (held?.outputTokens !== outputTokens) held = { outputTokens, client: make(outputTokens) }
    return held.client
  }
}

/** Clients are imported when first used, and only the chosen one. */
const loadCall = async (config: Chosen): Promise<Call> => {
  const temperature = config.temperature === null ? {} : { temperature: config.temperature }
  switch (config.kind) {
    case 'openai-compatible': {
      const { ChatOpenAICompletions } = await import('@langchain/openai')
      const clientOf = latest(
        (outputTokens) =>
          new ChatOpenAICompletions({
            model: config.model,
            // An empty one would be looked for in the environment.
            apiKey: config.key ?? 'none',
            maxTokens: outputTokens,
            maxRetries: 0,
            streamUsage: true,
            configuration: { baseURL: config.url },
            ...temperature,
          }),
      )
      return (prompt, { outputTokens, signal }) =>
        clientOf(outputTokens).stream(messages(prompt), {
          signal,
          ...(prompt.schema === null ? {} : openaiFormat(prompt.schema)),
        })
    }
    case 'anthropic': {
      const { ChatAnthropic } = await import('@langchain/anthropic')
      const clientOf = latest(
        (outputTokens) =>
          new ChatAnthropic({
            model: config.model,
            apiKey: config.key,
            anthropicApiUrl: config.url,
            maxTokens: outputTokens,
            maxRetries: 0,
            streamUsage: true,
            ...temperature,
          }),
      )
      return (prompt, { outputTokens, signal }) =>
        clientOf(outputTokens).stream(messages(prompt), {
          signal,
          ...(prompt.schema === null
            ? {}
            : { outputConfig: { format: { type: 'json_schema' as const, schema: prompt.schema } } }),
        })
    }
    case 'ollama': {
      const { ChatOllama } = await import('@langchain/ollama')
      return (prompt, { outputTokens, signal }) =>
        new ChatOllama({
          model: config.model,
          baseUrl: config.url,
          numPredict: outputTokens,
          // Ollama cuts a longer prompt without a word.
          numCtx: config.tokensPerAnswer,
          maxRetries: 0,
          ...(config.key === null ? {} : { headers: new Headers({ authorization: `Bearer ${config.key}` }) }),
          // The client ends a call only between two chunks: a silent server would hold it.
          fetch: (input, init) =>
            fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal }),
          ...temperature,
          ...(prompt.schema === null ? {} : { format: prompt.schema }),
        }).stream(messages(prompt), { signal })
    }
  }
}

const textOf = (content: unknown): string => {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((block: unknown) =>
      typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
        ? block.text
        : '',
    )
    .join('')
}

const stoppedBy = ({
  response_metadata: response = {},
  additional_kwargs: more = {},
}: Chunk): 'end' | 'length' | null => {
  const why =
    response['finish_reason'] ?? response['stop_reason'] ?? more['stop_reason'] ?? response['done_reason'] ?? null
  if (typeof why !== 'string') return null
  return /length|max_tokens/u.test(why) ? 'length' : 'end'
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined

/** What a client threw, in our words. The message is for the log: it holds no prompt. */
const faultOf = (error: unknown, hasBegun: boolean): ModelFault => {
  if (error instanceof ModelFault) return error
  const cause = property(error, 'cause')
  const status = [
    property(error, 'status'),
    property(error, 'status_code'),
    property(cause, 'status'),
    // Of an error that came as a piece of a stream which began well.
    property(error, 'code'),
  ].find((value): value is number => typeof value === 'number' && value >= 400 && value < 600)
  const message = error instanceof Error ? error.message.slice(0, 300) : String(error).slice(0, 300)
  if (status === undefined) {
    const isBroken = hasBegun || /terminated|socket|aborted|premature|ECONNRESET/iu.test(`${message} ${String(cause)}`)
    // Ollama's client says in a bare error what the server wrote into its stream; what the network does has a cause.
    const isSaid = error instanceof Error && error.constructor === Error && cause === undefined
    return new ModelFault(isBroken ? 'broken-off' : isSaid ? 'server-error' : 'unreachable', message, { cause: error })
  }
  // The server of llama-cpp-python fails where it knows no schema, instead of saying so.
  const isOfSchema = error instanceof Error && /response_format|json_schema|output_config/u.test(error.message)
  const headers = property(error, 'headers')
  const said = headers instanceof Headers ? headers.get('retry-after') : property(headers, 'retry-after')
  const seconds = Number(said)
  return new ModelFault(status === 429 ? 'busy' : status >= 500 && !isOfSchema ? 'server-error' : 'refused', message, {
    status,
    retryAfterMs: said === null || said === undefined || !Number.isFinite(seconds) ? null : seconds * 1000,
    tooLong: readTooLong(message, property(error, 'error') ?? property(cause, 'error')),
    cause: error,
  })
}

/** A chat model through LangChain.js: OpenAI-compatible, Anthropic or Ollama. Nothing is loaded or asked before the first call. */
export const createLangchainModel = (config: Chosen): ChatModel => {
  let call: Promise<Call> | null = null
  const load = (): Promise<Call> => (call ??= loadCall(config))
  return {
    provider: config.kind,
    model: config.model,
    prepare: async () => {
      await load()
    },
    async *stream(prompt, options): AsyncIterable<ChatChunk> {
      const start = await load()
      let hasBegun = false
      try {
        for await (const chunk of await start(prompt, options)) {
          hasBegun = true
          const text = textOf(chunk.content)
          if (text !== '') yield { kind: 'text', text }
          const usage = chunk.usage_metadata
          if (usage !== undefined)
            yield { kind: 'usage', input: usage.input_tokens ?? 0, output: usage.output_tokens ?? 0 }
          const why = stoppedBy(chunk)
          if (why !== null) yield { kind: 'stopped', why }
        }
      } catch (error) {
        throw faultOf(error, hasBegun)
      }
    },
  }
}
