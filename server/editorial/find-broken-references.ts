import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { today, type Context, type Lang } from '#server/context.ts'
import { article, articleVersion } from '#server/db/schema/articles.ts'
import { checkBody } from './check-draft.ts'

export interface BrokenReference {
  articleId: string
  versionId: string
  lang: Lang
  title: string
  line: number
  column: number
  rule: string
  message: string
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
      .select({ version: articleVersion, actId: article.actId, quotedAct: quotedAct })
      .from(articleVersion)
      .innerJoin(article, eq(article.id, articleVersion.articleId))
      .where(
        and(
          eq(articleVersion.state, 'published'),
          lte(articleVersion.validFrom, day),
          or(isNull(articleVersion.validTo), gt(articleVersion.validTo, day)),
          gt(articleVersion.id, after),
        ),
      )
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
          })
        }
    }
    const last = page.at(-1)
    if (last === undefined || page.length < AT_ONCE) return { items, checked, truncated: false }
    after = last.version.id
  }
}

/** The act that a hand-made article quotes most. */
const quotedAct = sql<string | null>`(select r.act_id from article_source s join provision r on r.id = s.provision_id
  where s.version_id = ${articleVersion.id} group by r.act_id order by count(*) desc, r.act_id limit 1)`
