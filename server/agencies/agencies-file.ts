import { z } from 'zod'
import { readYaml } from '#ingest/text/read-yaml.ts'

const Translated = z.strictObject({ ru: z.string().min(1), kk: z.string().min(1), en: z.string().min(1) })

const File = z.strictObject({
  agencies: z
    .array(
      z.strictObject({
        id: z.string().regex(/^agc_[a-z0-9_]+$/),
        name: Translated,
        kind: z.enum(['contact-centre', 'central', 'local', 'infrastructure-operator', 'authorised-body', 'other']),
        subjects: z.strictObject({ ru: z.array(z.string()), kk: z.array(z.string()) }),
        contacts: z.array(z.strictObject({ kind: z.enum(['phone', 'email', 'web']), value: z.string().min(3) })),
        source: z.string().min(3),
      }),
    )
    .min(1),
})
export type AgencyEntry = z.infer<typeof File>['agencies'][number]

/** Reads the directory of competence; all faults at once, in Russian; `agencies` is null when there is one. */
export function parseAgenciesFile(text: string): { agencies: AgencyEntry[] | null; faults: string[] } {
  const { value, faults } = readYaml(text, File)
  if (value === null) return { agencies: null, faults }
  const ids = value.agencies.map((entry) => entry.id)
  const repeated = ids.filter((id, i) => ids.indexOf(id) !== i)
  return repeated.length > 0
    ? { agencies: null, faults: repeated.map((id) => `${id} есть дважды. Оставьте один раз.`) }
    : { agencies: value.agencies, faults: [] }
}
