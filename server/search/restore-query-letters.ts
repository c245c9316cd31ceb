import type { AnalysedToken, Analysis } from './analysis/analyser.ts'
import { hasRussianEnding, langOfFrequentWord } from './analysis/detect-language.ts'
import { hasKazakhLetter } from './analysis/normalise.ts'
import { inCaseOf, isAbbreviation, restoreKazakhWord } from './analysis/restore-kazakh-letters.ts'
import { stemWord } from './analysis/stem-word.ts'
import type { Vocabulary } from './analysis/vocabulary.ts'
import { namesInQuotes, quotedPhrases } from './quoted-phrases.ts'

/** Only what may have been typed on a Russian keyboard; parts of compounds stay. */
const WORD = /^[а-я]{3,}$/u
/** Digits among letters are letters of the Kazakh layout: that is read by the keys (`rewrite-query.ts`). */
const LAYOUT_DIGITS = /[а-я][02-9=]|[02-9=][а-я]/iu
/** What a word says for a language: one of everyday texts, one that passages hold, one that may be so by its letters alone. */
const FREQUENT = 3
const HELD = 2
const WEAK = 1
/** «тур», «кара»: shorter words of both languages meet by chance. */
const SHORTEST_SURE = 5
/** What subwords say at most of a word that passages do not hold. */
const MOST_GAIN = 2
/** By how much Kazakh must lead. */
const LEAD = 1
/** A shorter Russian stem proves nothing («пот» of «потка»). */
const SHORTEST_STEM = 4
/** The shortest beginning that an ending is put to. */
const SHORTEST_BEGINNING = 3
const MOST_BEGINNINGS = 2

const LAST_VOWEL = /[аәеоөұүуыіиэ](?=[^аәеоөұүуыіиэ]*$)/u
const FRONT_VOWEL = /[әеөүіиэ]/u

/** An ending in Kazakh letters, as the last vowel before it wants: «хат» + «ка» is «хатқа», «кепіл» + «ди» «кепілді». */
const withEnding = (beginning: string, ending: string): string => {
  const isFront = FRONT_VOWEL.test(LAST_VOWEL.exec(beginning)?.[0] ?? '')
  const harmonic = isFront ? ending.replaceAll('и', 'і') : ending.replaceAll('к', 'қ').replaceAll('г', 'ғ')
  return beginning + harmonic.replace(/(?<=[дтн][ыі])н$/u, 'ң')
}

/**
 * Kazakh typed on a Russian keyboard with the letters that this one lacks: «хатка канша кунде» as «хатқа қанша күнде». By the words of the index, else by the
 * most probable subwords. Words that Russian passages have stay, a Russian query stays altogether, and so does what is quoted.
 * @param isTyping the last word may be unfinished
 * @returns as long as the query; null when nothing is restored
 */
export function restoreQueryLetters(
  text: string,
  isTyping: boolean,
  { readings, vocabulary }: { readings: readonly Analysis[]; vocabulary: Vocabulary },
): string | null {
  // Who has these letters types them.
  if (hasKazakhLetter(text.toLowerCase()) || LAYOUT_DIGITS.test(text)) return null
  const tokens = readings.find(({ lang }) => lang === 'ru')?.tokens ?? []
  const isHeld = (word: string): boolean => vocabulary.hasStem(stemWord(word, 'kk'), 'kk')
  const isRussian = ({ norm, stop }: AnalysedToken): boolean => {
    const frequent = langOfFrequentWord(norm)
    if (frequent !== null) return frequent === 'ru'
    if (stop || vocabulary.langsOf(norm).includes('ru') || hasRussianEnding(norm)) return true
    const stem = stemWord(norm, 'ru')
    return stem.length >= SHORTEST_STEM && vocabulary.hasStem(stem, 'ru')
  }
  /** A word with its letters; `isSure`: passages hold it so. `weight`: what that says for Kazakh. */
  const restored = (norm: string): { to: string; isSure: boolean; weight: number } => {
    const { text: to, gain } = restoreKazakhWord(norm)
    const unfolded = vocabulary.unfold(norm)
    const [first] = unfolded
    if (first !== undefined)
      return {
        to: unfolded.includes(to) ? to : first,
        isSure: true,
        weight: norm.length < SHORTEST_SURE ? WEAK : FREQUENT,
      }
    return to !== norm && isHeld(to)
      ? { to, isSure: true, weight: Math.min(WEAK + Math.max(gain, 0), FREQUENT) }
      : { to, isSure: false, weight: Math.min(gain, MOST_GAIN) }
  }
  /** What a word says for Kazakh, and whether by more than its letters. */
  const weigh = (token: AnalysedToken): { weight: number; isProof: boolean } => {
    const frequent = langOfFrequentWord(token.norm)
    const langs = vocabulary.langsOf(token.norm)
    if (frequent !== null) return { weight: frequent === 'kk' ? FREQUENT : -FREQUENT, isProof: frequent === 'kk' }
    if (isRussian(token))
      return { weight: langs.includes('kk') ? 0 : token.stop || langs.length > 0 ? -HELD : -WEAK, isProof: false }
    if (langs.length > 0) return { weight: HELD, isProof: true }
    const { weight, isSure } = restored(token.norm)
    return { weight, isProof: isSure }
  }

  const words = tokens.filter(({ kind, norm, raw }) => kind === 'word' && WORD.test(norm) && norm.length === raw.length)
  const weighed = words.map(weigh)
  // Subwords alone are no proof: some Russian words are likelier with other letters («алфавит»).
  if (weighed.reduce((sum, { weight }) => sum + weight, 0) <= LEAD || !weighed.some(({ isProof }) => isProof))
    return null

  /** What no passage has just so, as a form of a stem that some have. */
  const asForm = (norm: string, to: string): string => {
    for (let at = norm.length - 1; at >= SHORTEST_BEGINNING; at -= 1)
      for (const beginning of [to.slice(0, at), ...vocabulary.unfold(norm.slice(0, at)).slice(0, MOST_BEGINNINGS)]) {
        const form = withEnding(beginning, norm.slice(at))
        if (form !== norm && isHeld(form)) return form
      }
    return to
  }
  const quoted = namesInQuotes(text) ? [] : quotedPhrases(text)
  let changed = text
  for (const token of words) {
    const { norm, raw, start, end } = token
    const isQuoted = quoted.some((one) => one.start < end && start < one.end)
    if (isRussian(token) || isAbbreviation(raw) || isQuoted) continue
    const { to, isSure } = restored(norm)
    if (!isSure && vocabulary.langsOf(norm).length > 0) continue
    // What its beginning may become is looked for by what was typed.
    if (!isSure && isTyping && end === text.length && vocabulary.unfold(norm, true).length > 0) continue
    changed = changed.slice(0, start) + inCaseOf(raw, isSure ? to : asForm(norm, to)) + changed.slice(end)
  }
  return changed === text ? null : changed
}
