import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshPlace, type Place } from './harness.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const KILLS = 20

let place: Place
beforeAll(async () => {
  place = await freshPlace({}, { cold: true })
})
afterAll(() => place.remove())

interface Running {
  child: ChildProcess
  output: () => string
  ready: Promise<string>
}

function start(): Running {
  const { database } = place.config
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/bin/serve.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: place.config.dataDir,
      LOG_LEVEL: 'error',
      DATABASE_URL: database.kind === 'postgres' ? database.url : '',
      DEMO: 'true',
    },
  })
  let text = ''
  const take = (chunk: Buffer) => {
    text += chunk.toString()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const url = /Bilim is at (\S+)/.exec(text)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`exited with ${code}: ${text}`)))
  })
  ready.catch(() => {})
  return { child, output: () => text, ready }
}

const signIn = (url: string, output: string) => {
  const [, email = '', password = ''] = /operator\s+(\S+@\S+)\s+(\S+)/.exec(output) ?? []
  return fetch(`${url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
}

test(`killed ${KILLS} times while it makes its database and ingests, it starts again and has everything`, async () => {
  for (let i = 0; i < KILLS; i += 1) {
    const { child } = start()
    // Spread over opening, migrating, ingesting and indexing.
    await new Promise((resolve) => setTimeout(resolve, 300 + i * 230))
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  const server = start()
  const url = await server.ready
  await new Promise((resolve) => setTimeout(resolve, 300))
  const signedIn = await signIn(url, server.output())
  expect(signedIn.status).toBe(200)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`${url}/api/v1${path}`, { headers: { cookie } })).json()
  const acts = (await get('/acts')) as { items: { actId: string }[] }
  expect(acts.items).toHaveLength(1)
  const provisions = (await get(`/acts/${acts.items[0]?.actId}/provisions`)) as { items: { kind: string }[] }
  expect(provisions.items.filter((p) => p.kind === 'point')).toHaveLength(44)
  const found = (await get(`/search?q=${encodeURIComponent('срок ответа на электронную почту')}`)) as {
    hits: { citation: { label: string } }[]
  }
  expect(found.hits[0]?.citation.label).toBe('п. 8')

  if (place.config.database.kind === 'pglite') {
    const second = start()
    await expect(second.ready).rejects.toThrow(/in use by process \d+ \(npm start\)/)
  }

  server.child.kill('SIGTERM')
  const [code] = (await once(server.child, 'exit')) as [number]
  expect(code).toBe(0)
  expect(server.output()).toContain('stopped')
}, 300_000)
