import { z } from '@hono/zod-openapi'
import { ContactSchema } from '#server/http/wire.ts'

export const AgencyKindSchema = z
  .enum(['contact-centre', 'central', 'local', 'infrastructure-operator', 'authorised-body', 'other'])
  .openapi('AgencyKind')

export const AgencySchema = z
  .object({
    id: z.string(),
    name: z.object({ ru: z.string(), kk: z.string(), en: z.string() }),
    kind: AgencyKindSchema,
    subjects: z
      .object({ ru: z.array(z.string()), kk: z.array(z.string()) })
      .openapi({ description: 'What it is competent for, in the words of callers (п. 10)' }),
    contacts: z.array(ContactSchema),
    source: z.string().openapi({ description: 'Where these facts come from' }),
  })
  .openapi('Agency')
