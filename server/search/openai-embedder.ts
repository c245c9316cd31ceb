import type { OpenAIEmbeddings } from '@langchain/openai'
import type { EmbedderModel } from '#server/config.ts'
import type { Embedder } from './embedder.ts'
import { modelName, readVector } from './trained-model.ts'

export interface OpenaiEmbedderOptions extends EmbedderModel {
  /** Base address, with `/v1` where the server has it. */
  url: string
  /** Null: the server asks for none. */
  key: string | null
  model: string
  /** Milliseconds a query or a batch of passages may take, tries included in neither. */
  queryTimeoutMs?: number
  passageTimeoutMs?: number
  /** Tries after the first, for passages; a query is never tried again, the operator is typing. */
  retries?: number
}

/** Texts of one request: small enough for servers that limit tokens of a request. */
const BATCH = 64

/** Whether trying again may help: not when the request itself was refused, but when the server was busy, slow or broken. */
const isWorthTrying = (error: unknown): boolean => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  return typeof status !== 'number' || status === 408 || status === 409 || status === 429 || status >= 500
}

/** A trained model behind an OpenAI-compatible `/embeddings`. Nothing is asked before the first text. */
export const createOpenaiEmbedder = (options: OpenaiEmbedderOptions): Embedder => {
  const { url, key, model, dimensions, queryPrefix, passagePrefix } = options
  const who = `embedder ${model}`
  // Loaded with the first text: the client is hundreds of modules, which a start without it need not read.
  const client = (timeout: number, maxRetries: number): (() => Promise<OpenAIEmbeddings>) => {
    let made: OpenAIEmbeddings | null = null
    return async () => {
      const { OpenAIEmbeddings } = await import('@langchain/openai')
      return (made ??= new OpenAIEmbeddings({
        model,
        // An empty one would be looked for in the environment.
        apiKey: key ?? 'none',
        timeout,
        maxRetries,
        onFailedAttempt: (error: unknown) => {
          if (!isWorthTrying(error)) throw error
        },
        batchSize: BATCH,
        maxConcurrency: 2,
        stripNewLines: false,
        encodingFormat: 'float',
        configuration: { baseURL: url },
      }))
    }
  }
  const queries = client(options.queryTimeoutMs ?? 1500, 0)
  const passages = client(options.passageTimeoutMs ?? 60_000, options.retries ?? 4)
  return {
    name: modelName('openai', model, options),
    dimensions,
    leastSimilarity: options.leastSimilarity,
    fusionWeight: options.fusionWeight,
    async embedPassages(texts) {
      if (texts.length === 0) return []
      const vectors: unknown[] = await (await passages()).embedDocuments(texts.map((text) => passagePrefix + text))
      return texts.map((_, at) => readVector(vectors[at], dimensions, who))
    },
    embedQuery: async (text) => readVector(await (await queries()).embedQuery(queryPrefix + text), dimensions, who),
  }
}
