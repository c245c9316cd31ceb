/** Remembers what was made for a key, within a bound. */
export interface RecentMemory<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
}

/**
 * Two generations: when the young one is full it becomes the old one, and the old one is dropped. What is asked for now and then
 * survives; nothing is ever emptied as a whole, so no query pays for all that was forgotten.
 * @param limit how many keys at least are remembered; at most twice as many
 */
export const createRecentMemory = <Value>(limit: number): RecentMemory<Value> => {
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()
  const set = (key: string, value: Value): void => {
    if (young.size >= limit) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  return {
    get(key) {
      const known = young.get(key)
      if (known !== undefined) return known
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
    set,
  }
}

/**
 * The same function, with what it made of recent texts remembered: passages come again with every question. What it returns is shared and must not be changed.
 * @param limit how many texts at least are remembered
 */
export const remembering = <Rest extends readonly string[], Value extends object | string>(
  limit: number,
  make: (text: string, ...rest: Rest) => Value,
): ((text: string, ...rest: Rest) => Value) => {
  const memory = createRecentMemory<Value>(limit)
  return (text, ...rest) => {
    const key = [...rest, text].join('\u0000')
    const known = memory.get(key)
    if (known !== undefined) return known
    const made = make(text, ...rest)
    memory.set(key, made)
    return made
  }
}
