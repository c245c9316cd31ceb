import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { compareWordings } from '#server/acts/compare-wordings.ts'
import { presentChanges } from '#server/acts/present.ts'
import { twoStates } from '#server/acts/queries.ts'
import { ProvisionChangeSchema } from '#server/acts/schema.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { answerNoted } from '#server/answers/answer-noted.ts'
import { AnswerSchema, QuestionSchema, type Answer } from '#server/answers/schema.ts'
import { readVisiblePassages } from '#server/articles/visible-passages.ts'
import { today, type Role } from '#server/context.ts'
import { DomainError, notFound } from '#server/errors.ts'
import { CitationSchema, DaySchema, LangSchema } from '#server/http/wire.ts'
import { derivedId } from '#server/ids.ts'
import { SearchHitSchema, SearchResultSchema, type SearchResult } from '#server/search/schema.ts'
import { searchNoted } from '#server/search/search-noted.ts'
import { warningLines } from './warning-lines.ts'
import { wholeProvision } from './whole-provision.ts'

/** What a tool gives back: words for a model to read, and the same as data. */
export interface ToolOutput {
  text: string
  data: Record<string, unknown>
}

export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  name: string
  title: string
  description: string
  /** Null: every role. */
  roles: readonly Role[] | null
  /** It keeps a record. */
  writes: boolean
  input: Input
  output: z.ZodObject
  run: (ctx: AnswerContext, input: z.infer<Input>, signal: AbortSignal) => Promise<ToolOutput>
}

const tool = <Input extends z.ZodObject>(one: Tool<Input>): Tool => ({
  ...one,
  run: (ctx, input, signal) => one.run(ctx, one.input.parse(input), signal),
})

const MOST_CHANGES = 100
const LONGEST_TEXT = 20_000

const Act = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .describe('Act: its id (`act_…`, from a citation), or its registration number, e.g. `13324`')
const LangInput = LangSchema.default('ru').describe('Language of the text: `ru` or `kk`')
const AsOf = DaySchema.optional().describe(
  'Day, YYYY-MM-DD, on which the text is in force; default: today in Asia/Almaty',
)
const State = z
  .union([DaySchema, z.string().regex(/^edn_[a-z0-9]+$/iu, 'a day YYYY-MM-DD, or an edition id edn_…')])
  .describe('A day, YYYY-MM-DD (what was in force on it), or the id of a held edition, `edn_…` (its text)')

const actIdOf = (act: string): string => (act.startsWith('act_') ? act : derivedId('act', act))

/** An edition in one line, for reading. */
const sourceLine = ({ label, actTitle, edition }: z.infer<typeof CitationSchema>): string =>
  `${label}, ${actTitle} (ред. ${edition.amendedBy ?? edition.date})`

/** What a reader has to know of a text besides its words: that its source was amended, or says another thing in the other language. */
const WARNINGS = { languageDifferences: true, sourceChanged: true, changesOn: true } as const

const HitSchema = SearchHitSchema.pick({
  title: true,
  lang: true,
  text: true,
  citation: true,
  passageId: true,
  articleId: true,
  ...WARNINGS,
})

/** How the search went, where not as asked: for a model that would else take the hits for all there is. */
const searchNotes = ({ correctedTo, correctionKind, degraded, crossLanguage }: SearchResult): string[] => [
  ...(correctedTo === null ? [] : [`Searched for «${correctedTo}» instead (${correctionKind ?? 'corrected'}).`]),
  ...(crossLanguage === null
    ? []
    : [`Little was found in ${crossLanguage.from}: hits in ${crossLanguage.to} are added.`]),
  ...degraded.map(({ part }) => `Search by ${part} is away now: something may be missing.`),
]

const searchTool = tool({
  name: 'search',
  title: 'Search the knowledge base',
  description:
    'Finds passages of published articles that are in force on a day, best first, each with the provision of the act it quotes. Words may stand in any form, in Russian or Kazakh.',
  roles: null,
  writes: false,
  input: z.strictObject({
    query: z.string().trim().min(1).max(400).describe('What to look for, in Russian or Kazakh'),
    lang: LangSchema.optional().describe('Only passages in this language; default: both'),
    asOf: AsOf,
    limit: z.number().int().min(1).max(20).default(8).describe('How many passages at most'),
  }),
  output: SearchResultSchema.pick({
    total: true,
    correctedTo: true,
    correctionKind: true,
    degraded: true,
    crossLanguage: true,
  }).extend({ asOf: DaySchema, hits: z.array(HitSchema) }),
  async run(ctx, { query, lang, asOf, limit }) {
    const result = await searchNoted(ctx, { q: query, lang, asOf, limit, prefix: false })
    const { total, correctedTo, correctionKind, degraded, crossLanguage } = result
    const hits = result.hits.map((hit) => HitSchema.parse(hit))
    const found = hits.map((hit, at) =>
      [
        `${at + 1}. ${hit.citation === null ? hit.title : sourceLine(hit.citation)}`,
        ...warningLines(hit, hit.lang),
        hit.text,
      ].join('\n'),
    )
    return {
      text: [...searchNotes(result), ...(found.length === 0 ? ['Nothing was found.'] : found)].join('\n\n'),
      data: { asOf: asOf ?? today(ctx), total, correctedTo, correctionKind, degraded, crossLanguage, hits },
    }
  },
})

const readTool = tool({
  name: 'read_provision',
  title: 'Read a provision of an act as of a day',
  description:
    'The words of one provision, a point with all its sub-points, as a published article quotes them on that day. Name it by its element id (`chp_2__para_8`, from a citation) or by its label («п. 8»).',
  roles: null,
  writes: false,
  input: z.strictObject({
    act: Act,
    provision: z.string().trim().min(1).max(200).describe('Element id, e.g. `chp_2__para_8`, or label, e.g. «п. 8»'),
    asOf: AsOf,
    lang: LangInput,
  }),
  output: SearchHitSchema.pick({ lang: true, text: true, ...WARNINGS }).extend({
    asOf: DaySchema,
    citation: CitationSchema,
  }),
  async run(ctx, { act, provision, asOf = today(ctx), lang }) {
    const missing = notFound('published provision', `${provision} of act ${act} (${lang}, ${asOf})`)
    const ofAct = sql`r.act_id = ${actIdOf(act)} and p.lang = ${lang}`
    const named = await readVisiblePassages(
      ctx,
      sql`${ofAct} and (r.eid = ${provision} or p.label = ${provision}
        or p.segments @> ${JSON.stringify([{ eid: provision }])}::jsonb or p.segments @> ${JSON.stringify([{ label: provision }])}::jsonb)`,
      asOf,
    )
    const places = named.flatMap(({ versionId, citation, segments }) =>
      [...(citation === null ? [] : [citation]), ...segments].flatMap(({ eid, label }) =>
        eid === provision || label === provision ? [{ versionId, eid }] : [],
      ),
    )
    const exact = places.filter(({ eid }) => eid === provision)
    const chosen = exact.length > 0 ? exact : places
    const eids = [...new Set(chosen.map(({ eid }) => eid))].sort()
    // The order and the Rules that it approves both have a «п. 1».
    if (eids.length > 1)
      throw new DomainError(
        'bad-request',
        `«${provision}» stands for several provisions of act ${act}: ${eids.join(', ')}. Ask for one of them by its element id.`,
      )
    const [place] = chosen
    if (place === undefined) throw missing
    const whole = wholeProvision(
      await readVisiblePassages(
        ctx,
        sql`${ofAct} and p.version_id = ${place.versionId} and exists (
          select 1 from jsonb_array_elements(p.segments) one
          where one ->> 'eid' = ${place.eid} or starts_with(one ->> 'eid', ${`${place.eid}__`}))`,
        asOf,
      ),
      place.eid,
    )
    if (whole === null) throw missing
    const { text, citation, ...warnings } = whole
    return {
      text: [sourceLine(citation), ...warningLines(whole, lang), text].join('\n'),
      data: { asOf, lang, text, citation: CitationSchema.parse(citation), ...warnings },
    }
  },
})

/** An answer as text: sentences, then what each rests on; or the refusal and what to do. */
const answerText = (answer: Answer): string =>
  [
    ...answer.sentences.flatMap(({ text, citations }) => [
      text,
      ...citations.flatMap((citation) => [
        `  [${sourceLine(citation)}] «${citation.quote}»`,
        ...warningLines(citation, answer.lang).map((line) => `  ${line}`),
      ]),
    ]),
    answer.message,
    ...(answer.inOtherLanguage?.citations ?? []).flatMap((citation) => [
      `  [${sourceLine(citation)}] «${citation.quote}»`,
      ...warningLines(citation, answer.lang).map((line) => `  ${line}`),
    ]),
    answer.guidance?.text,
    ...(answer.guidance?.citation ? warningLines(answer.guidance.citation, answer.lang) : []),
    answer.guidance?.draft?.body,
    answer.competence === null
      ? null
      : `${answer.competence.name}: ${answer.competence.contacts.map(({ value }) => value).join(', ')}`,
    answer.clarify === null
      ? null
      : `${answer.clarify.question} ${answer.clarify.choices.map(({ label }) => label).join('; ')}`,
  ]
    .filter((line) => line !== null && line !== undefined)
    .join('\n')

const answerTool = tool({
  name: 'answer',
  title: 'Answer a question with verified quotes',
  description:
    'Answers from the knowledge base alone; every sentence has a verbatim quote of a provision in force. Where there is no answer it says so, whose question it is and what to do. The answer is kept on record.',
  roles: ['operator', 'editor', 'supervisor', 'authority', 'admin'],
  writes: true,
  input: z.strictObject({
    question: QuestionSchema.shape.question.describe('The question as it was asked, in Russian or Kazakh'),
    lang: LangSchema.optional().describe('Language of the question; default: recognised'),
    asOf: AsOf,
    asker: z.enum(['citizen', 'state-body']).optional().describe('Who asks, where it is known'),
  }),
  output: AnswerSchema,
  async run(ctx, input, signal) {
    const answer = await answerNoted(ctx, { ...input, signal })
    return { text: answerText(answer), data: answer }
  },
})

const ChangeSchema = ProvisionChangeSchema.omit({ parts: true })

const changesTool = tool({
  name: 'list_changes',
  title: 'List what changed in an act',
  description:
    'Provisions that differ between two days or two held editions of an act, in its order, with the words before and after and the act that changed them.',
  roles: null,
  writes: false,
  input: z.strictObject({ act: Act, from: State, to: State, lang: LangInput }),
  output: z.object({
    from: z.string(),
    to: z.string(),
    total: z.number().int(),
    truncated: z.boolean(),
    changes: z.array(ChangeSchema),
  }),
  async run(ctx, { act, from, to, lang }) {
    const { before, after } = await twoStates(ctx, { actId: actIdOf(act), lang, from, to })
    const all = presentChanges(compareWordings(before, after))
    const cut = (text: string | null) => (text === null ? null : text.slice(0, LONGEST_TEXT))
    const changes = all
      .slice(0, MOST_CHANGES)
      .map((change) => ChangeSchema.parse({ ...change, before: cut(change.before), after: cut(change.after) }))
    const lines = changes.map(
      ({ label, kind, by, before: was, after: now }) =>
        `${label}: ${kind}${by === null ? '' : `, ${by.amendedBy}`}${was === null ? '' : `\n  - ${was}`}${now === null ? '' : `\n  + ${now}`}`,
    )
    const truncated = all.length > changes.length
    return {
      text: `${all.length === 0 ? 'Nothing changed.' : lines.join('\n')}${truncated ? `\n… ${all.length - changes.length} more` : ''}`,
      data: { from, to, total: all.length, truncated, changes },
    }
  },
})

/** What the knowledge base offers to other programs' assistants. Only published texts and the acts themselves; never a draft. */
export const TOOLS: readonly Tool[] = [searchTool, readTool, answerTool, changesTool]
