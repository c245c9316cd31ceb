import { resolve } from 'node:path'
import { z } from 'zod'

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

  const oidcNames = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const
  const oidcMissing = oidcNames.filter((name) => present[name] === undefined)
  if (oidcMissing.length > 0 && oidcMissing.length < oidcNames.length)
    faults.push(`${oidcMissing.join(', ')}: missing; OpenID Connect needs ${oidcNames.join(', ')} together`)

  const production = present['NODE_ENV'] === 'production'
  if (production)
    for (const name of ['DATABASE_URL', 'AUTH_SECRET', 'PUBLIC_URL'] as const)
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
