import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Answer } from '../api/types.ts'
import { forgetAnswers, keepAnswer, keptAnswer, keyOfAsked } from './kept-answers.ts'

const answer: Answer = {
  answerId: 'ans_1',
  status: 'answered',
  lang: 'ru',
  asOf: '2026-11-25',
  sentences: [],
  message: null,
  competence: null,
  guidance: null,
  inOtherLanguage: null,
  knownGap: null,
  clarify: null,
  model: null,
  fallback: null,
  leftOut: [],
  quarantined: 0,
  answerer: 'extractive',
  degraded: [],
  tookMs: 1,
}
const asked = (asOf: string | null = null) => keyOfAsked({ question: 'срок ответа', asOf })

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-25T12:00:00+05:00') })
  forgetAnswers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('keeps an answer for a minute, no longer', () => {
  keepAnswer(asked(), answer)
  vi.advanceTimersByTime(60_000)
  expect(keptAnswer(asked())).toBe(answer)
  vi.advanceTimersByTime(1)
  expect(keptAnswer(asked())).toBeUndefined()
})

it('does not give the answer of yesterday after midnight in Almaty, unless that day was asked about', () => {
  vi.setSystemTime(new Date('2026-11-25T23:59:50+05:00'))
  keepAnswer(asked(), answer)
  keepAnswer(asked('2025-01-01'), answer)
  vi.advanceTimersByTime(20_000)
  expect(keptAnswer(asked())).toBeUndefined()
  expect(keptAnswer(asked('2025-01-01'))).toBe(answer)
})

it('forgets all at sign-out, and the oldest of many', () => {
  keepAnswer(asked(), answer)
  forgetAnswers()
  expect(keptAnswer(asked())).toBeUndefined()
  for (let at = 0; at <= 20; at += 1) keepAnswer(String(at), answer)
  expect(keptAnswer('0')).toBeUndefined()
  expect(keptAnswer('20')).toBe(answer)
})
