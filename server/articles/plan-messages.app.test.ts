import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestFile } from '#server/content/ingest-file.ts'
import { amendedRules, furtherAmended } from '#test/amended-rules.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'

const NAME = 'contact-centre-rules.ru.txt'
let t: TestApp
let directory = ''
beforeAll(async () => {
  t = await testApp({ content: false, now: () => new Date('2026-12-06T07:00:00Z') })
  directory = await mkdtemp(join(tmpdir(), 'bilim-plan-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
  await t.close()
})

test('what a newer edition added is told with that edition, and is no fault of the plan when an older one comes', async () => {
  const told = async (text: string) => {
    const path = join(directory, NAME)
    await writeFile(path, text)
    const { status, messages } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
    expect(status, JSON.stringify(messages)).toBe('ingested')
    return messages.filter(({ text: said }) => said.includes('chp_2__para_8-1')).map(({ rule }) => rule)
  }
  expect(await told(furtherAmended(await amendedRules()))).toEqual(['plan-newcomer'])
  expect(await told(await readFile(join(CONTENT, 'sources', NAME), 'utf8'))).toEqual([])
})
