import { z } from '@hono/zod-openapi'
import { ProblemSchema } from '#server/http/route.ts'

/** Who writes for a service: its agency, and the centre's editors and above. */
export const WRITERS = ['agency', 'editor', 'supervisor', 'admin'] as const
/** The centre's side: only it signs protocols in and starts others' clocks. */
export const CENTRE = ['editor', 'supervisor', 'admin'] as const
/** The preparation of services is no business of operators; the authorised body supervises it (п. 16). */
export const WATCHERS = ['agency', 'editor', 'supervisor', 'authority', 'admin'] as const

export const IdParams = z.object({ id: z.string().min(1).max(64) })

/** A JSON body of this shape. */
export const body = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

/** Problem details of a refusal that the route tells of itself. */
export const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemSchema } },
})

/** A file of this type. */
export const file = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
})

/** A file to download, under a name in any alphabet (RFC 6266). */
export const download = (bytes: Uint8Array, type: string, name: string): Response =>
  new Response(Buffer.from(bytes), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
    },
  })
