import type { Amendment, InForce, Lang } from './act.ts'
import { DATE, isoDate } from './dates.ts'
import { parseInForce } from './in-force.ts'

/** One change as a note («Сноска») tells it, before its target is looked up. */
export interface NotedChange {
  /** What is changed, as printed: «Пункт 3», «Правила». */
  target: string
  /** Elements put in: «пунктом 10-1» of «Правила дополнены пунктом 10-1». */
  added: string | null
  change: Amendment['change']
  by: Amendment['by']
  inForce: InForce
  onlyLang: Lang | null
  /** Where in the note's text, half-open. */
  start: number
  end: number
}

const ACT_WORD = String.raw`(?:приказ|постановлени|закон|решени|указ|распоряжени)(?:ами|ями|ом|ем|а|я|у|ю|ов|ы|)`
const BY = new RegExp(`(?<![\\p{L}])(${ACT_WORD})\\s+([^()]{0,400}?)\\s*от\\s+(${DATE})\\s*№\\s*([^\\s();,]+)`, 'iu')
/** A further act of the same issuer: «; от 28.07.2023 № 292/НҚ (…)». */
const BY_SAME_ISSUER = new RegExp(`^\\s*от\\s+(${DATE})\\s*№\\s*([^\\s();,]+)`, 'iu')

const ACT_NAMES: readonly (readonly [string, string])[] = [
  ['приказ', 'приказ'],
  ['постановлени', 'постановление'],
  ['закон', 'закон'],
  ['решени', 'решение'],
  ['указ', 'указ'],
  ['распоряжени', 'распоряжение'],
]

/** Wordings of a change, in the order they are looked for. Group 1 is the target, where the segment names one. */
const CHANGES: readonly (readonly [Amendment['change'], RegExp])[] = [
  ['changed', /^(.{0,200}?)[\s,–-]*внесен[оаы]?\s+изменени\p{L}{1,3}(?:\s+и\s+дополнени\p{L}{1,3})?(?=\s)/iu],
  [
    'changed',
    /^(.{0,200}?)[\s,–-]*с\s+(?:изменени|дополнени)\p{L}{1,3}(?:\s+и\s+(?:изменени|дополнени)\p{L}{1,3})?,?\s+внесенн/iu,
  ],
  ['restated', /^(.{0,200}?)[\s–-]*(?:изложен[аоы]?\s+)?в\s+(?:новой\s+)?редакции(?=\s)/iu],
  ['excluded', /^(.{0,200}?)[\s–-]*(?:исключен[аоы]?|утратил[аио]?\s+силу)(?=\s|$)/iu],
  ['added', /^(.{0,200}?)[\s–-]*дополнен[аоы]?(?=\s)/iu],
]

const NOTE_MARK = /^(?:Сноска|Ескерту)\s*\.\s*/

/** Cuts a note at its semicolons outside brackets; `from` skips its mark. Pure. */
export function segmentsOf(text: string, from: number): { start: number; end: number }[] {
  const segments: { start: number; end: number }[] = []
  let depth = 0
  let start = from
  for (let index = from; index < text.length; index += 1) {
    const char = text.charAt(index)
    if (char === '(') depth += 1
    if (char === ')') depth = Math.max(0, depth - 1)
    if (char === ';' && depth === 0) {
      segments.push({ start, end: index + 1 })
      start = index + 1
    }
  }
  if (text.slice(start).trim() !== '') segments.push({ start, end: text.length })
  return segments
}

function onlyLanguageOf(segment: string): Lang | null {
  const found =
    /на\s+(казахском|русском)\s+языке[^()]{0,40}текст\s+на\s+(казахском|русском)\s+языке\s+не\s+меняется/iu.exec(
      segment,
    )
  if (!found || found[1] === found[2]) return null
  return found[1] === 'казахском' ? 'kk' : 'ru'
}

/**
 * Reads a note («Сноска. …») into its changes, in order; the note's own mark is optional. Wording that
 * is not understood, even in a part of the note, gives null: half a history would mislead. Pure.
 */
export function parseNote(note: string): NotedChange[] | null {
  const mark = NOTE_MARK.exec(note)?.[0].length ?? 0
  const segments = segmentsOf(note, mark)
  const changes: NotedChange[] = []
  for (const [index, { start, end }] of segments.entries()) {
    const segment = note.slice(start, end)
    const last = changes.at(-1)
    const wording = CHANGES.map(([change, pattern]) => ({ change, found: pattern.exec(segment) }))
      .filter(({ found }) => found !== null)
      .sort((one, other) => (one.found?.[0].length ?? 0) - (other.found?.[0].length ?? 0))[0]
    // Searched after the wording: «Приказ утратил силу приказом …» names the changed act first.
    const by = BY.exec(segment.slice(wording?.found?.[0].length ?? 0))
    const same = by ? null : BY_SAME_ISSUER.exec(segment)
    const date = isoDate((by ? by[3] : same?.[1]) ?? '')
    const number = (by ? by[4] : same?.[2])?.replace(/\.$/, '')
    const target =
      wording?.found?.[1]?.replace(/[\s,–-]+$/, '').trim() ||
      (last?.change === 'added' && last.added !== null && wording !== undefined
        ? putIn(last.added, last.target)
        : last?.target)
    const change = wording?.change ?? last?.change
    const word = by?.[1]?.toLowerCase()
    const kind = word === undefined ? last?.by.kind : ACT_NAMES.find(([stem]) => word.startsWith(stem))?.[1]
    const issuer = by ? by[2]?.replace(/\s+/g, ' ').trim() : last?.by.issuer
    if (!date || !number || !target || !change || kind === undefined || issuer === undefined) return null
    const added =
      change === 'added'
        ? /дополнен[аоы]?\s+(.+?)\s+(?:в\s+соответствии|согласно|(?:приказ|закон|постановлени)\p{L}*\s)/iu.exec(segment)
        : null
    changes.push({
      target: capitalised(target),
      added: added?.[1]?.trim() ?? null,
      change,
      by: { kind, issuer, date, number },
      inForce: parseInForce(segment),
      onlyLang: onlyLanguageOf(segment),
      start: index === 0 ? 0 : start,
      end,
    })
  }
  return changes.length > 0 ? changes : null
}

const NOMINATIVE: readonly (readonly [RegExp, string])[] = [
  [/^подпункт(?:ом|ами)\s/iu, 'Подпункт '],
  [/^пункт(?:ом|ами)\s/iu, 'Пункт '],
  [/^стать(?:ей|ями)\s/iu, 'Статья '],
  [/^раздел(?:ом|ами)\s/iu, 'Раздел '],
  [/^параграф(?:ом|ами)\s/iu, 'Параграф '],
  [/^глав(?:ой|ами)\s/iu, 'Глава '],
  [/^приложени(?:ем|ями)\s/iu, 'Приложение '],
]

/** «Правила дополнены пунктом 6-1 …; в редакции …»: what was put in is what the later act restated. */
function putIn(added: string, host: string): string {
  const found = NOMINATIVE.find(([pattern]) => pattern.test(added))
  if (!found) return host
  const name = added.replace(found[0], found[1])
  return found[1] === 'Подпункт ' ? `${name} ${host.charAt(0).toLowerCase()}${host.slice(1)}` : name
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A point that stands only as «исключен приказом …»: its change, for the target given. Null for other text. Pure. */
export function parseExclusion(text: string, target: string): NotedChange | null {
  if (!/^(?:исключен[аоы]?|утратил[аио]?\s+силу)\s/iu.test(text)) return null
  return parseNote(`${target} ${text.charAt(0).toLowerCase()}${text.slice(1)}`)?.[0] ?? null
}
