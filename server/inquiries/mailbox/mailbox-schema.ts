import { z } from '@hono/zod-openapi'
import { APART_REASONS } from '#server/db/schema/mailbox.ts'
import { PageQuerySchema } from '#server/http/paging.ts'

export const MAIL_ERRORS = [
  'refused',
  'unreachable',
  'tls',
  'no-folder',
  'broken-off',
  'not-taken',
  'database',
] as const

export const IncomingMailSchema = z
  .object({
    mailbox: z
      .string()
      .nullable()
      .openapi({ description: 'Null: none is configured; letters come by POST /inquiries' }),
    state: z.enum(['off', 'stopped', 'connecting', 'connected', 'failed']).openapi({
      description: '`stopped`: no process reads it at the moment',
    }),
    lastLetterAt: z.string().nullable(),
    lastError: z
      .object({ at: z.string(), reason: z.enum(MAIL_ERRORS) })
      .nullable()
      .openapi({ description: 'The last one; it stays when the connection is there again' }),
    apart: z.number().int().openapi({ description: 'Letters kept apart that nobody has settled' }),
  })
  .openapi('IncomingMail')

export const ApartLetterSchema = z
  .object({
    id: z.string(),
    reason: z.enum(APART_REASONS).openapi({
      description: '`breaks-reader`: processes that read it were gone, again and again; it is opened no more',
    }),
    from: z.object({ name: z.string().nullable(), address: z.string().nullable() }),
    subject: z.string(),
    bytes: z.number().int(),
    receivedAt: z.string(),
    inquiry: z
      .object({ id: z.string(), number: z.string() })
      .nullable()
      .openapi({ description: 'What it speaks of, or what it was registered as' }),
    isSettled: z.boolean(),
  })
  .openapi('ApartLetter')

export type ApartLetter = z.infer<typeof ApartLetterSchema>

export const WholeApartLetterSchema = ApartLetterSchema.extend({
  text: z.string().nullable().openapi({ description: 'Null: it cannot be read, or is deleted by now' }),
  hidden: z.string().nullable(),
  attachments: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  mayBeRegistered: z.boolean(),
}).openapi('WholeApartLetter')

export const ApartListQuerySchema = PageQuerySchema.extend({
  state: z.enum(['open', 'all']).default('open'),
})
