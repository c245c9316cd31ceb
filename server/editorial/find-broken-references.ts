import { and, asc, eq, gt } from 'drizzle-orm'
import { inForce } from '#server/articles/queries.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { article, articleVersion } from '#server/db/schema/articles.ts'
import type { Said } from '#server/errors.ts'
import { checkBody } from './check-draft.ts'
import { quotedAct } from './queries.ts'

export interface BrokenReference {
  articleId: string
  versionId: string
  lang: Lang
  title: string
  line: number
  column: number
  rule: string
  message: string
  said: Said
}

/** Of all that can be wrong with a text: what points to something that is not there. */
const REFERENCES = new Set(['link', 'provision-missing', 'reference-missing'])
const AT_ONCE = 100

/**
 * Checks the links and cited provisions of every published article in force today, and the references that the cited
 * provisions themselves make.
 * @returns broken ones with their place in the Markdown, at most `limit`, and how many articles were checked
 */
export async function findBrokenReferences(
  ctx: Context,
  input: { limit: number },
): Promise<{ items: BrokenReference[]; checked: number; truncated: boolean }> {
  const day = today(ctx)
  const items: BrokenReference[] = []
  let checked = 0
  for (let after = ''; ;) {
    const page = await ctx.db
      .select({ version: articleVersion, actId: article.actId, quotedAct: quotedAct(articleVersion.id) })
      .from(articleVersion)
      .innerJoin(article, eq(article.id, articleVersion.articleId))
      .where(and(inForce(day), gt(articleVersion.id, after)))
      .orderBy(asc(articleVersion.id))
      .limit(AT_ONCE)
    for (const { version, actId, quotedAct: quoted } of page) {
      const { faults } = await checkBody(ctx, {
        body: version.body,
        actId: actId ?? quoted,
        lang: version.lang,
        articleId: version.articleId,
        day,
      })
      checked += 1
      for (const fault of faults)
        if (REFERENCES.has(fault.rule)) {
          if (items.length === input.limit) return { items, checked, truncated: true }
          items.push({
            articleId: version.articleId,
            versionId: version.id,
            lang: version.lang,
            title: version.title,
            line: fault.line,
            column: fault.column,
            rule: fault.rule,
            message: fault.message,
            said: fault.said,
          })
        }
    }
    const last = page.at(-1)
    if (last === undefined || page.length < AT_ONCE) return { items, checked, truncated: false }
    after = last.version.id
  }
}
