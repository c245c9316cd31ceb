import { setImmediate as turn } from 'node:timers/promises'

/**
 * Starts work of the processor after queries that were begun before it: a query is sent by what follows its beginning, not by the beginning, so they get a turn
 * of the event loop first, and the work fills the wait for them instead of holding them up.
 * @returns what the work returns
 */
export async function onceAsked<T>(work: () => Promise<T>): Promise<T> {
  await turn()
  return work()
}
