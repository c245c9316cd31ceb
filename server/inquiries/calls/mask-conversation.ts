import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { findSpoken, NUMERAL, type FoundSpoken } from './mask-spoken.ts'

export interface Stretch {
  id: string
  text: string
}

export interface MaskedStretch {
  text: string
  kinds: string[]
}

const PART = { number: '[номер]', name: '[имя]' } as const
const partOf = (kind: string): string => (kind === 'name' ? PART.name : PART.number)
/** What is masked already, and is a number. */
const NUMBER_MASKED = String.raw`\[(?:номер|ИИН-\d+|телефон-\d+|карта-\d+|счёт-\d+|документ-\d+)\]`
/** What is left of a number beside its masked rest: two numerals or three digits. */
const REST = String.raw`(?:(?:(?:${NUMERAL})(?!\p{L})[\s,-]*){2,}|\d(?:[ -]?\d){2,})`
const BEFORE_MASKED = new RegExp(String.raw`(?<![\p{L}\d])${REST}(?=\s*${NUMBER_MASKED})`, 'giu')
const AFTER_MASKED = new RegExp(String.raw`(?<=${NUMBER_MASKED}\s*)(?<![\p{L}\d])${REST}(?![\p{L}\d])`, 'giu')

/**
 * Masks what one speaker said, stretch after stretch, as one text: a recogniser cuts a number where the speaker takes breath, so that neither part looks
 * like one. Found places are mapped back onto the stretches; a part of what crosses a seam becomes «[номер]» or «[имя]». What is masked already stays,
 * and the rest of a number beside it is masked too. Pure.
 * @param stretches in the order in which they were said; text that is masked already may be among them
 */
export function maskConversation(stretches: readonly Stretch[]): Map<string, MaskedStretch> {
  const places: { id: string; start: number; end: number; text: string }[] = []
  let whole = ''
  for (const { id, text } of stretches) {
    if (whole !== '') whole += ' '
    places.push({ id, start: whole.length, end: whole.length + text.length, text })
    whole += text
  }
  const { found, open } = findSpoken(whole)
  const rests = [BEFORE_MASKED, AFTER_MASKED].flatMap((pattern) =>
    [...whole.matchAll(pattern)].map(({ 0: said, index }): FoundSpoken => ({
      start: index,
      end: index + said.trimEnd().length,
      kind: 'number',
    })),
  )
  const isOver = (left: { start: number; end: number }, right: { start: number; end: number }): boolean =>
    left.start < right.end && left.end > right.start
  return new Map(
    places.map(({ id, start, end, text }) => {
      // Of itself, and of what crosses its borders; of the centre's own number neither half.
      const alone = findSpoken(text).found.map((one) => ({ ...one, start: one.start + start, end: one.end + start }))
      const crossing = [...found, ...rests].filter((one) => isOver(one, { start, end }))
      const wanted: FoundSpoken[] = []
      for (const one of [...crossing, ...alone].toSorted(
        (left, right) => left.start - right.start || right.end - left.end,
      ))
        if (!open.some((free) => isOver(free, one)) && !wanted.some((other) => isOver(other, one))) wanted.push(one)
      let masked = ''
      let from = start
      const kinds: string[] = []
      // What is whole in one stretch keeps the placeholder of its kind; of the rest only that something was there.
      for (const one of wanted) {
        const [low, high] = [Math.max(one.start, start), Math.min(one.end, end)]
        if (high <= low || !/[\p{L}\d]/u.test(whole.slice(low, high))) continue
        const isWhole =
          one.kind !== 'number' && alone.some((other) => other.start === one.start && other.end === one.end)
        kinds.push(one.kind)
        masked += whole.slice(from, low) + (isWhole ? whole.slice(low, high) : partOf(one.kind))
        from = high
      }
      masked += whole.slice(from, end)
      return [id, { text: maskPersonalData(masked).text, kinds: [...new Set(kinds)] }]
    }),
  )
}
