import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import { createAnalyser, type Analyser } from '#server/search/analysis/analyser.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { SearchContext } from '#server/search/search-context.ts'
import { rankPassages, type RankedPassage } from '#server/search/search.ts'
import { checkContent } from '../check-content.ts'
import { conceptOf } from '../over-files.ts'
import { lastEdits } from '../queries.ts'
import type { SynonymPreview } from '../schema.ts'
import type { IndexOver, SynonymServices } from '../synonym-base.ts'
import { groupById, groupsOf } from '../synonym-groups.ts'
import { countTerms } from './count-terms.ts'
import { findWarnings } from './find-warnings.ts'
import { recentQueries } from './recent-queries.ts'
import { termKey, termsOf } from './term-key.ts'

/** Queries that are searched for twice. */
const MOST_SHOWN = 20
const MOST_TERMS = 5
const HITS = 5
const SHOWN_TEXT = 160

/** Concepts that a query meets, in either language: a short one may be read in both. */
const readingOf = (analyser: Analyser, text: string): string =>
  (['ru', 'kk'] as const)
    .flatMap((lang) =>
      analyser.analyse(text, lang).concepts.map(({ id, weight, from, to }) => `${lang} ${id} ${weight} ${from}-${to}`),
    )
    .sort()
    .join('\n')
const meets = (analyser: Analyser, id: string, text: string): boolean =>
  (['ru', 'kk'] as const).some((lang) => analyser.analyse(text, lang).concepts.some((concept) => concept.id === id))

const NEW_ID = 'preview-of-a-new-group'

const hitOf = ({ passageId, articleId, title, label, citation, lang, text }: RankedPassage) => ({
  passageId,
  articleId,
  title,
  label: citation?.label ?? label,
  lang,
  text: text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text,
})

/**
 * What a change of a group would do, before it is saved: queries of the log that meet it, the editor's examples and the words that change,
 * searched for by what is used now and by what would be; where its words stand in the base; what to beware of. Nothing is written.
 * Both searches are the production verb over whole indexes, so what is shown is what will be.
 * @param input.id null: a new group
 * @param input.content null: the group is removed
 * @throws DomainError `not-found`; `validation-failed` with all faults of the content
 */
export async function previewChange(
  ctx: SearchContext,
  services: SynonymServices,
  input: { id: string | null; content: SynonymContent | null; examples: readonly string[] },
): Promise<SynonymPreview> {
  const groups = groupsOf(services.data, await lastEdits(ctx))
  const group = input.id === null ? null : groupById(groups, input.id)
  const was = group === null || group.origin === 'removed' ? null : group.content
  const content = input.content === null ? null : checkContent(input.content)
  const id = input.id ?? NEW_ID

  const current = await services.refresh(ctx.db)
  const changed = content === null ? null : conceptOf(id, content)
  const isNew = !current.concepts.some((concept) => concept.id === id)
  const next: LanguageData = {
    ...current,
    concepts: [
      ...current.concepts.flatMap((concept) => (concept.id === id ? (changed === null ? [] : [changed]) : [concept])),
      ...(isNew && changed !== null ? [changed] : []),
    ],
  }
  const [before, after] = [createAnalyser(current), createAnalyser(next)]
  const log = await recentQueries(ctx)
  const touched = log.filter(
    ({ text }) => meets(before, id, text) || readingOf(before, text) !== readingOf(after, text),
  )

  const keysOf = (of: SynonymContent | null) => new Set(termsOf(of).map(termKey))
  const [oldKeys, newKeys] = [keysOf(was), keysOf(content)]
  const changing = [
    ...termsOf(content).filter((term) => !oldKeys.has(termKey(term))),
    ...termsOf(was).filter((term) => !newKeys.has(termKey(term))),
  ]
  const wanted = new Map<string, { source: 'example' | 'term' | 'log'; times: number }>()
  for (const text of input.examples) wanted.set(text, { source: 'example', times: 0 })
  for (const { text } of changing.slice(0, MOST_TERMS))
    if (!wanted.has(text)) wanted.set(text, { source: 'term', times: 0 })
  for (const { text, times } of touched) {
    const known = wanted.get(text)
    if (known !== undefined) known.times = times
    else if (wanted.size < MOST_SHOWN) wanted.set(text, { source: 'log', times })
  }

  const indexes = { before: await services.indexOver(current), after: await services.indexOver(next) }
  const rank = async ({ index }: IndexOver, q: string) =>
    (await rankPassages({ ...ctx, lexicalIndex: { ...ctx.lexicalIndex, ...index } }, { q, limit: HITS })).passages.map(
      hitOf,
    )
  const results: SynonymPreview['results'] = []
  for (const [text, known] of wanted) {
    const found = { before: await rank(indexes.before, text), after: await rank(indexes.after, text) }
    const places = (hits: readonly { passageId: string }[]) => hits.map(({ passageId }) => passageId).join(' ')
    results.push({ text, ...known, isChanged: places(found.before) !== places(found.after), ...found })
  }

  const terms = [
    ...termsOf(content).map((term) => ({
      ...term,
      state: oldKeys.has(termKey(term)) ? ('kept' as const) : ('added' as const),
    })),
    ...termsOf(was).flatMap((term) => (newKeys.has(termKey(term)) ? [] : [{ ...term, state: 'removed' as const }])),
  ]
  const documents = await indexes.after.documents()
  const { counts, looked } = await countTerms(terms, documents, next)
  const passagesByKey = new Map(terms.map((term, at) => [termKey(term), counts[at]?.passages ?? 0]))
  return {
    queries: {
      considered: log.length,
      touched: touched.length,
      shown: results.length,
      changed: results.filter(({ isChanged }) => isChanged).length,
    },
    results: results.sort((left, right) => Number(right.isChanged) - Number(left.isChanged)),
    terms: terms.map((term, at) => ({ ...term, passages: 0, words: [], ...counts[at] })),
    passages: { looked, all: documents.length },
    warnings:
      content === null
        ? []
        : findWarnings({
            id: input.id,
            was,
            content,
            others: groups.filter(({ origin }) => origin !== 'removed'),
            passagesOf: (term) => passagesByKey.get(termKey(term)) ?? 0,
          }),
  }
}
