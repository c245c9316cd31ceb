import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandEnvironment, freshPlace, type Place } from '#test/harness.ts'
import { runCommand, SEVERAL_COMMANDS_MS } from '#test/run-command.ts'

let place: Place
let file: string
beforeAll(async () => {
  place = await freshPlace()
  file = join(place.config.dataDir, 'new.md')
  await writeFile(file, '---\nslug: iz-fajla\ntitle: Из файла\nlang: ru\n---\n\nТекст.\n')
})
afterAll(() => place.remove())

const run = (command: 'import' | 'users', args: readonly string[]) =>
  runCommand(command, args, commandEnvironment(place.config))

it('takes files of an editor who is named, of nobody else', { timeout: SEVERAL_COMMANDS_MS }, async () => {
  const nobody = await run('import', [file])
  expect([nobody.code, nobody.out]).toEqual([2, ''])
  expect(nobody.err).toContain('npm run import -- --as EMAIL')
  for (const role of ['editor', 'operator'])
    await run('users', ['create', '--email', `${role}@example.kz`, '--name', role, '--role', role])
  expect(await run('import', ['--as', 'operator@example.kz', file])).toMatchObject({
    code: 1,
    out: '',
    err: 'operator@example.kz is no editor or administrator of this system.\n',
  })
  const taken = await run('import', ['--as', 'editor@example.kz', file])
  expect([taken.code, taken.err]).toEqual([0, ''])
  expect(taken.out).toMatch(/new\.md: .+ drf_\w+\n$/)
})
