import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPglite } from '#server/db/open-pglite.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bilim-commands-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

/** Each command is a process that opens the database anew; on a busy machine that takes its time. */
const SEVERAL_COMMANDS = 180_000

async function run(command: 'keys' | 'users', args: string[], input = '') {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL(`./${command}.ts`, import.meta.url)), ...args],
    { env: { ...env, DATA_DIR: dataDir, NODE_ENV: 'test' } },
  )
  child.stdin.end(input)
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ])
  return { out, err, code }
}

it('makes, lists and revokes a key', { timeout: SEVERAL_COMMANDS }, async () => {
  const made = await run('keys', ['create', '--role', 'operator', '--name', 'softphone'])
  expect(made.code).toBe(0)
  const key = made.out.trimEnd().split('\n').at(-1) ?? ''
  expect(key).toMatch(/^blm_[\w-]{43}$/)
  const listed = await run('keys', ['list'])
  expect(listed.out).toContain('softphone')
  expect(listed.out).not.toContain(key.slice(8))
  const id = listed.out.split('\t')[0] ?? ''
  expect(await run('keys', ['revoke', id])).toMatchObject({ code: 0, out: `Revoked ${id} (softphone)\n` })
  expect((await run('keys', ['list'])).out).toContain('revoked 20')
  expect(await run('keys', ['revoke', 'key_none'])).toMatchObject({
    code: 1,
    out: '',
    err: 'API key not found: key_none\n',
  })
})

it('makes and disables a user, with a password of ours or theirs', { timeout: SEVERAL_COMMANDS }, async () => {
  const made = await run('users', ['create', '--email', 'A@example.kz', '--name', 'Айгерім', '--role', 'editor'])
  expect(made.out).toMatch(/^[2-9a-z]{4}(-[2-9a-z]{4}){3}\n$/)
  expect(
    (
      await run(
        'users',
        ['create', '--email', 'b@example.kz', '--name', 'B', '--role', 'admin', '--password-stdin'],
        'short\n',
      )
    ).code,
  ).toBe(1)
  expect(
    await run(
      'users',
      ['create', '--email', 'b@example.kz', '--name', 'B', '--role', 'admin', '--password-stdin'],
      'long enough password\n',
    ),
  ).toMatchObject({ code: 0, out: '' })
  const listed = (await run('users', ['list'])).out.split('\n').map((line) => line.split('\t'))
  expect(listed.map((line) => line[1])).toEqual(['a@example.kz', 'b@example.kz', undefined])
  expect((await run('users', ['disable', listed[0]?.[0] ?? ''])).code).toBe(0)
  expect((await run('users', ['disable', listed[1]?.[0] ?? ''])).err).toContain('last administrator')
})

it.each([
  ['keys', []],
  ['keys', ['create', '--role', 'root', '--name', 'x']],
  ['keys', ['create', '--role', 'admin', '--name', 'x', '--colour', 'red']],
  ['keys', ['destroy']],
  ['users', ['create', '--password', 'x']],
] as const)('%s %j is wrong use', async (command, args) => {
  const { code, out, err } = await run(command, [...args])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(`npm run ${command}`)
})

it('says who holds the directory', async () => {
  const held = await openPglite({ directory: dataDir, purpose: 'npm start' })
  try {
    const { code, err } = await run('keys', ['list'])
    expect(code).toBe(1)
    expect(err).toContain('npm start')
    expect(err).not.toContain('    at ')
  } finally {
    await held.close()
  }
})
