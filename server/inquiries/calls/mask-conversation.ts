import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { findSpoken, NUMERAL, type FoundSpoken } from './find-spoken.ts'

export interface Stretch {
  id: string
  text: string
}

export interface MaskedStretch {
  text: string
  kinds: string[]
}

const PART = { number: '[номер]', name: '[имя]' } as const
const MASKED = /\[номер\]/gu
const partOf = (kind: string): string => (kind === 'name' ? PART.name : PART.number)
/** Numerals and digits in a row, in any form. */
const ONE = String.raw`(?:(?:${NUMERAL})(?!\p{L})|\d+(?![\p{L}\d]|[.,/]\d))`
const ROW = String.raw`${ONE}(?:(?:[\s-]+|,\s*)${ONE})*`
const ROW_BEFORE = new RegExp(String.raw`(?<![\p{L}\d№.,/])${ROW}(?=[\s,-]*$)`, 'iu')
const ROW_AFTER = new RegExp(String.raw`^[\s,-]*(${ROW})`, 'iu')
const EACH = new RegExp(ONE, 'giu')
/** Words behind a numeral that it does not count. */
const UNCOUNTED =
  'и|а|но|да|нет|вот|это|все|всё|где|как|что|когда|куда|кому|какой|какая|какое|какие|почему|сколько|можно|мой|моя|моё|мое|мне|меня|мы|вы|он|она|ещё|еще|потом|теперь|пожалуйста|спасибо|правильно|верно|так|алло|ну|у|в|на|с|по|до|от|за|из|для|или|если|то|номер|иин|телефон|және|ал|бірақ|енді|міне|болды|деп|менің|маған|мен|иә|жоқ|рахмет|қайда|қалай|қашан|жсн|нөмірім'
/** «два вопроса», «2-х дней». */
const COUNTED = new RegExp(
  String.raw`^(?:-\p{L}|\s{1,3}(?!(?:${UNCOUNTED})(?!\p{L})|\p{L}{1,20}(?:ите|йте|тесь)(?!\p{L}))\p{L}{2})`,
  'iu',
)
/** What more than one numeral counts: «двадцать пять рабочих дней». */
const MEASURED =
  /^\s{1,3}(?:рабоч|календарн|банковск|дн[яей]|день|час|минут|секунд|лет(?!\p{L})|год|месяц|недел|сут|раз(?:а|ов)?(?!\p{L})|вопрос|тенге|тыс|млн|миллион|процент|мрп|человек|дет|реб[её]н|жұмыс|күн|жыл|ай(?!\p{L})|апта|сағат|рет(?!\p{L})|сұрақ|теңге|мың|пайыз|адам|бала)/iu
/** Whether numerals count what follows: then they are a number of things, and no rest of a phone. */
function isCount(row: string, after: string): boolean {
  const numerals = row.match(EACH) ?? []
  if (numerals.some((one) => /\d{5}/u.test(one)) || numerals.length > 3) return false
  return MEASURED.test(after) || (numerals.length === 1 && !/\d{3}/u.test(row) && COUNTED.test(after))
}
/** Characters beside a number in which its rest may stand. */
const BESIDE = 200

interface Place {
  start: number
  end: number
}
const isOver = (left: Place, right: Place): boolean => left.start < right.end && left.end > right.start

/**
 * What stands right beside a number: its rest. Whether the number was masked when it was stored or is found now makes no difference, so neither does the order
 * in which stretches come.
 * @param endOf where a row ends that may count what follows
 */
function restsBeside(whole: string, number: Place, endOf: (place: Place) => number): FoundSpoken[] {
  const before = ROW_BEFORE.exec(whole.slice(Math.max(0, number.start - BESIDE), number.start))
  const behind = ROW_AFTER.exec(whole.slice(number.end, number.end + BESIDE))
  const rests: FoundSpoken[] = []
  if (before !== null) {
    const start = Math.max(0, number.start - BESIDE) + before.index
    rests.push({ start, end: start + before[0].length, kind: 'number' })
  }
  if (behind !== null) {
    const last = number.end + behind[0].length
    const start = last - (behind[1] ?? '').length
    const end = endOf({ start, end: last })
    if (end > start) rests.push({ start, end, kind: 'number' })
  }
  return rests
}

/**
 * Masks what one speaker said, stretch after stretch, as one text: a recogniser cuts a number where the speaker takes breath, so that neither part looks
 * like one. Found places are mapped back onto the stretches; a part of what crosses a seam becomes «[номер]» or «[имя]». What is masked already stays,
 * and the rest of a number beside it is masked too, but beside one that was whole («[ИИН-1]») nothing is. Pure.
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
  const alone = places.flatMap(({ start, text }) =>
    findSpoken(text).found.map((one) => ({ ...one, start: one.start + start, end: one.end + start })),
  )
  /** What is whole in one stretch keeps the placeholder of its kind; of the rest is told only that something was there. */
  const inOne = new Set(alone.map(({ start, end }) => `${start}-${end}`))
  const isWhole = (one: FoundSpoken): boolean => one.kind !== 'number' && inOne.has(`${one.start}-${one.end}`)
  /** The end of a number without the numerals that begin a stretch and count what follows in it: «… сорок пять», «два вопроса у меня». */
  const endOf = ({ start, end }: Place): number => {
    const last = places.find((place) => end > place.start && end <= place.end)
    if (last === undefined) return end
    const from = Math.max(start, last.start)
    return isCount(whole.slice(from, end), whole.slice(end, last.end)) ? from : end
  }
  const isCut = ({ start, end }: Place): boolean => places.some((place) => start < place.start && end > place.start)
  // Of the centre's own number neither half is masked.
  const all = [
    ...found.map((one) => (one.kind !== 'name' && isCut(one) ? { ...one, end: endOf(one) } : one)),
    ...alone,
  ].filter((one) => !open.some((free) => isOver(free, one)))
  const numbers: Place[] = [
    ...all.filter((one) => one.kind !== 'name' && !isWhole(one)),
    ...[...whole.matchAll(MASKED)].map(({ 0: said, index }) => ({ start: index, end: index + said.length })),
  ]
  const rests = numbers
    .flatMap((one) => restsBeside(whole, one, endOf))
    .filter((one) => !open.some((free) => isOver(free, one)))
  return new Map(
    places.map(({ id, start, end }) => {
      const wanted: FoundSpoken[] = []
      for (const one of [...all, ...rests]
        .filter((place) => isOver(place, { start, end }))
        .toSorted((left, right) => left.start - right.start || right.end - left.end))
        if (one.start >= (wanted.at(-1)?.end ?? 0)) wanted.push(one)
      let masked = ''
      let from = start
      const kinds: string[] = []
      for (const one of wanted) {
        const [low, high] = [Math.max(one.start, start), Math.min(one.end, end)]
        if (high <= low || !/[\p{L}\d]/u.test(whole.slice(low, high))) continue
        kinds.push(one.kind)
        masked += whole.slice(from, low) + (isWhole(one) ? whole.slice(low, high) : partOf(one.kind))
        from = high
      }
      masked += whole.slice(from, end)
      return [id, { text: maskPersonalData(masked).text, kinds: [...new Set(kinds)] }]
    }),
  )
}
