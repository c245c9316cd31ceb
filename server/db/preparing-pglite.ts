import { PGlite, parse, protocol, type QueryOptions, type Results, type Transaction } from '@electric-sql/pglite'
import { DatabaseError } from 'pg-protocol'
import { Parser } from 'pg-protocol/dist/parser.js'

/** A text seen this often is prepared: what is asked once costs no plan that is kept (pgjdbc's `prepareThreshold` is 5). */
const PREPARED_AT = 3
/** Texts remembered, the least recently asked forgotten first. A plan of ours takes about 100 KiB of the database's memory. */
const MOST_STATEMENTS = 256
/** Statements that have a plan worth keeping; the rest (DDL, transactions, settings) goes its usual way. */
const PLANNED = /^\s*(?:select|with|insert|update|delete)\b/iu

type Replies = Parameters<typeof parse.parseResults>[0]

interface Statement {
  seen: number
  /** Null: not prepared yet. */
  prepared: { name: string; parameterTypes: number[] } | null
}

/**
 * The embedded database with named prepared statements: what is asked again is parsed once, and planned once where PostgreSQL judges
 * that its generic plan serves as well (`plan_cache_mode = auto`). In WebAssembly parsing and planning cost more than reading: of
 * the database's share of a keystroke they were over half. Changes of tables and statistics make PostgreSQL plan anew.
 * @see https://www.postgresql.org/docs/current/sql-prepare.html
 */
export class PreparingPglite extends PGlite {
  readonly #statements = new Map<string, Statement>()
  #named = 0

  /** As PGlite's. */
  override async query<T>(query: string, params?: unknown[], options?: QueryOptions): Promise<Results<T>> {
    if (!isPreparable(query, options)) return super.query<T>(query, params, options)
    await this._checkReady()
    const usual = () => super.query<T>(query, params, options)
    const asked = await this._runExclusiveTransaction(() => this.#ask<T>(query, params ?? [], options))
    return asked ?? usual()
  }

  /** As PGlite's; queries of the transaction are prepared too. */
  override transaction<T>(callback: (tx: Transaction) => Promise<T>): Promise<T> {
    return super.transaction((tx) => {
      const usual = tx.query.bind(tx)
      const query = async <Row>(text: string, params?: unknown[], options?: QueryOptions): Promise<Results<Row>> => {
        if (tx.closed || !isPreparable(text, options)) return usual<Row>(text, params, options)
        return (await this.#ask<Row>(text, params ?? [], options)) ?? usual<Row>(text, params, options)
      }
      return callback(Object.create(tx, { query: { value: query } }) as Transaction)
    })
  }

  /** The answer of the prepared statement. Null: not asked often enough to be one. */
  #ask<T>(query: string, params: unknown[], options: QueryOptions | undefined): Promise<Results<T> | null> {
    return this._runExclusiveQuery(async () => {
      const prepared = await this.#prepare(query)
      if (prepared === null) return null
      const values = params.map((value, at) => {
        if (value === null || value === undefined) return null
        const type = prepared.parameterTypes[at]
        const serialize = type === undefined ? undefined : (options?.serializers?.[type] ?? this.serializers[type])
        return serialize === undefined ? String(value) : serialize(value)
      })
      const messages = await this.#send(
        protocol.serialize.bind({ statement: prepared.name, values }),
        protocol.serialize.describe({ type: 'P' }),
        protocol.serialize.execute({}),
      )
      if (!this.isInTransaction()) await this.syncToFs()
      return parse.parseResults(messages, this.parsers, options)[0] as Results<T>
    })
  }

  async #prepare(query: string): Promise<Statement['prepared']> {
    const statement = this.#statements.get(query) ?? { seen: 0, prepared: null }
    this.#statements.delete(query)
    this.#statements.set(query, statement)
    statement.seen++
    if (this.#statements.size > MOST_STATEMENTS) await this.#forgetOldest()
    if (statement.prepared !== null || statement.seen < PREPARED_AT) return statement.prepared
    const name = `bilim_${++this.#named}`
    const messages = await this.#send(
      protocol.serialize.parse({ name, text: query }),
      protocol.serialize.describe({ type: 'S', name }),
    )
    statement.prepared = { name, parameterTypes: parse.parseDescribeStatementResults(messages) }
    return statement.prepared
  }

  async #forgetOldest(): Promise<void> {
    for (const [query, { prepared }] of this.#statements) {
      this.#statements.delete(query)
      if (prepared !== null) await this.#send(protocol.serialize.close({ type: 'S', name: prepared.name }))
      return
    }
  }

  /**
   * One exchange ended by Sync, after which the connection is ready whether it failed or not. Replies are read by node-postgres' parser: PGlite's own
   * takes memory for each value of each row, a quarter of the time of reading passages. Nobody here listens to notifications.
   * @throws DatabaseError
   */
  async #send(...messages: Uint8Array[]): Promise<Replies> {
    const data = await this.execProtocolRaw(Buffer.concat([...messages, protocol.serialize.sync()]), {
      syncToFs: false,
    })
    const replies: unknown[] = []
    let failure: DatabaseError | null = null
    new Parser().parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength), (reply) => {
      if (reply instanceof DatabaseError) failure ??= reply
      else replies.push(reply)
    })
    if (failure !== null) throw failure
    const last = replies.at(-1) as { name?: string } | undefined
    if (last?.name !== 'readyForQuery') throw new Error('the embedded database broke off its reply')
    // The messages of both are of one origin and one shape.
    return replies as Replies
  }
}

function isPreparable(query: string, options: QueryOptions | undefined): boolean {
  return PLANNED.test(query) && options?.blob === undefined && options?.paramTypes === undefined
}
