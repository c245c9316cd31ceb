import { join } from 'node:path'
import { deriveWordings } from '#ingest/acts/derive-wordings.ts'
import { parseSource } from '#ingest/acts/parse-source.ts'
import type { FrontMatter } from '#ingest/articles/article-file.ts'
import { renderFile } from '#ingest/articles/article-markdown.ts'
import { articlesOfAct } from '#ingest/articles/articles-of-act.ts'
import { completePlan, defaultPlan } from '#ingest/articles/division-plan.ts'
import { actKey, amendedByLine } from '#server/acts/act-identity.ts'
import { articleIdOf } from '#server/articles/draft-version.ts'
import { DomainError } from '#server/errors.ts'
import { planFor, readPlans } from './read-plans.ts'
import { readSource } from './read-source.ts'

/** An article as a file: its path below `content/articles` and its bytes. */
export interface ArticleFile {
  path: string
  text: string
}

/**
 * Renders the articles that a source gives, as files. The same source and plan give the same bytes, so a change of the
 * parser is reviewed as a diff of `content/articles`.
 * @throws DomainError `source-refused`
 */
export async function renderArticles(sourcePath: string, contentDir: string): Promise<ArticleFile[]> {
  const source = await readSource(sourcePath)
  const { act, messages } = source.ok ? parseSource(source) : { act: null, messages: source.messages }
  if (act === null)
    throw new DomainError('source-refused', `Источник ${sourcePath} отклонён.`, {
      faults: messages
        .filter(({ severity }) => severity === 'error')
        .map((m) => ({ path: `${m.place.start.line}:${m.place.start.column}`, message: m.text })),
    })
  const key = actKey(act.requisites)
  const held = planFor(await readPlans(join(contentDir, 'sources')), key, act.lang) ?? defaultPlan(act, key)
  const { plan } = completePlan(held, act)
  const wordings = deriveWordings([{ id: 'source', parsed: act, importedAt: '' }], plan.publishedOn).filter(
    ({ validTo }) => validTo === null,
  )
  const byEid = new Map(wordings.map((wording) => [wording.provision.eid, wording]))
  return articlesOfAct(
    wordings.map(({ provision }) => provision),
    plan,
  ).map(({ slug, title, body, eids }) => {
    const newest = eids.flatMap((eid) => byEid.get(eid) ?? []).reduce((a, b) => (b.validFrom > a.validFrom ? b : a))
    const frontMatter: FrontMatter = {
      id: articleIdOf(slug),
      slug,
      title,
      lang: act.lang,
      act: key,
      edition: {
        date: newest.wordingDate,
        amendedBy: newest.change === null ? null : amendedByLine(newest.change.by, act.lang),
      },
      validFrom: newest.validFrom,
      validFromKnown: newest.validFromKnown,
    }
    return { path: join(act.lang, `${slug}.md`), text: renderFile(frontMatter, body) }
  })
}
