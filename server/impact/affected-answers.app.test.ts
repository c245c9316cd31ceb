import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKey } from '#server/identity/create-key.ts'
import type { Role } from '#server/context.ts'
import { amendedRules } from '#test/amended-rules.ts'
import { testApp, type TestApp } from '#test/harness.ts'
import { listAffectedAnswers } from './list-affected-answers.ts'

let t: TestApp
let clock = new Date('2026-11-25T07:00:00Z')
let text = ''
const keys = new Map<Role, Record<string, string>>()
beforeAll(async () => {
  t = await testApp({ now: () => clock })
  text = await amendedRules()
  for (const role of ['editor', 'operator'] as const)
    keys.set(role, {
      authorization: `Bearer ${(await createKey(t.ctx, { name: role, role, agencyId: null })).key}`,
    })
}, 120_000)
afterAll(() => t.close())

const at = (instant: string) => {
  clock = new Date(instant)
}
const ask = async (question: string, asOf?: string): Promise<string> => {
  const response = await t.app.request('/api/v1/answers', {
    method: 'POST',
    headers: { ...keys.get('operator'), 'content-type': 'application/json' },
    body: JSON.stringify({ question, ...(asOf === undefined ? {} : { asOf }) }),
  })
  const answer = (await response.json()) as { answerId: string; sentences: unknown[] }
  expect(answer.sentences.length, question).toBeGreaterThan(0)
  return answer.answerId
}
const bring = async (fields: Record<string, string>) => {
  const body = new FormData()
  body.set('file', new File([text], 'contact-centre-rules.ru.txt'))
  for (const [key, value] of Object.entries(fields)) body.set(key, value)
  const response = await t.app.request('/api/v1/act-imports', {
    method: 'POST',
    headers: keys.get('editor') ?? {},
    body,
  })
  return (await response.json()) as { imported: { answers: number } }
}
const listed = async (input: { since?: string; mostEnded?: number } = {}) => {
  const { items, truncated } = await listAffectedAnswers(t.ctx, { limit: 50, ...input })
  return { ids: items.map(({ answerId }) => answerId), truncated }
}

const LETTER = 'Сколько рабочих дней даётся на ответ на электронное письмо?'
const RECORDING = 'За какое время дают запись разговора по запросу?'

test('an amendment that arrives late reaches who asked meanwhile, and nobody who was told the truth', async () => {
  const early = await ask(LETTER)
  // The amendment of point 8 is in force from 1 December and not yet known here.
  at('2026-12-05T07:00:00Z')
  const between = await ask(LETTER)
  // Of a day on which the old wording was in force, truly answered; of one by which it had ended, not.
  const ofBefore = await ask(LETTER, '2026-11-30')
  const ofBetween = await ask(LETTER, '2026-12-02')
  const ofRecording = await ask(RECORDING)
  expect((await listed()).ids).toEqual([])

  // A day in Almaty begins five hours before that of Greenwich.
  at('2026-12-05T20:00:00Z')
  const atNight = await ask(LETTER)

  const publicationDays = JSON.stringify([{ date: '2026-11-02', number: '8', publishedOn: '2026-11-10' }])
  const preview = await bring({ dryRun: 'true', publicationDays })
  const done = await bring({ dryRun: 'false', publicationDays })
  const { ids, truncated } = await listed()
  expect(ids.toSorted()).toEqual([early, between, ofBetween, ofRecording, atNight].toSorted())
  expect(ids).not.toContain(ofBefore)
  expect(truncated).toBe(false)
  expect([preview.imported.answers, done.imported.answers]).toEqual([ids.length, ids.length])

  // Now it is known, answers say so themselves.
  const warned = await ask(LETTER)
  expect((await listed()).ids).not.toContain(warned)
})

test('where more has ended than is looked for, what ended last is listed, every time the same', async () => {
  const all = await listed()
  // Point 14 ended on 21 November, points 8 and 11 on 1 December.
  expect((await listed({ since: '2026-12-01' })).ids).toHaveLength(all.ids.length - 1)
  const few = await listed({ mostEnded: 2 })
  expect(few.truncated).toBe(true)
  expect(few.ids).toEqual((await listed({ since: '2026-12-01' })).ids)
  expect(await listed({ mostEnded: 2 })).toEqual(few)
})
