import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from 'vitest'
import { readCases } from '../evals/answers/read-cases.ts'
import { composeAnswer } from '#server/answers/answer-question.ts'
import { ingestArchiveAct } from './archive-act.ts'
import { testApp, type TestApp } from './harness.ts'
import { standInModel, type StandInModel } from './stand-in-model.ts'
let model: StandInModel
let t: TestApp
beforeAll(async () => {
  model = await standInModel()
  t = await testApp({
    env: { CHAT_PROVIDER: 'openai-compatible', CHAT_MODEL: 's', CHAT_URL: model.urls['openai-compatible'] },
  })
  await ingestArchiveAct(t)
})
afterAll(async () => {
  await t.close()
  await model.close()
})
test('probe', async () => {
  const { cases } = await readCases(
    fileURLToPath(new URL('../evals/cases/contact-centre-rules.ru.yaml', import.meta.url)),
  )
  const seen = new Set<string>()
  const reasons: Record<string, number> = {}
  const over: number[] = []
  const qs = [
    ...cases.filter((c) => c.lang === 'ru').map((c) => c.question),
    'Мұрағат анықтамасын беру мерзімі қанша?',
    'шағым қайда беріледі',
    'өтінішті қабылдаудан бас тарта ала ма',
    'төлемі қанша',
    'Срок выдачи архивной справки',
    'может ли архив отказать',
  ]
  const t0 = performance.now()
  for (const question of qs) {
    const { record } = await composeAnswer(t.ctx, { question })
    over.push((record.firstSentenceMs ?? 0) - (record.firstTokenMs ?? 0))
    for (const p of record.proposals)
      if (p.ownWords) {
        reasons[p.reason ?? 'ok'] = (reasons[p.reason ?? 'ok'] ?? 0) + 1
        if (!p.ok && !seen.has(p.text)) {
          seen.add(p.text)
          console.log(p.reason, p.detail, '|', p.text)
        }
      }
  }
  console.log(
    reasons,
    'per answer',
    (performance.now() - t0) / qs.length,
    'over',
    over.toSorted((a, b) => a - b)[Math.floor(over.length / 2)],
  )
}, 600000)
