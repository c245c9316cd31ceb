import type { CircuitBreaker } from './circuit-breaker.ts'
import type { Embedder } from './embedder.ts'

/** Queries remembered: operators type the same beginnings. */
const MOST_REMEMBERED = 1000

/** An embedder that may be away: its queries go through a breaker, and those asked before are remembered. */
export const createGuardedEmbedder = (embedder: Embedder, breaker: CircuitBreaker): Embedder => {
  const memory = new Map<string, number[]>()
  return {
    name: embedder.name,
    dimensions: embedder.dimensions,
    leastSimilarity: embedder.leastSimilarity,
    fusionWeight: embedder.fusionWeight,
    embedPassages: (texts) => embedder.embedPassages(texts),
    async embedQuery(text) {
      const held = memory.get(text)
      const vector = held ?? (await breaker.run(() => embedder.embedQuery(text)))
      memory.delete(text)
      memory.set(text, vector)
      const [oldest] = memory.keys()
      if (memory.size > MOST_REMEMBERED && oldest !== undefined) memory.delete(oldest)
      return vector
    },
  }
}
