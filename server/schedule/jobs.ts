import { reconcileDeadlines } from '#server/editorial/reconcile-deadlines.ts'
import { reconcileTasks } from '#server/editorial/reconcile-tasks.ts'
import type { Job } from './create-scheduler.ts'
import { onceAWorkingDay, onceAWorkingHour } from './slots.ts'

/** All that the server does by the clock. */
export const JOBS: readonly Job[] = [
  // Review dates, wordings that end, changed acts, broken references.
  { name: 'editorial-tasks', slotOf: onceAWorkingDay, run: reconcileTasks },
  // Agencies' clocks: reminders before their day, tasks after it. What was met in between is closed within the hour.
  { name: 'deadline-tasks', slotOf: onceAWorkingHour, run: reconcileDeadlines },
]
