import { parseDocument } from 'yaml'
import { z } from 'zod'

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

/** Reads the directory of competence; all faults at once, `agencies` is null when there is one. */
export function parseAgenciesFile(text: string): { agencies: AgencyEntry[] | null; faults: string[] } {
  const document = parseDocument(text)
  if (document.errors.length > 0) return { agencies: null, faults: document.errors.map((error) => error.message) }
  const parsed = File.safeParse(document.toJS())
  if (!parsed.success)
    return { agencies: null, faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  const ids = parsed.data.agencies.map((entry) => entry.id)
  const repeated = ids.filter((id, i) => ids.indexOf(id) !== i)
  return repeated.length > 0
    ? { agencies: null, faults: repeated.map((id) => `${id}: stands twice`) }
    : { agencies: parsed.data.agencies, faults: [] }
}
