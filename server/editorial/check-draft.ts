import { and, eq, inArray, sql } from 'drizzle-orm'
import { inForceOn } from '#server/articles/visible-passages.ts'
import { today, type Context, type Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { act, provision } from '#server/db/schema/acts.ts'
import { agency } from '#server/db/schema/agencies.ts'
import type { DraftContent } from '#server/db/schema/editorial.ts'
import { service } from '#server/db/schema/services.ts'
import type { Said } from '#server/errors.ts'
import { whyServiceClosed } from './check-service-open.ts'
import { told, WORDING } from './fault-wordings.ts'
import { isSlugTaken } from './is-slug-taken.ts'
import { readBody, type BodyFault, type BodyLink, type QuotedBlock } from './read-body.ts'
import { SlugSchema } from './schema.ts'

export interface DraftFault {
  /** A field, or `body:line:column`. */
  path: string
  line: number | null
  column: number | null
  rule: string
  severity: 'error' | 'warning'
  message: string
  said: Said
}

export interface DraftSource {
  eid: string
  provisionId: string
  chapter: string
}

type ProvisionRow = typeof provision.$inferSelect

export interface CheckDraftInput {
  content: DraftContent
  lang: Lang
  /** Null: an article that does not exist yet. */
  articleId: string | null
  /** The draft that is checked: its own address is not taken by itself. */
  draftId?: string | undefined
}

const squeeze = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim()

/**
 * Every fault of a draft, of all fields and of the text, and the provisions that its blocks quote. Errors keep it from
 * review. A block must quote, word for word, the wording in force on the day the text begins (today, if that is past),
 * unless it says that it is a paraphrase.
 */
export async function checkDraft(
  ctx: Context,
  input: CheckDraftInput,
): Promise<{ faults: DraftFault[]; sources: DraftSource[] }> {
  const { content, lang, articleId } = input
  const now = today(ctx)
  const day = content.validFrom !== null && content.validFrom > now ? content.validFrom : now
  const faults = await fieldFaults(ctx, input, now)
  const body = await checkBody(ctx, { body: content.body, actId: content.actId, lang, articleId, day })
  return {
    faults: [...faults, ...body.faults.map((fault) => ({ ...fault, path: `body:${fault.line}:${fault.column}` }))],
    sources: body.sources,
  }
}

async function fieldFaults(
  ctx: Context,
  { content, articleId, draftId }: CheckDraftInput,
  now: string,
): Promise<DraftFault[]> {
  const faults: DraftFault[] = []
  const fault = (path: string, rule: string, said: Said, severity: DraftFault['severity'] = 'error') =>
    faults.push({ path, line: null, column: null, rule, severity, ...told(said) })
  if (content.title.trim().length < 3) fault('title', 'title', WORDING.title)
  if (/[\r\n]/.test(content.title)) fault('title', 'title', WORDING.titleLines)
  if (!SlugSchema.safeParse(content.slug).success) fault('slug', 'slug', WORDING.slug)
  else if (articleId === null && (await isSlugTaken(ctx, content.slug, draftId)))
    fault('slug', 'slug-taken', WORDING.slugTaken)
  const from = content.validFrom ?? now
  if (content.validFrom !== null && content.validFrom < now)
    fault('validFrom', 'days', WORDING.begun(content.validFrom), 'warning')
  if (content.validTo !== null && content.validTo <= (from > now ? from : now))
    fault('validTo', 'days', WORDING.endsBefore)
  if (content.reviewBy !== null && content.reviewBy < now) fault('reviewBy', 'days', WORDING.reviewPast)
  if (content.reviewBy === null) fault('reviewBy', 'review-date', WORDING.reviewUnset, 'warning')
  if (content.agencyId !== null) {
    const [known] = await ctx.db.select({ id: agency.id }).from(agency).where(eq(agency.id, content.agencyId))
    if (known === undefined) fault('agencyId', 'agency', WORDING.agency(content.agencyId))
  }
  if (content.serviceId !== null) {
    const [known] = await ctx.db.select({ id: service.id }).from(service).where(eq(service.id, content.serviceId))
    const why =
      known === undefined
        ? null
        : await whyServiceClosed(ctx, { serviceId: known.id, validFrom: from > now ? from : now })
    if (known === undefined) fault('serviceId', 'service', WORDING.service(content.serviceId))
    // It may be open by the time of publication, which asks again.
    else if (why !== null) fault('serviceId', 'service-closed', WORDING.notYet(why), 'warning')
  }
  if (content.actId !== null) {
    const [known] = await ctx.db.select({ id: act.id }).from(act).where(eq(act.id, content.actId))
    if (known === undefined) fault('actId', 'act', WORDING.act(content.actId))
  }
  return faults
}

export interface CheckBodyInput {
  body: string
  actId: string | null
  lang: Lang
  articleId: string | null
  day: string
}

/** What is wrong with a text on a day: its form, its quotes, its links, and the references of what it quotes. */
export async function checkBody(
  ctx: Context,
  input: CheckBodyInput,
): Promise<{ faults: BodyFault[]; sources: DraftSource[] }> {
  const outline = readBody(input.body)
  const faults = [...outline.faults]
  const quotes = await checkQuotes(ctx, input, outline.blocks)
  faults.push(...quotes.faults, ...(await checkLinks(ctx, input, outline.links, outline.blocks)))
  return {
    faults: faults.toSorted((a, b) => a.line - b.line || a.column - b.column),
    sources: quotes.sources,
  }
}

async function checkQuotes(ctx: Context, input: CheckBodyInput, blocks: readonly QuotedBlock[]) {
  const faults: BodyFault[] = []
  const sources: DraftSource[] = []
  const byAct = new Map<string, QuotedBlock[]>()
  for (const block of blocks) {
    if (block.eid === '') continue
    const actId = block.act ?? input.actId
    if (actId === null)
      faults.push({
        ...placeOf(block),
        rule: 'no-act',
        severity: 'error',
        ...told(WORDING.noAct(block.eid)),
      })
    else byAct.set(actId, [...(byAct.get(actId) ?? []), block])
  }
  for (const [actId, own] of byAct) {
    const held = await wordingsOf(
      ctx,
      actId,
      input.lang,
      own.flatMap(({ eid }) => [eid, chapterEid(eid) ?? eid]),
    )
    const inForce = new Map(
      held
        .filter((row) => row.validFrom <= input.day && (row.validTo === null || row.validTo > input.day))
        .map((row) => [row.eid, row]),
    )
    const referenced = await existing(
      ctx,
      actId,
      input,
      [...inForce.values()].flatMap((row) => row.references.flatMap((reference) => reference.targetEids)),
    )
    for (const block of own) {
      const row = inForce.get(block.eid)
      if (row === undefined || row.status === 'excluded') {
        faults.push({
          ...placeOf(block),
          rule: 'provision-missing',
          severity: 'error',
          ...told(absent(block, held, input.day)),
        })
        continue
      }
      sources.push({
        eid: block.eid,
        provisionId: row.id,
        chapter: inForce.get(chapterEid(block.eid) ?? '')?.heading ?? '',
      })
      if (block.label !== '' && block.label !== row.label)
        faults.push({
          ...placeOf(block),
          rule: 'label',
          severity: 'error',
          ...told(WORDING.label(block.label, row.label)),
        })
      if (!block.paraphrase) faults.push(...unlike(block, row, input.body))
      for (const reference of row.references)
        for (const eid of reference.targetEids)
          if (!referenced.has(eid))
            faults.push({
              ...placeOf(block),
              rule: 'reference-missing',
              severity: 'warning',
              ...told(WORDING.referenceMissing(row.label, reference.text, eid, input.day)),
            })
    }
  }
  return { faults, sources }
}

const placeOf = (block: { line: number; column: number }) => ({ line: block.line, column: block.column })

const wordingsOf = async (ctx: Context, actId: string, lang: Lang, eids: readonly string[]): Promise<ProvisionRow[]> =>
  ctx.db
    .select()
    .from(provision)
    .where(and(eq(provision.actId, actId), eq(provision.lang, lang), inArray(provision.eid, [...new Set(eids)])))

/** Which of these provisions are in force on the day. */
async function existing(ctx: Context, actId: string, input: CheckBodyInput, eids: readonly string[]) {
  if (eids.length === 0) return new Set<string>()
  const rows = await ctx.db
    .selectDistinct({ eid: provision.eid })
    .from(provision)
    .where(
      and(
        eq(provision.actId, actId),
        eq(provision.lang, input.lang),
        inArray(provision.eid, [...new Set(eids)]),
        eq(provision.status, 'in-force'),
        sql`${provision.validFrom} <= ${input.day} and (${provision.validTo} is null or ${provision.validTo} > ${input.day})`,
      ),
    )
  return new Set(rows.map((row) => row.eid))
}

/** The chapter that a provision's element id names: `chp_2__para_8` stands in `chp_2`. */
const chapterEid = (eid: string): string | null => /^(chp_.+?)__/.exec(eid)?.[1] ?? null

function absent(block: QuotedBlock, held: readonly ProvisionRow[], day: string): Said {
  const own = held.filter((row) => row.eid === block.eid)
  if (own.length === 0) return WORDING.provisionUnknown(block.eid)
  const excluded = own.find((row) => row.status === 'excluded' && row.validFrom <= day)
  if (excluded !== undefined) return WORDING.excluded(excluded.label, excluded.validFrom)
  const next = own
    .map((row) => row.validFrom)
    .filter((from) => from > day)
    .sort()[0]
  return next === undefined
    ? WORDING.over(own[0]?.label ?? block.eid, day)
    : WORDING.toCome(own[0]?.label ?? block.eid, day, next)
}

/** Parts of a block that its provision does not say, each at the first word that differs. */
function unlike(block: QuotedBlock, row: ProvisionRow, body: string): BodyFault[] {
  const said = squeeze([row.heading ?? '', row.text, row.form?.footer.join('\n') ?? ''].join('\n'))
  return block.parts.flatMap((part): BodyFault[] => {
    const text = squeeze(part.text)
    const isSaid =
      part.kind === 'heading'
        ? row.heading !== null && squeeze(row.heading) === text
        : part.kind === 'column' && row.form !== null
          ? row.form.columns.some((column) => column.num === part.num && squeeze(column.title) === text)
          : said.includes(text)
    if (isSaid || text === '') return []
    const { ours, theirs } = firstDifference(text, said)
    return [
      {
        ...wordPlace(body, part, ours),
        rule: 'quote-differs',
        severity: 'error',
        ...told(WORDING.quoteDiffers(row.label, ours, theirs, block.eid, block.label)),
      },
    ]
  })
}

const WORDS_SHOWN = 6

/** The words from the first one on that the provision does not say at that place, and what it says there. */
function firstDifference(text: string, said: string): { ours: string; theirs: string } {
  const words = text.split(' ')
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (said.includes(words.slice(0, middle).join(' '))) low = middle
    else high = middle - 1
  }
  const common = words.slice(0, low).join(' ')
  const at = low === 0 ? -1 : said.indexOf(common)
  return {
    ours: words.slice(low, low + WORDS_SHOWN).join(' ') || words.slice(-WORDS_SHOWN).join(' '),
    theirs:
      at === -1
        ? ''
        : said
            .slice(at + common.length)
            .trim()
            .split(' ')
            .slice(0, WORDS_SHOWN)
            .join(' '),
  }
}

/** Place of these words in the Markdown after the beginning of a part; of the part itself where they are not found. */
function wordPlace(
  body: string,
  part: { line: number; column: number },
  words: string,
): { line: number; column: number } {
  const lines = body.split('\n')
  const first = words.split(' ').slice(0, 3).join(' ')
  for (let i = part.line - 1; i < Math.min(lines.length, part.line + 20); i++) {
    const at = (lines[i] ?? '').indexOf(first, i === part.line - 1 ? part.column - 1 : 0)
    if (at !== -1) return { line: i + 1, column: at + 1 }
  }
  return { line: part.line, column: part.column }
}

const PAGE = /^\/(?<kind>articles|acts)\/(?<id>[\w-]+)\/?(?:\?[^#]*)?(?:#(?<anchor>.*))?$/

async function checkLinks(
  ctx: Context,
  input: CheckBodyInput,
  links: readonly BodyLink[],
  blocks: readonly QuotedBlock[],
): Promise<BodyFault[]> {
  const own = new Set(blocks.map((block) => block.eid))
  const faults: BodyFault[] = []
  const wrong = (link: BodyLink, said: Said) =>
    faults.push({ line: link.line, column: link.column, rule: 'link', severity: 'error', ...told(said) })
  const pages = links.map((link) => ({ link, page: PAGE.exec(link.url)?.groups }))
  const idsOf = (kind: string) => [
    ...new Set(pages.flatMap(({ page }) => (page?.['kind'] === kind ? [page['id'] ?? ''] : []))),
  ]
  const articles = await anchorsOfArticles(ctx, idsOf('articles'), input.day)
  const acts = await anchorsOfActs(ctx, idsOf('acts'), input.day)
  for (const { link, page } of pages) {
    if (page !== undefined) {
      const { kind, id = '', anchor } = page
      const known = (kind === 'articles' ? articles : acts).get(id)
      if (known === undefined)
        wrong(
          link,
          kind === 'articles' ? WORDING.linkArticle(link.text, id, input.day) : WORDING.linkAct(link.text, id),
        )
      else if (anchor !== undefined && anchor !== '' && !known.has(decode(anchor)))
        wrong(link, WORDING.linkPlace(link.text, anchor))
    } else if (link.url.startsWith('#')) {
      if (!own.has(decode(link.url.slice(1)))) wrong(link, WORDING.linkHere(link.text, link.url))
    } else if (/^https?:\/\//i.test(link.url)) {
      if (!URL.canParse(link.url)) wrong(link, WORDING.linkFaulty(link.text, link.url))
    } else if (!/^(?:mailto:[^@\s]+@[^@\s]+|tel:\+?[\d\-() ]{2,})$/i.test(link.url))
      wrong(link, WORDING.linkForeign(link.text, link.url))
  }
  return faults
}

const decode = (anchor: string): string => {
  try {
    return decodeURIComponent(anchor)
  } catch {
    return anchor
  }
}

async function anchorsOfArticles(ctx: Context, ids: readonly string[], day: string): Promise<Map<string, Set<string>>> {
  const anchors = new Map<string, Set<string>>()
  if (ids.length === 0) return anchors
  const rows = await queryRows<{ article_id: string; anchor: string | null; segments: { eid: string }[] | null }>(
    ctx.db,
    sql`select v.article_id, p.anchor, p.segments
        from article_version v left join passage p on p.version_id = v.id
        where v.article_id in (${sql.join(
          ids.map((id) => sql`${id}`),
          sql`, `,
        )}) and ${inForceOn(day)}`,
  )
  for (const row of rows) {
    const own = anchors.get(row.article_id) ?? new Set(['history'])
    for (const eid of [row.anchor, ...(row.segments ?? []).map((segment) => segment.eid)])
      if (eid !== null) own.add(eid)
    anchors.set(row.article_id, own)
  }
  return anchors
}

async function anchorsOfActs(ctx: Context, ids: readonly string[], day: string): Promise<Map<string, Set<string>>> {
  const anchors = new Map<string, Set<string>>()
  if (ids.length === 0) return anchors
  const known = await ctx.db
    .select({ id: act.id })
    .from(act)
    .where(inArray(act.id, [...ids]))
  for (const { id } of known) anchors.set(id, new Set())
  const rows = await ctx.db
    .selectDistinct({ actId: provision.actId, eid: provision.eid })
    .from(provision)
    .where(
      and(
        inArray(provision.actId, [...ids]),
        sql`${provision.validFrom} <= ${day} and (${provision.validTo} is null or ${provision.validTo} > ${day})`,
      ),
    )
  for (const row of rows) anchors.get(row.actId)?.add(row.eid)
  return anchors
}
