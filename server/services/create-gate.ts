/**
 * Lets so many tasks run at once and the others wait in order: reading a large submission takes memory, and a hundred of them must not take
 * a hundred times as much.
 */
export function createGate(most: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((enter) => waiting.push(enter))
    else running += 1
    try {
      return await task()
    } finally {
      // The place goes to the next one, or is given up.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
