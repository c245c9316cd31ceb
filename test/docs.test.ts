import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGES = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/operations.md',
  ...readdirSync(join(ROOT, 'docs/decisions')).map((name) => `docs/decisions/${name}`),
]
const TOP = /^(server|ingest|content|web|evals|test|docs|\.ci)\//

test.each(PAGES)('%s names only paths and links that exist', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((match) => join(dirname(page), match[1] ?? ''))
  const paths = [...text.matchAll(/[`\s]((?:server|ingest|content|web|evals|test|docs|\.ci)\/[\w./-]*\w)[`\s]/g)].map(
    (match) => match[1] ?? '',
  )
  const missing = [...links, ...paths.filter((path) => TOP.test(path))].filter((path) => !existsSync(join(ROOT, path)))
  expect(missing).toEqual([])
})
