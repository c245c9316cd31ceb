import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
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

function start(how: 'node' | 'npm' = 'node'): Running {
  const { database } = place.config
  const [program, ...args] =
    how === 'npm' ? ['npm', 'start'] : [process.execPath, '--import', 'tsx', 'server/bin/serve.ts']
  const child = spawn(program ?? '', args, {
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

/** Steps of a start, as it prints them: kills are spread over all of them, however slow the machine is today. */
const STEPS = [
  'opening the database',
  'ingesting the starter content',
  'building the search indexes',
  'opening the port',
]

const printed = async (running: Running, text: string): Promise<void> => {
  const { child } = running
  while (!running.output().includes(text) && child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => setTimeout(resolve, 5))
}

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

test(`killed ${KILLS} times while it makes its database and ingests, it starts again and has everything`, async () => {
  const { database, dataDir } = place.config
  let acknowledged = ''
  for (let i = 0; i < KILLS; i += 1) {
    const running = start()
    await printed(running, STEPS[i % STEPS.length] ?? '')
    await new Promise((resolve) => setTimeout(resolve, (Math.floor(i / STEPS.length) * 900) / (KILLS / STEPS.length)))
    running.child.kill('SIGKILL')
    if (running.child.exitCode === null && running.child.signalCode === null) await once(running.child, 'exit')
    if (i === KILLS / 2) {
      // Halfway somebody gets a key, so that the later kills have something acknowledged to lose.
      const made = spawnSync(
        process.execPath,
        [
          '--import',
          'tsx',
          'server/bin/keys.ts',
          'create',
          '--role',
          'operator',
          '--name',
          'kept',
          '--data-dir',
          dataDir,
        ],
        {
          cwd: ROOT,
          encoding: 'utf8',
          env: { ...process.env, DATABASE_URL: database.kind === 'postgres' ? database.url : '' },
        },
      )
      acknowledged = made.stdout.trim().split('\n').at(-1) ?? ''
      expect(acknowledged).toMatch(/^blm_/)
    }
  }
  const server = start()
  const url = await server.ready
  await printed(server, 'Stop with')
  const signedIn = await signIn(url, server.output())
  expect(signedIn.status).toBe(200)
  const cookie = cookieOf(signedIn)
  const get = async (path: string, headers: Record<string, string> = { cookie }): Promise<unknown> =>
    (await fetch(`${url}/api/v1${path}`, { headers })).json()
  expect(await get('/session', { authorization: `Bearer ${acknowledged}` })).toMatchObject({
    name: 'kept',
    role: 'operator',
  })
  const acts = (await get('/acts')) as { items: { actId: string }[] }
  expect(acts.items).toHaveLength(1)
  const provisions = (await get(`/acts/${acts.items[0]?.actId}/provisions`)) as { items: { kind: string }[] }
  expect(provisions.items.filter((p) => p.kind === 'point')).toHaveLength(44)
  const found = (await get(`/search?q=${encodeURIComponent('срок ответа на электронную почту')}`)) as {
    hits: { citation: { label: string } }[]
  }
  expect(found.hits[0]?.citation.label).toBe('п. 8')

  if (database.kind === 'pglite') {
    const second = start()
    await expect(second.ready).rejects.toThrow(/in use by process \d+ \(npm start\)/)
  }

  server.child.kill('SIGTERM')
  const [code] = (await once(server.child, 'exit')) as [number]
  expect(code).toBe(0)
  expect(server.output()).toContain('stopped')
}, 400_000)

test('stopping npm stops the server, and lets go of its directory', async () => {
  const npm = start('npm')
  await npm.ready
  npm.child.kill('SIGTERM')
  await once(npm.child, 'exit')
  await printed(npm, 'stopped')
  expect(npm.output()).toContain('stopped')
}, 120_000)

test('told to stop while it still starts, it ends cleanly', async () => {
  const server = start()
  await printed(server, 'opening the database')
  server.child.kill('SIGTERM')
  const [code] = (await once(server.child, 'exit')) as [number]
  expect(server.output()).toContain('stopped')
  expect(code).toBe(0)
}, 120_000)
