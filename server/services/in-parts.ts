/** Rows of one statement: well under the parameters that PostgreSQL takes. */
const AT_ONCE = 500

/** Writes many rows in few statements; the embedded database has one connection, and others wait for it. */
export async function inParts<T>(items: readonly T[], write: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) await write(items.slice(from, from + AT_ONCE))
}
