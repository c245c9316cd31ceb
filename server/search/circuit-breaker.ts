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
 * for time-outs; then one call tries, and its outcome decides.
 * @param options.failures failures in a row that open it
 * @param options.openMs how long it stays open before one call may try
 * @param options.onChange told of every change of state
 */
export function createCircuitBreaker(options: {
  name: string
  failures?: number
  openMs?: number
  now?: () => Date
  onChange?: (state: BreakerState) => void
}): CircuitBreaker {
  const { name, failures: most = 3, openMs = 5000, now = () => new Date(), onChange = () => {} } = options
  let state: BreakerState['state'] = 'closed'
  let since = now()
  let failures = 0
  let lastFailure: string | null = null
  const enter = (next: BreakerState['state']): void => {
    if (state === next) return
    state = next
    since = now()
    onChange({ state, since, lastFailure })
  }
  return {
    async run(call) {
      if (state === 'half-open') throw new BreakerOpen(name, lastFailure)
      if (state === 'open') {
        if (now().getTime() - since.getTime() < openMs) throw new BreakerOpen(name, lastFailure)
        enter('half-open')
        // One more failure is enough.
        failures = most - 1
      }
      try {
        const result = await call()
        failures = 0
        lastFailure = null
        enter('closed')
        return result
      } catch (error) {
        failures += 1
        lastFailure = error instanceof Error ? error.message : String(error)
        if (failures >= most) enter('open')
        throw error
      }
    },
    state: () => ({ state, since, lastFailure }),
  }
}
