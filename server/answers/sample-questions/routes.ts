import { z } from '@hono/zod-openapi'
import { inTransaction } from '#server/events/event.ts'
import { pageOf } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { LangSchema } from '#server/http/wire.ts'
import { addSampleQuestion } from './add-sample-question.ts'
import { followQuestions } from './follow-questions.ts'
import { countSampleQuestions, listSampleQuestions } from './list-sample-questions.ts'
import { removeSampleQuestion } from './remove-sample-question.ts'
import { AddQuestionSchema, ListQuestionsSchema, QuestionCountsSchema, SampleQuestionSchema } from './schema.ts'

const WRITERS = ['editor', 'admin'] as const
const REVIEWERS = ['editor', 'supervisor', 'admin'] as const
const QuestionId = z.object({
  id: z
    .string()
    .max(64)
    .openapi({ param: { name: 'id', in: 'path' }, example: 'smq_…' }),
})

/** Questions that people ask, and the provisions that answer them. */
export const sampleQuestionRoutes = routes()
  .openapi(
    route({
      method: 'get',
      path: '/sample-questions',
      tags: ['answers'],
      summary: 'Questions that people ask, with the provisions that answer them',
      access: REVIEWERS,
      request: { query: ListQuestionsSchema },
      responses: {
        200: json(
          pageOf(SampleQuestionSchema).extend({ total: z.number().int() }),
          'Editors’ newest first, then those of the files by act and provision',
        ),
      },
    }),
    async (c) => c.json(await listSampleQuestions(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/sample-questions/counts',
      tags: ['answers'],
      summary: 'How many questions speak for the provisions of an act',
      access: REVIEWERS,
      request: { query: z.object({ actId: z.string().max(64), lang: LangSchema }) },
      responses: { 200: json(QuestionCountsSchema, 'Provisions without any left out') },
    }),
    async (c) => c.json({ items: await countSampleQuestions(c.get('ctx'), c.req.valid('query')) }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/sample-questions',
      tags: ['answers'],
      summary: 'Say that a provision answers a question; the answers that follow know it',
      description:
        'Personal data is masked. Of an editor’s question whose provision reads otherwise by now it confirms it. 409 where the provision reads otherwise than the wording that was seen. Other instances follow with the next question that they are asked.',
      access: WRITERS,
      request: { body: { required: true, content: { 'application/json': { schema: AddQuestionSchema } } } },
      responses: { 201: json(z.object({ id: z.string() }), 'Its id; whoever asks now is answered with it in mind') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const input = c.req.valid('json')
      const id = await inTransaction(ctx, (tx) => addSampleQuestion(tx, input))
      await followQuestions(ctx)
      return c.json({ id }, 201)
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/sample-questions/{id}',
      tags: ['answers'],
      summary: 'Take back a question that an editor said',
      access: WRITERS,
      request: { params: QuestionId },
      responses: { 200: json(z.object({ removed: z.literal(true) }), 'Answers that follow know nothing of it') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      await inTransaction(ctx, (tx) => removeSampleQuestion(tx, c.req.valid('param')))
      await followQuestions(ctx)
      return c.json({ removed: true as const }, 200)
    },
  )
