import type { Lang } from '#ingest/acts/act.ts'
import { fold } from './facts-of.ts'

/** A refusal with its place in the text, and how much of what is named beside it is refused; null where the grammar leaves it open. */
export interface Refusal {
  start: number
  end: number
  things: number | null
}

const THING = String.raw`(?:\p{L}+(?:ой|ом|ых|их)\s+)?\p{L}+(?:ии|че|ке|ме)(?!\p{L})`
const RUSSIAN = new RegExp(
  String.raw`отказ\p{L}*\s+во?\s+(${THING}(?:\s*,\s*${THING})*(?:\s+(?:и|или|либо)\s+(?:во?\s+)?${THING})*)`,
  'gu',
)
const RUSSIAN_AND = /\s+(?:и|или|либо)\s+|\s*,\s*/u
/** What stands on in its clause: «отказ в приеме заявления либо выдаче» refuses one thing or two. */
const REST_OF_CLAUSE = /^[^.;,:\n]{0,80}/u

const FROM = String.raw`\p{L}+(?:дан|ден|тан|тен|нан|нен)(?!\p{L})`
const KAZAKH_AND = String.raw`\s*(?:,|(?<!\p{L})(?:және|немесе|не)(?!\p{L}))\s*`
const KAZAKH = new RegExp(
  String.raw`(${FROM}(?:${KAZAKH_AND}(?:\p{L}+\s+)?${FROM})*)\s+(?:дәлелді\s+|уәжді\s+)?бас\s+тарт\p{L}*`,
  'gu',
)
/** «беру немесе қайта рәсімдеуден бас тарту»: the first may be refused as well, or be what is not refused. */
const CLAUSE_BEFORE = /[^.;,:\n]{0,80}$/u
const OPEN = { ru: /(?<!\p{L})(?:и|или|либо)(?!\p{L})/u, kk: /(?<!\p{L})(?:және|немесе|не)(?!\p{L})/u }

/**
 * Refusals of a text of an act and what each refuses: «отказ в выдаче либо переоформлении» refuses two things, «беруден бас тарту немесе қайта
 * рәсімдеу» one, in the same words.
 * @param text as printed, one language
 * @returns in order of the text
 */
export function refusedThings(text: string, lang: Lang): Refusal[] {
  const folded = fold(text)
  return [...folded.matchAll(lang === 'ru' ? RUSSIAN : KAZAKH)].map((match) => {
    const [start, end] = [match.index, match.index + match[0].length]
    const named = (match[1] ?? '').split(lang === 'ru' ? RUSSIAN_AND : new RegExp(KAZAKH_AND, 'u')).length
    const beside = lang === 'ru' ? REST_OF_CLAUSE.exec(folded.slice(end)) : CLAUSE_BEFORE.exec(folded.slice(0, start))
    return { start, end, things: OPEN[lang].test(beside?.[0] ?? '') ? null : named }
  })
}
