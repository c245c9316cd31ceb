import type { SynonymContent, SynonymGroup } from './types.ts'

/** A group as it is typed: a word a line. */
export interface GroupText {
  weight: string
  same_ru: string
  near_ru: string
  same_kk: string
  near_kk: string
}

export const EMPTY_GROUP: GroupText = { weight: '0.6', same_ru: '', near_ru: '', same_kk: '', near_kk: '' }

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export const textOf = ({ weight, ru, kk }: SynonymContent): GroupText => ({
  weight: String(weight),
  same_ru: ru.same.join('\n'),
  near_ru: ru.near.join('\n'),
  same_kk: kk.same.join('\n'),
  near_kk: kk.near.join('\n'),
})

/** What is sent: a weight that is no number is 0, which the server refuses with its place. */
export const contentOf = (text: GroupText): SynonymContent => ({
  weight: Number(text.weight.replace(',', '.')) || 0,
  ru: { same: linesOf(text.same_ru), near: linesOf(text.near_ru) },
  kk: { same: linesOf(text.same_kk), near: linesOf(text.near_kk) },
})

/** All words of a group in one line. */
export const wordsOf = ({ ru, kk }: SynonymContent): string =>
  [...ru.same, ...ru.near, ...kk.same, ...kk.near].join(', ')

/** What a group is called: its first words. */
export const titleOf = ({ id, content: { ru, kk } }: Pick<SynonymGroup, 'id' | 'content'>): string =>
  ru.same[0] ?? kk.same[0] ?? id
