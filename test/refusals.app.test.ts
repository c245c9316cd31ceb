import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#server/context.ts'
import { createUser } from '#server/identity/create-user.ts'
import { testApp, type TestApp } from './harness.ts'

let t: TestApp
let cookie = ''
/** A minute goes by with every request: wrong passwords are counted. */
let minutes = 0
const now = () => new Date(Date.parse('2026-11-26T07:00:00Z') + minutes * 60_000)
const ORIGIN = 'http://localhost'
const PASSWORD = 'correct horse battery'

beforeAll(async () => {
  t = await testApp({ content: false, now })
  await createUser(t.ctx, { email: 'a@example.kz', name: 'А', role: 'editor', agencyId: null, password: PASSWORD })
  const signedIn = await t.app.request('/api/v1/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ email: 'a@example.kz', password: PASSWORD }),
  })
  expect(signedIn.status).toBe(200)
  cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
})
afterAll(() => t.close())

type Asked = [what: string, status: number, method: string, path: string, who: Role | 'session' | null, body?: unknown]
const password = (currentPassword: string, newPassword: string) => ({ currentPassword, newPassword })
const CASES: Asked[] = [
  ['a year that the calendar does not cover', 400, 'GET', '/calendar/days/2099-01-01', 'operator'],
  ['a term that leaves the calendar', 400, 'GET', '/calendar/add-working-days?from=2030-12-30&days=9', 'operator'],
  ['a range the wrong way round', 400, 'GET', '/calendar/days?from=2026-02-01&to=2026-01-01', 'operator'],
  ['a range that is too long', 400, 'GET', '/calendar/days?from=2026-01-01&to=2028-01-01', 'operator'],
  [
    'a weekend on a Thursday',
    400,
    'PUT',
    '/calendar/days/2026-11-26',
    'supervisor',
    { kind: 'weekend', reason: 'Проверка' },
  ],
  ['the calendar changed by an operator', 403, 'PUT', '/calendar/days/2026-11-26', 'operator', {}],
  [
    'a user of an agency without one',
    400,
    'POST',
    '/users',
    'admin',
    { email: 'b@example.kz', name: 'Б', role: 'agency' },
  ],
  ['a key of an agency without one', 400, 'POST', '/keys', 'admin', { name: 'к', role: 'agency' }],
  ['a user who is not there', 404, 'PATCH', '/users/usr_none', 'admin', { role: 'editor' }],
  ['a key that is not there', 404, 'DELETE', '/keys/key_none', 'admin'],
  ['a day that nobody changed is given back', 404, 'DELETE', '/calendar/days/2026-11-26?reason=Проверка', 'supervisor'],
  ['a service that is not there', 404, 'GET', '/services/srv_none', 'operator'],
  ['users listed by an operator', 403, 'GET', '/users', 'operator'],
  ['nobody is signed in', 401, 'GET', '/session', null],
  ['a key has no password', 403, 'POST', '/session/password', 'editor', password(PASSWORD, 'another long one')],
  [
    'the current password is wrong',
    400,
    'POST',
    '/session/password',
    'session',
    password('wrong one', 'another long one'),
  ],
  ['the new password is the old one', 400, 'POST', '/session/password', 'session', password(PASSWORD, PASSWORD)],
  ['wrong credentials', 401, 'POST', '/auth/sign-in/email', null, { email: 'a@example.kz', password: 'wrong one' }],
]

describe('refusals of identity and of the calendar are in the language of whoever reads them', () => {
  test.each(CASES)('%s', async (_, status, method, path, who, body) => {
    const said = new Map<string, string>()
    for (const lang of ['ru', 'kk', 'en']) {
      minutes += 1
      const response = await t.app.request(`/api/v1${path}`, {
        method,
        headers: {
          'accept-language': lang,
          origin: ORIGIN,
          ...(who === 'session' ? { cookie } : who === null ? {} : await t.as(who)),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const problem = (await response.json()) as { detail: string; faults?: { message: string }[] }
      expect(response.status, JSON.stringify(problem)).toBe(status)
      expect(response.headers.get('content-language')).toBe(lang)
      said.set(lang, [problem.detail, ...(problem.faults ?? []).map(({ message }) => message)].join(' '))
    }
    expect(new Set(said.values()).size).toBe(3)
    // Names of roles, ids and headers are Latin in every language; sentences are not.
    expect(said.get('ru')).toMatch(/[а-яё]{3}/u)
    expect(said.get('ru')).not.toMatch(/[әғқңөұүһі]/u)
    expect(said.get('kk')).toMatch(/[әғқңөұүһі]/u)
    expect(said.get('en')).not.toMatch(/\p{Script=Cyrillic}/u)
  })
})
