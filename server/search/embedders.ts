import { sql } from 'drizzle-orm'
import { EMBEDDER_KINDS, type EmbedderKind } from '#server/config.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { DomainError } from '#server/errors.ts'
import type { Embedder } from './embedder.ts'
import type { EngineHealth } from './lexical-index.ts'

/** The embedders that are configured, and the one of them whose vectors are searched. */
export interface Embedders {
  /** @throws DomainError `validation-failed` when that one is not configured */
  of(kind: EmbedderKind): Embedder
  current(): Embedder
  /**
   * The embedder that the database names, for those who would do harm with another in its place.
   * @throws DomainError `unavailable` when it is not configured here
   */
  chosen(): Embedder
  /** Reads from the database which was chosen. Called at every reconciliation, so that running servers follow a switch. */
  refresh(db: Database): Promise<void>
  health(): EngineHealth
}

/**
 * @param configured makes each embedder that is configured; called at first use
 * @param stateOf how an embedder's guard is doing: null when well, else why not
 * @param onLacking told once when the database names an embedder that is not configured here
 */
export const createEmbedders = (
  first: EmbedderKind,
  configured: Partial<Record<EmbedderKind, () => Embedder>>,
  stateOf: (kind: EmbedderKind) => string | null = () => null,
  onLacking: (name: string) => void = () => {},
): Embedders => {
  const made = new Map<EmbedderKind, Embedder>()
  let chosen = first
  /** What the database names and this server has not: words alone would be silent about it. */
  let lacking: string | null = null
  const of = (kind: EmbedderKind): Embedder => {
    const held = made.get(kind)
    if (held !== undefined) return held
    const make = configured[kind]
    if (make === undefined)
      throw new DomainError(
        'validation-failed',
        `Embedder ${kind} is not configured; configured here: ${Object.keys(configured).join(', ')}`,
      )
    const embedder = make()
    made.set(kind, embedder)
    return embedder
  }
  return {
    of,
    current: () => (lacking === null ? of(chosen) : { ...of(chosen), standsInFor: lacking }),
    chosen() {
      if (lacking !== null)
        throw new DomainError(
          'unavailable',
          `The database searches the vectors of embedder ${lacking}, which is not configured here; configured here: ${Object.keys(configured).join(', ')}. Nothing was changed`,
        )
      return of(chosen)
    },
    async refresh(db) {
      const [row] = await queryRows<{ value: string }>(db, sql`select value from search_setting where key = 'embedder'`)
      const kind = EMBEDDER_KINDS.find((name) => name === row?.value)
      const before = lacking
      lacking = row !== undefined && (kind === undefined || configured[kind] === undefined) ? row.value : null
      if (lacking === null) chosen = kind ?? first
      else if (lacking !== before) onLacking(lacking)
    },
    health() {
      const { name } = of(chosen)
      if (lacking !== null)
        return {
          state: 'degraded',
          servedBy: name,
          reason: `embedder ${lacking} was chosen and is not configured on this server`,
        }
      const reason = stateOf(chosen)
      return reason === null
        ? { state: 'ok', servedBy: name, reason: null }
        : { state: 'degraded', servedBy: 'none', reason }
    },
  }
}
