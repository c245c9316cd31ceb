import { setImmediate as turn } from 'node:timers/promises'

/**
 * Starts work of the processor once the queries that were begun before it are on their way to the database: a query is sent some turns of the event
 * loop after it was begun, and work that does not wait would hold it up instead of filling the wait for it.
 * @returns what the work returns
 */
export async function onceAsked<T>(work: () => Promise<T>): Promise<T> {
  await turn()
  return work()
}
