import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryRows } from '#server/db/database.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { runCommand } from '#test/run-command.ts'
import { makeDirectory } from '#test/templates.ts'
import { importAct } from './import-act.ts'

const NAME = 'contact-centre-rules.ru.txt'

let t: TestApp
let contentDir = ''
beforeAll(async () => {
  t = await testApp({ content: false })
  contentDir = await makeDirectory('bilim-import-act-')
  await cp(CONTENT, contentDir, { recursive: true })
  await rm(join(contentDir, 'questions'), { recursive: true })
  await mkdir(join(contentDir, 'questions'))
  // Of whatever acts they are: a file that cannot be read belongs to none.
  await writeFile(join(contentDir, 'questions', 'a.yaml'), 'act: 13324\n')
  await writeFile(join(contentDir, 'questions', 'b.yaml'), 'questions: [')
})
afterAll(async () => {
  await rm(contentDir, { recursive: true, force: true })
  await t.close()
})

test('faulty files of questions do not make a stored act read as refused, and all their faults are told', async () => {
  let told = 0
  const ctx = {
    ...t.ctx,
    contentChanged: () => {
      told += 1
    },
  }
  const bytes = new Uint8Array(await readFile(join(CONTENT, 'sources', NAME)))
  const input = { file: { name: NAME, bytes }, meta: null, publicationDays: [], complete: false, contentDir }
  const done = await importAct(ctx, { ...input, dryRun: false })
  expect(done.outcome).toBe('imported')
  expect(done.messages.filter(({ severity }) => severity === 'error')).toEqual([])
  const said = done.messages.filter(({ rule }) => rule === 'sample-questions').map((one) => one.text)
  for (const file of ['a.yaml', 'b.yaml'])
    expect(said.join('\n')).toMatch(new RegExp(`акт сохранён, вопросы-примеры нет: ${file}: `, 'u'))
  // What follows an import has followed.
  expect(told).toBe(1)
  const [row] = await queryRows<{ editions: number; tasks: number }>(
    t.ctx.db,
    sql`select (select count(*) from edition)::int as editions, (select count(*) from editorial_task where kind = 'impact')::int as tasks`,
  )
  expect(row?.editions).toBe(1)
  expect(row?.tasks).toBeGreaterThan(0)
})

test('the command stores, prints what it did, and tells the faults of questions on the error stream', async () => {
  const { out, err, code } = await runCommand('ingest', [join(CONTENT, 'sources', NAME)], {
    DATA_DIR: join(contentDir, 'data'),
    CONTENT_DIR: contentDir,
  })
  expect(out).toMatch(/contact-centre-rules\.ru\.txt: ingested: provisions \d+ added/)
  expect(err).toContain('sample questions: a.yaml: ')
  expect(err).toContain('sample questions: b.yaml: ')
  expect(code).toBe(1)
}, 180_000)
