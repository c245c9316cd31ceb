import { expect, it } from 'vitest'
import { explainLines } from './explain-lines.ts'

it('says in a terminal which place both lists gave a hit and what each word of the query gave', () => {
  expect(
    explainLines({
      lexical: { rank: 1, score: 503.6 },
      vector: null,
      weights: { lexical: 1, vector: 0.05, k: 10 },
      words: {
        words: [
          {
            word: 'имейл',
            rarity: 2,
            met: 0.9,
            gain: 4,
            evidence: [
              { kind: 'concept', soft: false, terms: ['~email'], fields: { text: 2 }, gain: 4 },
              { kind: 'grams', soft: true, terms: ['^имей'], fields: { title: 1 }, gain: 0.25 },
            ],
          },
          { word: 'вчера', rarity: 1, met: 0, gain: 0, evidence: [] },
        ],
        coverage: 0.9,
        named: 0,
        phrase: 500,
      },
      matched: ['почту'],
    }),
  ).toEqual([
    'words: 1 / (10 + 1) = 0.091; place 1, score 503.6',
    'meaning: not found',
    '  «имейл» (rarity 2) 4: concept ~email in text ×2: 4; +grams ^имей in title: 0.25',
    '  «вчера» (rarity 1) 0: not met',
    '  score 4 × 0.9 for what of the query is met + 500 for the phrase',
  ])
})
