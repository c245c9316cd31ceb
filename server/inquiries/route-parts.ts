import { z } from '@hono/zod-openapi'

/** Who works on inquiries, and who looks on as well (п. 16). */
export const DESK = ['operator', 'supervisor', 'admin'] as const
/**
 * Said by routes that write: letters and transcripts are not kept in the record of requests with `Idempotency-Key` either. What is read with a sign-in is
 * private without a word.
 */
export const PRIVATE = 'private, no-store'

/** The `id` of a path, by the kind of its ids: `inq`, `cal`, `mbl`. */
export const idOf = (prefix: string) =>
  z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: `${prefix}_…` }) })
