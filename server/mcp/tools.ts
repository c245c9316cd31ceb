import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { compareWordings } from '#server/acts/compare-wordings.ts'
import { presentChanges } from '#server/acts/present.ts'
import { twoStates } from '#server/acts/queries.ts'
import { ProvisionChangeSchema } from '#server/acts/schema.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { answerQuestion } from '#server/answers/answer-question.ts'
import { AnswerSchema, QuestionSchema, type Answer } from '#server/answers/schema.ts'
import { readVisiblePassages } from '#server/articles/visible-passages.ts'
import { today, type Role } from '#server/context.ts'
import { notFound } from '#server/errors.ts'
import { CitationSchema, DaySchema, LangSchema } from '#server/http/wire.ts'
import { derivedId } from '#server/ids.ts'
import { search } from '#server/search/search.ts'

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
const Lang = LangSchema.default('ru').describe('Language of the text: `ru` or `kk`')
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

const HitSchema = z.object({
  title: z.string(),
  lang: LangSchema,
  text: z.string(),
  citation: CitationSchema.nullable(),
  passageId: z.string(),
  articleId: z.string(),
})

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
  output: z.object({ asOf: DaySchema, total: z.number().int(), hits: z.array(HitSchema) }),
  async run(ctx, { query, lang, asOf = today(ctx), limit }) {
    const { hits, total } = await search(ctx, { q: query, lang, asOf, limit, prefix: false })
    const found = hits.map(({ title, lang: own, text, citation, passageId, articleId }) => ({
      title,
      lang: own,
      text,
      citation,
      passageId,
      articleId,
    }))
    const lines = found.map(
      ({ title, text, citation }, at) => `${at + 1}. ${citation === null ? title : sourceLine(citation)}\n${text}`,
    )
    return {
      text: lines.length === 0 ? 'Nothing was found.' : lines.join('\n\n'),
      data: { asOf, total, hits: found },
    }
  },
})

const readTool = tool({
  name: 'read_provision',
  title: 'Read a provision of an act as of a day',
  description:
    'The words of one provision as a published article quotes them on that day. Name it by its element id (`chp_2__para_8`, from a citation) or by its label («п. 8»).',
  roles: null,
  writes: false,
  input: z.strictObject({
    act: Act,
    provision: z.string().trim().min(1).max(200).describe('Element id, e.g. `chp_2__para_8`, or label, e.g. «п. 8»'),
    asOf: AsOf,
    lang: Lang,
  }),
  output: z.object({ asOf: DaySchema, lang: LangSchema, text: z.string(), citation: CitationSchema }),
  async run(ctx, { act, provision, asOf = today(ctx), lang }) {
    const passages = await readVisiblePassages(
      ctx.db,
      sql`r.act_id = ${actIdOf(act)} and p.lang = ${lang} and (
        p.segments @> ${JSON.stringify([{ eid: provision }])}::jsonb or p.segments @> ${JSON.stringify([{ label: provision }])}::jsonb)`,
      asOf,
    )
    for (const passage of passages) {
      const segment = passage.segments.find(({ eid, label }) => eid === provision || label === provision)
      if (segment === undefined || passage.citation === null) continue
      const { eid, label, provisionId, start, end } = segment
      const citation = {
        ...passage.citation,
        eid,
        label,
        provisionId,
        anchor: eid,
        url: `/articles/${passage.articleId}?lang=${lang}#${eid}`,
      }
      const text = passage.text.slice(start, end).trim()
      return { text: `${sourceLine(citation)}\n${text}`, data: { asOf, lang, text, citation } }
    }
    throw notFound('published provision', `${provision} of act ${act} (${lang}, ${asOf})`)
  },
})

/** An answer as text: sentences, then what each rests on; or the refusal and what to do. */
const answerText = (answer: Answer): string =>
  [
    ...answer.sentences.flatMap(({ text, citations }) => [
      text,
      ...citations.map((citation) => `  [${sourceLine(citation)}] «${citation.quote}»`),
    ]),
    answer.message,
    answer.guidance?.text,
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
    const answer = await answerQuestion(ctx, { ...input, signal })
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
  input: z.strictObject({ act: Act, from: State, to: State, lang: Lang }),
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
