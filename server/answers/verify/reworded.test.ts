import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { verifySentence } from '../verify-sentence.ts'

const PairsSchema = z.array(
  z.strictObject({
    lang: z.enum(['ru', 'kk']),
    what: z.string(),
    passage: z.string(),
    sentence: z.string(),
    /** What is cited of the passage; default: all of it. */
    quote: z.string().optional(),
    /** Words above the passage. */
    context: z.string().optional(),
  }),
)
type Pair = z.infer<typeof PairsSchema>[number]

const pairsOf = (name: string): Pair[] =>
  PairsSchema.parse(parse(readFileSync(new URL(`fixtures/${name}.yaml`, import.meta.url), 'utf8')))

const verdict = ({ lang, passage, sentence, quote = passage, context = '' }: Pair): string => {
  const checked = verifySentence(
    { text: sentence, support: [{ number: 1, quote }], confidence: 1 },
    [{ number: 1, label: lang === 'ru' ? 'п. 8' : '8-тармақ', title: '', context, text: passage, lang, score: 1 }],
    { lang, ownWords: true, hosts: new Set(['goscorp.kz']) },
  )
  return checked.ok ? 'ok' : `${checked.reason}: ${checked.detail}`
}

const hostile = pairsOf('hostile-pairs')
const truthful = pairsOf('true-pairs')

describe('a sentence that says something else than its source', () => {
  it('is looked at in both languages', () => {
    expect(hostile.length).toBeGreaterThanOrEqual(120)
    expect(hostile.filter(({ lang }) => lang === 'kk').length).toBeGreaterThanOrEqual(40)
  })

  it.each(hostile)('$lang $what: «$sentence»', (pair) => {
    expect(verdict(pair)).not.toBe('ok')
  })
})

describe('a sentence that says what its source says', () => {
  it('is looked at in both languages', () => {
    expect(truthful.length).toBeGreaterThanOrEqual(25)
    expect(truthful.filter(({ lang }) => lang === 'kk').length).toBeGreaterThanOrEqual(10)
  })

  it.each(truthful)('$lang $what: «$sentence»', (pair) => {
    expect(verdict(pair)).toBe('ok')
  })
})
