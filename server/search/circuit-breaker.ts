/** What a breaker says of the thing it guards. */
export interface BreakerState {
  state: 'closed' | 'open' | 'half-open'
  /** Message of the last failure; null when the last call went well. */
  lastFailure: string | null
  /** When the state was entered. */
  since: Date
}

export interface CircuitBreaker {
  /**
   * Runs a call, or refuses it at once while the breaker is open.
   * @throws what the call throws; BreakerOpen when it was not made
   */
  run<T>(call: () => Promise<T>): Promise<T>
  state(): BreakerState
}

export class BreakerOpen extends Error {
  constructor(name: string, lastFailure: string | null) {
    super(`${name} is not asked for now; its last failure: ${lastFailure ?? 'unknown'}`)
    this.name = 'BreakerOpen'
  }
}

/**
 * Circuit breaker (Nygard, "Release It!"): after some failures in a row nothing is asked for a while, so that callers do not wait
 * for time-outs; then one call tries, and its outcome decides. A call that was begun before the state last changed decides nothing
 * any more: it tells of a time that is over. Calls that were under way together when one of them failed count as that one failure: a
 * stall of a second fails them all.
 * @param options.failures failures in a row that open it, each of a call begun after the failure before
 * @param options.openMs how long it stays open before one call may try
 * @param options.probeMs how long that call may take before another may try in its place
 * @param options.onChange told of every change of state
 */
export function createCircuitBreaker(options: {
  name: string
  failures?: number
  openMs?: number
  probeMs?: number
  now?: () => Date
  onChange?: (state: BreakerState) => void
}): CircuitBreaker {
  const {
    name,
    failures: most = 3,
    openMs = 5000,
    probeMs = 30_000,
    now = () => new Date(),
    onChange = () => {},
  } = options
  let state: BreakerState['state'] = 'closed'
  let since = now()
  let failures = 0
  let lastFailure: string | null = null
  let generation = 0
  let calls = 0
  /** Calls begun when the last failure was counted. */
  let failedAt = 0
  const enter = (next: BreakerState['state']): void => {
    generation += 1
    since = now()
    if (state === next) return
    state = next
    onChange({ state, since, lastFailure })
  }
  return {
    async run(call) {
      if (state !== 'closed') {
        if (now().getTime() - since.getTime() < (state === 'open' ? openMs : probeMs))
          throw new BreakerOpen(name, lastFailure)
        enter('half-open')
        // One more failure is enough.
        failures = most - 1
      }
      const begun = generation
      calls += 1
      const number = calls
      try {
        const result = await call()
        if (begun === generation) {
          failures = 0
          lastFailure = null
          if (state !== 'closed') enter('closed')
        }
        return result
      } catch (error) {
        if (begun === generation && number > failedAt) {
          failures += 1
          failedAt = calls
          lastFailure = error instanceof Error ? error.message : String(error)
          if (failures >= most) enter('open')
        }
        throw error
      }
    },
    state: () => ({ state, since, lastFailure }),
  }
}
