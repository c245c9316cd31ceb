import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Lang, ParsedAct } from '#ingest/acts/act.ts'
import { hasLawData, lawFiles, lawText } from '#ingest/acts/fixtures/law-data.ts'
import { parseSource } from '#ingest/acts/parse-source.ts'
import { actNumber, provisionMatches, readActCases, unknownProvisions } from './read-act-cases.ts'
import { ACT_SETS } from './run-act-sets.ts'

const pathOf = (name: string): string => new URL(`../cases/${name}`, import.meta.url).pathname
const sets = await Promise.all(ACT_SETS.map(async (name) => ({ name, ...(await readActCases(pathOf(name))) })))
const SOURCES = new URL('../../content/sources/', import.meta.url)

describe('the sets over acts', () => {
  it('stand all in the table of evaluations', () => {
    expect(ACT_SETS.every((name) => existsSync(pathOf(name)))).toBe(true)
    expect(
      readdirSync(new URL('../cases/', import.meta.url))
        .filter((name) => /^(?:acts|cross-language\.)/.test(name))
        .sort(),
    ).toEqual([...ACT_SETS].sort())
  })

  it('ask no question twice, and a held-out one nowhere else', () => {
    const asked = sets.flatMap(({ cases }) => cases.map(({ question }) => question.toLowerCase()))
    expect(asked.filter((question, index) => asked.indexOf(question) !== index)).toEqual([])
    const ids = sets.flatMap(({ cases }) => cases.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('have at least 200 cases in both languages about equally, and sixty across languages', () => {
    const count = (lang: Lang, across: boolean) =>
      sets
        .filter(({ name }) => name.startsWith('cross') === across)
        .flatMap(({ cases }) => cases)
        .filter((one) => one.lang === lang).length
    expect(count('ru', false) + count('kk', false)).toBeGreaterThanOrEqual(200)
    expect(Math.abs(count('ru', false) - count('kk', false))).toBeLessThan(20)
    expect(count('ru', true) + count('kk', true)).toBeGreaterThanOrEqual(60)
  })

  it.each(sets)('$name: between a quarter and two fifths must be refused', ({ cases }) => {
    const refused = cases.filter((one) => one.expect === 'refused').length / cases.length
    expect(refused).toBeGreaterThan(0.25)
    expect(refused).toBeLessThan(0.4)
  })
})

describe.skipIf(!hasLawData)('provisions that the cases expect', () => {
  // Read when they are asked for: a test file that is skipped reads nothing.
  const held = () => {
    const texts = new Map<string, Partial<Record<Lang, Set<string>>>>()
    const acts: ParsedAct[] = lawFiles.map((name) => lawText(name).act)
    for (const name of readdirSync(SOURCES).filter((name) => name.endsWith('.txt'))) {
      const { act } = parseSource({ name, text: readFileSync(new URL(name, SOURCES), 'utf8') })
      if (act !== null) acts.push(act)
    }
    for (const act of acts) {
      const number = actNumber(act.requisites)
      const own = texts.get(number) ?? {}
      texts.set(number, own)
      own[act.lang] = new Set([
        ...(own[act.lang] ?? []),
        ...act.provisions.filter(({ status }) => status === 'in-force').map(({ eid }) => eid),
      ])
    }
    return texts
  }

  it('exist in the acts named, in the language of the question where the act is held in it', () => {
    const texts = held()
    expect(sets.flatMap((set) => unknownProvisions(set, texts))).toEqual([])
    const acts = sets.flatMap(({ cases }) => cases.flatMap((one) => one.provisions.map((p) => p.split(' ')[0] ?? '')))
    expect([...new Set(acts)].filter((act) => !texts.has(act))).toEqual([])
  }, 60_000)

  it('hold the words that a full answer quotes', () => {
    const plain = (text: string) =>
      text
        .replaceAll(/[\s«»"“”]+/g, ' ')
        .toLowerCase()
        .trim()
    const wordings = new Map<string, string>()
    const remember = (act: ParsedAct) => {
      for (const { eid, text } of act.provisions)
        for (const key of [eid, eid.replace(/__subpara_[\d-]+$/, '')]) {
          const whole = `${actNumber(act.requisites)} ${key}`
          wordings.set(whole, `${wordings.get(whole) ?? ''} ${text}`)
        }
    }
    for (const name of lawFiles) remember(lawText(name).act)
    for (const name of readdirSync(SOURCES).filter((name) => name.endsWith('.txt'))) {
      const { act } = parseSource({ name, text: readFileSync(new URL(name, SOURCES), 'utf8') })
      if (act !== null) remember(act)
    }
    expect(
      sets.flatMap(({ cases }) =>
        cases
          .filter(
            ({ quote, provisions }) =>
              quote !== undefined && !provisions.some((one) => plain(wordings.get(one) ?? '').includes(plain(quote))),
          )
          .map(({ id, quote }) => `${id}: ${quote ?? ''}`),
      ),
    ).toEqual([])
  }, 60_000)
})

describe('a cited provision', () => {
  it.each([
    ['chp_2__para_17', 'chp_2__para_17', true],
    ['chp_2__para_7__subpara_3', 'chp_2__para_7', true],
    ['chp_2__para_7', 'chp_2__para_7__subpara_3', true],
    ['chp_2__para_7__part_2', 'chp_2__para_7', false],
    ['chp_2__para_7', 'chp_2__para_7__part_2', false],
    ['chp_2__para_1', 'chp_2__para_17', false],
    ['app_2__row_7', 'app_2__row_7', true],
  ])('%s for %s is right: %s', (cited, wanted, right) => {
    expect(provisionMatches(cited, wanted)).toBe(right)
  })
})
