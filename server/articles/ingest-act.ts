import { and, eq, isNull } from 'drizzle-orm'
import type { Message, ParsedAct } from '#ingest/acts/act.ts'
import { articlesOfAct } from '#ingest/articles/articles-of-act.ts'
import { defaultPlan, planGaps, type DivisionPlan } from '#ingest/articles/division-plan.ts'
import { actKey } from '#server/acts/act-identity.ts'
import { importEdition } from '#server/acts/import-edition.ts'
import { today, type Context } from '#server/context.ts'
import { provision } from '#server/db/schema/acts.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { draftVersion } from './draft-version.ts'
import { publishVersion } from './publish-version.ts'

export interface IngestActInput {
  parsed: ParsedAct
  source: { name: string; text: string }
  /** An editor's division into articles; without one the act is divided by chapter. */
  plan: DivisionPlan | null
  publishedOn?: Readonly<Record<string, string>>
}

export interface IngestActResult {
  actId: string
  changed: boolean
  provisions: { added: number; rewritten: number; removed: number }
  versions: { slug: string; number: number }[]
  messages: Message[]
}

const START = { line: 1, column: 1, offset: 0 }
const notice = (rule: string, text: string): Message => ({
  severity: 'warning',
  rule,
  text,
  place: { start: START, end: START },
})

/**
 * From a parsed act to published articles, whole or not at all: the edition with its wordings, then new versions of
 * only those articles whose content changed. The same text again writes nothing.
 * @throws DomainError `source-refused` when the text or its plan would lose provisions
 */
export const ingestAct = (ctx: Context, input: IngestActInput): Promise<IngestActResult> =>
  inTransaction(ctx, async (tx) => {
    const { parsed, source } = input
    const key = actKey(parsed.requisites)
    const plan = input.plan ?? defaultPlan(parsed, key)
    const gaps = planGaps(plan, parsed)
    if (gaps.unknown.length > 0)
      throw new DomainError('source-refused', `${source.name}: план статей называет положения, которых в акте нет`, {
        faults: gaps.unknown.map((eid) => ({
          path: eid,
          message: 'нет в акте; исправьте план статей (*.articles.yaml)',
        })),
      })
    const messages = gaps.forgotten.map((eid) =>
      notice(
        'plan-forgot',
        `${eid} не вошёл ни в одну статью плана и не будет найден поиском; добавьте его в *.articles.yaml`,
      ),
    )

    const imported = await importEdition(tx, input)
    const counted = {
      added: imported.added.length,
      rewritten: imported.rewritten.length,
      removed: imported.removed.length,
    }
    if (!imported.newest)
      return { actId: imported.actId, changed: imported.changed, provisions: counted, versions: [], messages }
    const rows = await tx.db
      .select({
        id: provision.id,
        eid: provision.eid,
        kind: provision.kind,
        parentEid: provision.parentEid,
        heading: provision.heading,
        validFrom: provision.validFrom,
        validFromKnown: provision.validFromKnown,
      })
      .from(provision)
      .where(and(eq(provision.actId, imported.actId), eq(provision.lang, parsed.lang), isNull(provision.validTo)))
    const byEid = new Map(rows.map((row) => [row.eid, row]))
    const chapterOf = (eid: string): string => {
      for (
        let row = byEid.get(eid);
        row !== undefined;
        row = row.parentEid === null ? undefined : byEid.get(row.parentEid)
      )
        if (row.kind === 'chapter') return row.heading ?? ''
      return ''
    }

    const versions: IngestActResult['versions'] = []
    for (const [ord, made] of articlesOfAct(parsed, plan).entries()) {
      if (made.blocks.length === 0) continue
      const sources = made.eids.flatMap((eid) => {
        const row = byEid.get(eid)
        return row === undefined ? [] : [{ eid, provisionId: row.id, chapter: chapterOf(eid), row }]
      })
      // An article shows one text, so it can be shown from the day on which the newest of its provisions applies.
      const newest = sources.reduce((latest, s) => (s.row.validFrom > latest.validFrom ? s.row : latest), {
        validFrom: '',
        validFromKnown: true,
      })
      const drafted = await draftVersion(tx, {
        slug: made.slug,
        lang: parsed.lang,
        title: made.title,
        body: made.body,
        actId: imported.actId,
        ord,
        sources,
        validFrom: newest.validFrom === '' ? today(ctx) : newest.validFrom,
        validFromKnown: newest.validFromKnown,
      })
      if (!drafted.changed) continue
      await publishVersion(tx, { versionId: drafted.versionId })
      versions.push({ slug: made.slug, number: drafted.number })
    }
    return {
      actId: imported.actId,
      changed: imported.changed || versions.length > 0,
      provisions: counted,
      versions,
      messages,
    }
  })
