import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { ParsedAct, Provision } from '#ingest/acts/act.ts'

const Plan = z.strictObject({
  act: z.string(),
  lang: z.enum(['ru', 'kk']),
  /** Days of official publication by number of the act («368/НҚ»), as an editor has looked them up; never guessed. */
  publishedOn: z.record(z.string(), z.iso.date()).default({}),
  articles: z
    .array(
      z.strictObject({
        slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
        title: z.string().min(3),
        provisions: z.array(z.string()).min(1),
      }),
    )
    .min(1),
})

/** Which provisions make which article: an editor's decision, kept beside the source. */
export type DivisionPlan = z.infer<typeof Plan>

/** Reads a plan. All its faults at once; `plan` is null when there is one. */
export function parseDivisionPlan(text: string): { plan: DivisionPlan | null; faults: string[] } {
  const document = parseDocument(text)
  if (document.errors.length > 0) return { plan: null, faults: document.errors.map((error) => error.message) }
  const parsed = Plan.safeParse(document.toJS())
  if (!parsed.success)
    return { plan: null, faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  const seen = new Map<string, string>()
  const faults: string[] = []
  for (const { slug, provisions } of parsed.data.articles)
    for (const eid of provisions) {
      const before = seen.get(eid)
      if (before !== undefined) faults.push(`${eid}: stands in both ${before} and ${slug}`)
      seen.set(eid, slug)
    }
  return { plan: faults.length > 0 ? null : parsed.data, faults }
}

/** The provisions that an article can be asked to hold: a child goes with its parent, a chapter is only a heading. */
const isUnit = (provision: Provision) =>
  provision.kind === 'preamble' ||
  provision.kind === 'point' ||
  (provision.kind === 'appendix' && provision.parentEid === null)

/** Without an editor's plan: the order, each chapter and each appendix is an article. */
export function defaultPlan(act: ParsedAct, key: string): DivisionPlan {
  const chapters = new Map(act.provisions.filter((p) => p.kind === 'chapter').map((p) => [p.eid, p]))
  const groups = new Map<string, { title: string; provisions: string[] }>()
  for (const provision of act.provisions.filter(isUnit)) {
    const chapter = provision.parentEid === null ? undefined : chapters.get(provision.parentEid)
    const group = chapter?.eid ?? (provision.kind === 'appendix' ? provision.eid : 'order')
    const title =
      chapter !== undefined
        ? `${act.annexTitle ?? act.title}. ${chapter.heading ?? chapter.label}`
        : provision.kind === 'appendix'
          ? (provision.heading ?? provision.label)
          : act.title
    const held = groups.get(group)
    if (held === undefined) groups.set(group, { title, provisions: [provision.eid] })
    else held.provisions.push(provision.eid)
  }
  const slug = (group: string) =>
    `act-${key}-${act.lang}-${group}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/-$/, '')
  return {
    act: key,
    lang: act.lang,
    publishedOn: {},
    articles: [...groups].map(([group, { title, provisions }]) => ({ slug: slug(group), title, provisions })),
  }
}

/** What a plan names but the act lacks, and what it forgot: both would lose text. */
export function planGaps(plan: DivisionPlan, act: ParsedAct): { unknown: string[]; forgotten: string[] } {
  const units = new Set(act.provisions.filter(isUnit).map((p) => p.eid))
  const planned = new Set(plan.articles.flatMap((article) => article.provisions))
  return {
    unknown: [...planned].filter((eid) => !units.has(eid)),
    forgotten: [...units].filter((eid) => !planned.has(eid)),
  }
}
