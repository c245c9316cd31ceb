import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PreparingPglite } from './preparing-pglite.ts'

const db = new PreparingPglite()
const prepared = async (): Promise<number> =>
  (await db.query<{ n: number }>('table pg_prepared_statements')).rows.length
/** Often enough for a plan to be kept, and for PostgreSQL to choose one for all parameters (after five). */
const OFTEN = Array.from({ length: 8 }, (_, index) => index)

beforeAll(() => db.waitReady)
afterAll(() => db.close())

describe('prepared statements of the embedded database', () => {
  beforeEach(async () => {
    await db.exec(
      "drop table if exists t; create table t (n int primary key, name text, tags text[], at timestamptz); insert into t values (1, 'а', '{x,y}', '2026-01-01'), (2, null, '{}', null)",
    )
  })

  test('what is asked often is prepared, and answers as before for any parameters', async () => {
    const before = await prepared()
    for (const turn of OFTEN) {
      const n = 1 + (turn % 2)
      const { rows } = await db.query<{ name: string | null; tags: string[] }>(
        'select name, tags from t where n = any($1::int[]) and ($2::text is null or name = $2)',
        [[n], n === 1 ? 'а' : null],
      )
      expect(rows).toEqual([n === 1 ? { name: 'а', tags: ['x', 'y'] } : { name: null, tags: [] }])
    }
    expect(await prepared()).toBe(before + 1)
  })

  test('what is asked once is not', async () => {
    const before = await prepared()
    await db.query('select 1 as once where 1 = $1', [1])
    expect(await prepared()).toBe(before)
  })

  test('parsers and modes of a query hold for a prepared one', async () => {
    for (const _ of OFTEN) {
      const { rows } = await db.query('select at, n from t where n = $1', [1], {
        rowMode: 'array',
        parsers: { 1184: (value: string) => `read: ${value}` },
      })
      expect(rows).toEqual([[expect.stringMatching(/^read: 2026-01-01/u), 1]])
    }
  })

  test('what is written counts its rows, and stands', async () => {
    for (const turn of OFTEN) {
      const { affectedRows } = await db.query('update t set name = $1 where n = $2', [`имя ${turn}`, 1])
      expect(affectedRows).toBe(1)
      expect((await db.query('select name from t where n = $1', [1])).rows).toEqual([{ name: `имя ${turn}` }])
    }
  })

  test('a failure says what it was each time, and harms nothing after it', async () => {
    for (const turn of OFTEN) {
      await expect(db.query('insert into t (n) values ($1)', [1])).rejects.toMatchObject({ code: '23505' })
      await expect(db.query('select * from absent where n = $1', [turn])).rejects.toMatchObject({ code: '42P01' })
      await expect(db.query('select $1::int as n', ['нет'])).rejects.toMatchObject({ code: '22P02' })
      expect((await db.query('select n from t where n = $1', [2])).rows).toEqual([{ n: 2 }])
    }
  })

  test('transactions see their own rows, are undone whole, and are not looked into', async () => {
    for (const _ of OFTEN) {
      const outside: Promise<unknown>[] = []
      await expect(
        db.transaction(async (tx) => {
          await tx.query('insert into t (n) values ($1)', [3])
          outside.push(db.query('select count(*)::int as n from t where n = $1', [3]))
          expect((await tx.query('select count(*)::int as n from t where n = $1', [3])).rows).toEqual([{ n: 1 }])
          throw new Error('stop')
        }),
      ).rejects.toThrow('stop')
      expect(await Promise.all(outside)).toMatchObject([{ rows: [{ n: 0 }] }])
    }
  })

  test('a failed statement of a transaction leaves its savepoint to go back to', async () => {
    for (const _ of OFTEN) {
      await db.transaction(async (tx) => {
        await tx.exec('savepoint s')
        await expect(tx.query('insert into t (n) values ($1)', [1])).rejects.toMatchObject({ code: '23505' })
        await tx.exec('rollback to savepoint s')
        expect((await tx.query('select n from t where n = $1', [1])).rows).toEqual([{ n: 1 }])
      })
    }
  })

  test('a plan follows the tables: a new column, a new index', async () => {
    const ask = () => db.query('select name from t where n = $1', [1])
    for (const _ of OFTEN) await ask()
    await db.exec("alter table t add column more text default 'ещё'; create index on t (name); analyze t")
    expect((await ask()).rows).toEqual([{ name: 'а' }])
  })

  test('of very many texts only so many are kept, and all answer', async () => {
    for (let n = 0; n < 400; n++)
      for (let time = 0; time < 4; time++)
        expect((await db.query<{ n: number }>(`select $1::int + ${n} as n`, [time])).rows).toEqual([{ n: n + time }])
    expect(await prepared()).toBeLessThanOrEqual(256)
    expect(await prepared()).toBeGreaterThan(200)
  })
})
