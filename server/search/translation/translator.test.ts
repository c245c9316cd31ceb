import { describe, expect, it } from 'vitest'
import type { Lang } from '#server/context.ts'
import { createAnalyser } from '../analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from '../analysis/language-data.ts'
import { stemWord } from '../analysis/stem-word.ts'
import { createTranslator, NO_TRANSLATION, type Translator } from './translator.ts'

const GLOSSARY = [
  { ru: ['услуга'], kk: ['қызмет'] },
  { ru: ['государственная услуга'], kk: ['мемлекеттік қызмет'] },
  { ru: ['недвижимость', 'недвижимое имущество'], kk: ['жылжымайтын мүлік'] },
  { ru: ['срок'], kk: ['мерзім'] },
]
const analyser = createAnalyser(NO_LANGUAGE_DATA)
const kk = (word: string): string => `+${stemWord(word, 'kk')}`
const ru = (word: string): string => stemWord(word, 'ru')

/** The first term of each word of the other language, word by word of the text. */
const heads = (translator: Translator, text: string, lang: Lang): string[][] =>
  translator.translate(analyser.analyse(text, lang)).map((word) => word.map((terms) => terms[0]?.term ?? ''))

describe('createTranslator', () => {
  const translator = createTranslator(NO_LANGUAGE_DATA, GLOSSARY)

  it('reads terms in any of their forms, in both directions', () => {
    expect(heads(translator, 'мерзімін', 'kk')).toEqual([[ru('срок')]])
    expect(heads(translator, 'сроки', 'ru')).toEqual([[kk('мерзім')]])
  })

  it('takes the longest term that fits, each word by its place in it', () => {
    expect(heads(translator, 'мемлекеттік қызметтің мерзімі', 'kk')).toEqual([
      [ru('государственная')],
      [ru('услуга')],
      [ru('срок')],
    ])
  })

  it('says one word in two where the other language does', () => {
    expect(heads(translator, 'недвижимость', 'ru')).toEqual([[kk('жылжымайтын'), kk('мүлік')]])
    expect(heads(translator, 'жылжымайтын мүлік', 'kk')[0]).toContain(ru('недвижимость'))
  })

  it('meets words that both languages borrowed by their letters, and no others', () => {
    const terms = (text: string, lang: Lang) =>
      translator
        .translate(analyser.analyse(text, lang))
        .flat(2)
        .map(({ term }) => term)
    expect(terms('лицензиясын', 'kk')).toContain('_лицен')
    expect(terms('лицензию', 'ru')).toContain('-лицен')
    expect(terms('құжаттар', 'kk')).toEqual([])
  })

  it('adds what was learned, as sure as it is, and says that translations changed', () => {
    const own = createTranslator(NO_LANGUAGE_DATA, GLOSSARY)
    const before = own.version
    own.learn({ ru: new Map(), kk: new Map([[stemWord('шағым', 'kk'), [{ stem: ru('жалоба'), certainty: 0.7 }]]]) })
    expect(own.version).not.toBe(before)
    expect(own.translate(analyser.analyse('шағымды', 'kk'))).toEqual([
      [[{ term: ru('жалоба'), source: 'lexicon', certainty: 0.7 }]],
    ])
  })

  it('leaves stop words, numbers and references as they are', () => {
    expect(heads(translator, 'и 5 п. 23', 'ru').flat()).toEqual([])
    expect(heads(NO_TRANSLATION, 'срок услуги', 'ru')).toEqual([[], []])
  })
})
