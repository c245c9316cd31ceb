import type { Meilisearch } from 'meilisearch'
import type { Lang } from '#server/context.ts'
import { documentId, type MeilisearchDocument } from '../meilisearch-terms.ts'
import { phrasePattern } from '../phrase-pattern.ts'
import type { QuotedPhrase } from '../quoted-phrases.ts'
import { countTerms, type TermCounts } from '../score-terms.ts'
import { quoted } from './index-filter.ts'

/** Passages looked up by id in one question: far fewer than one gives, so that none comes near the time-out of a search. */
const LOOKED_UP = 250
/** Passages remembered with their terms at most (some kilobytes each). */
const MOST_COUNTED = 10_000

/** Reads passages back from the index by their ids, to order and explain what was proposed. */
export const createPassageReader = (reader: Meilisearch, indexUid: string) => {
  /** Passages by id, in as many questions as it takes: one gives 1,000 at most (`maxTotalHits` of index-settings.ts) and is silent about the rest. */
  const lookUp = async <Name extends keyof MeilisearchDocument>(
    passageIds: readonly string[],
    fields: Name[],
  ): Promise<Pick<MeilisearchDocument, Name>[]> => {
    const found: Pick<MeilisearchDocument, Name>[] = []
    for (let at = 0; at < passageIds.length; at += LOOKED_UP) {
      const ids = passageIds.slice(at, at + LOOKED_UP).map((id) => quoted(documentId(id)))
      const { hits } = await reader.index<MeilisearchDocument>(indexUid).search('', {
        filter: `id IN [${ids.join(', ')}]`,
        limit: ids.length,
        attributesToRetrieve: fields,
      })
      found.push(...hits)
    }
    return found
  }

  const termsOf = (lang: Lang, ranked: readonly string[]): TermCounts =>
    countTerms(
      lang,
      ranked.map((field) => (field === '' ? [] : field.split(' '))),
    )
  // The terms of a passage, asked for once.
  const counted = new Map<string, { fingerprint: string; terms: TermCounts }>()

  const termsOfCandidates = async (
    candidates: readonly Pick<MeilisearchDocument, 'passageId' | 'fingerprint'>[],
  ): Promise<Map<string, TermCounts>> => {
    const unknown = candidates.filter(
      ({ passageId, fingerprint }) => counted.get(passageId)?.fingerprint !== fingerprint,
    )
    if (unknown.length > 0) {
      const hits = await lookUp(
        unknown.map(({ passageId }) => passageId),
        ['passageId', 'fingerprint', 'lang', 'ranked'],
      )
      for (const { passageId, fingerprint, lang, ranked } of hits) {
        const terms = termsOf(lang, ranked)
        counted.delete(passageId)
        counted.set(passageId, { fingerprint, terms })
      }
    }
    const found = new Map<string, TermCounts>()
    for (const { passageId } of candidates) {
      const terms = counted.get(passageId)?.terms
      if (terms !== undefined) found.set(passageId, terms)
    }
    for (const oldest of counted.keys()) {
      if (counted.size <= MOST_COUNTED) break
      counted.delete(oldest)
    }
    return found
  }

  /** Which of the passages hold all the phrases word for word. */
  const holdingPhrases = async (ids: readonly string[], phrases: readonly QuotedPhrase[]): Promise<string[]> => {
    const patterns = phrases.map(phrasePattern)
    const hits = await lookUp(ids, ['passageId', 'title', 'text'])
    return hits.flatMap(({ passageId, title, text }) =>
      patterns.every((pattern) => pattern.test(text) || pattern.test(title)) ? [passageId] : [],
    )
  }

  return { lookUp, termsOf, termsOfCandidates, holdingPhrases }
}
