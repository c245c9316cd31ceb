import { BreakerOpen, type CircuitBreaker } from './circuit-breaker.ts'
import type { EngineHealth, LexicalEngine, LexicalIndex } from './lexical-index.ts'

/**
 * An engine that may be away, with a plainer one that answers meanwhile. Whoever searches is told (`servedBy`), and so is `/health`.
 * Only searches fall back: a failed reconciliation is tried again by the reconciler.
 * @param onFailure told of every search that the engine failed, and not of those it was not asked for
 */
export const createGuardedIndex = (options: {
  engine: LexicalEngine
  fallback: Pick<LexicalIndex, 'name' | 'search'>
  breaker: CircuitBreaker
  onFailure: (error: unknown) => void
}): LexicalEngine => {
  const { engine, fallback, breaker, onFailure } = options
  return {
    name: engine.name,
    state: () => engine.state(),
    apply: (changes) => engine.apply(changes),
    rebuild: (documents) => engine.rebuild(documents),
    highlighter: (query) => engine.highlighter(query),
    async search(query) {
      try {
        return await breaker.run(() => engine.search(query))
      } catch (error) {
        if (!(error instanceof BreakerOpen)) onFailure(error)
        return { ...(await fallback.search(query)), servedBy: fallback.name }
      }
    },
    async explain(query, passageIds) {
      try {
        return await breaker.run(() => engine.explain(query, passageIds))
      } catch (error) {
        if (!(error instanceof BreakerOpen)) onFailure(error)
        return new Map()
      }
    },
    health(): EngineHealth {
      const own = engine.health()
      const { state, lastFailure } = breaker.state()
      return state === 'closed' ? own : { state: 'degraded', servedBy: fallback.name, reason: lastFailure }
    },
  }
}
