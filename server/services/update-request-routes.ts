import { z } from '@hono/zod-openapi'
import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { responsiblePerson, service, updateRequest } from '#server/db/schema/services.ts'
import { notFound } from '#server/errors.ts'
import { decodeCursor, page, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { scopeOf } from './agency-scope.ts'
import { closeUpdateRequest } from './close-update-request.ts'
import { actLine } from './compare-service.ts'
import { reopenUpdateRequest } from './reopen-update-request.ts'
import { historyOf } from './request-history.ts'
import { body, CENTRE, IdParams, WATCHERS, WRITERS } from './route-parts.ts'
import { UpdateRequestSchema } from './schema.ts'
import { tellPersonalData } from './tell-personal-data.ts'

const LAST = '9999-12-31'
const dueKey = sql<string>`coalesce(${updateRequest.dueOn}, ${LAST}::date)`

interface Filter {
  state?: 'open' | 'all'
  id?: string
  serviceId?: string | undefined
  agencyId?: string | undefined
  limit: number
  after?: { dueOn: string; id: string } | undefined
}

/** Requests that the caller may see, the most pressing first. */
const listRequests = (ctx: Context, filter: Filter) => {
  const scope = scopeOf(ctx)
  return ctx.db
    .select({ request: updateRequest, service, person: responsiblePerson })
    .from(updateRequest)
    .leftJoin(service, eq(service.id, updateRequest.serviceId))
    .leftJoin(responsiblePerson, eq(responsiblePerson.id, updateRequest.personId))
    .where(
      and(
        scope === null ? undefined : eq(updateRequest.agencyId, scope),
        filter.id === undefined ? undefined : eq(updateRequest.id, filter.id),
        filter.state === 'open' ? eq(updateRequest.state, 'open') : undefined,
        filter.serviceId === undefined ? undefined : eq(updateRequest.serviceId, filter.serviceId),
        filter.agencyId === undefined ? undefined : eq(updateRequest.agencyId, filter.agencyId),
        filter.after === undefined
          ? undefined
          : or(
              sql`${dueKey} > ${filter.after.dueOn}`,
              and(sql`${dueKey} = ${filter.after.dueOn}`, gt(updateRequest.id, filter.after.id)),
            ),
      ),
    )
    .orderBy(sql`${dueKey}`, asc(updateRequest.id))
    .limit(filter.limit)
}

type Row = Awaited<ReturnType<typeof listRequests>>[number]

type Presented = z.infer<typeof UpdateRequestSchema>

const present = ({ request, service, person }: Row, day: string, history: Presented['history']): Presented => ({
  requestId: request.id,
  agencyId: request.agencyId,
  service: service === null ? null : { id: service.id, registryNumber: service.registryNumber, name: service.name },
  person: person === null ? null : { name: person.name, post: person.post },
  actId: request.actId,
  act: request.act,
  amendedBy: actLine({ ...request.amendedBy, text: '' }),
  points: request.points,
  url: request.url,
  requestedOn: request.requestedOn,
  dueOn: request.dueOn,
  isOverdue: request.state === 'open' && request.dueOn !== null && request.dueOn < day,
  state: request.state,
  answer: request.answer,
  closedOn: request.closedOn,
  history,
})

async function presentAll(ctx: Context, rows: readonly Row[]): Promise<Presented[]> {
  const history = await historyOf(
    ctx,
    rows.map(({ request }) => request.id),
  )
  return rows.map((row) => present(row, today(ctx), history.get(row.request.id) ?? []))
}

async function one(ctx: Context, id: string): Promise<Presented> {
  const [row] = await presentAll(ctx, await listRequests(ctx, { id, limit: 1 }))
  if (row === undefined) throw notFound('update request', id)
  return row
}

/** Requests to bring information up to date after an act was amended (п. 26). */
export const updateRequestRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/update-requests',
      tags: ['services'],
      summary: 'Requests to bring information up to date (п. 26), the most pressing first; an agency sees its own',
      access: WATCHERS,
      request: {
        query: PageQuerySchema.extend({
          state: z.enum(['open', 'all']).default('open'),
          serviceId: z.string().max(64).optional(),
          agencyId: z.string().max(64).optional(),
        }),
      },
      responses: { 200: json(pageOf(UpdateRequestSchema), 'Requests') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { limit, cursor, ...filter } = c.req.valid('query')
      const [dueOn, id] = cursor === undefined ? [] : decodeCursor(cursor, ['text', 'text'])
      const rows = await listRequests(ctx, {
        ...filter,
        limit: limit + 1,
        after: dueOn === undefined ? undefined : { dueOn: String(dueOn), id: String(id) },
      })
      const { items, nextCursor } = page(rows, limit, ({ request }) => [request.dueOn ?? LAST, request.id])
      await tellPersonalData(ctx, {
        subjectId: filter.serviceId ?? ctx.actor.agencyId ?? 'services',
        route: 'GET /update-requests',
        count: items.filter(({ person }) => person !== null).length,
      })
      return c.json({ items: await presentAll(ctx, items), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/update-requests/{id}/answer',
      tags: ['services'],
      summary: 'Answer a request with words: no changes are needed, and why; Appendix 1 answers it by itself',
      access: WRITERS,
      request: { params: IdParams, ...body(z.strictObject({ text: z.string().trim().min(3).max(2_000) })) },
      responses: { 200: json(UpdateRequestSchema, 'The answered request; its clock has stopped') },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const ctx = c.get('ctx')
      await closeUpdateRequest(ctx, { requestId: id, state: 'answered', answer: c.req.valid('json').text })
      return c.json(await one(ctx, id), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/update-requests/{id}/withdraw',
      tags: ['services'],
      summary: 'Withdraw a request that was asked by mistake',
      access: CENTRE,
      request: { params: IdParams, ...body(z.strictObject({ reason: z.string().trim().min(3).max(2_000) })) },
      responses: { 200: json(UpdateRequestSchema, 'The withdrawn request; its clock has stopped') },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const ctx = c.get('ctx')
      await closeUpdateRequest(ctx, { requestId: id, state: 'withdrawn', answer: c.req.valid('json').reason })
      return c.json(await one(ctx, id), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/update-requests/{id}/reopen',
      tags: ['services'],
      summary: 'Bring a withdrawn request back; its clock runs on to the day it was due on',
      access: CENTRE,
      request: { params: IdParams, ...body(z.strictObject({ reason: z.string().trim().min(3).max(2_000) })) },
      responses: { 200: json(UpdateRequestSchema, 'The open request') },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const ctx = c.get('ctx')
      await reopenUpdateRequest(ctx, { requestId: id, reason: c.req.valid('json').reason })
      return c.json(await one(ctx, id), 200)
    },
  )
