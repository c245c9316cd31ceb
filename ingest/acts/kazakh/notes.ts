import type { Amendment, Lang } from '../act.ts'
import { isoDate } from '../dates.ts'
import { type NotedChange, segmentsOf } from '../notes.ts'
import { parseKazakhInForce } from './in-force.ts'

/** Wordings of a change; group 1 is the target, where the segment names one. */
const CHANGES: readonly (readonly [Amendment['change'], RegExp])[] = [
  ['restated', /^(.{0,200}?)[\s,–-]*жаңа\s+редакцияда/iu],
  [
    'changed',
    /^(.{0,200}?)[\s,–-]*(?:өзгеріс|толықтыру)(?:тер|лар)?(?:\s+(?:мен|және)\s+(?:өзгеріс|толықтыру)(?:тер|лар)?)?\s+енгізілді/iu,
  ],
  ['added', /^(.{0,200}?)[\s,–-]*толықтырылды/iu],
  ['excluded', /^(.{0,200}?)[\s,–-]*(?:алып\s+тасталды|алынып\s+тасталды|күші\s+жойылды)/iu],
]

const MARK = /^Ескерту\s*\.\s*/
/** «ҚР Әділет министрінің 20.03.2026 № 278», «14.07.2022 № 141-VII»; words are glued here and there. */
const BY = /(?:(ҚР\s*[^()\d;]{0,160}?)\s*)?(\d{1,2}\.\d{1,2}\.\d{4})\s*№\s*([^\s();,]+)/u

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/бұйры[қғ]/iu, 'бұйрық'],
  [/(?<!\p{L})заң(?!ды)/iu, 'заң'],
  [/қаулы/iu, 'қаулы'],
  [/жарлы[қғ]/iu, 'жарлық'],
  [/шешім/iu, 'шешім'],
  [/өкім/iu, 'өкім'],
]

/** The kind of the amending act stands after its number, and once for all acts of a note: «бұйрықтарымен». */
function kindIn(text: string): string | null {
  const outside = text.replace(/\([^()]*\)/g, ' ')
  const found = KINDS.map(([pattern, kind]) => ({ kind, at: outside.search(pattern) })).filter(({ at }) => at >= 0)
  return found.sort((one, other) => other.at - one.at)[0]?.kind ?? null
}

function onlyLanguageOf(segment: string): Lang | null {
  const found =
    /(қазақ|орыс)\s+тілін\p{L}{0,8}\s[^()]{0,60}?(қазақ|орыс)\s+тіліндегі\s+мәтін\p{L}{0,6}\s+өзгер(?:м|тілме)/iu.exec(
      segment,
    )
  if (!found || found[1]?.toLowerCase() === found[2]?.toLowerCase()) return null
  return found[1]?.toLowerCase() === 'қазақ' ? 'kk' : 'ru'
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const UNIT = String.raw`(?:тарма[қғ]|бап|баб|тарау|қосымша|бөлі[кгм]|параграф)`
/** What is put in stands in the instrumental case; what it is put into bears a number of its own («3-тармағы 12) тармақшамен»). */
const ADDED = new RegExp(String.raw`^(.*?)\s*(\d[\d\s,)және-]*${UNIT}\p{L}*[мпб]ен(?!\p{L})(?:\s.*)?)$`, 'iu')
const NUMBERED = new RegExp(String.raw`^(.*?)\s*(\d[\d\s,)және-]*${UNIT}\p{L}*(?:\s.*)?)$`, 'iu')

/** «Ережелер 6-1-тармақпен» → host «Ережелер», added «6-1-тармақпен». */
function splitAdded(target: string): { host: string; added: string } {
  const found = ADDED.exec(target) ?? NUMBERED.exec(target)
  return { host: found?.[1] ?? target, added: found?.[2] ?? '' }
}

/** «6-1-тармақпен» → «6-1-тармақ»: the name under which a later segment of the same note speaks of it. */
const nominative = (added: string): string =>
  added.replace(/(тармақша|тармақ|бап|тарау|қосымша|бөлік|бөлім|параграф)\p{L}*$/iu, '$1')

/**
 * Reads a Kazakh note («Ескерту. …») into its changes, in order; the note's own mark is optional. Wording that is not
 * understood, even in a part of the note, gives null: half a history would mislead. Pure.
 */
export function parseKazakhNote(note: string): NotedChange[] | null {
  const mark = MARK.exec(note)?.[0].length ?? 0
  const changes: NotedChange[] = []
  for (const [index, { start, end }] of segmentsOf(note, mark).entries()) {
    const segment = note.slice(start, end).trim()
    const last = changes.at(-1)
    const wording = CHANGES.map(([change, pattern]) => ({ change, found: pattern.exec(segment) }))
      .filter(({ found }) => found !== null)
      .sort((one, other) => (one.found?.[0].length ?? 0) - (other.found?.[0].length ?? 0))[0]
    const by = BY.exec(segment.slice(wording?.found?.[0].length ?? 0))
    const date = isoDate(by?.[2] ?? '')
    const number = by?.[3]?.replace(/\.$/, '')
    const issuer =
      by?.[1]
        ?.replace(/\s+/g, ' ')
        .replace(/(?<=\p{Ll})(?=министр)/u, ' ')
        .trim() || last?.by.issuer
    const kind = kindIn(note.slice(start))
    const change = wording?.change ?? last?.change
    const printed = wording?.found?.[1]?.replace(/[\s,–-]+$/, '').trim() ?? ''
    const own = change === 'added' ? splitAdded(printed) : { host: printed, added: '' }
    const target = own.host || (last?.change === 'added' && last.added !== null ? nominative(last.added) : last?.target)
    if (!date || !number || !target || !change || kind === null || issuer === undefined) return null
    changes.push({
      target: capitalised(target),
      added: change === 'added' && wording !== undefined ? own.added : null,
      // A second act after «толықтырылды» without a verb of its own changed what the first one put in.
      change: change === 'added' && wording === undefined ? 'changed' : change,
      by: { kind, issuer, date, number },
      inForce: parseKazakhInForce(segment),
      onlyLang: onlyLanguageOf(segment),
      start: index === 0 ? 0 : start,
      end,
    })
  }
  return changes.length > 0 ? changes : null
}

/** A point that stands only as «Алып тасталды - ҚР …»: its change, for the target given. Null for other text. Pure. */
export function parseKazakhExclusion(text: string, target: string): NotedChange | null {
  if (!/^(?:алып\s+тасталды|алынып\s+тасталды|күші\s+жойылды)(?=[\s–-])/iu.test(text)) return null
  return parseKazakhNote(`${target} ${text.charAt(0).toLowerCase()}${text.slice(1)}`)?.[0] ?? null
}
