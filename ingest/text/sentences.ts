/** A sentence as a half-open range of the text, without outer white space. */
export interface SentenceRange {
  start: number
  end: number
}

/** Abbreviations after which a sentence goes on, whatever follows. Lower case, without the last full stop. */
const ABBREVIATIONS = new Set([
  ...'п пп ст г гг ч гл прил абз подп рис табл см ср тел факс доб ул д кв оф обл им стр с р руб тг тыс млн млрд кг км мин сек'.split(
    ' ',
  ),
  ...'т.е т.к т.н и.о м.а ф.и.о т.а.ә в.т.ч п.п ст.ст проф акад зам исп гр тов ж жж б т қ к ред изд утв вып кн'.split(
    ' ',
  ),
])
/** These end a phrase as well: «и т.д. Далее …» is two sentences. */
const OPEN_ENDED = new Set(['т.д', 'т.п', 'др', 'пр', 'т.б', 'т.с.с'])

const LAST_TOKEN = /[\p{L}\d.]+$/u
const LONGEST_TOKEN = 24
const LIST_MARK = /^(?:[-*•–]|\d{1,3}(?:-\d{1,2})?[.)])\s/

/** Whether the full stop at `at` ends a sentence, the text after it being an upper-case one. */
function stopEnds(text: string, at: number, lineStart: number): boolean {
  const before = text.slice(Math.max(lineStart, at - LONGEST_TOKEN), at)
  const token = LAST_TOKEN.exec(before)?.[0] ?? ''
  // Initials: «Т.Б. Қазанғап», «Ж. Касымбек», «Ф.И.О. заявителя».
  if (/^(?:\p{Lu}\.)*\p{Lu}$/u.test(token)) return false
  const lower = token.toLowerCase()
  if (OPEN_ENDED.has(lower)) return true
  if (ABBREVIATIONS.has(lower)) return false
  // «8. Регистрация …»: a number that begins a line numbers it.
  if (/^\d{1,3}(?:-\d{1,2})?$/.test(token) && text.slice(lineStart, at).trim() === token) return false
  return true
}

function beginsSentence(text: string, at: number): boolean {
  return /^["«„“'([]*[\p{Lu}\d]/u.test(text.slice(at, at + 8)) || /^[–—-]\s/.test(text.slice(at, at + 2))
}

/**
 * Splits Russian or Kazakh legal text into sentences. Semicolons, abbreviations, initials, dates and
 * addresses do not split; empty lines and list marks at a line's beginning do. Between two ranges there
 * is nothing but white space, so no character is lost. Pure, linear, never throws.
 */
export function splitSentences(text: string): SentenceRange[] {
  const ranges: SentenceRange[] = []
  let start = 0
  let lineStart = 0
  const close = (end: number): void => {
    const piece = text.slice(start, end)
    const from = start + piece.length - piece.trimStart().length
    if (piece.trim() !== '') ranges.push({ start: from, end: from + piece.trim().length })
    start = end
  }
  const space = /\s+/g
  for (let found = space.exec(text); found; found = space.exec(text)) {
    const at = found.index
    const next = at + found[0].length
    const breaks = found[0].split('\n').length - 1
    const ended = /[.!?…]+["»”')\]]*$/.exec(text.slice(Math.max(lineStart, at - 12), at))
    const stop = ended ? at - ended[0].length : -1
    const isStop = ended !== null && ended[0].startsWith('.') && !ended[0].startsWith('..')
    if (breaks > 1 || (breaks === 1 && LIST_MARK.test(text.slice(next, next + 10)))) close(at)
    else if (stop >= start && beginsSentence(text, next) && (!isStop || stopEnds(text, stop, lineStart))) close(at)
    if (breaks > 0) lineStart = next
  }
  close(text.length)
  return ranges
}
