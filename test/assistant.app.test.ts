import { fileURLToPath } from 'node:url'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readCases } from '../evals/answers/read-cases.ts'
import { answerQuestion, composeAnswer } from '#server/answers/answer-question.ts'
import type { AnswerRecord, Replay } from '#server/answers/answer-record.ts'
import type { Answer } from '#server/answers/schema.ts'
import { queryRows } from '#server/db/database.ts'
import { InquirySchema } from '#server/inquiries/schema.ts'
import { answer as answerTable, modelCall } from '#server/db/schema/answers.ts'
import { ingestArchiveAct } from './archive-act.ts'
import { testApp, type TestApp } from './harness.ts'
import { INVENTED, standInModel, type Behaviour, type StandInModel } from './stand-in-model.ts'

const CASES = fileURLToPath(new URL('../evals/cases/contact-centre-rules.ru.yaml', import.meta.url))
const TERM = 'В какой срок отвечают на письмо, поступившее на электронную почту?'
const KAZAKH = 'Мұрағат анықтамасын беру мерзімі қанша?'

let model: StandInModel
let t: TestApp
beforeAll(async () => {
  model = await standInModel()
  t = await testApp({
    env: {
      CHAT_PROVIDER: 'openai-compatible',
      CHAT_MODEL: 'stand-in',
      CHAT_URL: model.urls['openai-compatible'],
      // Long enough for a busy machine, short enough to wait for.
      CHAT_FIRST_TOKEN_SECONDS: '2',
      CHAT_STALL_SECONDS: '2',
      CHAT_SECONDS: '20',
      CHAT_RETRIES: '0',
      CHAT_INPUT_PRICE: '100',
      CHAT_OUTPUT_PRICE: '400',
      CHAT_MONEY_PER_DAY: '100000',
    },
  })
  await ingestArchiveAct(t)
  // As `npm start` does: no question waits for the client to load.
  await t.ctx.answerer.prepare?.()
})
afterAll(async () => {
  await t.close()
  await model.close()
})
afterEach(() => {
  model.behaviour = 'honest'
  model.next = []
  model.prompts = []
})

const ask = async (question: string, more: Record<string, unknown> = {}): Promise<Answer> => {
  const response = await t.post('/api/v1/answers', { question, ...more })
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}
const record = async (id: string): Promise<AnswerRecord> =>
  (await (await t.get(`/api/v1/answers/${id}/record`, 'supervisor')).json()) as AnswerRecord
const replay = async (id: string): Promise<Replay> =>
  (await (await t.get(`/api/v1/answers/${id}/replay`, 'supervisor')).json()) as Replay
/** After a few failures the model is left alone for a while: a good call on a breaker of its own ends that. */
const rested = async (): Promise<void> => {
  model.behaviour = 'honest'
  await expect.poll(async () => (await ask(TERM)).fallback, { timeout: 40_000, interval: 300 }).toBeNull()
}

describe('an answer of a chat model', () => {
  test('is named, quoted and in the language of the question', async () => {
    const russian = await ask(TERM)
    expect(russian).toMatchObject({
      status: 'answered',
      lang: 'ru',
      answerer: 'openai-compatible/stand-in',
      model: { provider: 'openai-compatible', name: 'stand-in', prompt: 'answer.v2.ru' },
      fallback: null,
    })
    expect(russian.sentences.length).toBeGreaterThan(0)
    const kazakh = await ask(KAZAKH)
    expect(kazakh).toMatchObject({ lang: 'kk', model: { prompt: 'answer.v2.kk' }, fallback: null })
    expect(kazakh.sentences.map(({ text }) => text).join(' ')).toContain('15 (он бес) жұмыс күнін')
    for (const { citations } of [...russian.sentences, ...kazakh.sentences])
      for (const { quote, quoteStart, passageId } of citations) {
        const [row] = await queryRows<{ text: string }>(t.ctx.db, sql`select text from passage where id = ${passageId}`)
        expect(row?.text.slice(quoteStart, quoteStart + quote.length)).toBe(quote)
      }
  })

  test('is streamed a verified sentence at a time', async () => {
    model.behaviour = 'inventing'
    for (let seed = 1; seed <= 5; seed += 1) {
      model.seed = seed
      const response = await t.post('/api/v1/answers', { question: TERM }, 'operator', { accept: 'text/event-stream' })
      const events = (await response.text()).split('\n\n').filter((event) => event !== '')
      const sentences = events.filter((event) => event.startsWith('event: sentence'))
      const done = JSON.parse(/^data: (.*)$/mu.exec(events.at(-1) ?? '')?.[1] ?? '{}') as Answer
      expect(sentences).toHaveLength(done.sentences.length)
      expect(events.join('\n')).not.toMatch(INVENTED)
      for (const text of model.invented.keys()) expect(done.sentences.map((one) => one.text)).not.toContain(text)
    }
  })

  test('that finds nothing where the extract finds something says whose the sentences are', async () => {
    model.behaviour = 'finds-nothing'
    expect(await ask(TERM)).toMatchObject({
      answerer: 'extractive-2',
      fallback: { from: 'openai-compatible/stand-in', to: 'extractive-2', reason: 'found-nothing' },
    })
    expect(await ask('Сколько стоит билет на поезд до Алматы?')).toMatchObject({
      status: 'no_answer',
      fallback: null,
      answerer: 'openai-compatible/stand-in',
    })
  })
})

describe('a question that names nothing', () => {
  test.each([
    ['Какой срок?', 'ru'],
    ['Қандай құжаттар керек?', 'kk'],
    // Typed on a keyboard without the letters of its language.
    ['Кандай кужаттар керек?', 'kk'],
  ] as const)('«%s» is not put to a model that would find words for it', async (question, lang) => {
    await rested()
    model.prompts = []
    expect(await ask(question, { lang })).toMatchObject({ status: 'no_answer', sentences: [], fallback: null })
    expect(model.prompts).toEqual([])
  })

  test('is put to it within an act that was chosen', async () => {
    await rested()
    const [citation] = (await ask(TERM)).sentences.flatMap(({ citations }) => citations)
    model.prompts = []
    expect(await ask('Какой срок?', { within: { actId: citation?.actId } })).toMatchObject({
      answerer: 'openai-compatible/stand-in',
    })
    expect(model.prompts).toHaveLength(1)
  })
})

describe('the draft of a reply to a letter', () => {
  const draftOf = async (text: string) => {
    const made = await t.post('/api/v1/inquiries', {
      channel: 'e-mail',
      letter: { messageId: `<${Math.random()}@mail.example>`, from: { address: 'x@mail.example' }, text },
    })
    const { id } = InquirySchema.parse(await made.json())
    return InquirySchema.parse(await (await t.post(`/api/v1/inquiries/${id}/reply-draft`, {})).json()).draft
  }

  test('says of each question who wrote the answer, and why not the model', async () => {
    await rested()
    const letter = `Здравствуйте! ${TERM} В какой срок предоставляется запись разговора оператора?`
    expect((await draftOf(letter))?.parts).toMatchObject([
      { answerer: 'openai-compatible/stand-in', model: { name: 'stand-in' }, fallback: null, quarantined: 0 },
      { answerer: 'openai-compatible/stand-in', model: { name: 'stand-in' }, fallback: null, leftOut: [] },
    ])
    model.next = ['honest', 'broken']
    expect((await draftOf(letter))?.parts).toMatchObject([
      { answerer: 'openai-compatible/stand-in', fallback: null },
      {
        answerer: 'extractive-2',
        model: { name: 'stand-in' },
        fallback: { from: 'openai-compatible/stand-in', to: 'extractive-2', reason: 'server-error' },
      },
    ])
  })
})

describe('every fault of the model ends in an announced fallback', () => {
  test.each<[Behaviour, string, boolean]>([
    ['silent', 'first-token-timeout', false],
    ['stalls', 'stalled', true],
    ['breaks-off', 'broken-off', true],
    ['ends-early', 'broken-off', true],
    ['runs-over', 'out-of-tokens', true],
    ['prose', 'unreadable', false],
    ['garbage', 'unreadable', false],
    ['busy', 'busy', false],
    ['broken', 'server-error', false],
    ['unauthorised', 'refused', false],
  ])('%s: %s', async (behaviour, reason, hasSaidSomething) => {
    await rested()
    model.behaviour = behaviour
    const answer = await ask(TERM)
    expect(answer.fallback).toEqual({ from: 'openai-compatible/stand-in', to: 'extractive-2', reason })
    expect(answer.sentences.length, 'the extract speaks in its place').toBeGreaterThan(0)
    if (hasSaidSomething) expect(answer.status, 'what the model could not end is partial').toBe('partial')
    const kept = await record(answer.answerId)
    expect(kept.fallback?.reason).toBe(reason)
    expect(kept.calls).toMatchObject([{ outcome: reason }])
    expect(await replay(answer.answerId)).toMatchObject({ same: true })
  })

  test('also while the model is left alone', async () => {
    await rested()
    model.behaviour = 'broken'
    for (let call = 0; call < 3; call += 1) await ask(TERM)
    model.prompts = []
    expect(await ask(TERM)).toMatchObject({ fallback: { reason: 'resting' }, sentences: [{}] })
    expect(model.prompts).toEqual([])
    await rested()
  })

  test('also when the money of the day is spent', async () => {
    await rested()
    const spender = {
      id: 'mdl_test',
      answerId: 'ans_test',
      provider: 'x',
      model: 'x',
      outcome: 'ok',
      inputTokens: 1,
      outputTokens: 1,
      estimated: false,
      cost: 99_999.9,
      firstTokenMs: null,
      tookMs: 1,
      at: new Date(),
    }
    await t.ctx.db.insert(modelCall).values(spender)
    try {
      model.prompts = []
      expect(await ask(TERM)).toMatchObject({ fallback: { reason: 'out-of-money' } })
      expect(model.prompts).toEqual([])
    } finally {
      await t.ctx.db.delete(modelCall).where(eq(modelCall.id, 'mdl_test'))
    }
  })
})

describe('a thousand answers of a model that invents a third of its sentences', () => {
  test('none of the inventions reaches the page', async () => {
    await rested()
    const { cases } = await readCases(CASES)
    const questions = [...cases.filter(({ lang }) => lang === 'ru').map(({ question }) => question), KAZAKH, TERM]
    const texts = new Map(
      (await queryRows<{ id: string; text: string }>(t.ctx.db, sql`select id, text from passage`)).map(
        ({ id, text }) => [id, text],
      ),
    )
    model.behaviour = 'inventing'
    model.invented.clear()
    let invented = 0
    let shown = 0
    const kinds = new Map<string, number>()
    const passed: string[] = []
    const streamed: string[] = []
    for (let seed = 0; seed < 1000; seed += 1) {
      model.seed = seed
      const { answer, record: kept } = await composeAnswer(
        t.ctx,
        { question: questions[seed % questions.length] ?? TERM },
        ({ text }) => void streamed.push(text),
      )
      for (const { text } of kept.proposals) {
        const kind = model.invented.get(text)
        if (kind === undefined) continue
        invented += 1
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      }
      shown += answer.sentences.filter((_, at) =>
        kept.proposals.some(({ ownWords, ok, text }) => ownWords && ok && text === answer.sentences[at]?.text),
      ).length
      for (const { text, citations } of answer.sentences) {
        if (model.invented.has(text)) passed.push(`${model.invented.get(text)}: ${text}`)
        expect(text).not.toMatch(INVENTED)
        expect(citations.length).toBeGreaterThan(0)
        for (const { quote, quoteStart, passageId } of citations)
          expect(texts.get(passageId)?.slice(quoteStart, quoteStart + quote.length)).toBe(quote)
      }
      model.prompts = []
    }
    expect(passed).toEqual([])
    expect(streamed.filter((text) => INVENTED.test(text) || model.invented.has(text))).toEqual([])
    expect([...kinds.keys()].length, 'in many ways').toBeGreaterThan(15)
    // The test says something only if much was invented, and much that was true came through.
    expect(invented).toBeGreaterThan(500)
    expect(shown).toBeGreaterThan(500)
  }, 1_800_000)
})

describe('personal data', () => {
  test('of a question reaches neither the model nor the record', async () => {
    await rested()
    model.prompts = []
    const { answerId } = await ask(
      'Меня зовут Сериков Болат, ИИН 900101300017, тел. +7 701 123 45 67: в какой срок отвечают на письмо на электронную почту?',
    )
    const seen = model.prompts.map(({ user }) => user).join('\n')
    expect(seen).toContain('[имя-1], ИИН [ИИН-1], тел. [телефон-1]')
    expect(seen).not.toMatch(/Сериков|900101|701/u)
    const [row] = await t.ctx.db.select().from(answerTable).where(eq(answerTable.id, answerId))
    expect(JSON.stringify(row)).not.toMatch(/Сериков|900101300017|701 123/u)
    expect(row?.question).toContain('[ИИН-1]')
    expect((await record(answerId)).masked).toEqual(['name', 'iin', 'phone'])
    expect(await ask('900101300017'), 'nothing else was asked').toMatchObject({ status: 'no_answer' })
  })
})

describe('the record of an answer', () => {
  test('holds all that it rests on, for those who inspect', async () => {
    await rested()
    const { answerId } = await ask(TERM)
    const kept = await record(answerId)
    expect(kept).toMatchObject({
      question: TERM,
      model: 'openai-compatible/stand-in',
      prompt: { name: 'answer.v2.ru', version: 2 },
      verifier: 'verify-3',
      covers: 'all',
    })
    expect(kept.prompt?.hash).toMatch(/^[\da-f]{64}$/u)
    expect(kept.tokens.input).toBeGreaterThan(0)
    expect(kept.cost).toBeGreaterThan(0)
    expect(kept.firstSentenceMs).toBeGreaterThanOrEqual(kept.firstTokenMs ?? 0)
    for (const { text, isUnchanged, edition } of kept.passages) {
      expect(text).not.toBeNull()
      expect(isUnchanged).toBe(true)
      expect(edition).not.toBeNull()
    }
    expect(kept.proposals.filter(({ ok }) => ok).length).toBe(kept.sentences.length)
    const spent = await t.ctx.db.select().from(modelCall).where(eq(modelCall.answerId, answerId))
    expect(spent).toMatchObject([{ outcome: 'ok', estimated: false }])
    for (const role of ['operator', 'agency'] as const)
      expect((await t.get(`/api/v1/answers/${answerId}/record`, role)).status).toBe(403)
    expect((await t.get('/api/v1/answers/ans_none/record', 'editor')).status).toBe(404)
  })

  test('replays the same after the law has changed and the version is gone', async () => {
    await rested()
    const { answerId, sentences } = await ask(KAZAKH)
    const citation = sentences.flatMap(({ citations }) => citations)[0]
    if (citation === undefined) throw new Error('nothing was cited')
    expect(await replay(answerId)).toMatchObject({ same: true, differences: [], since: [] })

    await ingestArchiveAct(t, { day: '2026-05-10', changed: true })
    const changed = await replay(answerId)
    expect(changed).toMatchObject({ same: true, differences: [] })
    expect(changed.since).not.toEqual([])
    const today = await ask(KAZAKH)
    expect(today.sentences.map(({ text }) => text).join(' '), 'today’s answer is of today’s law').toContain(
      '10 (он) жұмыс күнін',
    )
    const then = await ask(KAZAKH, { asOf: '2025-01-15' })
    expect(then.sentences.map(({ text }) => text).join(' ')).toContain('15 (он бес) жұмыс күнін')

    await t.post(
      `/api/v1/articles/${citation.articleId}/versions/${citation.versionId}/withdraw`,
      { reason: 'проверка' },
      'editor',
    )
    expect(await replay(answerId)).toMatchObject({ same: true, differences: [] })
    expect((await record(answerId)).passages.find(({ passageId }) => passageId === citation.passageId)?.text).toContain(
      '15 (он бес)',
    )
  })

  test('of former checks replays by them, and says what today’s would drop', async () => {
    await rested()
    const { answerId } = await ask(TERM)
    const kept = await record(answerId)
    const [first] = kept.proposals
    if (first === undefined) throw new Error('nothing was proposed')
    // Under `verify-2` a bound could be added to a true sentence.
    const passed = { ...first, text: first.text.replace(/ автоматически/u, ' после проверки автоматически') }
    expect(passed.text).not.toBe(first.text)
    const former = { ...kept, verifier: 'verify-2', proposals: [...kept.proposals, passed] }
    await t.ctx.db.execute(
      sql`update answer set record = record || ${JSON.stringify({ verifier: former.verifier, proposals: former.proposals })}::jsonb where id = ${answerId}`,
    )
    const replayed = await replay(answerId)
    expect(replayed).toMatchObject({ same: true, differences: [], verifier: { recorded: 'verify-2', now: 'verify-3' } })
    expect(replayed.today).toEqual([
      { subject: `proposal ${former.proposals.length}`, recorded: 'ok', replayed: 'words-not-in-quote' },
    ])
  })

  test('does not replay the same when somebody has touched it, or a text under it', async () => {
    await rested()
    const { answerId, sentences } = await ask(TERM)
    const [citation] = sentences.flatMap(({ citations }) => citations)
    const passageId = citation?.passageId ?? ''
    const [before] = await queryRows<{ text: string }>(t.ctx.db, sql`select text from passage where id = ${passageId}`)
    await t.ctx.db.execute(sql`update passage set text = replace(text, 'двух', 'трёх') || ' ' where id = ${passageId}`)
    try {
      const touched = await replay(answerId)
      expect(touched.same).toBe(false)
      expect(touched.differences.map(({ what }) => what)).toContain('passage-changed')
    } finally {
      await t.ctx.db.execute(sql`update passage set text = ${before?.text ?? ''} where id = ${passageId}`)
    }
    await t.ctx.db
      .update(answerTable)
      .set({ sentences: sentences.map((one) => ({ ...one, text: 'Ответ дают за один день.' })) })
      .where(eq(answerTable.id, answerId))
    expect((await replay(answerId)).differences.map(({ what }) => what)).toContain('sentence-unsupported')
  })
})

describe('a text that has lost its force', () => {
  test('is not cited, though it was found a moment ago', async () => {
    await rested()
    const [passage] = (await ask(TERM)).sentences.flatMap(({ citations }) => citations)
    // The version ends while the model writes.
    model.next = ['slow']
    model.delayMs = 300
    model.prompts = []
    const asked = answerQuestion(t.ctx, { question: TERM })
    await expect.poll(() => model.prompts.length).toBe(1)
    await t.ctx.db.execute(sql`update article_version set valid_to = valid_from where id = ${passage?.versionId ?? ''}`)
    try {
      const { sentences, answerId } = await asked
      expect(
        sentences.flatMap(({ citations }) => citations).filter(({ versionId }) => versionId === passage?.versionId),
      ).toEqual([])
      expect((await record(answerId)).proposals.map(({ reason }) => reason)).toContain('not-in-force')
      expect(await replay(answerId)).toMatchObject({ same: true })
    } finally {
      await t.ctx.db.execute(sql`update article_version set valid_to = null where id = ${passage?.versionId ?? ''}`)
    }
  })
})
