import { readFile } from 'node:fs/promises'
import { normaliseWord } from '#server/search/analysis/normalise.ts'
import type { FormOfLemma } from './grouping-metrics.ts'

export interface TaggedForm extends FormOfLemma {
  /** Universal part of speech. */
  upos: string
}

const WORD = /^\p{L}[\p{L}-]*$/u
/** Not words of the language: punctuation, symbols, numbers, foreign words. */
const NO_WORDS = new Set(['PUNCT', 'SYM', 'NUM', 'X'])

/**
 * Distinct pairs of form and lemma of a treebank in CoNLL-U (universaldependencies.org/format.html), normalised as search does.
 * Multiword ranges («12-13») are passed over: their parts follow with lemmas of their own.
 */
export const readConllu = async (path: string): Promise<TaggedForm[]> => {
  const found = new Map<string, TaggedForm>()
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    const [id = '', form = '', lemma = '', upos = ''] = line.split('\t')
    if (!/^\d+$/u.test(id) || NO_WORDS.has(upos) || !WORD.test(form) || !WORD.test(lemma)) continue
    const item = { form: normaliseWord(form), lemma: normaliseWord(lemma), upos }
    found.set(`${item.form} ${item.lemma} ${upos}`, item)
  }
  return [...found.values()]
}
