import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { today } from '#server/context.ts'
import type { HttpEnv } from '#server/http/env.ts'
import { pageOf } from '#server/http/paging.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import {
  presentInformation,
  presentListedService,
  presentPerson,
  presentProtocol,
  presentService,
  presentTraining,
} from './present.ts'
import { markInformation } from './mark-information.ts'
import { listServices, peopleOf, peopleOfAgency, protocolFile, serviceById } from './queries.ts'
import { recordInformation } from './record-information.ts'
import { recordTraining } from './record-training.ts'
import { replaceResponsible } from './replace-responsible.ts'
import { body, CENTRE, download, file, IdParams, refusal, WATCHERS, WRITERS } from './route-parts.ts'
import {
  InformationMarkSchema,
  InformationSchema,
  ListedServiceSchema,
  NewInformationSchema,
  NewProtocolSchema,
  NewTrainingSchema,
  PersonSchema,
  ProtocolSchema,
  ReplacementSchema,
  ServiceListQuerySchema,
  ServiceSchema,
  TrainingSchema,
} from './schema.ts'
import { signProtocol } from './sign-protocol.ts'
import { tellPersonalData } from './tell-personal-data.ts'
import { viewService, visibilityOf } from './view-service.ts'

/** What a caller tells of a service, and the language to word its faults in. */
const told = <T extends object>(c: Context<HttpEnv, string, { out: { param: { id: string }; json: T } }>) => ({
  serviceId: c.req.valid('param').id,
  ...c.req.valid('json'),
  lang: c.get('uiLang'),
})

/** Services, the people who answer for them, and what prepares them for operators (п. 20–27). */
export const heldServiceRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/services',
      tags: ['services'],
      summary: 'Services with why each is or is not visible yet; an agency sees its own',
      access: READERS,
      request: { query: ServiceListQuerySchema },
      responses: { 200: json(pageOf(ListedServiceSchema), 'Services by registry number') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { items, nextCursor } = await listServices(ctx, c.req.valid('query'))
      const found = await visibilityOf(ctx, items)
      const shown = {
        today: today(ctx),
        lang: c.get('uiLang'),
        mayReadPreparation: ctx.actor.role !== 'operator',
      }
      return c.json(
        {
          items: items.flatMap((row) => {
            const held = found.get(row.id)
            return held === undefined ? [] : [presentListedService(row, held, shown)]
          }),
          nextCursor,
        },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/services/{id}',
      tags: ['services'],
      summary: 'A service: what it rests on, who answers for it, and why it is or is not visible yet',
      access: READERS,
      request: { params: IdParams },
      responses: { 200: json(ServiceSchema, 'The service, as far as the caller may see it') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const service = presentService(await viewService(ctx, c.req.valid('param')), today(ctx), c.get('uiLang'))
      await tellPersonalData(ctx, {
        subjectId: service.id,
        route: 'GET /services/{id}',
        count: service.details?.responsible.length ?? 0,
      })
      return c.json(service, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/services/{id}/responsible-persons',
      tags: ['services'],
      summary: 'Responsible persons with their days, newest first (п. 27)',
      access: WATCHERS,
      request: { params: IdParams },
      responses: { 200: json(z.object({ items: z.array(PersonSchema) }), 'People') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = await serviceById(ctx, c.req.valid('param').id)
      const people = await peopleOf(ctx, [id])
      await tellPersonalData(ctx, {
        subjectId: id,
        route: 'GET /services/{id}/responsible-persons',
        count: people.length,
      })
      return c.json({ items: people.map(presentPerson) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/responsible-persons',
      tags: ['services'],
      summary: 'Give notice of a replaced responsible person (п. 27)',
      access: WRITERS,
      request: { params: IdParams, ...body(ReplacementSchema) },
      responses: { 201: json(PersonSchema, 'The person now in office'), 409: refusal('Nobody is in office') },
    }),
    async (c) => c.json(presentPerson(await replaceResponsible(c.get('ctx'), told(c))), 201),
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/trainings',
      tags: ['services'],
      summary: 'Record a training of the centre’s staff (п. 21)',
      access: WRITERS,
      request: { params: IdParams, ...body(NewTrainingSchema) },
      responses: { 201: json(TrainingSchema, 'The training') },
    }),
    async (c) => c.json(presentTraining(await recordTraining(c.get('ctx'), told(c))), 201),
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/protocol',
      tags: ['services'],
      summary: 'Record the signed protocol of acceptance with its file (п. 22)',
      access: CENTRE,
      request: { params: IdParams, ...body(NewProtocolSchema) },
      responses: { 201: json(ProtocolSchema, 'The protocol'), 409: refusal('There is one, or no training before it') },
    }),
    async (c) => {
      const { file: given, ...protocol } = told(c)
      const bytes = new Uint8Array(Buffer.from(given.content, 'base64'))
      const row = await signProtocol(c.get('ctx'), { ...protocol, file: { name: given.name, type: given.type, bytes } })
      return c.json(presentProtocol(row), 201)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/services/{id}/protocol/file',
      tags: ['services'],
      summary: 'The file of the protocol',
      access: WATCHERS,
      request: { params: IdParams, query: z.object({ protocolId: z.string().max(64).optional() }) },
      responses: { 200: file('application/octet-stream', 'The file as it was given') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      const { bytes, type, name } = await protocolFile(ctx, id, c.req.valid('query').protocolId)
      // Its two signatories.
      await tellPersonalData(ctx, { subjectId: id, route: 'GET /services/{id}/protocol/file', count: 2 })
      return download(bytes, type, name) as never
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/information',
      tags: ['services'],
      summary: 'Tell more of a service; what the law protects is marked and never shown (п. 24, 25)',
      access: WRITERS,
      request: { params: IdParams, ...body(NewInformationSchema) },
      responses: { 201: json(InformationSchema, 'The information') },
    }),
    async (c) =>
      c.json(
        presentInformation(
          await recordInformation(c.get('ctx'), { serviceId: c.req.valid('param').id, ...c.req.valid('json') }),
        ),
        201,
      ),
  )
  .openapi(
    route({
      method: 'post',
      path: '/services/{id}/information/{informationId}/mark',
      tags: ['services'],
      summary: 'Mark information anew, or withdraw it, with the reason (п. 25)',
      access: WRITERS,
      request: {
        params: IdParams.extend({ informationId: z.string().min(1).max(64) }),
        ...body(InformationMarkSchema),
      },
      responses: {
        200: json(z.object({ information: InformationSchema.nullable() }), 'As it is now; null: it was withdrawn'),
        409: refusal('It bears this mark already'),
      },
    }),
    async (c) => {
      const { id, informationId } = c.req.valid('param')
      const made = await markInformation(c.get('ctx'), { serviceId: id, informationId, ...c.req.valid('json') })
      return c.json({ information: made === null ? null : presentInformation(made) }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/agencies/{id}/responsible-persons',
      tags: ['services'],
      summary: 'Who answers in office for the services of a body; an agency sees its own',
      access: WATCHERS,
      request: { params: IdParams },
      responses: {
        200: json(
          z.object({
            items: z.array(
              z.object({
                service: z.object({ id: z.string(), registryNumber: z.string(), name: z.string() }),
                person: PersonSchema,
              }),
            ),
          }),
          'By registry number of the service, a thousand at most',
        ),
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const { id } = c.req.valid('param')
      const people = await peopleOfAgency(ctx, id)
      await tellPersonalData(ctx, {
        subjectId: id,
        route: 'GET /agencies/{id}/responsible-persons',
        count: people.length,
      })
      return c.json(
        {
          items: people.map(({ person, service: { id, registryNumber, name } }) => ({
            service: { id, registryNumber, name },
            person: presentPerson(person),
          })),
        },
        200,
      )
    },
  )
