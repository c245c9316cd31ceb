import { z } from '@hono/zod-openapi'
import { inTransaction } from '#server/events/event.ts'
import { pageOf } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { followQuestions } from '../sample-questions/follow-questions.ts'
import { addGapQuestion } from './add-gap-question.ts'
import { confirmGap } from './confirm-gap.ts'
import { listKnownGaps } from './list-known-gaps.ts'
import { removeGapQuestion } from './remove-gap-question.ts'
import { AddGapQuestionSchema, KnownGapSchema, ListGapsSchema, NamedGapSchema } from './schema.ts'

const WRITERS = ['editor', 'admin'] as const
const REVIEWERS = ['editor', 'supervisor', 'admin'] as const
const QuestionId = z.object({
  id: z
    .string()
    .max(64)
    .openapi({ param: { name: 'id', in: 'path' }, example: 'gpq_…' }),
})

/** What people ask about acts and acts do not say (0045, 0046). */
export const knownGapRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/known-gaps',
      tags: ['answers'],
      summary: 'What acts are known not to say, with the questions that ask it',
      access: REVIEWERS,
      request: { query: ListGapsSchema },
      responses: {
        200: json(
          pageOf(KnownGapSchema).extend({ total: z.number().int() }),
          'Those with editors’ questions first, then those of the files by act and name',
        ),
      },
    }),
    async (c) => c.json(await listKnownGaps(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/known-gaps',
      tags: ['answers'],
      summary: 'Say that an act does not answer a question; whoever asks it is refused and told what is missing',
      description:
        'Personal data is masked. It holds until something of the act comes into force that nobody has read for this gap. 409 where the question is tied to a provision, or stands there already.',
      access: WRITERS,
      request: { body: { required: true, content: { 'application/json': { schema: AddGapQuestionSchema } } } },
      responses: { 201: json(z.object({ id: z.string() }), 'Its id; whoever asks now is refused') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const input = c.req.valid('json')
      const id = await inTransaction(ctx, (tx) => addGapQuestion(tx, input))
      await followQuestions(ctx)
      return c.json({ id }, 201)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/known-gaps/confirm',
      tags: ['answers'],
      summary: 'Say that an act, as it reads today, is silent still',
      access: WRITERS,
      request: { body: { required: true, content: { 'application/json': { schema: NamedGapSchema } } } },
      responses: { 200: json(z.object({ confirmed: z.number().int() }), 'Questions of the gap; all speak again') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const input = c.req.valid('json')
      const confirmed = await inTransaction(ctx, (tx) => confirmGap(tx, input))
      await followQuestions(ctx)
      return c.json({ confirmed }, 200)
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/known-gaps/{id}',
      tags: ['answers'],
      summary: 'Take back what an editor said of a question',
      access: WRITERS,
      request: { params: QuestionId },
      responses: { 200: json(z.object({ removed: z.literal(true) }), 'Answers that follow know nothing of it') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      await inTransaction(ctx, (tx) => removeGapQuestion(tx, c.req.valid('param')))
      await followQuestions(ctx)
      return c.json({ removed: true as const }, 200)
    },
  )
