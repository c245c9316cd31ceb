import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { ModelCall } from '#server/answers/answerer.ts'
import { ModelFault } from '#server/answers/chat/chat-model.ts'
import { createLangchainModel } from '#server/answers/chat/langchain-model.ts'
import { readConfig, type ChatConfig } from '#server/config.ts'
import { createCircuitBreaker } from '#server/search/circuit-breaker.ts'
import { standInModel, type StandInModel } from '#test/stand-in-model.ts'
import { createChatNoteWriter } from './chat-note-writer.ts'

vi.setConfig({ testTimeout: 60_000 })

let server: StandInModel
beforeAll(async () => {
  server = await standInModel()
})
afterAll(() => server.close())
afterEach(() => {
  server.behaviour = 'honest'
  server.prompts = []
})

const writer = () => {
  const chat = readConfig({
    CHAT_PROVIDER: 'openai-compatible',
    CHAT_MODEL: 'stand-in',
    CHAT_URL: server.urls['openai-compatible'],
    CHAT_FIRST_TOKEN_SECONDS: '20',
  }).chat as Exclude<ChatConfig, { kind: 'none' }>
  const made = createChatNoteWriter({
    ...chat,
    model: createLangchainModel(chat),
    breaker: createCircuitBreaker({ name: 'stand-in' }),
  })
  return async (transcript: string, signal?: AbortSignal) => {
    const calls: ModelCall[] = []
    const ledger = {
      spentToday: () => Promise.resolve(0),
      note: (call: ModelCall) => {
        calls.push(call)
        return Promise.resolve()
      },
    }
    try {
      const { notes } = await made.write({
        transcript,
        lang: 'ru',
        ledger,
        ...(signal === undefined ? {} : { signal }),
      })
      return { notes, calls, fault: null }
    } catch (error) {
      return { notes: null, calls, fault: error instanceof ModelFault ? error.reason : error }
    }
  }
}

const LONG_CALL = `${'Звонящий: Мне нужна архивная справка о моём стаже.\n'.repeat(200)}Звонящий: Куда мне за ней обратиться?`

it('of a call that is longer than the context of the server it takes the end', async () => {
  server.behaviour = 'small-context'
  server.contextTokens = 2600
  const { notes, fault } = await writer()(LONG_CALL)
  expect(fault).toBeNull()
  expect(notes?.content.length).toBeGreaterThan(0)
  expect(server.prompts.length).toBeGreaterThan(1)
  expect(server.prompts.at(-1)?.user).toContain('Куда мне за ней обратиться?')
})

it('who leaves is no failure of the server', async () => {
  const write = writer()
  server.behaviour = 'silent'
  for (let call = 1; call <= 4; call += 1) {
    const leaving = new AbortController()
    const written = write(LONG_CALL, leaving.signal)
    await expect.poll(() => server.prompts.length).toBe(call)
    leaving.abort()
    expect(await written).toMatchObject({ notes: null, calls: [{ outcome: 'left' }], fault: { name: 'AbortError' } })
  }
  await expect.poll(() => server.openCalls()).toBe(0)
  server.behaviour = 'honest'
  expect(await write(LONG_CALL)).toMatchObject({ fault: null, calls: [{ outcome: 'ok' }] })
})
