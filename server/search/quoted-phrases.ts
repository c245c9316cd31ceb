/** A phrase that a query wants word for word. */
export interface QuotedPhrase {
  text: string
  /** With its quotation marks. */
  start: number
  end: number
  /** The closing mark is not typed yet: the last word may be going on. */
  isOpen: boolean
}

// At the beginning of a word: on the US layout the key of «"» types «э» inside words.
const QUOTED = /(?<![^\s(,;:])["«“„]([^"«»“”„]{2,160})(["»”]|$)/gu
const MOST_PHRASES = 5
const ASKING =
  /\?\s*$|(?<!\p{L})(?:кто|кого|кому|кем|что|чего|чему|чем|как(?:ой|ая|ое|ие|их|им|ую|ого|ому|ова?)?|когда|где|куда|откуда|сколько|почему|зачем|чей|чья|чьё|чье|котор\p{L}+|кім\p{L}*|не(?:ні|ге|ден|мен|ше)?|неше\p{L}*|қандай|қай\p{L}*|қашан|қанша|қалай|ба|бе|ма|ме|па|пе)(?!\p{L})/iu

/**
 * Whether what a query quotes is a name: it asks a question («Кто написал «Абай жолы»?»), or quotes a single word among others. Passages
 * that have the name in another form may be what is wanted. Elsewhere what is quoted is a condition.
 */
export const namesInQuotes = (query: string): boolean => {
  const outside = query.replace(QUOTED, ' ')
  if (ASKING.test(outside)) return true
  return /[\p{L}\d]/u.test(outside) && quotedPhrases(query).every(({ text }) => !/[\p{L}\d]\s+[\p{L}\d]/u.test(text))
}

/**
 * Phrases in quotation marks, of which the last may still be open. An open one in Latin letters is none: «"nf;» is «этаж» on another
 * layout.
 */
export const quotedPhrases = (query: string): QuotedPhrase[] =>
  [...(/["«“„]/u.test(query) ? query.matchAll(QUOTED) : [])]
    .map((match) => ({
      text: (match[1] ?? '').trim(),
      start: match.index,
      end: match.index + match[0].length,
      isOpen: match[2] === '',
    }))
    .filter(({ text, isOpen }) => /[\p{L}\d]/u.test(text) && (!isOpen || !/[a-z]/iu.test(text)))
    .slice(0, MOST_PHRASES)
