import { createRoute, OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import { DomainError, refuse, type Said } from '#server/errors.ts'
import { PERSON_ROLES, type Role } from '#server/context.ts'
import type { HttpEnv } from './env.ts'
import { faultsOf } from './faults.ts'

/** Who may call a route: anybody, anybody signed in, or these roles. */
export type Access = 'public' | 'signed-in' | readonly Role[]

/** Everybody who works with published knowledge. */
export const READERS = PERSON_ROLES

export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    requestId: z.string(),
    faults: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem', { description: 'RFC 9457 problem details' })

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemSchema } },
})

const IdempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({ description: 'The same key with the same request acts once; kept for a day' }),
})

const NOBODY: Said = {
  ru: 'Войдите или передайте ключ API в заголовке Authorization.',
  kk: 'Кіріңіз немесе API кілтін Authorization тақырыбында жіберіңіз.',
  en: 'Sign in, or send an API key as a bearer token.',
}

function otherRole(access: readonly Role[]): DomainError {
  const roles = access.join(', ')
  const said: Said = {
    ru: `Это доступно ролям: ${roles}.`,
    kk: `Бұл мына рөлдерге қолжетімді: ${roles}.`,
    en: `This needs one of the roles: ${roles}.`,
  }
  return refuse('forbidden', said)
}

/** Refuses callers whose role the route does not name: 401 without a sign-in, 403 with another role. */
const requireAccess = (access: Access) =>
  createMiddleware<HttpEnv>(async (c, next) => {
    if (access !== 'public') {
      const actor = c.get('actor')
      if (actor === null) throw refuse('unauthenticated', NOBODY)
      if (access !== 'signed-in' && (actor.role === null || !access.includes(actor.role))) throw otherRole(access)
    }
    await next()
  })

/**
 * Declares a route. Without `access` it does not compile: every route says who may call it, and
 * `test/access.app.test.ts` walks them all with every role.
 */
export function route<P extends string, R extends Omit<RouteConfig, 'path' | 'security'> & { path: P; access: Access }>(
  config: R,
) {
  const { access, responses, request } = config
  const signedIn = access !== 'public'
  const writes = config.method !== 'get'
  return createRoute<P, R>({
    ...config,
    request: {
      ...request,
      // A misspelt parameter must not answer for another day or language than was asked for.
      ...(request?.query instanceof z.ZodObject ? { query: request.query.strict() } : {}),
      ...(writes && signedIn ? { headers: IdempotencyHeader } : {}),
    },
    middleware: [requireAccess(access)],
    security: signedIn ? [{ session: [] }, { apiKey: [] }] : [],
    'x-roles': access === 'public' || access === 'signed-in' ? access : [...access],
    responses: {
      ...responses,
      400: problem('The request is faulty: every fault with its place'),
      ...(signedIn ? { 401: problem('Nobody is signed in') } : {}),
      ...(Array.isArray(access) ? { 403: problem('Another role is needed') } : {}),
      ...(config.path.includes('{') ? { 404: problem('There is no such thing') } : {}),
      ...(writes
        ? {
            409: problem('It has changed meanwhile, or a request with this Idempotency-Key is being done'),
            413: problem('The body is too large'),
            422: problem('This Idempotency-Key came with another request'),
          }
        : {}),
      ...(signedIn ? { 429: problem('Too many requests: see Retry-After') } : {}),
    },
  })
}

/** An empty set of routes that reports all faults of an input at once. */
export const routes = () =>
  new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (!result.success)
        throw new DomainError('validation-failed', 'The request is faulty.', {
          faults: faultsOf(result.error, result.target),
          cause: result.error,
        })
    },
  })

/** A JSON response of this shape. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
