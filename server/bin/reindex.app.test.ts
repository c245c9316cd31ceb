import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '#server/open-database.ts'
import { queryRows } from '#server/db/database.ts'
import { passageEmbedding } from '#server/db/schema/search.ts'
import { commandEnvironment, freshPlace, type Place } from '#test/harness.ts'
import { runCommand } from '#test/run-command.ts'

let place: Place
beforeAll(async () => {
  place = await freshPlace()
})
afterAll(() => place.remove())

const reindex = (...args: string[]) => runCommand('reindex', args, commandEnvironment(place.config))

const vectors = async (change?: string): Promise<string[]> => {
  const database = await openDatabase(place.config, 'test')
  try {
    if (change !== undefined) {
      await database.db.execute(
        sql`insert into search_setting (key, value, changed_at) values ('embedder', ${change}, now())
            on conflict (key) do update set value = excluded.value`,
      )
      await database.db
        .insert(passageEmbedding)
        .values({ embedder: 'openai:test', lang: 'ru', textHash: 'hash', embedding: [1, 2] })
        .onConflictDoNothing()
    }
    const rows = await queryRows<{ embedder: string }>(database.db, sql`select embedder from passage_embedding`)
    return rows.map(({ embedder }) => embedder)
  } finally {
    await database.close()
  }
}

it(
  'does not touch the vectors in use from a shell without the configuration of their embedder',
  {
    timeout: 180_000,
  },
  async () => {
    expect(await vectors('openai')).toEqual(['openai:test'])
    const refused = await reindex()
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(/embedder openai, which is not configured here/u)
    expect(await vectors()).toEqual(['openai:test'])

    // Where the database names one that is here, vectors of others are old ones; the index in memory is no matter of this process.
    await vectors('local')
    const done = await reindex()
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toBe(
      'lexical: in the memory of each server, made at its start; vectors: 0 embedded, 0 removed, 1 of other embedders removed\n',
    )
    expect(await vectors()).toEqual([])
  },
)

it.each([
  { args: ['openai'], said: 'Not understood: openai', code: 2 },
  { args: ['--embedder', 'local', '--rebuild'], said: '--embedder and --rebuild', code: 2 },
  { args: ['--rebuild'], said: '--rebuild: the lexical index of this configuration is in the memory', code: 1 },
])('refuses $args', { timeout: 60_000 }, async ({ args, said, code }) => {
  const refused = await reindex(...args)
  expect(refused).toMatchObject({ code, out: '' })
  expect(refused.err).toContain(said)
})
