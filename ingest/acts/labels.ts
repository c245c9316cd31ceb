import type { Lang, ProvisionKind } from './act.ts'

export interface LabelParts {
  kind: ProvisionKind
  num: string | null
  /** Label of the element it stands in; '' for one that is cited by its own number alone. */
  parent: string
}

const RU: Record<ProvisionKind, (num: string) => string> = {
  preamble: () => 'преамбула',
  chapter: (num) => `гл. ${num}`,
  point: (num) => `п. ${num}`,
  subpoint: (num) => `пп. ${num}`,
  part: (num) => `ч. ${num}`,
  appendix: (num) => (num === '' ? 'приложение' : `прил. ${num}`),
  form: () => 'форма',
}

const KK: Record<ProvisionKind, (num: string) => string> = {
  preamble: () => 'кіріспе',
  chapter: (num) => `${num}-тарау`,
  point: (num) => `${num}-тармақ`,
  subpoint: (num) => `${num}) тармақша`,
  part: (num) => `${num}-бөлік`,
  appendix: (num) => (num === '' ? 'қосымша' : `${num}-қосымша`),
  form: () => 'нысан',
}

/** The short form an operator reads aloud: «п. 3 пп. 4», «приказ, п. 1», «прил. 2, форма». */
export function labelOf(parts: LabelParts, lang: Lang): string {
  const own = (lang === 'kk' ? KK : RU)[parts.kind](parts.num ?? '')
  if (parts.parent === '') return own
  return parts.kind === 'subpoint' || parts.kind === 'part' ? `${parts.parent} ${own}` : `${parts.parent}, ${own}`
}
