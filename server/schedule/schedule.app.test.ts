import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { queryRows } from '#server/db/database.ts'
import { articleReviewDate, editorialTask } from '#server/db/schema/editorial.ts'
import { scheduleRun } from '#server/db/schema/schedule.ts'
import { createKey } from '#server/identity/create-key.ts'
import { meetDeadlines, startDeadline } from '#server/services/deadlines.ts'
import { serviceDeadline } from '#server/db/schema/services.ts'
import { inTransaction } from '#server/events/event.ts'
import { reconcileDeadlines } from '#server/editorial/reconcile-deadlines.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { LEASE_MS, MOST_ATTEMPTS } from './claim-slot.ts'
import { createScheduler, type Job } from './create-scheduler.ts'
import { onceAWorkingDay } from './slots.ts'

let t: TestApp
let clock = new Date('2026-11-26T05:00:00Z')
const at = (instant: string) => {
  clock = new Date(instant)
}
beforeAll(async () => {
  t = await testApp({ now: () => clock })
}, 120_000)
afterAll(() => t.close())

const runs = async (job: string) => (await t.ctx.db.select().from(scheduleRun).where(eq(scheduleRun.job, job)))[0]
const openTasks = (kind: 'stale' | 'deadline') =>
  t.ctx.db
    .select()
    .from(editorialTask)
    .where(sql`kind = ${kind} and state = 'open'`)

describe('what is done by the clock', () => {
  const done: string[] = []
  const jobOf = (name: string, run: Job['run'] = () => Promise.resolve({ done: 1 })): Job => ({
    name,
    slotOf: onceAWorkingDay,
    run: (ctx) => {
      done.push(name)
      return run(ctx)
    },
  })
  const make = (name: string) => createScheduler(() => t.ctx, [jobOf(name)])
  beforeEach(() => {
    done.length = 0
  })

  test('once a working day, also by several processes at once, and after a restart', async () => {
    at('2026-11-28T07:00:00Z')
    const [one, other] = [make('once'), make('once')]
    expect(await one.tick()).toEqual([])
    at('2026-11-30T00:30:00Z')
    expect(await one.tick()).toEqual([])
    at('2026-11-30T01:00:00Z')
    expect((await Promise.all([one.tick(), other.tick()])).flat()).toEqual(['once'])
    expect(await one.tick()).toEqual([])
    expect(await make('once').tick()).toEqual([])
    at('2026-12-01T01:00:00Z')
    expect(await other.tick()).toEqual(['once'])
    expect(done).toEqual(['once', 'once'])
    expect(await runs('once')).toMatchObject({ slot: '2026-12-01', state: 'done', attempts: 1, error: null })
  })

  test('a job that fails is tried again, later and later, and not for ever; the others are done', async () => {
    at('2026-12-02T05:00:00Z')
    let failing = true
    const scheduler = createScheduler(
      () => t.ctx,
      [
        jobOf('broken', () => (failing ? Promise.reject(new Error('no table')) : Promise.resolve({ done: 1 }))),
        jobOf('sound'),
      ],
    )
    expect(await scheduler.tick()).toEqual(['broken', 'sound'])
    expect(scheduler.state()).toMatchObject({ state: 'degraded', lastFailure: { reason: 'broken: no table' } })
    expect(await scheduler.tick()).toEqual([])
    for (let i = 0; i < 200; i += 1) {
      clock = new Date(clock.getTime() + 60_000)
      await scheduler.tick()
    }
    expect(done.filter((name) => name === 'broken')).toHaveLength(MOST_ATTEMPTS)
    expect(await runs('broken')).toMatchObject({ state: 'failed', attempts: MOST_ATTEMPTS, error: 'no table' })
    failing = false
    at('2026-12-03T05:00:00Z')
    expect(await scheduler.tick()).toEqual(['broken', 'sound'])
    expect(scheduler.state().state).toBe('ok')
  })

  test('what a process was killed in is done by another, once its lease is over', async () => {
    at('2026-12-04T05:00:00Z')
    await t.ctx.db.insert(scheduleRun).values({
      job: 'killed',
      slot: '2026-12-04',
      state: 'running',
      holder: 'another process',
      leaseUntil: new Date(clock.getTime() + LEASE_MS),
      attempts: 1,
      startedAt: clock,
    })
    const scheduler = make('killed')
    expect(await scheduler.tick()).toEqual([])
    clock = new Date(clock.getTime() + LEASE_MS)
    expect(await scheduler.tick()).toEqual(['killed'])
    expect(await runs('killed')).toMatchObject({ state: 'done', attempts: 2 })
  })

  test('a clock that cannot look says so until it has looked again', async () => {
    at('2026-12-04T06:00:00Z')
    const scheduler = make('blind')
    expect(await scheduler.tick()).toEqual(['blind'])
    expect(scheduler.state()).toMatchObject({ state: 'ok', lastFailure: null })
    await t.ctx.db.execute(sql`alter table calendar_edit rename to calendar_edit_away`)
    try {
      clock = new Date(clock.getTime() + 60_000)
      await expect(scheduler.tick()).rejects.toThrow('calendar_edit')
      expect(scheduler.state()).toMatchObject({
        state: 'degraded',
        lastFailure: { at: clock, reason: expect.stringContaining('calendar_edit') },
      })
    } finally {
      await t.ctx.db.execute(sql`alter table calendar_edit_away rename to calendar_edit`)
    }
    clock = new Date(clock.getTime() + 60_000)
    expect(await scheduler.tick()).toEqual([])
    expect(scheduler.state().state).toBe('ok')
  })

  test('a job that failed here and was done by another process is not failing any more, and the other way round', async () => {
    at('2026-12-04T07:00:00Z')
    let failing = true
    const run = () => (failing ? Promise.reject(new Error('no table')) : Promise.resolve({ done: 1 }))
    const [here, there] = [1, 2].map(() => createScheduler(() => t.ctx, [jobOf('shared', run)]))
    if (here === undefined || there === undefined) return expect.fail('no scheduler')
    expect(await here.tick()).toEqual(['shared'])
    expect(await there.tick()).toEqual([])
    for (const one of [here, there])
      expect(one.state()).toMatchObject({
        state: 'degraded',
        lastSuccess: null,
        lastFailure: { at: clock, reason: 'shared: no table' },
      })
    failing = false
    clock = new Date(clock.getTime() + 60_000)
    expect(await there.tick()).toEqual(['shared'])
    expect(await here.tick()).toEqual([])
    for (const one of [here, there]) expect(one.state()).toMatchObject({ state: 'ok', lastSuccess: clock })
  })

  test('stopping waits for the job under way and begins no other', async () => {
    at('2026-12-07T05:00:00Z')
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    let started = () => {}
    const begun = new Promise<void>((resolve) => {
      started = resolve
    })
    const scheduler = createScheduler(
      () => t.ctx,
      [
        jobOf('slow', async () => {
          started()
          await gate
          return { done: 1 }
        }),
        jobOf('next'),
      ],
    )
    const running = scheduler.tick()
    await begun
    const order: string[] = []
    const stopping = (async () => {
      await scheduler.stop()
      order.push('stopped')
    })()
    order.push('released')
    release()
    await stopping
    expect(order).toEqual(['released', 'stopped'])
    expect(await running).toEqual(['slow'])
    expect(await scheduler.tick()).toEqual([])
    expect(done).toEqual(['slow'])
    expect(await runs('slow')).toMatchObject({ state: 'done' })
  })
})

describe('nobody opens a page', () => {
  test('a review date that has come is an editor’s task, once', async () => {
    at('2026-12-08T05:00:00Z')
    await t.deps.scheduler.tick()
    expect(await openTasks('stale')).toEqual([])
    const [version] = await queryRows<{ article_id: string; title: string }>(
      t.ctx.db,
      sql`select article_id, title from article_version where state = 'published' and valid_to is null order by id limit 1`,
    )
    const articleId = version?.article_id ?? expect.fail('nothing is published')
    await t.ctx.db
      .insert(articleReviewDate)
      .values({ articleId, lang: 'ru', reviewBy: '2026-12-20', setAt: clock, setBy: 'system' })
    // Done for the day; the next working day says it, a holiday does not.
    expect(await t.deps.scheduler.tick()).toEqual([])
    at('2026-12-09T05:00:00Z')
    expect(await t.deps.scheduler.tick()).toEqual(['editorial-tasks', 'deadline-tasks'])
    expect(await openTasks('stale')).toMatchObject([
      { articleId, dueOn: '2026-12-20', detail: { reason: 'review-due' }, createdBy: 'system' },
    ])
    at('2026-12-10T05:00:00Z')
    await t.deps.scheduler.tick()
    expect(await openTasks('stale')).toHaveLength(1)
    const { items } = (await (await t.get('/api/v1/editorial/tasks?kind=stale', 'editor')).json()) as {
      items: { title: string }[]
    }
    expect(items.map(({ title }) => title)).toEqual([version?.title])
  })

  test('an agency is reminded two working days before, told when it is late, and no more once it is done', async () => {
    at('2026-12-10T05:00:00Z')
    const deadline = await inTransaction(t.ctx, (tx) =>
      startDeadline(tx, {
        agencyId: 'agc_justice',
        serviceId: null,
        kind: 'state',
        point: '26',
        event: '2026-12-10',
        cause: 'приказ от 10.12.2026 № 5',
      }),
    )
    // Five working days over Independence Day.
    expect(deadline?.dueOn).toBe('2026-12-18')
    const other = (await createKey(t.ctx, { name: 'other', role: 'agency', agencyId: 'agc_interior' })).key
    interface Task {
      point: string
      duty: string
      cause: string
      dueOn: string
      isOverdue: boolean
    }
    const tasks = async (): Promise<Task[]> =>
      ((await (await t.get('/api/v1/agency-tasks', 'agency')).json()) as { items: Task[] }).items
    at('2026-12-14T05:00:00Z')
    await t.deps.scheduler.tick()
    expect(await tasks()).toEqual([])
    // The 16th is a holiday: two working days before the 18th are the 15th and the 17th.
    at('2026-12-15T05:00:00Z')
    expect(await t.deps.scheduler.tick()).toContain('deadline-tasks')
    expect(await tasks()).toMatchObject([
      { point: 'п. 26', cause: 'приказ от 10.12.2026 № 5', dueOn: '2026-12-18', isOverdue: false },
    ])
    expect((await openTasks('deadline'))[0]).toMatchObject({ agencyId: 'agc_justice', detail: { stage: 'soon' } })
    // Editors read the point as it applies to the kind of the service (п. 33), in their language.
    const electronic = await inTransaction(t.ctx, (tx) =>
      startDeadline(tx, {
        agencyId: 'agc_justice',
        serviceId: null,
        kind: 'electronic',
        point: '20',
        event: '2026-12-11',
        cause: 'приказ от 11.12.2026 № 6',
      }),
    )
    await reconcileDeadlines(t.ctx)
    const points = async (lang: string) => {
      const { items } = (await (
        await t.app.request('/api/v1/editorial/tasks?kind=deadline', {
          headers: { ...(await t.as('editor')), 'accept-language': lang },
        })
      ).json()) as { items: { point: string; endsByItself: boolean }[] }
      expect(items.map(({ endsByItself }) => endsByItself)).toEqual([true, true])
      return items.map(({ point }) => point).toSorted()
    }
    expect(await points('ru')).toEqual(['п. 26', 'п. 33, 20'])
    expect(await points('kk')).toEqual(['26-тармақ', '33-тармақ, 20-тармақ'])
    await inTransaction(t.ctx, (tx) =>
      meetDeadlines(tx, { where: eq(serviceDeadline.id, electronic?.id ?? ''), metOn: '2026-12-15', metBy: 'system' }),
    )
    await reconcileDeadlines(t.ctx)
    const foreign = await t.app.request('/api/v1/agency-tasks', { headers: { authorization: `Bearer ${other}` } })
    expect(await foreign.json()).toMatchObject({ items: [] })
    expect((await t.get('/api/v1/agency-tasks', 'operator')).status).toBe(403)

    // Its last day ends on a Friday; the Monday says so.
    at('2026-12-20T05:00:00Z')
    expect(await t.deps.scheduler.tick()).toEqual([])
    at('2026-12-21T01:00:00Z')
    await t.deps.scheduler.tick()
    expect(await openTasks('deadline')).toMatchObject([{ detail: { stage: 'overdue' } }])
    expect(await tasks()).toMatchObject([{ isOverdue: true }])
    const [task] = await openTasks('deadline')
    const refused = await t.post(`/api/v1/editorial/tasks/${task?.id ?? ''}/done`, {}, 'editor')
    expect(refused.status).toBe(409)

    await inTransaction(t.ctx, (tx) =>
      meetDeadlines(tx, {
        where: eq(serviceDeadline.id, deadline?.id ?? ''),
        metOn: '2026-12-21',
        metBy: 'system',
      }),
    )
    expect(await tasks()).toEqual([])
    expect(await t.deps.scheduler.tick()).toEqual([])
    at('2026-12-21T02:00:00Z')
    expect(await t.deps.scheduler.tick()).toEqual(['deadline-tasks'])
    expect(await openTasks('deadline')).toEqual([])
  })

  test('/health says how the clock goes', async () => {
    const health = (await (await t.app.request('/health')).json()) as { schedule: unknown }
    expect(health.schedule).toMatchObject({ state: 'ok', lastSuccess: '2026-12-21T02:00:00.000Z', lastFailure: null })
  })
})
