import { z } from 'zod'
import type { Provision } from '#ingest/acts/act.ts'
import { scopeOf } from '#ingest/acts/tree-builder.ts'
import { readYaml } from '#ingest/text/read-yaml.ts'

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

/** Reads a plan. All its faults at once, in Russian; `plan` is null when there is one. Pure. */
export function parseDivisionPlan(text: string): { plan: DivisionPlan | null; faults: string[] } {
  const read = readYaml(text, Plan)
  if (read.value === null) return { plan: null, faults: read.faults }
  const seen = new Map<string, string>()
  const slugs = new Set<string>()
  const faults: string[] = []
  for (const { slug, provisions } of read.value.articles) {
    if (slugs.has(slug)) faults.push(`slug ${slug} есть у двух статей. Дайте каждой свой.`)
    slugs.add(slug)
    for (const eid of provisions) {
      const before = seen.get(eid)
      if (before !== undefined)
        faults.push(
          before === slug
            ? `${eid} назван в статье ${slug} дважды. Оставьте один раз.`
            : `${eid} стоит и в статье ${before}, и в статье ${slug}. Оставьте в одной.`,
        )
      seen.set(eid, slug)
    }
  }
  return { plan: faults.length > 0 ? null : read.value, faults }
}

/** What a default division needs of an act: a parsed one, or the wordings of all its editions. */
export interface DivisibleAct {
  lang: 'ru' | 'kk'
  title: string
  annexTitle: string | null
  provisions: readonly Pick<Provision, 'eid' | 'parentEid' | 'kind' | 'label' | 'heading'>[]
}

/** An annexed document that stands as an element: its chapters and appendices are divided, not it as a whole. */
const isDocument = (eid: string): boolean => /^ann_[\d-]+$/.test(eid)

/**
 * The provisions that an article can be asked to hold: a child goes with its parent, a chapter is only a heading. Points of an
 * article of a law go with it; an unnumbered part is a unit only where it hangs on a chapter.
 */
const unitsOf = (act: DivisibleAct): DivisibleAct['provisions'] => {
  const kinds = new Map(act.provisions.map((one) => [one.eid, one.kind]))
  return act.provisions.filter(({ eid, kind, parentEid }) => {
    const parent = kinds.get(parentEid ?? '')
    if (kind === 'preamble' || kind === 'article') return true
    if (kind === 'point') return parent !== 'article'
    if (kind === 'part') return parent === 'chapter' || parent === 'section' || parent === 'paragraph'
    return kind === 'appendix' && !isDocument(eid)
  })
}

/**
 * Without an editor's plan: the order, each chapter, what stands outside chapters in an annexed document, and each appendix
 * (a form, or a service standard) is an article.
 */
export function defaultPlan(act: DivisibleAct, key: string): DivisionPlan {
  const byEid = new Map(act.provisions.map((p) => [p.eid, p]))
  const groups = new Map<string, { title: string; provisions: string[] }>()
  const documentOf = (eid: string) => byEid.get(/^ann_[\d-]+(?=__)/.exec(eid)?.[0] ?? '')
  for (const provision of unitsOf(act)) {
    const document = documentOf(provision.eid)
    const documentTitle =
      document?.heading ?? (document === undefined ? null : document.label) ?? act.annexTitle ?? act.title
    let division = byEid.get(provision.parentEid ?? '')
    while (division !== undefined && !['chapter', 'section', 'paragraph'].includes(division.kind))
      division = byEid.get(division.parentEid ?? '')
    const isAppendix = provision.kind === 'appendix'
    // The one annexed document of an order is no element: its ids stand without «ann_», a law's own do too.
    const isAnnexed = act.annexTitle !== null && scopeOf(provision.eid) === 'annex'
    const group = isAppendix ? provision.eid : (division?.eid ?? document?.eid ?? (isAnnexed ? 'rules' : 'order'))
    const title = isAppendix
      ? (provision.heading ?? provision.label)
      : division !== undefined
        ? `${documentTitle}. ${division.heading ?? division.label}`
        : document !== undefined || isAnnexed
          ? documentTitle
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

/** A unit that a plan does not name, and the article that it goes to. */
export interface Newcomer {
  eid: string
  slug: string
  /** The unit that it stands behind. */
  after: string
}

/**
 * A plan as an amended act needs it: what it does not name (a point 8-1 that an amendment added) goes to the article of the unit that it
 * stands behind in the same chapter. What stands behind nothing that is planned stays forgotten. Pure.
 */
export function completePlan(plan: DivisionPlan, act: DivisibleAct): { plan: DivisionPlan; newcomers: Newcomer[] } {
  const slugs = new Map(plan.articles.flatMap(({ slug, provisions }) => provisions.map((eid) => [eid, slug])))
  const last = new Map<string, string>()
  const newcomers: Newcomer[] = []
  for (const { eid, parentEid } of unitsOf(act)) {
    if (parentEid === null) continue
    const after = last.get(parentEid)
    const slug = after === undefined ? undefined : slugs.get(after)
    if (!slugs.has(eid) && after !== undefined && slug !== undefined) {
      newcomers.push({ eid, slug, after })
      slugs.set(eid, slug)
    }
    if (slugs.has(eid)) last.set(parentEid, eid)
  }
  if (newcomers.length === 0) return { plan, newcomers }
  const articles = plan.articles.map((article) => {
    const provisions = [...article.provisions]
    for (const { eid, slug, after } of newcomers)
      if (slug === article.slug) provisions.splice(provisions.indexOf(after) + 1, 0, eid)
    return { ...article, provisions }
  })
  return { plan: { ...plan, articles }, newcomers }
}

/** What a plan names but the act lacks, and what it forgot: both would lose text. */
export function planGaps(plan: DivisionPlan, act: DivisibleAct): { unknown: string[]; forgotten: string[] } {
  const units = new Set(unitsOf(act).map((p) => p.eid))
  const planned = new Set(plan.articles.flatMap((article) => article.provisions))
  return {
    unknown: [...planned].filter((eid) => !units.has(eid)),
    forgotten: [...units].filter((eid) => !planned.has(eid)),
  }
}
