import { remembering } from '#server/search/analysis/recent-memory.ts'

const REMEMBERED = 2000

/** Controls (but for line breaks), direction marks, zero-width and tag characters, variation selectors, unassigned ones. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu
/** Comments, tags and the marks by which chat models tell turns apart. */
const TAGS = /<!--[\s\S]*?(?:-->|$)|<\/?[a-z!][^>\n]{0,300}>|<\|[^|\n]{0,60}\|>|\[\/?INST\]|<<\/?SYS>>/giu
const IMAGE_OR_LINK = /!?\[([^\]\n]{0,300})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])/gu
const REFERENCE = /^\s*\[[^\]\n]{1,100}\]:\s.*$/gmu
const AUTOLINK = /<(?:https?|mailto|ftp):[^>\s]{0,500}>/giu
const FENCE = /^\s*(?:```|~~~).*$/gmu

/**
 * A text as a model may see it: without what nobody reads (controls, direction marks, zero-width and tag characters), without
 * HTML, marks of turns, fences, and with the words of Markdown links but not where they lead. Letters, digits and punctuation stay.
 */
export const plainPassage = remembering(REMEMBERED, (text: string): string => {
  const seen = text.normalize('NFC').replaceAll(UNSEEN, (char) => (char === '\n' || char === '\t' ? char : ''))
  // Most passages hold none of the signs that markup needs, and a model is shown twenty.
  const plain = /[<[`~]/u.test(seen)
    ? seen
        .replaceAll(AUTOLINK, '')
        .replaceAll(TAGS, ' ')
        .replaceAll(REFERENCE, '')
        .replaceAll(IMAGE_OR_LINK, '$1')
        .replaceAll(FENCE, '')
        .replaceAll('`', '')
    : seen
  return plain.replaceAll(/[ \t]{2,}/gu, ' ').trim()
})
