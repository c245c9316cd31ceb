import { and, asc, eq } from 'drizzle-orm'
import { join } from 'node:path'
import type { Message, ParsedAct } from '#ingest/acts/act.ts'
import type { AskedPublicationDay } from '#ingest/acts/asked-publication-days.ts'
import { editionDate } from '#ingest/acts/derive-wordings.ts'
import { parseSource, type ActSource } from '#ingest/acts/parse-source.ts'
import type { DivisionPlan } from '#ingest/articles/division-plan.ts'
import { actIdOf, actKey } from '#server/acts/act-identity.ts'
import { compareWordings, type ProvisionChange } from '#server/acts/compare-wordings.ts'
import { publicationDayFaults, type GivenPublicationDay } from '#server/acts/publication-days.ts'
import type { EditionRow, ProvisionRow } from '#server/acts/queries.ts'
import { ingestAct, notice, type IngestActResult } from '#server/articles/ingest-act.ts'
import { planFor, readPlans } from '#server/content/read-plans.ts'
import { ingestQuestionsOf, questionsFaults } from '#server/content/ingest-questions.ts'
import { isRefusal, refusalMessages } from '#server/content/refusal-messages.ts'
import { today, type Context } from '#server/context.ts'
import { edition, provision } from '#server/db/schema/acts.ts'
import { reconcileImpact } from '#server/editorial/reconcile-impact.ts'
import { DomainError } from '#server/errors.ts'
import { inTransaction } from '#server/events/event.ts'
import { askedDays } from './asked-days.ts'
import { affectedArticles, countAffectedAnswers, endsOf, type AffectedArticle } from './affected.ts'
import { readUpload, type UploadedFile } from './read-upload.ts'

export interface ImportActInput {
  file: UploadedFile
  meta: UploadedFile | null
  publicationDays: readonly GivenPublicationDay[]
  /** Somebody vouches that the text goes on to its end. */
  complete: boolean
  /** Look at it and say what it would change; nothing is stored. */
  dryRun: boolean
  contentDir: string
}

/** What an import changes, or would change. */
export interface ImportedAct {
  actId: string
  parsed: ParsedAct
  editionDate: string
  /** Editions of the act that were held before, of all its languages. */
  held: Pick<EditionRow, 'id' | 'lang' | 'date' | 'sourceName'>[]
  /** Differences of the newest state of the act in this language, with the day of each. */
  changes: (ProvisionChange & { on: string | null; known: boolean })[]
  publicationDays: AskedPublicationDay[]
  articles: AffectedArticle[]
  answers: number
  result: IngestActResult
}

export type ImportActResult =
  | { outcome: 'refused'; messages: Message[] }
  | { outcome: 'checked' | 'imported' | 'unchanged'; messages: Message[]; imported: ImportedAct }

/** Carries what a dry run found out of the transaction that it undoes. */
class DryRun extends Error {
  readonly found: ImportedAct

  constructor(found: ImportedAct) {
    super('a dry run ends here')
    this.found = found
  }
}

/**
 * Imports a text of an act for review: its wordings and their days are the law and count at once, new texts of articles wait for a
 * second person, and nothing that operators read is replaced. A dry run does all of it and undoes it, so that what it tells is what
 * an import does.
 * @throws DomainError `validation-failed` for faulty days of publication
 */
export async function importAct(ctx: Context, input: ImportActInput): Promise<ImportActResult> {
  const source = await readUpload(ctx, input)
  if (!source.ok) return { outcome: 'refused', messages: source.messages }
  const { act: parsed, messages: said } = parseSource(source, { endConfirmed: input.complete })
  const messages = [...source.messages, ...said]
  if (parsed === null) return { outcome: 'refused', messages }
  const plans = await readPlans(join(input.contentDir, 'sources'))
  await checkDays(ctx, input, parsed, plans)
  const run = () =>
    inTransaction(ctx, async (tx) => {
      const found = await importInto(tx, { parsed, source, plans, publicationDays: input.publicationDays })
      if (input.dryRun) throw new DryRun(found)
      return found
    })
  let imported: ImportedAct
  try {
    imported = await run()
  } catch (error) {
    if (error instanceof DryRun)
      return { outcome: 'checked', messages: [...messages, ...error.found.result.messages], imported: error.found }
    if (!isRefusal(error)) throw error
    return { outcome: 'refused', messages: [...messages, ...refusalMessages(error, parsed)] }
  }
  // It is stored from here on: nothing that fails now may say otherwise, or keep what follows it from following.
  const { changed } = imported.result
  if (changed) ctx.contentChanged()
  await reconcileImpact(ctx)
  const more = changed ? await loadQuestions(ctx, join(input.contentDir, 'questions'), imported.actId) : []
  return {
    outcome: changed ? 'imported' : 'unchanged',
    messages: [...messages, ...imported.result.messages, ...more],
    imported,
  }
}

/** The sample questions that waited for the act; what is wrong with their files is told, all of it, and stops nothing. */
async function loadQuestions(ctx: Context, directory: string, actId: string): Promise<Message[]> {
  try {
    await ingestQuestionsOf(ctx, directory, actId)
    return []
  } catch (error) {
    if (!isRefusal(error)) ctx.log.error({ err: error, actId }, 'sample questions of an imported act were not loaded')
    return questionsFaults(error).map((text) =>
      notice('sample-questions', `акт сохранён, вопросы-примеры нет: ${text}`),
    )
  }
}

/** A day that nobody asks for would be kept for nothing, and is more likely a slip. */
async function checkDays(
  ctx: Context,
  input: ImportActInput,
  parsed: ParsedAct,
  plans: readonly DivisionPlan[],
): Promise<void> {
  const asked = await askedDays(ctx, actIdOf(parsed.requisites), plans, parsed)
  const faults = publicationDayFaults(input.publicationDays, today(ctx), asked)
  if (faults.length > 0) throw new DomainError('validation-failed', 'Days of publication have faults.', { faults })
}

const wordings = (ctx: Context, actId: string, lang: ParsedAct['lang']): Promise<ProvisionRow[]> =>
  ctx.db
    .select()
    .from(provision)
    .where(and(eq(provision.actId, actId), eq(provision.lang, lang)))
    .orderBy(asc(provision.ord))

async function importInto(
  ctx: Context,
  input: {
    parsed: ParsedAct
    source: ActSource
    plans: readonly DivisionPlan[]
    publicationDays: readonly GivenPublicationDay[]
  },
): Promise<ImportedAct> {
  const { parsed, source, plans, publicationDays } = input
  const plan = planFor(plans, actKey(parsed.requisites), parsed.lang)
  const actId = actIdOf(parsed.requisites)
  const held = await ctx.db
    .select({ id: edition.id, lang: edition.lang, date: edition.date, sourceName: edition.sourceName })
    .from(edition)
    .where(eq(edition.actId, actId))
    .orderBy(asc(edition.lang), asc(edition.date))
  const before = await wordings(ctx, actId, parsed.lang)
  const result = await ingestAct(ctx, { parsed, source, plan, publicationDays, mode: 'review' })
  const after = await wordings(ctx, actId, parsed.lang)
  const isOpen = (row: ProvisionRow) => row.validTo === null
  const now = new Map(after.map((row) => [row.id, row]))
  const ended = before.filter((row) => isOpen(row) && !isOpen(now.get(row.id) ?? row)).map(({ id }) => id)
  const changes = compareWordings(before.filter(isOpen), after.filter(isOpen)).map((change) => {
    const gone = change.before === null ? undefined : now.get(change.before.id)
    return change.after === null
      ? { ...change, on: gone?.validTo ?? null, known: gone?.endedBy?.known ?? true }
      : { ...change, on: change.after.validFrom, known: change.after.validFromKnown }
  })
  return {
    actId,
    parsed,
    editionDate: editionDate(parsed),
    held,
    changes,
    publicationDays: await askedDays(ctx, actId, plans),
    articles: await affectedArticles(ctx, ended),
    answers: await countAffectedAnswers(ctx, await endsOf(ctx, ended)),
    result,
  }
}
