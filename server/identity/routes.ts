import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { DomainError } from '#server/errors.ts'
import type { HttpEnv } from '#server/http/env.ts'
import { pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, ProblemSchema, route, routes } from '#server/http/route.ts'
import { callerAddress } from './caller-address.ts'
import { changeUser } from './change-user.ts'
import { createKey } from './create-key.ts'
import { createUser } from './create-user.ts'
import { signInFirst } from './identity-refusals.ts'
import type { Identity } from './identity.ts'
import { listEvents } from './list-events.ts'
import { listKeys } from './list-keys.ts'
import { listUsers } from './list-users.ts'
import { presentEvent, presentKey, presentUser } from './present.ts'
import { resetPassword } from './reset-password.ts'
import { revokeKey } from './revoke-key.ts'
import {
  ChangePasswordSchema,
  CreatedKeySchema,
  CreatedUserSchema,
  EventSchema,
  KeySchema,
  NewKeySchema,
  NewUserSchema,
  OidcRedirectSchema,
  OidcSignInSchema,
  ResetPasswordSchema,
  SessionSchema,
  SignedInSchema,
  SignInOptionsSchema,
  SignInSchema,
  UserChangeSchema,
  UserSchema,
} from './schema.ts'

declare module 'hono' {
  // What the middleware `authenticate` leaves for these routes.
  interface ContextVariableMap {
    identity: Identity
  }
}

const IdParams = z.object({ id: z.string().min(1).max(64) })
const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
const ADMIN = ['admin'] as const
const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemSchema } },
})

/** Hands a request to the identity and carries its cookies over; a wait goes into `Retry-After`. */
async function ask(c: HonoContext<HttpEnv>, input?: unknown): Promise<Response> {
  const identity = c.get('identity')
  // The body was read to be checked, so it is written again.
  const request = new Request(c.req.url, {
    method: c.req.method,
    headers: c.req.raw.headers,
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  })
  try {
    const response = await identity.handle(request, {
      requestId: c.get('requestId'),
      address: callerAddress(c, identity.trustProxy),
    })
    for (const cookie of response.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
    c.header('cache-control', 'no-store')
    return response
  } catch (error) {
    if (error instanceof DomainError && error.details['retryAfter'] !== undefined)
      c.res.headers.set('retry-after', String(error.details['retryAfter']))
    throw error
  }
}

/** Signing in and out, users, keys and the audit log. */
export const identityRoutes = routes()
  .openapi(
    route({
      method: 'post',
      path: '/auth/sign-in/email',
      tags: ['identity'],
      summary: 'Sign in with e-mail and password; the session comes as a cookie',
      access: 'public',
      request: body(SignInSchema),
      responses: {
        200: json(SignedInSchema, 'Signed in'),
        401: refusal('Wrong e-mail or password'),
        429: refusal('Too many attempts: wait Retry-After seconds'),
      },
    }),
    async (c) => c.json(SignedInSchema.parse(await (await ask(c, c.req.valid('json'))).json()), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/auth/sign-in/oidc',
      tags: ['identity'],
      summary: 'Begin to sign in with the organisation’s OpenID Connect provider',
      access: 'public',
      request: body(OidcSignInSchema),
      responses: {
        200: json(OidcRedirectSchema, 'Where to send the browser'),
        404: refusal('OpenID Connect is not configured'),
        503: refusal('The provider does not answer'),
      },
    }),
    async (c) => c.json(OidcRedirectSchema.parse(await (await ask(c, c.req.valid('json'))).json()), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/auth/callback/oidc',
      tags: ['identity'],
      summary: 'The OpenID Connect provider sends the browser here',
      access: 'public',
      responses: { 302: { description: 'Signed in, or back to /sign-in with error and error_description' } },
    }),
    async (c) => c.redirect((await ask(c)).headers.get('location') ?? '/', 302),
  )
  .openapi(
    route({
      method: 'get',
      path: '/auth/get-session',
      tags: ['identity'],
      summary: 'Who is signed in by cookie; null for nobody',
      access: 'public',
      responses: { 200: json(SignedInSchema.nullable(), 'The user, or null') },
    }),
    async (c) => c.json(SignedInSchema.nullable().parse(await (await ask(c)).json()), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/auth/sign-out',
      tags: ['identity'],
      summary: 'Sign out: the session ends',
      access: 'public',
      responses: { 200: json(z.object({ signedOut: z.boolean() }), 'Signed out') },
    }),
    async (c) => {
      await ask(c, {})
      return c.json({ signedOut: true }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/session/password',
      tags: ['identity'],
      summary: 'Change one’s own password; every other session of the user ends',
      access: 'signed-in',
      request: body(ChangePasswordSchema),
      responses: {
        200: json(z.object({ changed: z.boolean() }), 'Changed'),
        409: refusal('The user signs in without a password of ours'),
        429: refusal('Too many attempts: wait Retry-After seconds'),
      },
    }),
    async (c) => {
      await ask(c, c.req.valid('json'))
      return c.json({ changed: true }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/sign-in-options',
      tags: ['identity'],
      summary: 'Ways to sign in that are switched on',
      access: 'public',
      responses: { 200: json(SignInOptionsSchema, 'Ways to sign in') },
    }),
    (c) => c.json(c.get('identity').signInOptions, 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/session',
      tags: ['identity'],
      summary: 'Who am I',
      access: 'signed-in',
      responses: { 200: json(SessionSchema, 'The caller') },
    }),
    (c) => {
      const actor = c.get('actor')
      const credential = c.get('credential')
      if (actor === null || actor.kind === 'system' || credential === null) throw signInFirst()
      return c.json({ id: actor.id, name: actor.name, role: actor.role, agencyId: actor.agencyId, credential }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/users',
      tags: ['identity'],
      summary: 'List users; that they were read is recorded',
      access: ADMIN,
      request: { query: PageQuerySchema },
      responses: { 200: json(pageOf(UserSchema), 'Users, oldest first') },
    }),
    async (c) => {
      const { items, nextCursor } = await listUsers(c.get('ctx'), { ...c.req.valid('query'), route: 'GET /users' })
      return c.json({ items: items.map(presentUser), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/users',
      tags: ['identity'],
      summary: 'Make a user',
      access: ADMIN,
      request: body(NewUserSchema),
      responses: {
        201: json(CreatedUserSchema, 'The user, and the password if the server made it'),
        409: refusal('The e-mail is taken'),
      },
    }),
    async (c) => {
      const made = await createUser(c.get('ctx'), c.req.valid('json'))
      c.header('cache-control', 'no-store')
      return c.json({ user: presentUser(made.user), password: made.password }, 201)
    },
  )
  .openapi(
    route({
      method: 'patch',
      path: '/users/{id}',
      tags: ['identity'],
      summary: 'Change a user’s role or agency, disable or enable; signs the user out everywhere',
      access: ADMIN,
      request: { params: IdParams, ...body(UserChangeSchema) },
      responses: {
        200: json(UserSchema, 'The user as it is now'),
        404: refusal('No such user'),
        409: refusal('The last administrator'),
      },
    }),
    async (c) =>
      c.json(presentUser(await changeUser(c.get('ctx'), { ...c.req.valid('param'), ...c.req.valid('json') })), 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/users/{id}/password',
      tags: ['identity'],
      summary: 'Give a user a new password; signs the user out everywhere',
      access: ADMIN,
      request: { params: IdParams },
      responses: {
        200: json(ResetPasswordSchema, 'The new password'),
        404: refusal('No such user'),
        409: refusal('The user signs in without a password of ours'),
      },
    }),
    async (c) => {
      const made = await resetPassword(c.get('ctx'), c.req.valid('param'))
      c.header('cache-control', 'no-store')
      return c.json(made, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/keys',
      tags: ['identity'],
      summary: 'List API keys',
      access: ADMIN,
      request: { query: PageQuerySchema },
      responses: { 200: json(pageOf(KeySchema), 'Keys, oldest first, without the keys themselves') },
    }),
    async (c) => {
      const { items, nextCursor } = await listKeys(c.get('ctx'), c.req.valid('query'))
      return c.json({ items: items.map(presentKey), nextCursor }, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/keys',
      tags: ['identity'],
      summary: 'Make an API key; it is shown this once',
      access: ADMIN,
      request: body(NewKeySchema),
      responses: { 201: json(CreatedKeySchema, 'The key') },
    }),
    async (c) => {
      const made = await createKey(c.get('ctx'), c.req.valid('json'))
      c.header('cache-control', 'no-store')
      return c.json({ key: made.key, apiKey: presentKey(made.apiKey) }, 201)
    },
  )
  .openapi(
    route({
      method: 'delete',
      path: '/keys/{id}',
      tags: ['identity'],
      summary: 'Revoke an API key',
      access: ADMIN,
      request: { params: IdParams },
      responses: { 200: json(KeySchema, 'The revoked key'), 404: refusal('No such key') },
    }),
    async (c) => c.json(presentKey(await revokeKey(c.get('ctx'), c.req.valid('param'))), 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/events',
      tags: ['identity'],
      summary: 'The audit log: what happened, newest first',
      access: ['admin', 'supervisor'],
      request: {
        query: PageQuerySchema.extend({
          type: z.string().max(64).optional(),
          subjectId: z.string().max(64).optional(),
          actorId: z.string().max(64).optional(),
        }),
      },
      responses: { 200: json(pageOf(EventSchema), 'Events') },
    }),
    async (c) => {
      const { items, nextCursor } = await listEvents(c.get('ctx'), c.req.valid('query'))
      return c.json({ items: items.map(presentEvent), nextCursor }, 200)
    },
  )
