import { describe, expect, it } from 'vitest'
import { averageLength, coverageOf, FIELD_SETTINGS, K1, rarityOf } from './bm25.ts'
import { createPostings, type Postings } from './postings.ts'
import { countTerms, coveredBy, scoreTerms } from './score-terms.ts'
import type { Evidence, EvidenceKind } from './word-query.ts'

const make = (documents: readonly (readonly [title: string, text: string])[]): Postings => {
  const postings = createPostings({
    fields: [
      { name: 'title', weight: 1, b: 0 },
      { name: 'text', weight: 1, b: 0 },
    ],
    k1: 1.2,
    langOf: () => 'ru',
  })
  for (const fields of documents)
    postings.add(
      'ru',
      fields.map((field) => field.split(' ').filter(Boolean)),
    )
  return postings
}
const way = (kind: EvidenceKind, weight: number, ...terms: string[]): Evidence => ({
  kind,
  weight,
  terms: new Map(terms.map((term) => [term, 1])),
  soft: kind === 'grams',
})
const scoresOf = (postings: Postings, ...evidence: Evidence[][]): Map<number, number> => {
  const { documents, scores } = postings.score(evidence.map((one, at) => ({ word: String(at), evidence: one })))
  return new Map([...documents].map((document) => [document, scores[document] ?? 0]))
}

describe('postings', () => {
  const word = [way('stem', 1, 'звонок'), way('concept', 0.6, '~call'), way('cut', 0.6, '_звоно')]

  it('counts a word once, by its best evidence, however many kinds of it there are', () => {
    const postings = make([
      ['', 'звонок ~call _звоно'],
      ['', 'звонок'],
      ['', '~call'],
    ])
    const scores = scoresOf(postings, word)
    expect(scores.get(0)).toBeCloseTo(scores.get(1) ?? 0)
    expect(scores.get(2)).toBeCloseTo((scores.get(1) ?? 0) * 0.6)
  })

  it('pools the terms of one kind: two synonyms are two occurrences, and as rare as the documents with either', () => {
    const postings = make([
      ['', 'a b'],
      ['', 'a a'],
      ['', 'b'],
      ['', 'c'],
    ])
    const scores = scoresOf(postings, [way('completion', 1, 'a', 'b')])
    expect(scores.get(0)).toBeCloseTo(scores.get(1) ?? 0)
    expect(scores.get(1)).toBeGreaterThan(scores.get(2) ?? 0)
    expect(scores.has(3)).toBe(false)
  })

  it('lets a word of the title stand for one of the text, and the words of the row decide', () => {
    const title = 'аттестация адвокат'
    const postings = make([
      [title, 'срок пятнадцать'],
      [title, 'документы заявление'],
      ['', 'аттестация срок'],
      ['', 'прочее'],
    ])
    const scores = scoresOf(
      postings,
      [way('stem', 1, 'срок')],
      [way('stem', 1, 'аттестация')],
      [way('stem', 1, 'адвокат')],
    )
    expect([...scores].sort((a, b) => b[1] - a[1]).map(([document]) => document)).toEqual([0, 2, 1])
  })

  it('finds nothing by soft evidence alone', () => {
    const postings = make([
      ['', '^жауа'],
      ['', 'жауап ^жауа'],
    ])
    expect([...scoresOf(postings, [way('stem', 1, 'жауап'), way('grams', 0.5, '^жауа')]).keys()]).toEqual([1])
  })

  it('says which share covers how much: rare words are more of a query', () => {
    const postings = make([
      ['', 'редкое'],
      ['', 'частое'],
      ['', 'частое'],
      ['', 'частое'],
    ])
    const { covered } = postings.score([
      { word: 'редкое', evidence: [way('stem', 1, 'редкое')] },
      { word: 'частое', evidence: [way('stem', 1, 'частое')] },
    ])
    expect(covered[0]).toBeGreaterThan(covered[1] ?? 1)
    expect((covered[0] ?? 0) + (covered[1] ?? 0)).toBeCloseTo(1)
  })

  it('explains a score: what is explained adds up to it', () => {
    const postings = make([
      ['звонок', 'звонок ~call ^звон'],
      ['', 'запись'],
    ])
    const words = [
      { word: 'звонок', evidence: [...word, way('grams', 0.5, '^звон')] },
      { word: 'запись', evidence: [way('stem', 1, 'запись')] },
    ]
    const explained = postings.explain(words, 0)
    expect(explained.map((share) => [share.word, share.evidence[0]?.kind, share.evidence[0]?.fields])).toEqual([
      ['звонок', 'stem', { title: 1, text: 1 }],
      ['запись', undefined, undefined],
    ])
    const total = explained.reduce((sum, { gain }) => sum + gain, 0)
    expect(total).toBeCloseTo(postings.score(words).scores[0] ?? 0)
  })

  it('scores a term at a time as passages are scored one at a time', () => {
    // Numbers of a small generator, the same each time.
    let seed = 7
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    const letters = (most: number): string[] => Array.from({ length: random(most) }, () => `t${random(12)}`)
    const fields = FIELD_SETTINGS
    const postings = createPostings({ fields, k1: K1, langOf: () => null })
    const texts = Array.from({ length: 60 }, (_, at) => ({
      lang: at % 3 === 0 ? ('kk' as const) : ('ru' as const),
      terms: fields.map(() => letters(9)),
    }))
    for (const { lang, terms } of texts) postings.add(lang, terms)
    const averages = (lang: 'ru' | 'kk'): number[] =>
      fields.map((_, field) => {
        const lengths = texts.filter((text) => text.lang === lang).map(({ terms }) => terms[field]?.length ?? 0)
        return averageLength(
          lengths.reduce((sum, length) => sum + length, 0),
          lengths.filter((length) => length > 0).length,
        )
      })
    const having = (term: string): number => texts.filter(({ terms }) => terms.flat().includes(term)).length
    const statistics = {
      fields,
      k1: K1,
      rarityOf: (term: string) => rarityOf(having(term), texts.length),
      averages: { ru: averages('ru'), kk: averages('kk') },
    }
    const passages = new Map(texts.map(({ lang, terms }, at) => [String(at), countTerms(lang, terms)]))
    for (let query = 0; query < 20; query += 1) {
      const words = Array.from({ length: 1 + random(4) }, (_, at) => ({
        word: String(at),
        evidence: [way('stem', 1, `t${random(12)}`), way('cut', 0.6, `t${random(12)}`, `t${random(12)}`)].concat(
          random(2) === 0 ? [way('grams', 0.5, `t${random(12)}`)] : [],
        ),
      }))
      const { documents, scores, covered } = postings.score(words)
      const found = new Map(
        [...documents].map((at) => [String(at), (scores[at] ?? 0) * coverageOf(covered[at] ?? 0)] as const),
      )
      const explained = [...found.keys()].map((id) => [id, postings.explain(words, Number(id))] as const)
      for (const [id, shares] of explained) {
        const gained = shares.reduce((sum, { gain }) => sum + gain, 0)
        expect(gained * coverageOf(coveredBy(shares))).toBeCloseTo(found.get(id) ?? 0, 4)
      }
      const rarities = explained[0]?.[1].map(({ rarity }) => rarity) ?? []
      const rated = words.map((word, at) => ({ ...word, rarity: rarities[at] ?? 0 }))
      const alone = scoreTerms(rated, passages, statistics)
      expect([...alone.keys()].sort()).toEqual([...found.keys()].sort())
      for (const [id, score] of alone) expect(score).toBeCloseTo(found.get(id) ?? 0, 4)
    }
  })

  it('forgets what is taken out', () => {
    const postings = make([
      ['', 'a'],
      ['', 'a b'],
    ])
    expect(scoresOf(postings, [way('stem', 1, 'a')]).size).toBe(2)
    postings.remove(0, 'ru', [[], ['a']])
    expect([...scoresOf(postings, [way('stem', 1, 'a')]).keys()]).toEqual([1])
  })

  it('gives the number of what is taken out to what comes next, so that edits make it no larger; scores are those of a new one', () => {
    const texts = [
      ['', 'a b'],
      ['', 'a a c'],
      ['', 'b c c d'],
    ] as const
    const edited = make(texts)
    for (let edit = 0; edit < 100; edit += 1) {
      edited.remove(0, 'ru', [[], ['a', 'b']])
      expect(edited.add('ru', [[], ['d', 'd', String(edit)]])).toBe(0)
      edited.remove(0, 'ru', [[], ['d', 'd', String(edit)]])
      expect(edited.add('ru', [[], ['a', 'b']])).toBe(0)
    }
    expect(edited.has('7')).toBe(false)
    const whole = make(texts)
    for (const term of ['a', 'b', 'c', 'd'])
      expect(scoresOf(edited, [way('stem', 1, term)])).toEqual(scoresOf(whole, [way('stem', 1, term)]))
  })
})
