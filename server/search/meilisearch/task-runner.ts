import {
  MeilisearchApiError,
  MeilisearchRequestError,
  MeilisearchRequestTimeOutError,
  type Meilisearch,
} from 'meilisearch'
import { setTimeout as pause } from 'node:timers/promises'

/** A question after a task that gets no answer is put again so many times. */
const MOST_UNANSWERED = 5

/** Told by the server when it gave up reading the head of a request (a process too busy to write it): nothing has been done. */
const isUnread = (error: unknown): boolean => error instanceof MeilisearchApiError && error.response.status === 408
const isPassing = (error: unknown): boolean =>
  error instanceof MeilisearchApiError
    ? isUnread(error) || error.response.status === 429 || error.response.status >= 500
    : error instanceof MeilisearchRequestError || error instanceof MeilisearchRequestTimeOutError

/** Puts a task into the queue and waits until it is done. @throws when it fails, is cancelled or takes too long */
export type TaskRunner = (enqueue: () => PromiseLike<{ taskUid: number }>) => Promise<void>

/** @param taskTimeoutMs how long one task may take */
export const createTaskRunner =
  (admin: Meilisearch, taskTimeoutMs: number): TaskRunner =>
  // Not the client's own waiting: a time-out that falls between two of its questions never ends it (0.62).
  async (enqueue) => {
    const { taskUid } = await Promise.resolve(enqueue()).catch((error: unknown) => {
      if (isUnread(error)) return enqueue()
      throw error
    })
    const until = Date.now() + taskTimeoutMs
    let unanswered = 0
    for (;;) {
      const task = await admin.tasks.getTask(taskUid).catch((error: unknown) => {
        unanswered += 1
        if (!isPassing(error) || unanswered > MOST_UNANSWERED) throw error
        return null
      })
      if (task === null) {
        await pause(200 * unanswered)
        continue
      }
      unanswered = 0
      const { status, type, error } = task
      if (status === 'succeeded') return
      if (status === 'failed' || status === 'canceled')
        throw new Error(`Meilisearch task ${taskUid} (${type}) ${status}: ${error?.message ?? 'no reason given'}`)
      if (Date.now() > until)
        throw new Error(`Meilisearch task ${taskUid} (${type}) is ${status} after ${taskTimeoutMs} ms`)
      await pause(50)
    }
  }
