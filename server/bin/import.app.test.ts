import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

let dataDir: string
let file: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bilim-import-'))
  file = join(dataDir, 'new.md')
  await writeFile(file, '---\nslug: iz-fajla\ntitle: Из файла\nlang: ru\n---\n\nТекст.\n')
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

/** Each command is a process that opens the database anew; on a busy machine that takes its time. */
const SEVERAL_COMMANDS = 180_000

async function run(command: 'import' | 'users', args: string[], input = '') {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL(`./${command}.ts`, import.meta.url)), ...args],
    { env: { ...env, DATA_DIR: join(dataDir, 'data'), NODE_ENV: 'test' } },
  )
  child.stdin.end(input)
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ])
  return { out, err, code }
}

it('takes files of an editor who is named, of nobody else', { timeout: SEVERAL_COMMANDS }, async () => {
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
