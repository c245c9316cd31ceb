import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compose } from '#server/compose.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import { SYSTEM } from '#server/context.ts'
import { fillLexical } from '#server/search/reconcile-indexes.ts'
import { search } from '#server/search/search.ts'
import { CONTENT, freshPlace, type Place } from './harness.ts'

let place: Place
beforeAll(async () => {
  place = await freshPlace()
})
afterAll(() => place.remove())

/** One life of a server: what it finds, what the first reconciliation had to write, and what the log says of snapshots. */
async function live(
  body: (ctx: ReturnType<Awaited<ReturnType<typeof compose>>['contextFor']>) => Promise<void> = async () => {},
) {
  const said: { level: number; msg: string; lexical?: { written: number } }[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => said.push(JSON.parse(line)) })
  const deps = await compose(place.config, { log, purpose: 'test' })
  try {
    const ctx = deps.contextFor(SYSTEM, 'req_test')
    await ingestContent(ctx, CONTENT)
    await deps.reconciler.settle()
    await body(ctx)
    await deps.reconciler.settle()
    const { hits } = await search(ctx, { q: 'срок ответа на письмо', limit: 5 })
    return {
      found: hits.map(({ passageId, score }) => ({ passageId, score })),
      again: await fillLexical(ctx, false),
      written: said.flatMap(({ lexical }) => (lexical === undefined ? [] : [lexical.written])),
      snapshots: said.filter(({ msg }) => msg.includes('snapshot')).map(({ msg }) => msg),
    }
  } finally {
    await deps.close()
  }
}

it(
  'a restart takes up the index of words where it was and writes only what changed; a broken file costs time alone',
  { timeout: 120_000 },
  async () => {
    const first = await live()
    expect(first.snapshots).toEqual([])
    expect(first.written).toHaveLength(1)
    expect(first.again).toMatchObject({ written: 0, removed: 0 })
    const directory = join(place.config.dataDir, 'search-index')
    expect(await readdir(directory)).toEqual(['passages.snapshot'])
    const path = join(directory, 'passages.snapshot')
    expect((await stat(path)).mode & 0o077).toBe(0)

    const second = await live()
    expect(second.snapshots).toEqual([expect.stringContaining('read from its snapshot')])
    expect(second.written).toEqual([])
    expect(second.found).toEqual(first.found)

    await writeFile(path, 'not what it was')
    const third = await live()
    expect(third.snapshots).toEqual([expect.stringContaining('made anew')])
    expect(third.written).toEqual(first.written)
    expect(third.found.map(({ passageId }) => passageId)).toEqual(first.found.map(({ passageId }) => passageId))
  },
)

it('what another process withdrew is not shown, and is taken out', { timeout: 120_000 }, async () => {
  const before = await live()
  const id = before.found[0]?.passageId ?? ''
  const after = await live(async (ctx) => {
    // As another process on the same database would.
    await ctx.db.execute(
      `update article_version set state = 'withdrawn' where id = (select version_id from passage where id = '${id}')`,
    )
  })
  expect(after.found.map(({ passageId }) => passageId)).not.toContain(id)
  expect(after.again).toMatchObject({ written: 0, removed: 0 })
})
