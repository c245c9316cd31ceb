import type { Lang } from '#ingest/acts/act.ts'

/** A list in brackets, with its place in the text and the number of its items. */
export interface BracketList {
  start: number
  end: number
  items: number
}

/** Shorter ones are asides: a name, a number in words, two ways to say one thing. */
const SHORTEST = 4
const BRACKETS = /\((?:[^()\n]|\([^()\n]*\))*\)/gu
/** «(далее – Правила)», «(бұдан әрі – Қағидалар)»: a name, not a list. */
const NAMES = /^\((?:далее|бұдан әрі)(?!\p{L})/iu
/** «удостоверенной ЭЦП», «которые исключают»: says more of the item before. Kazakh puts it in front, without a comma. */
const CONTINUES =
  /^\s*(?:котор|(?:\p{L}{3,}(?:нн|вш|ущ|ющ|ащ|ящ|ем|им|щ))(?:ый|ая|ое|ые|ого|ых|ым|ыми|ому|ой|ей|ую|ий|ее|ие|его|их|им|ими|ему|юю)(?:ся)?(?!\p{L}))/iu

/**
 * Lists in brackets of a text of an act: «(код платежа, сумма оплаты, дата и время оплаты, …)».
 * @param text as printed, one language
 * @returns those of four items and more, in order of the text; brackets inside of brackets belong to the outer ones, and a bracket that is
 * not closed in its paragraph is none
 */
export function bracketLists(text: string, lang: Lang): BracketList[] {
  return [...text.matchAll(BRACKETS)].flatMap((match): BracketList[] => {
    if (NAMES.test(match[0])) return []
    const parts = match[0]
      .slice(1, -1)
      .replaceAll(/\([^()]*\)/gu, '')
      .split(/[,;]/u)
    const items = parts.filter(
      (part, i) => part.trim() !== '' && (i === 0 || lang === 'kk' || !CONTINUES.test(part)),
    ).length
    return items < SHORTEST ? [] : [{ start: match.index, end: match.index + match[0].length, items }]
  })
}
