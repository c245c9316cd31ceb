import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '#server/logger.ts'
import { startServer } from '#server/start.ts'
import { commandEnvironment, CONTENT, freshPlace, type Place } from '#test/harness.ts'
import { runCommand, SEVERAL_COMMANDS_MS } from '#test/run-command.ts'
import { makeDirectory } from '#test/templates.ts'

let place: Place
const directories: string[] = []
beforeAll(async () => {
  place = await freshPlace({ CONTENT_DIR: CONTENT })
})
afterAll(async () => {
  await place.remove()
  for (const directory of directories) await rm(directory, { recursive: true, force: true })
})

const run = (command: 'export' | 'keys', args: readonly string[], input?: string) =>
  runCommand(command, args, commandEnvironment(place.config), input)
const directory = async () => {
  const made = await makeDirectory('bilim-export-')
  directories.push(made)
  return made
}
async function filesBelow(root: string): Promise<Record<string, string>> {
  const names = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path.slice(root.length + 1), await readFile(path, 'utf8')] as const)),
  )
}

it(
  'writes from a server that runs, page by page over HTTP, the files that it writes from the database',
  { timeout: SEVERAL_COMMANDS_MS },
  async () => {
    const key = (await run('keys', ['create', '--role', 'editor', '--name', 'git'])).out.trim()
    const operator = (await run('keys', ['create', '--role', 'operator', '--name', 'op'])).out.trim()
    const [own, fetched] = [await directory(), await directory()]
    const server = await startServer(place.config, { log: createLogger('silent') })
    const pages: { path: string; text: string }[] = []
    try {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const made = await fetch(`${server.url}/api/v1/editorial/drafts`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ lang: 'ru', content: { title: 'Черновик для выгрузки', slug: 'dlya-vygruzki' } }),
      })
      expect(made.status).toBe(201)
      let cursor: string | null = null
      do {
        const query = new URLSearchParams({ limit: '4', drafts: 'true', ...(cursor === null ? {} : { cursor }) })
        const response: Response = await fetch(`${server.url}/api/v1/editorial/export?${query}`, { headers })
        expect(response.status).toBe(200)
        const page = (await response.json()) as { items: typeof pages; nextCursor: string | null }
        expect(page.items.length).toBeLessThanOrEqual(4)
        pages.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null)
      const foreign = await fetch(`${server.url}/api/v1/editorial/export?cursor=x`, { headers })
      expect(foreign.status).toBe(400)
      const done = await run('export', ['--to', fetched, '--drafts', '--from', server.url], `${key}\n`)
      expect([done.code, done.err]).toEqual([0, ''])
      const refused = await run('export', ['--to', fetched, '--from', server.url], operator)
      expect(refused).toMatchObject({ code: 1, out: '' })
      expect(refused.err).toContain('403')
      expect(await run('export', ['--to', fetched, '--from', server.url], '')).toMatchObject({ code: 2, out: '' })
    } finally {
      await server.stop()
    }
    const written = await run('export', ['--to', own, '--drafts'])
    expect([written.code, written.err]).toEqual([0, ''])
    const files = await filesBelow(own)
    expect(Object.keys(files).filter((path) => path.startsWith('articles/'))).toHaveLength(15)
    expect(Object.keys(files).some((path) => path.startsWith('drafts/ru/dlya-vygruzki.'))).toBe(true)
    expect(Object.keys(files).some((path) => path.startsWith('questions/'))).toBe(true)
    expect(Object.fromEntries(pages.map(({ path, text }) => [path, text]))).toEqual(files)
    expect(pages).toHaveLength(Object.keys(files).length)
    expect(await filesBelow(fetched)).toEqual(files)
    // Without drafts those of the export before stay: they may be somebody's.
    expect(await run('export', ['--to', own])).toMatchObject({ code: 0 })
    expect(await filesBelow(own)).toEqual(files)
  },
)
