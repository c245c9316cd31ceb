import { describe, expect, it } from 'vitest'
import { hasLawData, lawFiles, lawText } from '#ingest/acts/fixtures/law-data.ts'
import type { Lang } from '#server/context.ts'
import { splitPassage } from '../split-passage.ts'
import { verifySentence } from '../verify-sentence.ts'

interface Sentence {
  passage: string
  context: string
  text: string
  lang: Lang
}

/** Every how many sentences one is looked at: all would take minutes. */
const EVERY = 3

/** Whole sentences of provisions, as a model is asked to tell them. */
const sentencesOf = (lang: Lang): Sentence[] => {
  const found = new Map<string, Sentence>()
  for (const name of lawFiles.filter((one) => one.includes(lang === 'kk' ? '.kaz.' : '.rus.'))) {
    const { provisions } = lawText(name).act
    const byEid = new Map(provisions.map((provision) => [provision.eid, provision]))
    for (const { text: passage, parentEid } of provisions) {
      const context = byEid.get(parentEid ?? '')?.text ?? ''
      // Under a lead-in with a condition an item may not be told alone.
      if (context.trimEnd().endsWith(':')) continue
      for (const { kind, start, end } of splitPassage(passage, lang === 'ru')) {
        const text = passage.slice(start, end)
        if (kind !== 'sentence' || text.length < 50 || text.length > 400 || !text.endsWith('.')) continue
        found.set(text, { passage, context, text, lang })
      }
    }
  }
  return [...found.values()].filter((_, at) => at % EVERY === 0)
}

const passes = ({ passage, context, text, lang }: Sentence, said: string): boolean | string => {
  const checked = verifySentence(
    { text: said, support: [{ number: 1, quote: text }], confidence: 1 },
    [{ number: 1, label: '', title: '', context, text: passage, lang, score: 1 }],
    { lang, ownWords: true },
  )
  return checked.ok ? true : checked.reason
}

/** Where each word of a sentence stands; not those in brackets or beside a hyphen. */
const wordsOf = (text: string): RegExpExecArray[] => [
  ...text.matchAll(/(?<![\p{L}\d(«"-])[\p{L}]{4,}(?![\p{L}\d)»"-])/gu),
]
const without = (text: string, word: RegExpExecArray): string =>
  text.slice(0, word.index) + text.slice(word.index + word[0].length).trimStart()

/** Reasons of form, not of wording: a mark of print within the sentence, two sentences in one. */
const FORM = new Set(['markup', 'several-sentences', 'unseen-characters', 'other-language', 'quote-too-short'])

describe.skipIf(!hasLawData).each(['ru', 'kk'] as const)('over acts of the state legal base, %s', (lang) => {
  const sentences = hasLawData ? sentencesOf(lang).filter((one) => !FORM.has(String(passes(one, one.text)))) : []

  it('tells a sentence of an act word for word', () => {
    expect(sentences.length).toBeGreaterThan(30)
    const refused = sentences.filter((one) => passes(one, one.text) !== true)
    expect(refused.length / sentences.length, refused.map(({ text }) => text).join('\n')).toBeLessThan(0.1)
  })

  it('tells it without the number repeated in words, and with the number in words alone', () => {
    let told = 0
    for (const one of sentences) {
      const repeated = /(\d+)\s\(([\p{L}\s]{3,40})\)/u.exec(one.text)
      if (repeated === null || passes(one, one.text) !== true) continue
      for (const number of [repeated[1] ?? '', repeated[2] ?? '']) {
        const said = one.text.replace(repeated[0], number)
        // A print may say another number in brackets.
        if (passes(one, said) === true) told += 1
      }
    }
    expect(told).toBeGreaterThan(1)
  })

  it('does not tell it without one of its words, with another one in its place, or with two exchanged', () => {
    const wrong: string[] = []
    let tried = 0
    const strangers = sentences.flatMap(({ text }) => wordsOf(text).map(([word]) => word))
    for (const [at, one] of sentences.entries()) {
      const words = wordsOf(one.text)
      for (const step of [0, 1, 2]) {
        const place = (at * 3 + step * 5) % words.length
        const word = words[place]
        const next = words[place + 1]
        const stranger = strangers[(at * 131 + step * 977) % strangers.length] ?? ''
        if (word === undefined) continue
        const before = one.text.slice(0, word.index)
        const said = [without(one.text, word)]
        if (stranger.toLowerCase() !== word[0].toLowerCase())
          said.push(before + stranger + one.text.slice(word.index + word[0].length))
        if (next !== undefined && next[0].toLowerCase() !== word[0].toLowerCase())
          said.push(
            before +
              next[0] +
              one.text.slice(word.index + word[0].length, next.index) +
              word[0] +
              one.text.slice(next.index + next[0].length),
          )
        tried += said.length
        for (const text of said) if (passes(one, text) === true) wrong.push(`${text} ← ${one.text}`)
      }
    }
    expect(tried).toBeGreaterThan(200)
    expect(wrong).toEqual([])
  })
})
