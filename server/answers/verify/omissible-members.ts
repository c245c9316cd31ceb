import type { Lang } from '#server/context.ts'
import { isStopWord } from '#server/search/analysis/stop-words.ts'
import type { Atom } from './atoms-of.ts'

/** Function words that only join a word to the next one. Every other one may narrow what stands beside it. */
const JOINING: Record<Lang, ReadonlySet<string>> = {
  ru: new Set('в во на по с со к ко о об обо от из у за для и а'.split(' ')),
  kk: new Set('және мен бен пен туралы арқылы бойынша үшін түрде ретінде'.split(' ')),
}
/** Content words by which acts narrow: conditions, exceptions, exclusions, what something depends on. */
const NARROWING: Record<Lang, RegExp> = {
  ru: /^(?:исключ|услови|налич|отсутств|завис|предел|искл|един(?:ств|ожд)|однократ|кром|включа|после|перед|прежде|помимо|вместо|сверх|свыше|боле|мене|ране|поздн|ниже|выше|лиш|тольк|однако|котор|ина[чк]|чтоб|хотя|поскольк|ограничен|этом|однов|совокуп)/u,
  kk: /^(?:егер|тек|ғана|басқа|қоспа|шарт|дейін|кейін|бұрын|бастап|немесе|әлде|бірақ|алайда|қарамастан|сайын|кез(?:де|інде|ең)|ескер|тыс|артық|астам|кем|көп|аз|жиынты|соң|шейін|гөрі|әрі|деген)/u,
}
const OF_CASE: Record<Lang, RegExp> = { ru: /^случа/u, kk: /^жағдай/u }
/** «болса», «берілгенде»: a Kazakh condition is an ending. */
const KAZAKH_CONDITION = /(?:[аеый]?[сш][ае]|[ғг][ае]нд[ае]|[қк][ае]нд[ае])$/u

const FINITE: Record<Lang, RegExp> = {
  ru: /(?:[еёи]тся|[уюая]тся|[аяу]ет|(?:[аяу]|о)ют|еет|еют|(?:од|ос|оз|ав|ер|ол|ын|еч|ащ|ещ)ит|вляют|вляет|лась|лось|лись)$/u,
  kk: /(?:[аеиы]д[ыі]|йд[ыі])$/u,
}
const isFinite = ({ kind, key }: Atom, lang: Lang): boolean =>
  kind === 'modal' || (kind === 'word' && FINITE[lang].test(key))

export const hasFiniteVerb = (atoms: readonly Atom[], lang: Lang): boolean => atoms.some((one) => isFinite(one, lang))

/** Kazakh has many nouns of three letters («бас», «заң»). */
const SHORT: Record<Lang, RegExp> = { ru: /^\p{L}{1,3}$/u, kk: /^\p{L}{1,2}$/u }
const isFunction = (key: string, lang: Lang): boolean => isStopWord(key, lang) || SHORT[lang].test(key)

/**
 * True for words that stand for themselves: nothing among them can be a condition, an exception or a bound of what stands beside them.
 * By default a function word is none of these.
 * @param isLead of a list whose items are each a case: «в следующих случаях:» joins alternatives
 */
export const isPlain = (atoms: readonly Atom[], lang: Lang, isLead = false): boolean =>
  atoms.every(({ kind, key }) => {
    if (kind === 'modal' || kind === 'value') return true
    if (kind === 'break') return key !== '('
    if (key === 'не') return true
    if (OF_CASE[lang].test(key)) return isLead
    if (NARROWING[lang].test(key)) return false
    if (lang === 'kk' && KAZAKH_CONDITION.test(key)) return false
    return !isFunction(key, lang) || JOINING[lang].has(key) || /^\p{Lu}/u.test(key)
  })

/** A heading that names and does not narrow: «Порядок рассмотрения:», not «Для получения лицензии:». */
export const isName = (atoms: readonly Atom[], lang: Lang): boolean =>
  isPlain(atoms, lang) &&
  !hasFiniteVerb(atoms, lang) &&
  atoms.every(({ kind, key }) => kind === 'break' || (kind === 'word' && !isFunction(key, lang) && key !== 'не'))

/** A clause that opens with a preposition, an adverb or a verb shares that with its neighbour, or takes its subject from it. */
export const opensWithSubject = (atoms: readonly Atom[], lang: Lang): boolean => {
  const first = atoms.find(({ kind }) => kind !== 'break')
  if (first?.kind !== 'word') return false
  if (lang === 'kk') return !isFinite(first, lang)
  return (
    !isFunction(first.key, lang) &&
    !isFinite(first, lang) &&
    !/(?:но|мо|ее|е|у|ю|ом|ем|ам|ям|ых|их|ого|его)$/u.test(first.key.replace(/(?:ени|ани|стви|ци)[ея]$/u, ''))
  )
}

/** Words that take their meaning from the clause before. */
const BACK =
  /^(?:он|она|оно|они|его|ее|их|ему|ей|им|ими|нем|ней|них|это|этот|эта|эти|этого|этой|этом|этих|этим|так\p{L}{2,3}|дан\p{L}{2,4}|указанн\p{L}+|последн\p{L}+|тако(?:в\p{L}+)?|ол|оның|оған|олар|бұл|осы|мұндай|сол|аталған|көрсетілген)$/u
export const refersBack = (atoms: readonly Atom[]): boolean => atoms.some(({ key }) => BACK.test(key))

const RUSSIAN_MODIFIER =
  /(?:щ(?:ий|ая|ее|ие|его|ей|ему|им|их|ую|ими|ем)|вш(?:ий|ая|ее|ие|его|ей|ему|им|их|ую|ими|ем)|[нмт](?:ый|ая|ое|ые|ого|ой|ому|ым|ых|ую|ыми|ом)|[вл]ши|я|в)(?:ся|сь)?$/u
const RUSSIAN_NOUN = /(?:ени|ани|стви|ци|ти)[еяюй]м?$/u

/**
 * Members of a list within a clause that may be left out: of «A, B и C» what stands between two separators, with its separator, where every
 * member names something and nothing in the clause narrows (of «только A, B и C» none may go). Also, of verbs that
 * share a subject («принимает A и выдает B»), one with what belongs to it.
 */
export const omissibleMembers = (atoms: readonly Atom[], lang: Lang): [number, number][] => {
  if (!isPlain(atoms, lang)) return []
  return [...nouns(atoms, lang), ...(lang === 'ru' ? verbs(atoms) : [])]
}

const isAnd = ({ key }: Pick<Atom, 'key'>): boolean => key === 'и' || key === 'және'

const nouns = (atoms: readonly Atom[], lang: Lang): [number, number][] => {
  // «Плата за A, B и C составляет 5 МРП» is not what two of them cost.
  if (atoms.some(({ kind }) => kind === 'value')) return []
  const separators = atoms.flatMap((one, at) => (one.key === ',' || isAnd(one) ? [at] : []))
  const names = (from: number, to: number): boolean => {
    const member = atoms.slice(from, to)
    const [first] = member
    return (
      first !== undefined &&
      member.length <= 4 &&
      member.every(({ kind, key }) => kind === 'word' && key !== 'не' && !isFunction(key, lang)) &&
      !hasFiniteVerb(member, lang) &&
      (lang === 'kk' || RUSSIAN_NOUN.test(first.key) || !RUSSIAN_MODIFIER.test(first.key))
    )
  }
  const found: [number, number][] = []
  for (const [index, at] of separators.entries()) {
    const next = separators[index + 1]
    if (next === undefined || atoms[at]?.key !== ',') continue
    const isListed = separators.slice(index + 1).some((one) => {
      const separator = atoms[one]
      return separator !== undefined && isAnd(separator)
    })
    if (!isListed || !names(at + 1, next)) continue
    // All between this member and the last «и» must be members of the same list.
    const rest = separators.slice(index + 1)
    const last = rest.findIndex((one) => {
      const separator = atoms[one]
      return separator !== undefined && isAnd(separator)
    })
    // A list before its verb may begin a clause behind a comma, so that the comma is none of the list's.
    const after = rest[last]
    if (after === undefined || hasFiniteVerb(atoms.slice(after), lang)) continue
    if (rest.slice(0, last).every((from, later) => names(from + 1, rest[later + 1] ?? from))) {
      if (lang === 'kk' && !sameEnding(atoms[next - 1], atoms[at - 1])) continue
      found.push([at, next])
    }
  }
  return found
}

/** Members of a Kazakh list end alike: in the same case. */
const sameEnding = (left: Atom | undefined, right: Atom | undefined): boolean =>
  left !== undefined && right !== undefined && endingOf(left) === endingOf(right)
const endingOf = ({ key, stem }: Atom): string => (key.startsWith(stem) ? key.slice(stem.length) : key.slice(-3))

/** A verb with its object, and nothing else. */
const isBare = (segment: readonly Atom[]): boolean =>
  segment.every(({ kind, key }, at) =>
    kind === 'word'
      ? isAnd({ key }) || key === 'не' || !isFunction(key, 'ru')
      : kind === 'break' && (at === 0 || key === ','),
  ) && segment.filter(({ key }) => key === ',').length <= 1

const verbs = (atoms: readonly Atom[]): [number, number][] => {
  const starts = atoms.flatMap((one, at) => {
    const before = atoms[at - 1]
    const first = before?.key === 'не' ? at - 1 : at
    return one.kind === 'word' && FINITE.ru.test(one.key) ? [first] : []
  })
  // Each but the first follows a separator at once; otherwise it has a subject of its own.
  if (starts.length < 2) return []
  const joints = starts.slice(1).map((at) => {
    let from = at
    while (from > 0 && (atoms[from - 1]?.key === ',' || isAnd(atoms[from - 1] ?? { key: '' }))) from -= 1
    return from
  })
  if (joints.some((from, index) => from === starts[index + 1])) return []
  const [first = 0] = starts
  // «разрабатывает и утверждает правила»: the first verb has no object of its own, and says nothing without the second.
  const found = joints
    .map((from, index): [number, number] => [from, joints[index + 1] ?? atoms.length])
    .filter(([from], index) => from - (starts[index] ?? 0) >= 2)
    // What stands at the end («… с согласия заявителя») may belong to all verbs before it.
    .filter(([from, to]) => to < atoms.length || isBare(atoms.slice(from, to)))
  const all: [number, number][] = [[first, starts[1] ?? first], ...found]
  return all.filter(([, to]) => !refersBack(atoms.slice(to)))
}
