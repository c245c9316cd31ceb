import { expect, it } from 'vitest'
import { domainFaults } from './domain-floors.ts'
import { readDomainCases } from './read-domain-cases.ts'
import type { DomainResult } from './run-domain.ts'

const { cases } = await readDomainCases(new URL('../cases/search-domain.yaml', import.meta.url).pathname)
const found = (acts: readonly string[]): DomainResult[] =>
  cases.filter(({ act }) => acts.includes(act)).map((asked) => ({ case: asked, half: 'tuned', rank: 1, first: '' }))
const row = (group: string, share: number) => ({ group, queries: 10, hit1: share, mrr10: share, ndcg10: share })
const GROUPS = ['held out', 'tuned', 'kk, held out', 'kk, tuned', 'kk, no-kazakh-letters']
const ACTS = [...new Set(cases.map(({ act }) => act))]

it('has at least 150 questions in both languages, over the Rules and acts', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150)
  expect(new Set(cases.map(({ lang }) => lang))).toEqual(new Set(['ru', 'kk']))
  expect(ACTS.length).toBeGreaterThanOrEqual(6)
})

it('holds all cases to their floors where all acts are, and names each that is below', () => {
  const results = found(ACTS)
  expect(domainFaults({ rows: GROUPS.map((group) => row(group, 0.9)), results, leftOut: {} })).toEqual([])
  const low = GROUPS.map((group) => row(group, group === 'tuned' ? 0.7 : 0.9))
  expect(domainFaults({ rows: low, results, leftOut: {} })).toEqual([
    'tuned: mrr10 0.700 < 0.745',
    'tuned: ndcg10 0.700 < 0.765',
  ])
  // A group that is missing is no reason to pass.
  expect(domainFaults({ rows: [], results, leftOut: {} })).toHaveLength(15)
})

it('holds the Rules to theirs where no act is, and says where only some are', () => {
  const leftOut = Object.fromEntries(ACTS.filter((act) => act !== '13324').map((act) => [act, 1]))
  const results = found(['13324'])
  expect(domainFaults({ rows: [row('act 13324 ru, both halves', 0.95)], results, leftOut })).toHaveLength(3)
  const both = [row('act 13324 ru, both halves', 0.95), row('act 13324 kk, both halves', 0.95)]
  expect(domainFaults({ rows: both, results, leftOut })).toEqual([])
  expect(domainFaults({ rows: both, results: found(['13324', '20610']), leftOut: { '20774': 48 } })).toEqual([
    'no floor is known without the acts 20774',
  ])
})
