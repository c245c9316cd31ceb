import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '#server/logger.ts'
import { startServer } from '#server/start.ts'
import { freshPlace, type Place } from './harness.ts'
import { configOf } from './templates.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** The embedded database is files: what a kill leaves can be copied. A server's is not. */
const isEmbedded = (process.env['DATABASE_URL'] ?? '') === ''
const KILLS = 20
/** Moments of a first start, and of a later one, that are looked at. */
const MOMENTS = { first: 5, later: 2 }

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

/** Steps of a start, as it prints them: kills are spread over all of them, however slow the machine is today. */
const STEPS = [
  'opening the database',
  'ingesting the starter content',
  'building the search indexes',
  'opening the port',
]

const printed = async (running: Running, text: string): Promise<void> => {
  const { child } = running
  while (!running.output().includes(text) && child.exitCode === null && child.signalCode === null) await pause(5)
}

/** What was acknowledged before a kill, by the command: a key. */
function makeKey(): string {
  const { database, dataDir } = place.config
  const command = ['server/bin/keys.ts', 'create', '--role', 'operator', '--name', 'kept', '--data-dir', dataDir]
  const made = spawnSync(process.execPath, ['--import', 'tsx', ...command], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: database.kind === 'postgres' ? database.url : '' },
  })
  const key = made.stdout.trim().split('\n').at(-1) ?? ''
  expect(key).toMatch(/^blm_/)
  return key
}

/** That a server has the whole content, finds in it, and lets in whom it should. */
async function expectEverything(
  url: string,
  who: { email: string; password: string },
  acknowledged: string | null,
): Promise<void> {
  const signedIn = await fetch(`${url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(who),
  })
  expect(signedIn.status).toBe(200)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const get = async (path: string, headers: Record<string, string> = { cookie }): Promise<unknown> =>
    (await fetch(`${url}/api/v1${path}`, { headers })).json()
  if (acknowledged !== null)
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
}

const operatorOf = ({ output }: Running) => {
  const [, email = '', password = ''] = /operator\s+(\S+@\S+)\s+(\S+)/.exec(output()) ?? []
  return { email, password }
}

async function expectOrderlyEnd(server: Running): Promise<void> {
  if (isEmbedded) await expect(start().ready).rejects.toThrow(/in use by process \d+ \(npm start\)/)
  server.child.kill('SIGTERM')
  const [code] = (await once(server.child, 'exit')) as [number]
  expect(code).toBe(0)
  expect(server.output()).toContain('stopped')
}

/** Stops all threads of a process where they are. */
async function standStill({ child }: Running): Promise<void> {
  child.kill('SIGSTOP')
  if (process.platform !== 'linux') return
  const threads = `/proc/${child.pid}/task`
  const state = (thread: string) => readFileSync(`${threads}/${thread}/stat`, 'utf8').replace(/^.*\) /su, '')[0]
  while (!readdirSync(threads).every((thread) => state(thread) === 'T')) await pause(1)
}

/**
 * Copies of the directory as a kill would leave it, of moments spread evenly over a start: it stands still meanwhile. How long it takes
 * today nobody knows before, so when there are twice too many every second one goes, and further ones come half as often.
 * @returns their paths, as many as wanted
 */
async function momentsOf(running: Running, wanted: number): Promise<string[]> {
  const { child, output } = running
  const { dataDir } = place.config
  let held: string[] = []
  let every = 400
  /** Leaves those at the places that `isKept` names. */
  const thin = (isKept: (i: number) => boolean): void => {
    for (const [i, path] of held.entries()) if (!isKept(i)) rmSync(path, { recursive: true })
    held = held.filter((_, i) => isKept(i))
  }
  await printed(running, 'opening the database')
  for (let n = 1; !output().includes('Stop with'); n += 1) {
    expect(child.exitCode ?? child.signalCode, output()).toBeNull()
    await standStill(running)
    const copy = `${dataDir}-moment-${child.pid}-${n}`
    cpSync(dataDir, copy, { recursive: true })
    child.kill('SIGCONT')
    held.push(copy)
    if (held.length === 2 * wanted) {
      thin((i) => i % 2 === 0)
      every *= 2
    }
    await pause(every)
  }
  const chosen = new Set(Array.from({ length: wanted }, (_, k) => Math.round((k * (held.length - 1)) / (wanted - 1))))
  thin((i) => chosen.has(i))
  expect(held).toHaveLength(wanted)
  return held
}

/** Starts from each of these, and expects that it has everything. */
async function expectEachWhole(moments: readonly string[], acknowledged: string | null): Promise<void> {
  for (const directory of moments) {
    const server = await startServer(configOf({ directory, database: null }), { log: createLogger('silent') })
    const who = server.demo.find(({ role }) => role === 'operator') ?? expect.fail('no operator')
    await expectEverything(server.url, who, acknowledged)
    await server.stop()
    rmSync(directory, { recursive: true })
  }
}

test.runIf(isEmbedded)(
  'whenever it is killed while it makes its database and ingests, it starts again and has everything',
  async () => {
    const first = start()
    const moments = await momentsOf(first, MOMENTS.first)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    await expectEachWhole(moments, null)

    // Somebody gets a key, so that a kill of the next start has something acknowledged to lose.
    const acknowledged = makeKey()
    const later = start()
    const further = await momentsOf(later, MOMENTS.later)
    await expectEverything(await later.ready, operatorOf(later), acknowledged)
    await expectOrderlyEnd(later)
    await expectEachWhole(further, acknowledged)
  },
  400_000,
)

test.skipIf(isEmbedded)(
  `killed ${KILLS} times while it fills its database, it starts again and has everything`,
  async () => {
    let acknowledged = ''
    for (let i = 0; i < KILLS; i += 1) {
      const running = start()
      await printed(running, STEPS[i % STEPS.length] ?? '')
      await pause((Math.floor(i / STEPS.length) * 900) / (KILLS / STEPS.length))
      running.child.kill('SIGKILL')
      if (running.child.exitCode === null && running.child.signalCode === null) await once(running.child, 'exit')
      // Halfway somebody gets a key, so that the later kills have something acknowledged to lose.
      if (i === KILLS / 2) acknowledged = makeKey()
    }
    const server = start()
    const url = await server.ready
    await printed(server, 'Stop with')
    await expectEverything(url, operatorOf(server), acknowledged)
    await expectOrderlyEnd(server)
  },
  400_000,
)

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
