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
  section: (num) => `разд. ${num}`,
  paragraph: (num) => `пар. ${num}`,
  article: (num) => `ст. ${num}`,
  table: () => 'таблица',
  row: (num) => `стр. ${num}`,
}

const KK: Record<ProvisionKind, (num: string) => string> = {
  preamble: () => 'кіріспе',
  chapter: (num) => `${num}-тарау`,
  point: (num) => `${num}-тармақ`,
  subpoint: (num) => `${num}) тармақша`,
  part: (num) => `${num}-бөлік`,
  appendix: (num) => (num === '' ? 'қосымша' : `${num}-қосымша`),
  form: () => 'нысан',
  section: (num) => `${num}-бөлім`,
  paragraph: (num) => `${num}-параграф`,
  article: (num) => `${num}-бап`,
  table: () => 'кесте',
  row: (num) => `${num}-жол`,
}

/** The short form an operator reads aloud: «п. 3 пп. 4», «приказ, п. 1», «прил. 2, форма». */
export function labelOf(parts: LabelParts, lang: Lang): string {
  const own = (lang === 'kk' ? KK : RU)[parts.kind](parts.num ?? '')
  if (parts.parent === '') return own
  return parts.kind === 'subpoint' || parts.kind === 'part' ? `${parts.parent} ${own}` : `${parts.parent}, ${own}`
}

/** Endings of the Kazakh units: of the owner («5-баптың»), of what is owned («2-тармағы»), and of both at once («2-тармағының»). */
const KK_FORMS: Partial<Record<ProvisionKind, readonly [owner: string, owned: string, both: string]>> = {
  article: ['-баптың', '-бабы', '-бабының'],
  point: ['-тармақтың', '-тармағы', '-тармағының'],
  subpoint: [') тармақшаның', ') тармақшасы', ') тармақшасының'],
  part: ['-бөліктің', '-бөлігі', '-бөлігінің'],
}

export interface LabelStep {
  kind: ProvisionKind
  num: string
}

function kazakhChain(steps: readonly LabelStep[]): string {
  const last = steps.length - 1
  const only = steps[0]
  if (last === 0 && only) return KK[only.kind](only.num)
  return steps
    .map(({ kind, num }, index) => {
      const forms = KK_FORMS[kind]
      if (!forms) return KK[kind](num)
      return num + (index === 0 ? forms[0] : index === last ? forms[1] : forms[2])
    })
    .join(' ')
}

/**
 * The label of an element of a law or of rules by the steps that lead to it, outermost first: «ст. 5 п. 2 пп. 3»,
 * «5-баптың 2-тармағының 3) тармақшасы». A part of a sub-point is «абз. 2».
 *
 * @param document What the steps belong to («приказ», «прил. 2»); '' for the act itself.
 */
export function labelOfChain(steps: readonly LabelStep[], document: string, lang: Lang): string {
  const chain =
    lang === 'kk'
      ? kazakhChain(steps)
      : steps
          .map(({ kind, num }, index) =>
            kind === 'part' && steps[index - 1]?.kind === 'subpoint' ? `абз. ${num}` : RU[kind](num),
          )
          .join(' ')
  return document === '' ? chain : `${document}, ${chain}`
}
