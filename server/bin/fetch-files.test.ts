import type { ServerResponse } from 'node:http'
import { expect, it, test } from 'vitest'
import { loopbackServer } from '#test/loopback-server.ts'
import { fetchFiles } from './fetch-files.ts'

const page = (path: string, nextCursor: string | null = null) => ({
  items: [{ path, text: 'text' }],
  nextCursor,
  questionsLeftOut: { changed: 0, gone: 1, beyond: 0 },
})

/** What comes of a server that answers so; `asked` are the keys that it was shown. */
async function from(answer: (address: URL, response: ServerResponse) => void) {
  const asked: (string | undefined)[] = []
  const server = await loopbackServer((request, _, response) => {
    asked.push(request.headers.authorization)
    answer(new URL(request.url ?? '/', 'http://localhost'), response)
  })
  try {
    const fetched = await fetchFiles({ from: server.url, key: 'blm_x', drafts: false }).catch((error: unknown) => error)
    return { fetched, asked }
  } finally {
    await server.close()
  }
}

it('asks page after page with the key, until there is none', async () => {
  const { fetched, asked } = await from(({ searchParams }, response) =>
    response.end(
      JSON.stringify(
        searchParams.get('cursor') === 'more' ? page('questions/a.yaml') : page('articles/ru/a.md', 'more'),
      ),
    ),
  )
  expect(fetched).toEqual({
    files: [
      { path: 'articles/ru/a.md', text: 'text' },
      { path: 'questions/a.yaml', text: 'text' },
    ],
    leftOut: { changed: 0, gone: 1, beyond: 0, silentGaps: 0 },
  })
  expect(asked).toEqual(['Bearer blm_x', 'Bearer blm_x'])
})

test.each([
  ['../outside.md'],
  ['/etc/outside.md'],
  ['articles/../../outside.md'],
  ['articles/ru/.git'],
  [String.raw`articles/ru\..\..\outside.md`],
  ['elsewhere/a.md'],
  ['articles'],
])('a server that names the file %s writes nothing', async (path) => {
  const { fetched } = await from((_, response) => response.end(JSON.stringify(page(path))))
  expect(String(fetched)).toContain('no page of files')
})

it('the key goes to no other address, and what the server says is told', async () => {
  const elsewhere: unknown[] = []
  const other = await loopbackServer((request, _, response) => {
    elsewhere.push(request.headers)
    response.end(JSON.stringify(page('articles/ru/a.md')))
  })
  try {
    const { fetched } = await from((_, response) => response.writeHead(302, { location: other.url }).end())
    expect(String(fetched)).toContain('does not give its files')
    expect(elsewhere).toEqual([])
  } finally {
    await other.close()
  }
  const { fetched } = await from((_, response) => response.writeHead(403).end('forbidden here'))
  expect(String(fetched)).toContain('403 forbidden here')
})
