import type { Context } from '#server/context.ts'
import { reconcileClosedServices } from '#server/editorial/reconcile-closed-services.ts'
import { inTransaction } from '#server/events/event.ts'
import { lockTerms } from '#server/services/lock-services.ts'
import { recountDeadlines } from '#server/services/recount-deadlines.ts'

/**
 * Does something that may move the day on which a service opens (п. 23), a change of the calendar or of its records, and all that follows
 * of it, at once or not at all: clocks are counted anew, and editors are told of articles that now wait.
 */
export const followGate = <T>(ctx: Context, change: (tx: Context) => Promise<T>): Promise<T> =>
  inTransaction(ctx, async (tx) => {
    // Of two who change two days at once, the second counts by the first one's day too.
    await lockTerms(tx, 'changes')
    const done = await change(tx)
    await recountDeadlines(tx)
    await reconcileClosedServices(tx)
    return done
  })
