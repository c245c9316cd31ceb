/** As many as were wanted of what was found, and whether there are more. */
export interface Collected<Item> {
  items: Item[]
  truncated: boolean
}

/**
 * Collects what is told of rows that are read page by page, for where SQL can only propose: rows of which nothing is told take nobody's place.
 * @param read a page of the rows after one; less than `page` of them are the last
 * @param tell what is to be told of them; so many more are wanted, one beyond the limit
 */
export async function collectPages<Row, Item>(
  { limit, page }: { limit: number; page: number },
  read: (after: Row | null) => Promise<Row[]>,
  tell: (rows: readonly Row[], wanted: number) => Promise<readonly Item[]>,
): Promise<Collected<Item>> {
  const items: Item[] = []
  let rows: Row[] = []
  do {
    rows = await read(rows.at(-1) ?? null)
    items.push(...(await tell(rows, limit + 1 - items.length)))
  } while (rows.length === page && items.length <= limit)
  return { items: items.slice(0, limit), truncated: items.length > limit }
}
