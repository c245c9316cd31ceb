import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '#test/harness.ts'
import { listAffectedAnswers } from './list-affected-answers.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp({ now: () => new Date('2026-11-25T07:00:00Z') })
})
afterAll(() => t.close())

test('a point of the same edition that was corrected in place is told with its new words, not as gone', async () => {
  const asked = await t.post('/api/v1/answers', {
    question: 'Сколько рабочих дней даётся на ответ на электронное письмо?',
  })
  const { answerId } = (await asked.json()) as { answerId: string }
  const text = await readFile('content/sources/contact-centre-rules.ru.txt', 'utf8')
  const corrected = text.replace(/в\s+течение\s+двух\s+рабочих\s+дней/u, 'в течение двух полных рабочих дней')
  expect(corrected).not.toBe(text)
  const body = new FormData()
  body.set('file', new File([corrected], 'contact-centre-rules.ru.txt'))
  body.set('dryRun', 'false')
  const brought = await t.app.request('/api/v1/act-imports', {
    method: 'POST',
    headers: await t.as('editor'),
    body,
  })
  expect(await brought.json()).toMatchObject({ imported: { answers: 1 } })
  const { items } = await listAffectedAnswers(t.ctx, { limit: 10 })
  expect(items.map((one) => one.answerId)).toEqual([answerId])
  const cited = items[0]?.citations.find(({ label }) => label.startsWith('п. 8'))
  expect(cited?.before).toContain('в течение двух рабочих дней')
  expect(cited).toMatchObject({ after: expect.stringContaining('в течение двух полных рабочих дней'), movedTo: null })
})
