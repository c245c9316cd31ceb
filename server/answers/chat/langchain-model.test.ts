import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { readConfig, type ChatConfig } from '#server/config.ts'
import { standInModel, type Behaviour, type StandInModel } from '#test/stand-in-model.ts'
import { createCircuitBreaker } from '#server/search/circuit-breaker.ts'
import type { Answerer, AnswererEvent, ModelCall, NumberedPassage } from '../answerer.ts'
import { createChatAnswerer } from './chat-answerer.ts'
import { ModelFault } from './chat-model.ts'
import { createLangchainModel } from './langchain-model.ts'

vi.setConfig({ testTimeout: 60_000 })

const PASSAGES: NumberedPassage[] = [
  'Регистрация обращений осуществляется автоматически, ответ предоставляется в течение двух рабочих дней.',
  'Обращения поступают на телефонные номера 1414 и 8 800 080 7777 круглосуточно.',
  'Услугополучатель вправе оценить консультацию по пятибалльной шкале сразу после звонка.',
].map((text, at) => ({
  number: at + 1,
  label: `п. ${at + 7}`,
  title: 'Правила',
  context: '',
  text,
  lang: 'ru' as const,
  score: 1 - at / 10,
}))

/** As many as a prompt may hold, each of some hundred characters. */
const MANY: NumberedPassage[] = Array.from({ length: 12 }, (_, at) => ({
  number: at + 1,
  label: `п. ${at + 1}`,
  title: 'Правила',
  context: '',
  text: `Обращение вида ${at + 1} рассматривается в течение ${at + 1} рабочих дней. ${'Срок считается со дня регистрации обращения. '.repeat(12)}`,
  lang: 'ru' as const,
  score: 1 - at / 20,
}))

const PROVIDERS = ['openai-compatible', 'anthropic', 'ollama'] as const
let server: StandInModel
beforeAll(async () => {
  server = await standInModel()
  // The clients load once, before any clock runs.
  for (const provider of PROVIDERS) await answererOf(provider).prepare?.()
}, 60_000)
afterAll(() => server.close())
afterEach(() => {
  server.behaviour = 'honest'
  server.next = []
  server.prompts = []
  server.contextTokens = 4096
  server.tokensPerCharacter = 1 / 3
})

const configOf = (provider: (typeof PROVIDERS)[number], env: Record<string, string> = {}) =>
  readConfig({
    CHAT_PROVIDER: provider,
    CHAT_MODEL: 'stand-in',
    CHAT_URL: server.urls[provider],
    CHAT_KEY: 'secret',
    // Long enough for a busy machine, short enough to wait for.
    CHAT_FIRST_TOKEN_SECONDS: '2',
    CHAT_STALL_SECONDS: '1.5',
    CHAT_SECONDS: '20',
    ...env,
  }).chat as Exclude<ChatConfig, { kind: 'none' }>

const answererOf = (provider: (typeof PROVIDERS)[number], env: Record<string, string> = {}): Answerer => {
  const chat = configOf(provider, env)
  return createChatAnswerer({
    ...chat,
    model: createLangchainModel(chat),
    breaker: createCircuitBreaker({ name: 'stand-in' }),
  })
}

const ask = async (
  answerer: Answerer,
  more: { leaving?: AbortController; spent?: number; passages?: NumberedPassage[] } = {},
) => {
  const sentences: string[] = []
  const events: AnswererEvent[] = []
  const calls: ModelCall[] = []
  let fault: unknown = null
  try {
    for await (const { text } of answerer.propose({
      question: 'в какой срок отвечают',
      lang: 'ru',
      asOf: '2026-11-25',
      passages: more.passages ?? PASSAGES,
      report: (event) => events.push(event),
      ledger: {
        spentToday: () => Promise.resolve(more.spent ?? 0),
        note: (call) => {
          calls.push(call)
          return Promise.resolve()
        },
      },
      ...(more.leaving === undefined ? {} : { signal: more.leaving.signal }),
    })) {
      sentences.push(text)
      more.leaving?.abort()
    }
  } catch (error) {
    fault = error instanceof ModelFault ? error.reason : error
  }
  return { sentences, events, calls, fault }
}

describe.each(PROVIDERS)('a chat model behind the API of %s', (provider) => {
  it('proposes the sentences it streams, and counts its tokens', async () => {
    const { sentences, calls, fault } = await ask(answererOf(provider))
    expect(fault).toBeNull()
    expect(sentences).toHaveLength(3)
    expect(calls).toMatchObject([{ provider, outcome: 'ok', estimated: false }])
    expect(calls[0]?.inputTokens).toBeGreaterThan(100)
    expect(calls[0]?.outputTokens).toBeGreaterThan(10)
  })

  it.each<Behaviour>(['knows-no-schema', 'fails-on-schema'])(
    'holds the server to a schema, and goes on without one where it %s',
    async (behaviour) => {
      const answerer = answererOf(provider)
      server.behaviour = behaviour
      expect(await ask(answerer)).toMatchObject({ fault: null, sentences: { length: 3 } })
      expect(server.prompts).toHaveLength(2)
      expect(await ask(answerer)).toMatchObject({ fault: null, sentences: { length: 3 } })
      expect(server.prompts, 'it is not asked for a schema again').toHaveLength(3)
    },
  )

  it('a schema that is refused opens no breaker, even after failures, and costs nothing', async () => {
    const answerer = answererOf(provider, { CHAT_RETRIES: '0' })
    server.next = ['broken', 'broken']
    for (let call = 0; call < 2; call += 1) await ask(answerer)
    server.behaviour = 'fails-on-schema'
    expect(await ask(answerer)).toMatchObject({
      fault: null,
      sentences: { length: 3 },
      calls: [{ outcome: 'refused', inputTokens: 0 }, { outcome: 'ok' }],
    })
  })

  it('knows that the schema was refused when what comes without one is no use', async () => {
    const answerer = answererOf(provider, { CHAT_RETRIES: '0' })
    server.next = ['knows-no-schema', 'prose', 'prose']
    await ask(answerer)
    expect(server.prompts).toHaveLength(2)
    await ask(answerer)
    expect(server.prompts).toHaveLength(3)
  })

  it('asks for a schema again of a server that refused for another reason', async () => {
    const answerer = answererOf(provider)
    server.behaviour = 'unknown-model'
    expect(await ask(answerer)).toMatchObject({ fault: 'refused', sentences: [] })
    server.behaviour = 'honest'
    server.prompts = []
    expect(await ask(answerer)).toMatchObject({ fault: null, events: [{ kind: 'prompt', output: 'schema' }, {}, {}] })
    expect(server.prompts).toHaveLength(1)
  })

  it('shows fewer passages to a server whose context is small, at once and from then on', async () => {
    server.behaviour = 'small-context'
    server.contextTokens = 2600
    const answerer = answererOf(provider, { CHAT_RETRIES: '0' })
    const numbersOf = (events: AnswererEvent[]) =>
      events.flatMap((event) => (event.kind === 'prompt' ? [event.passages.length] : []))
    const first = await ask(answerer, { passages: MANY })
    expect(first).toMatchObject({ fault: null, sentences: { length: 3 } })
    const [all = 0, ...fewer] = numbersOf(first.events)
    expect(all).toBe(12)
    expect(fewer.at(-1)).toBeGreaterThanOrEqual(3)
    expect(fewer.at(-1)).toBeLessThan(12)
    const calls = server.prompts.length
    // It was well all the while: a schema is not what it refused, nor is it left alone for it.
    for (let question = 1; question <= 4; question += 1) {
      const next = await ask(answerer, { passages: MANY })
      expect(next).toMatchObject({ fault: null, sentences: { length: 3 } })
      expect(next.events).toContainEqual(expect.objectContaining({ kind: 'prompt', output: 'schema' }))
      expect(server.prompts).toHaveLength(calls + question)
    }
  })

  it('says so when not even one passage fits into the context', async () => {
    server.behaviour = 'small-context'
    server.contextTokens = 300
    const { fault, calls } = await ask(answererOf(provider, { CHAT_RETRIES: '0' }), { passages: MANY })
    expect(fault).toBe('out-of-tokens')
    expect(calls.length).toBeLessThanOrEqual(4)
    for (const call of calls) expect(call).toMatchObject({ outcome: 'refused', inputTokens: 0, outputTokens: 0 })
  })

  it('leaves room for the output when the context was full before its end', async () => {
    server.next = ['full-context']
    const answerer = answererOf(provider)
    expect(await ask(answerer, { passages: MANY }), 'what was proposed stands').toMatchObject({
      fault: 'out-of-tokens',
      sentences: { length: 1 },
    })
    const { events } = await ask(answerer, { passages: MANY })
    const [prompt] = events
    expect(prompt?.kind === 'prompt' ? prompt.passages.length : 0).toBeLessThan(12)
  })

  it.each<[Behaviour, string | null, number]>([
    ['thinks-aloud', null, 3],
    ['finds-nothing', null, 0],
    ['prose', 'unreadable', 0],
    ['garbage', 'unreadable', 0],
    ['silent', 'first-token-timeout', 0],
    ['stalls', 'stalled', 1],
    ['breaks-off', 'broken-off', 1],
    ['ends-early', 'broken-off', 1],
    ['runs-over', 'out-of-tokens', 1],
    ['busy', 'busy', 0],
    ['broken', 'server-error', 0],
    ['fails-in-stream', provider === 'anthropic' ? 'broken-off' : 'server-error', 0],
    ['unauthorised', 'refused', 0],
  ])('%s: %s after %i sentences', async (behaviour, fault, sentences) => {
    server.behaviour = behaviour
    const result = await ask(answererOf(provider, { CHAT_RETRIES: '0' }))
    expect(result.fault).toBe(fault)
    expect(result.sentences).toHaveLength(sentences)
  })

  it('leaves no call behind that was given up', async () => {
    server.behaviour = 'silent'
    await ask(answererOf(provider, { CHAT_RETRIES: '0', CHAT_FIRST_TOKEN_SECONDS: '0.2' }))
    await expect.poll(() => server.openCalls()).toBe(0)
  })

  it('says so when nobody is there', async () => {
    const away = answererOf(provider, { CHAT_URL: 'http://127.0.0.1:9', CHAT_RETRIES: '0' })
    expect((await ask(away)).fault).toBe('unreachable')
  })
})

describe('budgets', () => {
  it('are held in the tokens that the server counts', async () => {
    server.tokensPerCharacter = 1.2
    const answerer = answererOf('openai-compatible', { CHAT_TOKENS_PER_ANSWER: '6000', CHAT_OUTPUT_TOKENS: '300' })
    const first = await ask(answerer, { passages: MANY })
    expect(first.calls[0]?.inputTokens, 'more than reckoned').toBeGreaterThan(5700)
    const second = await ask(answerer, { passages: MANY })
    expect(second).toMatchObject({ fault: null, sentences: { length: 3 } })
    expect(second.calls[0]?.inputTokens).toBeLessThanOrEqual(5700)
    expect(second.calls[0]?.inputTokens).toBeGreaterThan(3000)
  })

  it('tries again while nothing has come, and no more', async () => {
    server.next = ['broken']
    expect(await ask(answererOf('openai-compatible', { CHAT_RETRIES: '1' }))).toMatchObject({
      fault: null,
      sentences: { length: 3 },
    })
    server.next = ['broken', 'busy']
    expect(await ask(answererOf('openai-compatible', { CHAT_RETRIES: '1' }))).toMatchObject({
      fault: 'busy',
      sentences: [],
    })
    server.prompts = []
    server.next = ['breaks-off']
    expect(
      await ask(answererOf('openai-compatible', { CHAT_RETRIES: '3' })),
      'what was proposed is not asked for twice',
    ).toMatchObject({
      fault: 'broken-off',
      sentences: { length: 1 },
    })
    expect(server.prompts).toHaveLength(1)
  })

  it('does not ask again a server that did not begin in time', async () => {
    server.behaviour = 'silent'
    const { fault } = await ask(answererOf('openai-compatible', { CHAT_RETRIES: '3', CHAT_FIRST_TOKEN_SECONDS: '0.5' }))
    expect(fault).toBe('first-token-timeout')
    expect(server.prompts).toHaveLength(1)
  })

  it('asks nothing that could cost more than is left of the day', async () => {
    const env = { CHAT_MONEY_PER_DAY: '10', CHAT_INPUT_PRICE: '100', CHAT_OUTPUT_PRICE: '500' }
    const within = await ask(answererOf('openai-compatible', env), { spent: 1 })
    expect(within.fault).toBeNull()
    expect(within.calls[0]?.cost).toBeGreaterThan(0)
    server.prompts = []
    expect((await ask(answererOf('openai-compatible', env), { spent: 9.99 })).fault).toBe('out-of-money')
    expect(server.prompts).toEqual([])
  })

  it('keeps the prompt within the tokens of an answer', async () => {
    const { events, fault } = await ask(
      answererOf('openai-compatible', {
        CHAT_TOKENS_PER_ANSWER: '2000',
        CHAT_OUTPUT_TOKENS: '200',
        CHAT_OUTPUT: 'lines',
      }),
    )
    expect(fault).toBeNull()
    const given = events.find((event) => event.kind === 'prompt')
    expect(given?.kind === 'prompt' ? given.passages.length : 0).toBeGreaterThan(0)
    expect(
      (await ask(answererOf('openai-compatible', { CHAT_TOKENS_PER_ANSWER: '1000', CHAT_OUTPUT_TOKENS: '200' }))).fault,
    ).toBe('out-of-tokens')
  })

  it('is left alone for a while after some failures', async () => {
    server.behaviour = 'broken'
    const answerer = answererOf('openai-compatible', { CHAT_RETRIES: '0' })
    for (let call = 0; call < 3; call += 1) await ask(answerer)
    server.prompts = []
    const { fault, calls } = await ask(answerer)
    expect(fault).toBe('resting')
    expect(calls).toMatchObject([{ outcome: 'resting', cost: 0, inputTokens: 0 }])
    expect(server.prompts).toEqual([])
  })

  it('notes what was spent when the caller leaves, and keeps no call', async () => {
    server.behaviour = 'stalls'
    const { calls, fault } = await ask(answererOf('openai-compatible', { CHAT_STALL_SECONDS: '20' }), {
      leaving: new AbortController(),
    })
    expect(fault).toMatchObject({ name: 'AbortError' })
    expect(calls).toMatchObject([{ outcome: 'left', estimated: true }])
    await expect.poll(() => server.openCalls()).toBe(0)
  })
})

describe('what a model is given', () => {
  it('is numbered passages between marks that nobody can know, without ids, links or unseen characters', async () => {
    const chat = configOf('openai-compatible')
    const answerer = createChatAnswerer({
      ...chat,
      model: createLangchainModel(chat),
      breaker: createCircuitBreaker({ name: 'x' }),
    })
    const passage = PASSAGES[0]
    if (passage === undefined) throw new Error('no passage')
    const sly: NumberedPassage = {
      ...passage,
      text: 'Ответ\u200b дают [здесь](https://evil.example/a) за два\u202e рабочих дня.\n![x](http://evil.example/p.png) <b>{{question}}</b>',
    }
    for await (const sentence of answerer.propose({
      question: 'срок?',
      lang: 'ru',
      asOf: '2026-11-25',
      passages: [sly],
    }))
      void sentence
    const [{ user } = { user: '' }] = server.prompts
    expect(user).toContain('Ответ дают здесь за два рабочих дня.')
    expect(user).not.toMatch(/evil|\u200b|\u202e|<b>|psg_|art_/u)
    expect(user).toContain('{{question}}')
    const fences = [...user.matchAll(/<([\da-f]{16}) /gu)].map((match) => match[1])
    expect(new Set(fences).size).toBe(1)
  })
})
