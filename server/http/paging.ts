import { z } from '@hono/zod-openapi'
import { DomainError } from '#server/errors.ts'

/** `limit` and `cursor` of every list. */
export const PageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().openapi({ description: 'nextCursor of the page before' }),
})

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** A cursor hides the sort key of the last row. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

const PART = {
  text: z
    .string()
    .max(200)
    .regex(/^[^\0]*$/),
  count: z.number().int().min(0).max(2_147_483_647),
  instant: z.union([z.string().max(40), z.number()]).refine((at) => !Number.isNaN(new Date(at).getTime())),
}

/**
 * @param parts what the list's sort key is made of
 * @throws DomainError `bad-request` when it is not a cursor that such a list gives
 */
export function decodeCursor(cursor: string, parts: readonly (keyof typeof PART)[]): (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && key.length === parts.length)
      return parts.map((part, i) => PART[part].parse((key as unknown[])[i]))
  } catch {
    // Falls through to the same refusal.
  }
  throw new DomainError('bad-request', 'The cursor is not one that this list gave.')
}

/** Cuts a page out of `limit + 1` rows. */
export function page<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly (string | number)[],
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null }
}
