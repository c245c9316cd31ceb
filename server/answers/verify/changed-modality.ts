import type { Lang } from '#server/context.ts'
import type { AnalysedToken } from '#server/search/analysis/analyser.ts'
import { negationsOf } from './negations-of.ts'

export type Modality = 'obliged' | 'entitled' | 'forbidden' | 'not-obliged'

/** What a text says somebody must, may or must not do. */
export interface Modal {
  modality: Modality
  /** «может», «нужно»: everyday words, which an indicative of the law («регистрирует») also supports. */
  weak: boolean
  /** Stem of what is to be done; null where it was not found. */
  verb: string | null
  raw: string
}

const stemOf = (token: AnalysedToken): string => token.stems[0] ?? token.norm
const INFINITIVE = /(?:ть|ться|ти|тись|чь|чься)$/u

const RUSSIAN: { pattern: RegExp; modality: Modality; weak: boolean; negated: Modality }[] = [
  { pattern: /^вправе$/u, modality: 'entitled', weak: false, negated: 'forbidden' },
  {
    pattern: /^(?:допускается|допускаются|допустимо|разрешается|разрешаются|разрешено|разрешен[аы]?|дозволено)$/u,
    modality: 'entitled',
    weak: false,
    negated: 'forbidden',
  },
  {
    pattern: /^(?:может|могут|можно|возможно|сможет|смогут|можете|могу)$/u,
    modality: 'entitled',
    weak: true,
    negated: 'forbidden',
  },
  { pattern: /^обязан[аоы]?$|^обязуется$/u, modality: 'obliged', weak: false, negated: 'not-obliged' },
  { pattern: /^обяз(?:ательно|ателен|ательна)$/u, modality: 'obliged', weak: false, negated: 'not-obliged' },
  { pattern: /^(?:должен|должна|должно|должны|надлежит)$/u, modality: 'obliged', weak: false, negated: 'forbidden' },
  { pattern: /^следует$/u, modality: 'obliged', weak: true, negated: 'forbidden' },
  {
    pattern: /^(?:необходимо|нужно|надо|требуется|требуются|придется|подлежит|подлежат)$/u,
    modality: 'obliged',
    weak: true,
    negated: 'not-obliged',
  },
  {
    pattern: /^(?:запрещ|воспрещ|недопустим)\p{L}*$|^нельзя$/u,
    modality: 'forbidden',
    weak: false,
    negated: 'entitled',
  },
]

const russianModals = (tokens: readonly AnalysedToken[]): Modal[] => {
  const found: Modal[] = []
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1]
    const negated = previous?.norm === 'не' || (previous?.norm === 'всегда' && tokens[index - 2]?.norm === 'не')
    let rule = RUSSIAN.find(({ pattern }) => pattern.test(token.norm))
    let from = index
    if (rule === undefined && /^име(?:ет|ют|ем|ете|л|ла|ли|ть)$/u.test(token.norm)) {
      const right = tokens.slice(index + 1, index + 3).findIndex(({ norm }) => norm === 'право' || norm === 'права')
      if (right < 0) continue
      rule = RUSSIAN[0]
      from = index + 1 + right
    }
    if (rule === undefined) continue
    const ahead = tokens.slice(from + 1, from + 7)
    const verb =
      ahead.find(({ norm }) => norm.length > 3 && INFINITIVE.test(norm)) ??
      (/^(?:допуска|разреш|запрещ|воспрещ|недопустим)/u.test(token.norm)
        ? (ahead.find(({ stop }) => !stop) ??
          tokens.slice(0, index).findLast(({ stop, norm }) => !stop && norm !== 'не'))
        : undefined)
    found.push({
      modality: negated ? rule.negated : rule.modality,
      weak: rule.weak,
      verb: verb === undefined ? null : stemOf(verb),
      raw: negated ? `${previous?.raw} ${token.raw}` : token.raw,
    })
  }
  return found
}

const KAZAKH_VERB = /(?:у|уға|уге|уды|уді|уы|уі|уын|уін|уының|уінің)$/u

const kazakhModals = (tokens: readonly AnalysedToken[]): Modal[] => {
  const found: Modal[] = []
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]?.norm ?? ''
    const after = tokens[index + 1]?.norm ?? ''
    const denied = after === 'емес'
    let modality: Modality | null = null
    let weak = false
    switch (true) {
      case token.norm === 'құқылы':
        modality = denied ? 'forbidden' : 'entitled'
        break
      case /^құқ(?:ық|ығы|ықтары)$/u.test(token.norm) && (after === 'бар' || after === 'жоқ'):
        modality = after === 'бар' ? 'entitled' : 'forbidden'
        break
      case /^міндетт(?:і|іміз|імін|енеді)$/u.test(token.norm):
        modality = denied ? 'not-obliged' : 'obliged'
        break
      case /^тиіс(?:пін|піз|сіз)?$/u.test(token.norm):
        modality = denied ? 'forbidden' : 'obliged'
        break
      case token.norm === 'керек' || token.norm === 'қажет':
        modality = denied ? 'not-obliged' : 'obliged'
        weak = true
        break
      case token.norm.startsWith('тыйым'):
        modality = 'forbidden'
        break
      case token.norm === 'болмайды' && /у(?:ға|ге)$/u.test(before):
        modality = 'forbidden'
        break
      case token.norm === 'болады' && /у(?:ға|ге)$/u.test(before):
        modality = 'entitled'
        weak = true
        break
      case /^(?:беріл|етіл)(?:еді|мейді)$/u.test(token.norm) && (before === 'жол' || before === 'рұқсат'):
        modality = token.norm.endsWith('мейді') ? 'forbidden' : 'entitled'
        break
      case token.norm === 'мүмкін':
        modality = denied ? 'forbidden' : 'entitled'
        weak = true
        break
      case /^ал(?:ады|майды|атын|майтын)$/u.test(token.norm) && /(?:[ае]|й)$/u.test(before):
        modality = token.norm.startsWith('алм') ? 'forbidden' : 'entitled'
        weak = true
        break
    }
    if (modality === null) continue
    const verb = tokens.slice(Math.max(0, index - 4), index).findLast(({ norm }) => KAZAKH_VERB.test(norm))
    found.push({
      modality,
      weak,
      verb: verb === undefined ? null : stemOf(verb),
      raw: denied || after === 'бар' || after === 'жоқ' ? `${token.raw} ${after}` : token.raw,
    })
  }
  return found
}

/** Modal words of a text with what they are about. */
export const modalsOf = (tokens: readonly AnalysedToken[], lang: Lang): Modal[] =>
  lang === 'ru' ? russianModals(tokens) : kazakhModals(tokens)

/** «отказать» and «отказывает»: stems of one verb differ behind a common beginning. */
const sameVerb = (left: string | null, right: string | null): boolean => {
  if (left === null || right === null) return false
  let shared = 0
  while (shared < left.length && left[shared] === right[shared]) shared += 1
  return shared === Math.min(left.length, right.length)
    ? shared >= 3
    : shared >= 4 && shared >= 0.6 * Math.max(left.length, right.length)
}

/**
 * A duty, right or prohibition that the sentence states and its quotes do not, or that it leaves out.
 * @param said tokens of the sentence
 * @param quoted tokens of the quotes and of the lead-ins these are items of
 * @param around tokens of the whole sentences around the quotes
 * @returns the words that differ; null when nothing does
 */
export const changedModality = (
  said: readonly AnalysedToken[],
  quoted: readonly AnalysedToken[],
  around: readonly AnalysedToken[],
  lang: Lang,
): string | null => {
  const mine = modalsOf(said, lang)
  const theirs = modalsOf(quoted, lang)
  const wider = modalsOf(around, lang)
  const denials = negationsOf(quoted, lang)
  const denies = denials.words.size > 0 || denials.forbids
  const contrary =
    theirs.some(({ modality }) => modality === 'forbidden') && theirs.some(({ modality }) => modality === 'entitled')
  for (const modal of mine) {
    const same = theirs.filter(({ modality }) => modality === modal.modality)
    if (same.length === 0) {
      const plain = modal.modality === 'obliged' || modal.modality === 'entitled'
      // The law's indicative is a duty and, for who asks, a possibility.
      if (modal.weak && plain && theirs.length === 0 && wider.length === 0 && !denies) continue
      // «не может» where the quote denies plainly («не отвечает»).
      if (modal.weak && modal.modality === 'forbidden' && denies) continue
      return modal.raw
    }
    const kept = same.some(({ verb }) => sameVerb(verb, modal.verb))
    if (
      !kept &&
      (contrary ||
        [...theirs, ...wider].some((one) => one.modality !== modal.modality && sameVerb(one.verb, modal.verb)))
    )
      return modal.raw
  }
  const mineDenied = negationsOf(said, lang)
  const deniesHere =
    mineDenied.words.size > 0 || mineDenied.forbids || mine.some(({ modality }) => modality === 'forbidden')
  const prohibition = theirs.find(({ modality }) => modality === 'forbidden')
  if (prohibition !== undefined && !deniesHere) return prohibition.raw
  for (const one of [...theirs, ...wider]) {
    if (one.weak || (one.modality !== 'entitled' && one.modality !== 'forbidden')) continue
    if (one.modality === 'forbidden' && deniesHere) continue
    if (mine.some(({ modality }) => modality === one.modality)) continue
    if (said.some((token) => token.kind === 'word' && !token.stop && sameVerb(stemOf(token), one.verb))) return one.raw
  }
  return null
}
