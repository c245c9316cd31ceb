import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { InquirySchema } from '#server/inquiries/schema.ts'
import { testApp, type TestApp } from './harness.ts'

let server: SMTPServer
let t: TestApp
let refuses = false
const letters: { to: string[]; text: string }[] = []

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_, __, done) =>
      refuses ? done(Object.assign(new Error('no such mailbox'), { responseCode: 550 })) : done(),
    onData: (stream, session, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  t = await testApp({
    content: false,
    env: {
      MAIL: 'smtp',
      MAIL_FROM: 'help@example.kz',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String((server.server.address() as AddressInfo).port),
      SMTP_SECURITY: 'none',
    },
  })
})
afterAll(async () => {
  await t.close()
  await new Promise<void>((resolve) => void server.close(() => resolve()))
})

test('a reply leaves over SMTP once, in its conversation; a refused address leaves the draft open', async () => {
  const made = await t.post('/api/v1/inquiries', {
    channel: 'e-mail',
    letter: {
      messageId: '<q2@mail.example>',
      references: ['<q1@mail.example>'],
      from: { name: 'Айгүл', address: 'aigul@example.kz' },
      subject: 'Вопрос',
      text: 'В какой срок вы отвечаете на письмо?',
    },
  })
  const { id, delivery } = InquirySchema.parse(await made.json())
  expect(delivery).toEqual({ delivers: true, from: 'help@example.kz' })
  const { draft } = InquirySchema.parse(await (await t.post(`/api/v1/inquiries/${id}/reply-draft`, {})).json())
  const send = () => t.post(`/api/v1/inquiries/${id}/replies`, { draftId: draft?.id, text: draft?.text })

  refuses = true
  const refused = await send()
  expect(refused.status).toBe(503)
  expect(await refused.text()).toContain('отклонил адрес')
  expect(letters).toEqual([])
  refuses = false
  expect((await send()).status).toBe(200)
  expect((await send()).status).toBe(200)
  expect(letters).toHaveLength(1)
  expect(letters[0]?.to).toEqual(['aigul@example.kz'])
  expect(letters[0]?.text).toMatch(/^In-Reply-To: <q2@mail\.example>/mu)
  expect(letters[0]?.text).toMatch(/^References: <q1@mail\.example>\s+<q2@mail\.example>/mu)
  const after = InquirySchema.parse(await (await t.get(`/api/v1/inquiries/${id}`)).json())
  // There are no acts here, so the question has no answer, and the letter stays in work.
  expect(after).toMatchObject({ status: 'in-work', measures: null, draft: { state: 'sent' } })
  const health = (await (await t.app.request('/health')).json()) as { adapters: { mail: string } }
  expect(health.adapters.mail).toMatch(/^smtp 127\.0\.0\.1/u)
})
