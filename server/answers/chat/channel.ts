/** What one side writes as it comes and the other reads when it can; the writer may end it with an error. */
export interface Channel<T> extends AsyncIterable<T> {
  push(value: T): void
  close(error?: unknown): void
}

/** For one reader. What was pushed before an error is read before it. */
export const createChannel = <T>(): Channel<T> => {
  const values: T[] = []
  let closed = false
  let failure: { error: unknown } | null = null
  let wake = (): void => {}
  return {
    push(value) {
      if (closed) return
      values.push(value)
      wake()
    },
    close(error) {
      if (closed) return
      closed = true
      if (error !== undefined) failure = { error }
      wake()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const value = values.shift()
        if (value !== undefined) {
          yield value
          continue
        }
        if (failure !== null) throw failure.error
        if (closed) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
