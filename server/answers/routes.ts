import { streamSSE } from 'hono/streaming'
import { json, route, routes } from '#server/http/route.ts'
import { problemOf } from '#server/http/problem.ts'
import { z } from '@hono/zod-openapi'
import { answerNoted } from './answer-noted.ts'
import { listComplaints } from './feedback/complaints.ts'
import { giveFeedback } from './feedback/give-feedback.ts'
import { presentComplaint } from './feedback/present-complaint.ts'
import { pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { AnswerRecordSchema, ReplaySchema } from './answer-record.ts'
import { readAnswerRecord } from './read-answer-record.ts'
import { replayAnswer } from './replay-answer.ts'
import { AnswerSchema, ComplaintSchema, FeedbackSchema, GivenFeedbackSchema, QuestionSchema } from './schema.ts'

const AnswerId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'ans_…' }) })
const TaskId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'tsk_…' }) })
/** Who may look into how an answer came about. */
const INSPECTORS = ['editor', 'supervisor', 'authority', 'admin'] as const

/** Suggested answers, whole or a sentence at a time. */
export const answerRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/answers',
      tags: ['answers'],
      summary: 'Answer a question with verified quotes, or say whose question it is',
      description:
        'With `Accept: text/event-stream` the same as events: `sentence` for each sentence once its quotes are verified, then `done` with the whole answer, or `error` with a problem.',
      access: ['operator', 'editor', 'supervisor', 'authority', 'admin'],
      request: { body: { required: true, content: { 'application/json': { schema: QuestionSchema } } } },
      responses: { 200: json(AnswerSchema, 'The answer; its record is kept') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const question = c.req.valid('json')
      if (!(c.req.header('accept') ?? '').includes('text/event-stream'))
        return c.json(await answerNoted(ctx, { ...question, signal: c.req.raw.signal }), 200)
      return streamSSE(c, async (stream) => {
        const abort = new AbortController()
        stream.onAbort(() => abort.abort())
        try {
          const answer = await answerNoted(ctx, { ...question, signal: abort.signal }, (sentence) =>
            stream.writeSSE({ event: 'sentence', data: JSON.stringify(sentence) }),
          )
          await stream.writeSSE({ event: 'done', data: JSON.stringify(answer) })
        } catch (error) {
          ctx.log.error({ err: error }, 'answering failed')
          await stream.writeSSE({ event: 'error', data: await problemOf(error, c).text() })
        }
        // The typed client speaks JSON; the stream is for callers that asked for it.
      }) as never
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/answers/{id}/next',
      tags: ['answers'],
      summary: 'What may be asked next: sample questions of neighbouring provisions, each verified to have an answer',
      access: ['operator', 'editor', 'supervisor', 'authority', 'admin'],
      request: { params: AnswerId },
      responses: { 200: json(z.object({ items: z.array(z.string()) }), 'At most three') },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      return c.json({ items: await ctx.nextQuestions.suggest(ctx, { answerId: c.req.valid('param').id }) }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/answers/{id}/feedback',
      tags: ['answers'],
      summary: 'Say that an answer is right, wrong, incomplete or missing; said again it changes the word',
      description: 'One word a person and answer. Anything but `right` becomes a task for editors.',
      access: ['operator', 'editor', 'supervisor', 'admin'],
      request: {
        params: AnswerId,
        body: { required: true, content: { 'application/json': { schema: GivenFeedbackSchema } } },
      },
      responses: { 200: json(FeedbackSchema, 'As it stands now') },
    }),
    async (c) =>
      c.json(await giveFeedback(c.get('ctx'), { answerId: c.req.valid('param').id, ...c.req.valid('json') }), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/editorial/tasks/{id}/complaints',
      tags: ['answers'],
      summary: 'What people complained of in the answers of a task, newest first',
      description:
        'Of an open task what nothing has settled yet; of one that is done what it settled. Who said it is not told.',
      access: INSPECTORS,
      request: { params: TaskId, query: PageQuerySchema },
      responses: { 200: json(pageOf(ComplaintSchema), 'Question, verdict, reason, answer and day') },
    }),
    async (c) => {
      const { items, nextCursor } = await listComplaints(c.get('ctx'), {
        taskId: c.req.valid('param').id,
        ...c.req.valid('query'),
      })
      return c.json({ items: items.map(presentComplaint), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/answers/{id}/record',
      tags: ['answers'],
      summary: 'The record of an answer: what it rests on, what was proposed and dropped, by which model and prompt',
      access: INSPECTORS,
      request: { params: AnswerId },
      responses: { 200: json(AnswerRecordSchema, 'The record, with the passages as they were') },
    }),
    async (c) => c.json(await readAnswerRecord(c.get('ctx'), { answerId: c.req.valid('param').id }), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/answers/{id}/replay',
      tags: ['answers'],
      summary: 'Runs the checks of an answer again over its record',
      access: INSPECTORS,
      request: { params: AnswerId },
      responses: {
        200: json(ReplaySchema, 'Whether they come out the same, and what has become of the cited texts since'),
      },
    }),
    async (c) => c.json(await replayAnswer(c.get('ctx'), { answerId: c.req.valid('param').id }), 200),
  )
