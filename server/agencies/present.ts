import type { z } from 'zod'
import type { AgencyRow } from './queries.ts'
import type { AgencySchema } from './schema.ts'

export const presentAgency = ({
  id,
  name,
  kind,
  subjects,
  contacts,
  source,
}: AgencyRow): z.infer<typeof AgencySchema> => ({
  id,
  name,
  kind,
  subjects,
  contacts,
  source,
})
