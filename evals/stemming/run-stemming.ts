import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lang } from '#server/context.ts'
import { cutWord, stemWord } from '#server/search/analysis/stem-word.ts'
import { judgeGrouping, type FormOfLemma, type Grouping } from './grouping-metrics.ts'
import { readConllu } from './read-conllu.ts'

export interface StemmingRow extends Grouping {
  file: string
  words: string
  /** `ours`, the five-letter cut, or no stemming at all. */
  stemmer: string
}

const KINDS: readonly [string, readonly string[] | null][] = [
  ['all', null],
  ['nouns', ['NOUN', 'PROPN']],
  ['verbs', ['VERB', 'AUX']],
  ['adjectives', ['ADJ']],
]

/**
 * Half of the lemmas, by a coin that falls the same every time: the rules were mended looking at the errors of the other half only,
 * so this one tells what they are worth on words nobody looked at.
 */
export const isHeldOut = (lemma: string): boolean =>
  [...lemma].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 2 === 1

const distinct = (items: readonly FormOfLemma[]): FormOfLemma[] => [
  ...new Map(items.map(({ form, lemma }) => [`${form} ${lemma}`, { form, lemma }])).values(),
]

/**
 * Judges stemming against every gold treebank (`kk_*.conllu`, `ru_*.conllu`) of a directory: ours, the five-letter cut, full words.
 * @throws when the directory holds none
 */
export const runStemming = async (directory: string): Promise<StemmingRow[]> => {
  const files = (await readdir(directory)).filter((name) => /^(?:kk|ru)_.*\.conllu$/u.test(name)).sort()
  if (files.length === 0) throw new Error(`${directory}: no kk_*.conllu and no ru_*.conllu`)
  const rows: StemmingRow[] = []
  for (const file of files) {
    const lang: Lang = file.startsWith('kk') ? 'kk' : 'ru'
    const items = await readConllu(join(directory, file))
    const sets: [string, FormOfLemma[]][] = KINDS.map(([words, tags]) => [
      words,
      distinct(tags === null ? items : items.filter(({ upos }) => tags.includes(upos))),
    ])
    sets.push(['held-out lemmas', distinct(items.filter(({ lemma }) => isHeldOut(lemma)))])
    for (const [words, forms] of sets)
      for (const [stemmer, stem] of [
        ['ours', (form: string) => stemWord(form, lang)],
        ['five letters', cutWord],
        ['full word', (form: string) => form],
      ] as const)
        rows.push({ file, words, stemmer, ...judgeGrouping(forms, stem) })
  }
  return rows
}
