import type { ParsedAct, Provision } from '#ingest/acts/act.ts'
import type { ArticleBlock } from './article-file.ts'
import type { DivisionPlan } from './division-plan.ts'
import { renderBody } from './article-markdown.ts'

/** An article as an act and a plan give it; ids and dates are the server's to add. */
export interface ActArticle {
  slug: string
  title: string
  body: string
  blocks: ArticleBlock[]
  /** Element ids of all provisions in it, in order. */
  eids: string[]
}

/** Makes the articles of an act. Pure: the same act and plan give the same bytes. */
export function articlesOfAct(act: ParsedAct, plan: DivisionPlan): ActArticle[] {
  const children = new Map<string, Provision[]>()
  for (const provision of act.provisions) {
    const siblings = children.get(provision.parentEid ?? '')
    if (siblings === undefined) children.set(provision.parentEid ?? '', [provision])
    else siblings.push(provision)
  }
  const byEid = new Map(act.provisions.map((provision) => [provision.eid, provision]))
  const block = (provision: Provision): ArticleBlock => ({
    eid: provision.eid,
    label: provision.label,
    // A form that is all of its appendix bears the same title: said once.
    heading:
      provision.parentEid !== null && byEid.get(provision.parentEid)?.heading === provision.heading
        ? null
        : provision.heading,
    // A form's columns carry its text; its rendering would say everything twice.
    paragraphs:
      provision.form !== null ? provision.form.footer : provision.text === '' ? [] : provision.text.split('\n'),
    columns: provision.form?.columns ?? [],
    children: (children.get(provision.eid) ?? []).map(block),
  })
  const eidsOf = (b: ArticleBlock): string[] => [b.eid, ...b.children.flatMap(eidsOf)]
  return plan.articles.map(({ slug, title, provisions }) => {
    const blocks = provisions.flatMap((eid) => {
      const provision = byEid.get(eid)
      return provision === undefined || provision.status === 'excluded' ? [] : [block(provision)]
    })
    return { slug, title, body: renderBody(blocks), blocks, eids: blocks.flatMap(eidsOf) }
  })
}
