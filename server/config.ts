import { resolve } from 'node:path'
import { z } from 'zod'

export const EMBEDDER_KINDS = ['local', 'openai', 'onnx'] as const
export type EmbedderKind = (typeof EMBEDDER_KINDS)[number]

/** What has to be known of a trained model to use its vectors. */
export interface EmbedderModel {
  dimensions: number
  /** What the model was trained to see before a query and before a passage, e.g. `query: ` and `passage: `. */
  queryPrefix: string
  passagePrefix: string
  /** Cosine similarity below which a passage is near by chance only. */
  leastSimilarity: number
  /** How much its list counts against that of words in the fusion. */
  fusionWeight: number
}

export const CHAT_PROVIDERS = ['openai-compatible', 'anthropic', 'ollama'] as const

/** What an answer of a chat model may take. */
export interface ChatBudgets {
  /** Tokens of all tries together, prompt and output. */
  tokensPerAnswer: number
  /** Of them, most that one try may write. */
  outputTokens: number
  /** Milliseconds in all, until the first text, and between two pieces of text. */
  totalMs: number
  firstTokenMs: number
  betweenTokensMs: number
  /** Tries after the first, while nothing has come of it. */
  retries: number
  /** Null: nothing is charged for. Prices are for a million tokens, in the same currency as `perDay`. */
  money: { perDay: number; inputPrice: number; outputPrice: number } | null
}

interface ChatModelConfig extends ChatBudgets {
  model: string
  /** `auto`: a schema, until the server refuses it. `lines`: the prompt alone says what to write. */
  output: 'auto' | 'schema' | 'lines'
  /** Null: the server's own. */
  temperature: number | null
}

/** Which chat model writes answers. `none`: answers are extracts. */
export type ChatConfig =
  | { kind: 'none' }
  | (ChatModelConfig & { kind: 'openai-compatible'; url: string; key: string | null })
  | (ChatModelConfig & { kind: 'anthropic'; url: string; key: string })
  | (ChatModelConfig & { kind: 'ollama'; url: string; key: string | null })

export const SMTP_SECURITY = ['tls', 'starttls', 'none'] as const

/** How replies leave. `files`: they are kept in a directory and go nowhere. */
export type MailConfig = { from: string; senderName: string } & (
  | { kind: 'files'; directory: string }
  | {
      kind: 'smtp'
      host: string
      port: number
      security: (typeof SMTP_SECURITY)[number]
      credentials: { user: string; password: string } | null
    }
)

export const IMAP_SECURITY = ['tls', 'starttls', 'none'] as const

/** Where letters come in by themselves. `none`: they come by `POST /inquiries` alone. */
export type MailboxConfig =
  | { kind: 'none' }
  | {
      kind: 'imap'
      host: string
      port: number
      security: (typeof IMAP_SECURITY)[number]
      user: string
      password: string
      folder: string
      /** What happens to a letter in the mailbox once it is taken. */
      after: { kind: 'leave' } | { kind: 'flag' } | { kind: 'move'; folder: string }
      /** Letters that the mail server got before this day are not read; null: all. */
      since: string | null
      /** How often the mailbox is looked at when the server tells of nothing. */
      pollMs: number
    }

/** Everything the server is told from outside. This file alone reads the environment. */
export interface Config {
  http: {
    host: string
    port: number
    /** Address people open; cookies and the origin check depend on it. Null: whatever address is listened on. */
    publicUrl: string | null
    /** Take the caller's address from X-Forwarded-For: only behind our own proxy. */
    trustProxy: boolean
  }
  dataDir: string
  contentDir: string
  database: { kind: 'pglite'; directory: string } | { kind: 'postgres'; url: string; poolSize: number }
  lexicalIndex:
    | { kind: 'in-process' }
    | {
        kind: 'meilisearch'
        url: string
        searchKey: string
        adminKey: string
        indexUid: string
        searchTimeoutMs: number
      }
  embedders: {
    /** Used on a database where none was chosen yet; later the database says which (`npm run reindex -- --embedder …`). */
    first: EmbedderKind
    /** Null: not configured, and cannot be chosen. */
    openai: (EmbedderModel & { url: string; key: string | null; model: string }) | null
    onnx: (EmbedderModel & { directory: string; pooling: 'mean' | 'cls'; dtype: 'fp32' | 'fp16' | 'q8' }) | null
  }
  queryLog: {
    /** How long what people looked for is kept; 0: it is not written. */
    keepDays: number
    /** In how many different hours a question fails before editors get a task by itself. */
    gapAfter: number
  }
  chat: ChatConfig
  mail: MailConfig
  mailbox: MailboxConfig
  calls: {
    /** How long after its last word the transcript of a call is kept. */
    transcriptHours: number
  }
  auth: {
    /** Null: a secret is made once and kept in the data directory. */
    secret: string | null
    oidc: { issuer: string; clientId: string; clientSecret: string; roleClaim: string } | null
  }
  /** Demo sign-ins, one a role, with passwords made at the first start. */
  demo: boolean
  log: { level: 'debug' | 'info' | 'warn' | 'error' | 'silent' }
}

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const loopback = new Set(['127.0.0.1', 'localhost', '::1'])

// HNSW of pgvector indexes up to 4000 (as halfvec).
const dimensions = z.coerce.number().int().min(2).max(4000)
const similarity = z.coerce.number().min(-1).max(1)
const weight = z.coerce.number().min(0).max(10)

const seconds = z.coerce.number().positive().max(600)
const price = z.coerce.number().min(0).max(1_000_000)

/** Where LangChain would send every prompt if these were set: questions of callers do not leave this way. */
const TRACING = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_TRACING_V2',
  'LANGSMITH_GATEWAY',
]
const ANTHROPIC_URL = 'https://api.anthropic.com'

const Environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8414),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: flag.default(false),
  DATA_DIR: z.string().min(1).default('data'),
  CONTENT_DIR: z.string().min(1).default('content'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  MEILI_URL: z.url({ protocol: /^https?$/ }).optional(),
  MEILI_SEARCH_KEY: z.string().min(1).optional(),
  MEILI_ADMIN_KEY: z.string().min(1).optional(),
  MEILI_INDEX: z
    .string()
    .regex(/^[\w-]{1,100}$/, 'letters, digits, - and _ only')
    .default('bilim_passages'),
  MEILI_SEARCH_MS: z.coerce.number().int().min(100).max(30_000).default(1500),
  EMBEDDER: z.enum(EMBEDDER_KINDS).default('local'),
  EMBEDDINGS_URL: z.url({ protocol: /^https?$/ }).optional(),
  EMBEDDINGS_MODEL: z.string().min(1).optional(),
  EMBEDDINGS_DIMENSIONS: dimensions.optional(),
  EMBEDDINGS_KEY: z.string().min(1).optional(),
  EMBEDDINGS_QUERY_PREFIX: z.string().default(''),
  EMBEDDINGS_PASSAGE_PREFIX: z.string().default(''),
  EMBEDDINGS_LEAST_SIMILARITY: similarity.default(0),
  EMBEDDINGS_WEIGHT: weight.default(1),
  ONNX_MODEL_DIR: z.string().min(1).optional(),
  ONNX_DIMENSIONS: dimensions.optional(),
  ONNX_POOLING: z.enum(['mean', 'cls']).default('mean'),
  ONNX_DTYPE: z.enum(['fp32', 'fp16', 'q8']).default('fp32'),
  ONNX_QUERY_PREFIX: z.string().default(''),
  ONNX_PASSAGE_PREFIX: z.string().default(''),
  ONNX_LEAST_SIMILARITY: similarity.default(0),
  ONNX_WEIGHT: weight.default(1),
  QUERY_LOG_DAYS: z.coerce.number().int().min(0).max(1100).default(180),
  QUERY_LOG_GAP_AFTER: z.coerce.number().int().min(2).max(1000).default(3),
  CHAT_PROVIDER: z.enum(CHAT_PROVIDERS).optional(),
  CHAT_MODEL: z.string().min(1).optional(),
  CHAT_URL: z.url({ protocol: /^https?$/ }).optional(),
  CHAT_KEY: z.string().min(1).optional(),
  CHAT_OUTPUT: z.enum(['auto', 'schema', 'lines']).default('auto'),
  CHAT_TEMPERATURE: z.union([z.literal('default'), z.coerce.number().min(0).max(2)]).optional(),
  CHAT_TOKENS_PER_ANSWER: z.coerce.number().int().min(1000).max(200_000).default(12_000),
  CHAT_OUTPUT_TOKENS: z.coerce.number().int().min(100).max(8000).default(900),
  CHAT_SECONDS: seconds.default(20),
  CHAT_FIRST_TOKEN_SECONDS: seconds.default(8),
  CHAT_STALL_SECONDS: seconds.default(4),
  CHAT_RETRIES: z.coerce.number().int().min(0).max(5).default(1),
  CHAT_MONEY_PER_DAY: price.optional(),
  CHAT_INPUT_PRICE: price.optional(),
  CHAT_OUTPUT_PRICE: price.optional(),
  MAIL: z.enum(['files', 'smtp']).optional(),
  MAIL_FROM: z.email().optional(),
  MAIL_SENDER_NAME: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^\r\n]*$/u, 'one line')
    .default('Единый контакт-центр'),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  SMTP_SECURITY: z.enum(SMTP_SECURITY).default('starttls'),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  IMAP_HOST: z.string().min(1).optional(),
  IMAP_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  IMAP_SECURITY: z.enum(IMAP_SECURITY).default('tls'),
  IMAP_ALLOW_CLEARTEXT: flag.default(false),
  IMAP_USER: z.string().min(1).optional(),
  IMAP_PASSWORD: z.string().min(1).optional(),
  IMAP_FOLDER: z.string().min(1).max(200).default('INBOX'),
  IMAP_AFTER: z
    .string()
    .regex(/^(?:leave|flag|move:.{1,200})$/u, 'leave, flag, or move:FOLDER')
    .default('leave'),
  IMAP_SINCE: z.iso.date('a day as YYYY-MM-DD').optional(),
  IMAP_POLL_SECONDS: z.coerce.number().int().min(5).max(3600).default(60),
  TRANSCRIPT_HOURS: z.coerce.number().int().min(1).max(720).default(24),
  AUTH_SECRET: z.string().min(32, 'must be at least 32 characters, e.g. from: openssl rand -base64 33').optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_ROLE_CLAIM: z.string().min(1).default('bilim_role'),
  DEMO: flag.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export class ConfigError extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads the configuration from environment variables.
 * @param env variables by name; an empty value counts as absent
 * @throws ConfigError with every fault at once
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(present)
  const faults: string[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)

  const together = (names: readonly string[], what: string): void => {
    const missing = names.filter((name) => present[name] === undefined)
    if (missing.length > 0 && missing.length < names.length)
      faults.push(`${missing.join(', ')}: missing; ${what} needs ${names.join(', ')} together`)
  }
  together(['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'], 'OpenID Connect')
  together(['MEILI_URL', 'MEILI_SEARCH_KEY', 'MEILI_ADMIN_KEY'], 'Meilisearch')
  together(['EMBEDDINGS_URL', 'EMBEDDINGS_MODEL', 'EMBEDDINGS_DIMENSIONS'], 'an OpenAI-compatible embedder')
  together(['ONNX_MODEL_DIR', 'ONNX_DIMENSIONS'], 'an ONNX embedder')
  const needs = { openai: 'EMBEDDINGS_URL', onnx: 'ONNX_MODEL_DIR' } as const
  const chosen = present['EMBEDDER']
  if ((chosen === 'openai' || chosen === 'onnx') && present[needs[chosen]] === undefined)
    faults.push(`${needs[chosen]}: missing; EMBEDDER=${chosen} needs it`)
  for (const { lone, of } of [
    { lone: ['MEILI_INDEX', 'MEILI_SEARCH_MS'], of: 'MEILI_URL' },
    {
      lone: [
        'EMBEDDINGS_KEY',
        'EMBEDDINGS_QUERY_PREFIX',
        'EMBEDDINGS_PASSAGE_PREFIX',
        'EMBEDDINGS_LEAST_SIMILARITY',
        'EMBEDDINGS_WEIGHT',
      ],
      of: 'EMBEDDINGS_URL',
    },
    {
      lone: [
        'ONNX_POOLING',
        'ONNX_DTYPE',
        'ONNX_QUERY_PREFIX',
        'ONNX_PASSAGE_PREFIX',
        'ONNX_LEAST_SIMILARITY',
        'ONNX_WEIGHT',
      ],
      of: 'ONNX_MODEL_DIR',
    },
    { lone: ['DATABASE_POOL'], of: 'DATABASE_URL' },
    { lone: ['OIDC_ROLE_CLAIM'], of: 'OIDC_ISSUER' },
  ])
    for (const name of lone)
      if (present[name] !== undefined && present[of] === undefined)
        faults.push(`${name}: set without ${of}; set that too, or neither`)

  faults.push(...chatFaults(present))

  faults.push(...mailFaults(present))

  faults.push(...mailboxFaults(present))

  const production = present['NODE_ENV'] === 'production'
  if (production)
    for (const name of ['DATABASE_URL', 'AUTH_SECRET', 'PUBLIC_URL', 'MAIL'] as const)
      if (present[name] === undefined) faults.push(`${name}: missing; production must name its choice`)
  if (production && present['DEMO'] === 'true') faults.push('DEMO: demo sign-ins cannot be switched on in production')

  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)
  const e = parsed.data
  const dataDir = resolve(e.DATA_DIR)
  return {
    http: {
      host: e.HOST,
      port: e.PORT,
      publicUrl: e.PUBLIC_URL?.replace(/\/$/, '') ?? null,
      trustProxy: e.TRUST_PROXY,
    },
    dataDir,
    contentDir: resolve(e.CONTENT_DIR),
    database:
      e.DATABASE_URL === undefined
        ? { kind: 'pglite', directory: dataDir }
        : { kind: 'postgres', url: e.DATABASE_URL, poolSize: e.DATABASE_POOL },
    lexicalIndex:
      e.MEILI_URL !== undefined && e.MEILI_SEARCH_KEY !== undefined && e.MEILI_ADMIN_KEY !== undefined
        ? {
            kind: 'meilisearch',
            url: e.MEILI_URL.replace(/\/$/, ''),
            searchKey: e.MEILI_SEARCH_KEY,
            adminKey: e.MEILI_ADMIN_KEY,
            indexUid: e.MEILI_INDEX,
            searchTimeoutMs: e.MEILI_SEARCH_MS,
          }
        : { kind: 'in-process' },
    embedders: {
      first: e.EMBEDDER,
      openai:
        e.EMBEDDINGS_URL !== undefined && e.EMBEDDINGS_MODEL !== undefined && e.EMBEDDINGS_DIMENSIONS !== undefined
          ? {
              url: e.EMBEDDINGS_URL.replace(/\/$/, ''),
              key: e.EMBEDDINGS_KEY ?? null,
              model: e.EMBEDDINGS_MODEL,
              dimensions: e.EMBEDDINGS_DIMENSIONS,
              queryPrefix: e.EMBEDDINGS_QUERY_PREFIX,
              passagePrefix: e.EMBEDDINGS_PASSAGE_PREFIX,
              leastSimilarity: e.EMBEDDINGS_LEAST_SIMILARITY,
              fusionWeight: e.EMBEDDINGS_WEIGHT,
            }
          : null,
      onnx:
        e.ONNX_MODEL_DIR !== undefined && e.ONNX_DIMENSIONS !== undefined
          ? {
              directory: resolve(e.ONNX_MODEL_DIR),
              pooling: e.ONNX_POOLING,
              dtype: e.ONNX_DTYPE,
              dimensions: e.ONNX_DIMENSIONS,
              queryPrefix: e.ONNX_QUERY_PREFIX,
              passagePrefix: e.ONNX_PASSAGE_PREFIX,
              leastSimilarity: e.ONNX_LEAST_SIMILARITY,
              fusionWeight: e.ONNX_WEIGHT,
            }
          : null,
    },
    queryLog: { keepDays: e.QUERY_LOG_DAYS, gapAfter: e.QUERY_LOG_GAP_AFTER },
    chat: chatOf(e),
    mail: mailOf(e, dataDir),
    mailbox: mailboxOf(e),
    calls: { transcriptHours: e.TRANSCRIPT_HOURS },
    auth: {
      secret: e.AUTH_SECRET ?? null,
      oidc:
        e.OIDC_ISSUER !== undefined && e.OIDC_CLIENT_ID !== undefined && e.OIDC_CLIENT_SECRET !== undefined
          ? {
              issuer: e.OIDC_ISSUER,
              clientId: e.OIDC_CLIENT_ID,
              clientSecret: e.OIDC_CLIENT_SECRET,
              roleClaim: e.OIDC_ROLE_CLAIM,
            }
          : null,
    },
    // Open sign-ins never face a network unless somebody says so.
    demo: e.DEMO ?? (!production && e.DATABASE_URL === undefined && loopback.has(e.HOST)),
    log: { level: e.LOG_LEVEL },
  }
}

/** What is wrong with the settings of mail taken together. */
function mailFaults(present: Record<string, string | undefined>): string[] {
  const faults: string[] = []
  const given = Object.keys(present).filter((name) => name.startsWith('SMTP_'))
  if (present['MAIL'] !== 'smtp') {
    for (const name of given) faults.push(`${name}: set without MAIL=smtp; set that too, or neither`)
    return faults
  }
  for (const name of ['SMTP_HOST', 'MAIL_FROM'])
    if (present[name] === undefined) faults.push(`${name}: missing; MAIL=smtp needs it`)
  const pair = ['SMTP_USER', 'SMTP_PASSWORD']
  const missing = pair.filter((name) => present[name] === undefined)
  if (missing.length === 1) faults.push(`${missing.join()}: missing; a sign-in needs ${pair.join(' and ')}`)
  if (missing.length === 0 && present['SMTP_SECURITY'] === 'none')
    faults.push(
      'SMTP_SECURITY: none would send SMTP_PASSWORD in the clear; choose tls or starttls, or leave the password out',
    )
  return faults
}

const PORTS = { tls: 465, starttls: 587, none: 25 } as const

/** How replies leave, of a checked environment. */
function mailOf(e: z.output<typeof Environment>, dataDir: string): MailConfig {
  const sender = { from: e.MAIL_FROM ?? 'contact-centre@bilim.invalid', senderName: e.MAIL_SENDER_NAME }
  if (e.MAIL !== 'smtp' || e.SMTP_HOST === undefined)
    return { ...sender, kind: 'files', directory: resolve(dataDir, 'mail') }
  return {
    ...sender,
    kind: 'smtp',
    host: e.SMTP_HOST,
    port: e.SMTP_PORT ?? PORTS[e.SMTP_SECURITY],
    security: e.SMTP_SECURITY,
    credentials:
      e.SMTP_USER === undefined || e.SMTP_PASSWORD === undefined
        ? null
        : { user: e.SMTP_USER, password: e.SMTP_PASSWORD },
  }
}

/** What is wrong with the settings of incoming mail taken together. */
function mailboxFaults(present: Record<string, string | undefined>): string[] {
  const faults: string[] = []
  const needed = ['IMAP_HOST', 'IMAP_USER', 'IMAP_PASSWORD']
  const missing = needed.filter((name) => present[name] === undefined)
  if (missing.length === needed.length)
    return Object.keys(present)
      .filter((name) => name.startsWith('IMAP_'))
      .map((name) => `${name}: set without IMAP_HOST; set that too, or neither`)
  if (missing.length > 0)
    faults.push(`${missing.join(', ')}: missing; incoming mail needs ${needed.join(', ')} together`)
  const host = present['IMAP_HOST'] ?? ''
  if (host.includes('/') || host.includes('@'))
    faults.push('IMAP_HOST: the name of the server alone; port, user, folder and security have variables of their own')
  const isOpen = present['IMAP_SECURITY'] === 'none'
  if (isOpen && !loopback.has(host) && present['IMAP_ALLOW_CLEARTEXT'] !== 'true')
    faults.push(
      'IMAP_SECURITY: none would send IMAP_PASSWORD and all letters in the clear; choose tls or starttls, or say IMAP_ALLOW_CLEARTEXT=true for a network that nobody else hears',
    )
  if (!isOpen && present['IMAP_ALLOW_CLEARTEXT'] === 'true')
    faults.push('IMAP_ALLOW_CLEARTEXT: set without IMAP_SECURITY=none; set that too, or neither')
  if (present['IMAP_AFTER'] === `move:${present['IMAP_FOLDER'] ?? 'INBOX'}`)
    faults.push('IMAP_AFTER: moves letters into the folder that they are read from; name another one')
  return faults
}

const IMAP_PORTS = { tls: 993, starttls: 143, none: 143 } as const

/** Where letters come in, of a checked environment. */
function mailboxOf(e: z.output<typeof Environment>): MailboxConfig {
  if (e.IMAP_HOST === undefined || e.IMAP_USER === undefined || e.IMAP_PASSWORD === undefined) return { kind: 'none' }
  return {
    kind: 'imap',
    host: e.IMAP_HOST,
    port: e.IMAP_PORT ?? IMAP_PORTS[e.IMAP_SECURITY],
    security: e.IMAP_SECURITY,
    user: e.IMAP_USER,
    password: e.IMAP_PASSWORD,
    folder: e.IMAP_FOLDER,
    after: e.IMAP_AFTER.startsWith('move:')
      ? { kind: 'move', folder: e.IMAP_AFTER.slice('move:'.length) }
      : { kind: e.IMAP_AFTER === 'flag' ? 'flag' : 'leave' },
    since: e.IMAP_SINCE ?? null,
    pollMs: e.IMAP_POLL_SECONDS * 1000,
  }
}

/** What is wrong with the settings of the chat model taken together. */
function chatFaults(present: Record<string, string | undefined>): string[] {
  const faults: string[] = []
  const provider = present['CHAT_PROVIDER']
  const given = Object.keys(present).filter((name) => name.startsWith('CHAT_') && name !== 'CHAT_PROVIDER')
  if (provider === undefined) {
    for (const name of given)
      faults.push(`${name}: set without CHAT_PROVIDER (${CHAT_PROVIDERS.join(', ')}); set that too, or neither`)
    return faults
  }
  if (present['CHAT_MODEL'] === undefined) faults.push('CHAT_MODEL: missing; CHAT_PROVIDER needs the name of a model')
  if (provider !== 'anthropic' && present['CHAT_URL'] === undefined)
    faults.push(`CHAT_URL: missing; CHAT_PROVIDER=${provider} needs the address of its server`)
  if (provider === 'anthropic' && present['CHAT_KEY'] === undefined)
    faults.push('CHAT_KEY: missing; CHAT_PROVIDER=anthropic needs one')
  const money = ['CHAT_MONEY_PER_DAY', 'CHAT_INPUT_PRICE', 'CHAT_OUTPUT_PRICE']
  const missing = money.filter((name) => present[name] === undefined)
  if (missing.length > 0 && missing.length < money.length)
    faults.push(`${missing.join(', ')}: missing; a budget of money needs ${money.join(', ')} together`)
  const total = Number(present['CHAT_SECONDS'] ?? 20)
  for (const [name, usual] of [
    ['CHAT_FIRST_TOKEN_SECONDS', 8],
    ['CHAT_STALL_SECONDS', 4],
  ] as const)
    if (present[name] !== undefined && Number(present[name] ?? usual) > total)
      faults.push(`${name}: longer than CHAT_SECONDS (${total}), the time of the whole answer`)
  const tokens = Number(present['CHAT_TOKENS_PER_ANSWER'] ?? 12_000)
  const output = Number(present['CHAT_OUTPUT_TOKENS'] ?? 900)
  if (output * 2 > tokens)
    faults.push(
      `CHAT_OUTPUT_TOKENS: more than half of CHAT_TOKENS_PER_ANSWER (${tokens}); nothing would be left for passages`,
    )
  for (const name of TRACING)
    if (present[name] !== undefined && !/^(?:false|0|no)$/iu.test(present[name] ?? ''))
      faults.push(`${name}: set; it would send questions and passages to a third party. Unset it`)
  return faults
}

/** The chat model of a checked environment. */
function chatOf(e: z.output<typeof Environment>): ChatConfig {
  if (e.CHAT_PROVIDER === undefined || e.CHAT_MODEL === undefined) return { kind: 'none' }
  const totalMs = e.CHAT_SECONDS * 1000
  const shared: ChatModelConfig = {
    model: e.CHAT_MODEL,
    output: e.CHAT_OUTPUT,
    // Newer models of Anthropic refuse a temperature.
    temperature:
      e.CHAT_TEMPERATURE === 'default' ? null : (e.CHAT_TEMPERATURE ?? (e.CHAT_PROVIDER === 'anthropic' ? null : 0)),
    tokensPerAnswer: e.CHAT_TOKENS_PER_ANSWER,
    outputTokens: e.CHAT_OUTPUT_TOKENS,
    totalMs,
    firstTokenMs: Math.min(totalMs, e.CHAT_FIRST_TOKEN_SECONDS * 1000),
    betweenTokensMs: Math.min(totalMs, e.CHAT_STALL_SECONDS * 1000),
    retries: e.CHAT_RETRIES,
    money:
      e.CHAT_MONEY_PER_DAY !== undefined && e.CHAT_INPUT_PRICE !== undefined && e.CHAT_OUTPUT_PRICE !== undefined
        ? { perDay: e.CHAT_MONEY_PER_DAY, inputPrice: e.CHAT_INPUT_PRICE, outputPrice: e.CHAT_OUTPUT_PRICE }
        : null,
  }
  const url = e.CHAT_URL?.replace(/\/$/, '')
  const key = e.CHAT_KEY ?? null
  if (e.CHAT_PROVIDER === 'anthropic')
    return key === null ? { kind: 'none' } : { ...shared, kind: 'anthropic', url: url ?? ANTHROPIC_URL, key }
  return url === undefined ? { kind: 'none' } : { ...shared, kind: e.CHAT_PROVIDER, url, key }
}
