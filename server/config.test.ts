import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.faults : [String(error)]
  }
}

it('runs in process with the local embedder when told nothing', () => {
  const { lexicalIndex, embedders } = readConfig({})
  expect(lexicalIndex).toEqual({ kind: 'in-process' })
  expect(embedders).toEqual({ first: 'local', openai: null, onnx: null })
})

it('takes a whole configuration of Meilisearch and of a trained model', () => {
  const { lexicalIndex, embedders } = readConfig({
    MEILI_URL: 'http://meili:7700/',
    MEILI_SEARCH_KEY: 's',
    MEILI_ADMIN_KEY: 'a',
    EMBEDDER: 'openai',
    EMBEDDINGS_URL: 'http://models/v1',
    EMBEDDINGS_MODEL: 'e5',
    EMBEDDINGS_DIMENSIONS: '768',
    EMBEDDINGS_QUERY_PREFIX: 'query: ',
  })
  expect(lexicalIndex).toEqual({
    kind: 'meilisearch',
    url: 'http://meili:7700',
    searchKey: 's',
    adminKey: 'a',
    indexUid: 'bilim_passages',
    searchTimeoutMs: 1500,
  })
  expect(embedders.openai).toMatchObject({ dimensions: 768, key: null, queryPrefix: 'query: ', fusionWeight: 1 })
})

it('refuses half a configuration, with all faults at once', () => {
  expect(
    faultsOf({
      MEILI_URL: 'http://meili:7700',
      EMBEDDINGS_MODEL: 'e5',
      EMBEDDINGS_KEY: 'k',
      EMBEDDER: 'onnx',
      MEILI_INDEX: 'a b',
    }),
  ).toEqual([
    expect.stringContaining('MEILI_INDEX: letters'),
    expect.stringContaining('MEILI_SEARCH_KEY, MEILI_ADMIN_KEY: missing'),
    expect.stringContaining('EMBEDDINGS_URL, EMBEDDINGS_DIMENSIONS: missing'),
    expect.stringContaining('ONNX_MODEL_DIR: missing; EMBEDDER=onnx'),
    expect.stringContaining('EMBEDDINGS_KEY: set without EMBEDDINGS_URL'),
  ])
})

it.each([
  ['EMBEDDINGS_WEIGHT', '0.5', 'EMBEDDINGS_URL'],
  ['EMBEDDINGS_LEAST_SIMILARITY', '0.1', 'EMBEDDINGS_URL'],
  ['ONNX_POOLING', 'cls', 'ONNX_MODEL_DIR'],
  ['ONNX_DTYPE', 'q8', 'ONNX_MODEL_DIR'],
  ['ONNX_WEIGHT', '0.5', 'ONNX_MODEL_DIR'],
  ['ONNX_LEAST_SIMILARITY', '0.1', 'ONNX_MODEL_DIR'],
  ['DATABASE_POOL', '5', 'DATABASE_URL'],
  ['OIDC_ROLE_CLAIM', 'role', 'OIDC_ISSUER'],
])('refuses %s=%s without %s', (name, value, of) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name}: set without ${of}`)
})

describe('chat model', () => {
  it('is none when nothing is said of it', () => {
    expect(readConfig({}).chat).toEqual({ kind: 'none' })
  })

  it.each([
    [
      { CHAT_PROVIDER: 'openai-compatible', CHAT_MODEL: 'qwen3', CHAT_URL: 'http://models:8000/v1/' },
      {
        kind: 'openai-compatible',
        url: 'http://models:8000/v1',
        key: null,
        model: 'qwen3',
        temperature: 0,
        money: null,
      },
    ],
    [
      { CHAT_PROVIDER: 'anthropic', CHAT_MODEL: 'claude', CHAT_KEY: 'k' },
      { kind: 'anthropic', url: 'https://api.anthropic.com', key: 'k', temperature: null },
    ],
    [
      { CHAT_PROVIDER: 'ollama', CHAT_MODEL: 'qwen3', CHAT_URL: 'http://models:11434', CHAT_SECONDS: '3' },
      { kind: 'ollama', totalMs: 3000, firstTokenMs: 3000, betweenTokensMs: 3000 },
    ],
    [
      {
        CHAT_PROVIDER: 'anthropic',
        CHAT_MODEL: 'claude',
        CHAT_KEY: 'k',
        CHAT_MONEY_PER_DAY: '20',
        CHAT_INPUT_PRICE: '3',
        CHAT_OUTPUT_PRICE: '15',
      },
      { kind: 'anthropic', money: { perDay: 20, inputPrice: 3, outputPrice: 15 } },
    ],
  ])('%o', (env, expected) => {
    expect(readConfig(env).chat).toMatchObject(expected)
  })

  it.each([
    [{ CHAT_MODEL: 'qwen3' }, ['CHAT_MODEL: set without CHAT_PROVIDER']],
    [{ CHAT_PROVIDER: 'openai-compatible' }, ['CHAT_MODEL: missing', 'CHAT_URL: missing']],
    [{ CHAT_PROVIDER: 'anthropic', CHAT_MODEL: 'claude' }, ['CHAT_KEY: missing']],
    [{ CHAT_PROVIDER: 'gpt', CHAT_MODEL: 'x', CHAT_URL: 'http://x' }, ['CHAT_PROVIDER']],
    [
      { CHAT_PROVIDER: 'ollama', CHAT_MODEL: 'x', CHAT_URL: 'http://x', CHAT_MONEY_PER_DAY: '5' },
      ['CHAT_INPUT_PRICE, CHAT_OUTPUT_PRICE: missing'],
    ],
    [
      {
        CHAT_PROVIDER: 'ollama',
        CHAT_MODEL: 'x',
        CHAT_URL: 'http://x',
        CHAT_SECONDS: '5',
        CHAT_STALL_SECONDS: '9',
        CHAT_OUTPUT_TOKENS: '8000',
        LANGSMITH_TRACING: 'true',
      },
      ['CHAT_STALL_SECONDS: longer', 'CHAT_OUTPUT_TOKENS: more than half', 'LANGSMITH_TRACING: set'],
    ],
  ])('half of it is refused: %o', (env, expected) => {
    expect(faultsOf(env)).toEqual(expected.map((start) => expect.stringContaining(start)))
  })
})

describe('mail', () => {
  it('is kept in the data directory when nothing is said of it', () => {
    expect(readConfig({ DATA_DIR: '/data' }).mail).toMatchObject({ kind: 'files', directory: '/data/mail' })
  })

  it('takes a whole configuration of SMTP, with the port of its security', () => {
    const env = { MAIL: 'smtp', SMTP_HOST: 'mail.example.kz', MAIL_FROM: 'help@example.kz' }
    expect(readConfig(env).mail).toMatchObject({ kind: 'smtp', port: 587, security: 'starttls', credentials: null })
    expect(readConfig({ ...env, SMTP_SECURITY: 'tls', SMTP_USER: 'u', SMTP_PASSWORD: 'p' }).mail).toMatchObject({
      port: 465,
      credentials: { user: 'u', password: 'p' },
    })
  })

  it.each([
    [{ SMTP_HOST: 'x' }, ['SMTP_HOST: set without MAIL=smtp']],
    [{ MAIL: 'smtp' }, ['SMTP_HOST: missing', 'MAIL_FROM: missing']],
    [{ MAIL: 'smtp', SMTP_HOST: 'x', MAIL_FROM: 'a@b.kz', SMTP_USER: 'u' }, ['SMTP_PASSWORD: missing']],
    [
      { MAIL: 'smtp', SMTP_HOST: 'x', MAIL_FROM: 'a@b.kz', SMTP_USER: 'u', SMTP_PASSWORD: 'p', SMTP_SECURITY: 'none' },
      ['SMTP_SECURITY: none would send'],
    ],
    [
      { NODE_ENV: 'production' },
      ['DATABASE_URL: missing', 'AUTH_SECRET: missing', 'PUBLIC_URL: missing', 'MAIL: missing'],
    ],
  ])('half of it is refused: %o', (env, expected) => {
    expect(faultsOf(env)).toEqual(expected.map((start) => expect.stringContaining(start)))
  })
})

describe('incoming mail', () => {
  const whole = { IMAP_HOST: 'mail.example.kz', IMAP_USER: 'help', IMAP_PASSWORD: 'secret' }

  it('is off until it is configured, and encrypted then', () => {
    expect(readConfig({}).mailbox).toEqual({ kind: 'none' })
    expect(readConfig(whole).mailbox).toMatchObject({
      kind: 'imap',
      port: 993,
      security: 'tls',
      folder: 'INBOX',
      after: { kind: 'leave' },
      since: null,
      pollMs: 60_000,
    })
    expect(readConfig({ ...whole, IMAP_SECURITY: 'starttls', IMAP_AFTER: 'move:Done' }).mailbox).toMatchObject({
      port: 143,
      after: { kind: 'move', folder: 'Done' },
    })
    expect(readConfig({ ...whole, IMAP_HOST: '127.0.0.1', IMAP_SECURITY: 'none' }).mailbox).toMatchObject({
      security: 'none',
    })
    expect(readConfig({ ...whole, IMAP_SECURITY: 'none', IMAP_ALLOW_CLEARTEXT: 'true' }).mailbox).toMatchObject({
      security: 'none',
    })
  })

  it.each([
    [{ IMAP_FOLDER: 'x' }, ['IMAP_FOLDER: set without IMAP_HOST']],
    [{ IMAP_HOST: 'mail.example.kz' }, ['IMAP_USER, IMAP_PASSWORD: missing']],
    [{ ...whole, IMAP_SECURITY: 'none' }, ['IMAP_SECURITY: none would send']],
    [{ ...whole, IMAP_ALLOW_CLEARTEXT: 'true' }, ['IMAP_ALLOW_CLEARTEXT: set without']],
    [{ ...whole, IMAP_AFTER: 'move:INBOX' }, ['IMAP_AFTER: moves letters into the folder']],
    [{ ...whole, IMAP_HOST: 'imaps://help@mail.example.kz' }, ['IMAP_HOST: the name of the server alone']],
    [{ ...whole, IMAP_SINCE: '24.11.2026' }, ['IMAP_SINCE: ']],
  ])('a faulty one is refused: %o', (env, expected) => {
    expect(faultsOf(env)).toEqual(expected.map((start) => expect.stringContaining(start)))
    expect(faultsOf(env).join()).not.toContain('secret')
  })
})
