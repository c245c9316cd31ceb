import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPglite } from '#server/db/open-pglite.ts'
import { runCommand, SEVERAL_COMMANDS_MS } from '#test/run-command.ts'
import { makeDirectory } from '#test/templates.ts'

/** Nothing is there yet: the first command makes the database. */
let dataDir: string
beforeAll(async () => {
  dataDir = await makeDirectory('bilim-commands-')
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const run = (command: 'keys' | 'users', args: readonly string[], input?: string) =>
  runCommand(command, args, { DATA_DIR: dataDir }, input)

it('makes, lists and revokes a key', { timeout: SEVERAL_COMMANDS_MS }, async () => {
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

it('makes and disables a user, with a password of ours or theirs', { timeout: SEVERAL_COMMANDS_MS }, async () => {
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
