import type { z } from 'zod'
import type { AgencyView, contactEditsOf } from './queries.ts'
import type { AgencySchema, ContactEditSchema } from './schema.ts'

export const presentAgency = ({
  id,
  name,
  kind,
  subjects,
  contacts,
  source,
  contactEdits,
}: AgencyView): z.infer<typeof AgencySchema> => ({
  id,
  name,
  kind,
  subjects,
  contacts,
  source,
  contactEdits,
})

export const presentContactEdit = ({
  number,
  contacts,
  source,
  by,
  at,
}: Awaited<ReturnType<typeof contactEditsOf>>[number]): z.infer<typeof ContactEditSchema> => ({
  number,
  contacts,
  source,
  by,
  at: at.toISOString(),
})
