import type { Degraded } from '#server/search/schema.ts'

/** A line on stderr for each part of search that is away. */
export const sayDegraded = (degraded: Degraded): void => {
  for (const { part, servedBy } of degraded)
    process.stderr.write(
      `search by ${part} is away; ${servedBy === null ? 'nothing answered in its place' : `${servedBy} answered in its place`}\n`,
    )
}
