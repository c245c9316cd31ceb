import { z } from '@hono/zod-openapi'
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { today } from '#server/context.ts'
import { editorialTask } from '#server/db/schema/editorial.ts'
import { service, serviceDeadline } from '#server/db/schema/services.ts'
import { decodeCursor, page, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { scopeOf } from '#server/services/agency-scope.ts'
import { DEADLINE_RULES, pointLabel } from '#server/services/deadline-rules.ts'
import { WATCHERS } from '#server/services/route-parts.ts'
import { AgencyTaskSchema } from './schema.ts'
import { deadlineKey } from './task-keys.ts'

/** What waits for agencies: duties whose term runs out or has run out. The server opens them by the clock. */
export const agencyTaskRoutes = routes().openapi(
  route({
    method: 'get',
    path: '/agency-tasks',
    tags: ['services'],
    summary:
      'Reminders and overdue duties of agencies (п. 20, 21, 26, 27, 33), the most pressing first; an agency sees its own',
    access: WATCHERS,
    request: { query: PageQuerySchema.extend({ agencyId: z.string().max(64).optional() }) },
    responses: { 200: json(pageOf(AgencyTaskSchema), 'Open tasks') },
  }),
  async (c) => {
    const ctx = c.get('ctx')
    const lang = c.get('uiLang')
    const { limit, cursor, agencyId } = c.req.valid('query')
    const [dueOn, id] = cursor === undefined ? [] : decodeCursor(cursor, ['text', 'text'])
    const scope = scopeOf(ctx)
    const rows = await ctx.db
      .select({ task: editorialTask, deadline: serviceDeadline, service })
      .from(editorialTask)
      .innerJoin(serviceDeadline, eq(editorialTask.key, sql`${deadlineKey('')} || ${serviceDeadline.id}`))
      .leftJoin(service, eq(service.id, serviceDeadline.serviceId))
      .where(
        and(
          eq(editorialTask.kind, 'deadline'),
          eq(editorialTask.state, 'open'),
          // What was met since is done; the clock closes its task within the hour.
          isNull(serviceDeadline.metOn),
          scope === null ? undefined : eq(serviceDeadline.agencyId, scope),
          agencyId === undefined ? undefined : eq(serviceDeadline.agencyId, agencyId),
          dueOn === undefined
            ? undefined
            : or(
                gt(serviceDeadline.dueOn, String(dueOn)),
                and(eq(serviceDeadline.dueOn, String(dueOn)), gt(editorialTask.id, String(id))),
              ),
        ),
      )
      .orderBy(asc(serviceDeadline.dueOn), asc(editorialTask.id))
      .limit(limit + 1)
    const { items, nextCursor } = page(rows, limit, (row) => [row.deadline.dueOn, row.task.id])
    const day = today(ctx)
    return c.json(
      {
        items: items.map(({ task, deadline, service: of }) => ({
          taskId: task.id,
          agencyId: deadline.agencyId,
          point: pointLabel(deadline.point, deadline.kind, lang),
          duty: DEADLINE_RULES[deadline.point].duty[lang],
          service: of === null ? null : { id: of.id, registryNumber: of.registryNumber, name: of.name },
          cause: typeof task.detail['cause'] === 'string' ? task.detail['cause'] : null,
          dueOn: deadline.dueOn,
          isOverdue: deadline.dueOn < day,
          openedAt: task.createdAt.toISOString(),
        })),
        nextCursor,
      },
      200,
    )
  },
)
