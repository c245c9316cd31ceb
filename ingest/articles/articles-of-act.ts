import type { Provision } from '#ingest/acts/act.ts'
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

/** What an article needs of a provision: a parsed one or a stored wording. */
export type ArticleProvision = Pick<
  Provision,
  'eid' | 'parentEid' | 'kind' | 'label' | 'heading' | 'text' | 'form' | 'status'
>

/**
 * Makes the articles of an act out of its provisions as of some day, in the order of the act. An article without any
 * provision left is left out. Pure: the same provisions and plan give the same bytes.
 */
export function articlesOfAct(provisions: readonly ArticleProvision[], plan: DivisionPlan): ActArticle[] {
  const children = new Map<string, ArticleProvision[]>()
  const planned = new Set(plan.articles.flatMap((article) => article.provisions))
  for (const provision of provisions) {
    // What stands in an article of its own is not repeated in its parent's.
    if (provision.status === 'excluded' || planned.has(provision.eid)) continue
    const siblings = children.get(provision.parentEid ?? '')
    if (siblings === undefined) children.set(provision.parentEid ?? '', [provision])
    else siblings.push(provision)
  }
  const byEid = new Map(provisions.map((provision) => [provision.eid, provision]))
  const block = (provision: ArticleProvision): ArticleBlock => ({
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
  return plan.articles.flatMap(({ slug, title, provisions: eids }) => {
    const blocks = eids.flatMap((eid) => {
      const provision = byEid.get(eid)
      return provision === undefined || provision.status === 'excluded' ? [] : [block(provision)]
    })
    return blocks.length === 0 ? [] : [{ slug, title, body: renderBody(blocks), blocks, eids: blocks.flatMap(eidsOf) }]
  })
}
