import { and, eq, sql } from 'drizzle-orm'
import { lastDayOfTerm } from '#server/calendar/last-day-of-term.ts'
import { loadCalendar } from '#server/calendar/load-calendar.ts'
import { today, type Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import type { ServiceKind } from '#server/db/schema/services.ts'
import { inTransaction } from '#server/events/event.ts'
import type { DeadlinePoint } from '#server/services/deadline-rules.ts'
import { closeTasks } from './close-tasks.ts'
import { openTask, type OpenTaskInput } from './open-task.ts'
import { deadlineKey } from './task-keys.ts'

const MOST = 1_000
/** An agency is reminded so many working days before the last one. */
const REMIND_BEFORE = 2

interface Row extends Record<string, unknown> {
  id: string
  agency_id: string
  service_id: string | null
  kind: ServiceKind
  point: DeadlinePoint
  cause: string
  due_on: string
  registry_number: string | null
  name: string | null
}

/**
 * Makes the inboxes of editors and agencies say which clocks of п. 20, 21, 26, 27 and 33 run out or have run out: a reminder from two working
 * days before the last day, the same task as overdue from the day after. What was met, or moved, closes by itself. Compares state, so a second
 * run writes nothing. Opens a transaction of its own.
 */
export const reconcileDeadlines = (ctx: Context): Promise<{ opened: number; closed: number }> =>
  inTransaction(ctx, async (tx) => {
    await queryRows(tx.db, sql`select pg_advisory_xact_lock(hashtext('reconcile-deadlines'))`)
    const day = today(tx)
    const soon = lastDayOfTerm(await loadCalendar(tx), {
      event: day,
      term: { unit: 'working-days', length: REMIND_BEFORE },
    }).date
    // Of п. 23 nobody has to do anything: the day comes.
    const rows = await queryRows<Row>(
      tx.db,
      sql`select d.id, d.agency_id, d.service_id, d.kind, d.point, d.cause, d.due_on::text, s.registry_number, s.name
          from service_deadline d left join service s on s.id = d.service_id
          where d.met_on is null and d.point <> '23' and d.due_on <= ${soon}
          order by d.due_on, d.id limit ${MOST}`,
    )
    const open = await tx.db
      .select({ key: editorialTask.key })
      .from(editorialTask)
      .where(and(eq(editorialTask.kind, 'deadline'), eq(editorialTask.state, 'open')))
    const wanted = new Map(rows.map((row) => [deadlineKey(row.id), taskOf(row, day)]))
    let opened = 0
    for (const task of wanted.values()) if ((await openTask(tx, task)) !== null) opened += 1
    const mended = open.map(({ key }) => key).filter((key) => !wanted.has(key))
    // A list that was cut short says nothing of what it left out.
    return { opened, closed: rows.length >= MOST ? 0 : await closeTasks(tx, mended) }
  })

const taskOf = (row: Row, day: string): OpenTaskInput => ({
  kind: 'deadline',
  key: deadlineKey(row.id),
  title: row.name === null ? row.agency_id : `${row.registry_number ?? ''} ${row.name}`.trim(),
  agencyId: row.agency_id,
  dueOn: row.due_on,
  detail: {
    reason: 'deadline',
    stage: row.due_on < day ? 'overdue' : 'soon',
    point: row.point,
    serviceKind: row.kind,
    // Of an act; a submission or a person is known by an id that says nothing to a reader.
    ...(/^(?:sbm|rsp|ptc)_/u.test(row.cause) ? {} : { cause: row.cause }),
    ...(row.service_id === null ? {} : { serviceId: row.service_id }),
  },
})
