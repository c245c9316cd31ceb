import { NUMBER_LIST } from '../numbers.ts'

/** «1-тармақ», «5 және 6-тармақтарда», «4) және 6) тармақшаларында»: patterns of a unit after its numbers. Group 1: the list. */
const after = (unit: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\d-])(${NUMBER_LIST})\s*[-–]?\s*${unit}\p{L}{0,14}`, 'iu')

export const KAZAKH_UNITS = {
  subpoint: String.raw`тармақша`,
  point: String.raw`(?:тармақ(?!ша)|тармағ)`,
  article: String.raw`(?:бап|баб)`,
  chapter: String.raw`тарау`,
  appendix: String.raw`қосымша`,
  part: String.raw`(?:бөлік|бөліг)`,
} as const

export type KazakhUnit = keyof typeof KAZAKH_UNITS

/** What notes name besides what texts refer to. */
export type KazakhNoteUnit = KazakhUnit | 'section' | 'paragraph'

export const KAZAKH_LISTS: Record<KazakhNoteUnit, RegExp> = {
  section: after('бөлім'),
  paragraph: after('параграф'),
  subpoint: after(KAZAKH_UNITS.subpoint),
  point: after(KAZAKH_UNITS.point),
  article: after(KAZAKH_UNITS.article),
  chapter: after(KAZAKH_UNITS.chapter),
  appendix: after(KAZAKH_UNITS.appendix),
  part: after(KAZAKH_UNITS.part),
}
