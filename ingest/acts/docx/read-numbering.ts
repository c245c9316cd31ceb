import { readXml } from '#ingest/services/read-xml.ts'
import type { ZipParts } from '#ingest/services/zip-parts.ts'
import { letterNumber, romanNumber } from '../html/list-number.ts'

interface Level {
  start: number
  format: string
  /** «%1.», «%1.%2)». */
  text: string
}

const NUMBERING = 'word/numbering.xml'
const RUSSIAN = 'абвгдежзиклмнопрстуфхцчшщэюя'
const MOST_LEVELS = 9

function shown(value: number, format: string): string | null {
  if (value < 0 || value > 3999) return String(value)
  switch (format) {
    case 'bullet':
    case 'none':
      return null
    case 'lowerLetter':
      return letterNumber(value)
    case 'upperLetter':
      return letterNumber(value).toUpperCase()
    case 'lowerRoman':
      return romanNumber(value)
    case 'upperRoman':
      return romanNumber(value).toUpperCase()
    case 'russianLower':
      return letterNumber(value, RUSSIAN)
    case 'russianUpper':
      return letterNumber(value, RUSSIAN).toUpperCase()
    case 'decimalZero':
      return String(value).padStart(2, '0')
    default:
      return String(value)
  }
}

/** Counts a document's automatic numbers, paragraph after paragraph. */
export interface Counter {
  /** The number that Word shows before the next paragraph of this list, «3.»; null where it shows none (a bullet, an unknown list). */
  next: (numId: string, level: number) => string | null
}

/**
 * Automatic numbering of a document (ECMA-376, 17.9): Word keeps the numbers of its lists out of the text. @throws Refusal
 */
export async function readNumbering(parts: ZipParts): Promise<Counter> {
  const abstracts = new Map<string, Map<number, Level>>()
  const lists = new Map<string, { abstractId: string; starts: Map<number, number> }>()
  if (parts.names.has(NUMBERING)) {
    let levels: Map<number, Level> | null = null
    let level: Level | null = null
    let list: { abstractId: string; starts: Map<number, number> } | null = null
    let overridden = 0
    await readXml(NUMBERING, parts.read(NUMBERING), {
      open: ({ name, attributes }) => {
        const value = attributes['val'] ?? ''
        if (name === 'abstractNum') {
          levels = new Map()
          abstracts.set(attributes['abstractNumId'] ?? '', levels)
        } else if (name === 'num') {
          list = { abstractId: '', starts: new Map() }
          lists.set(attributes['numId'] ?? '', list)
        } else if (name === 'abstractNumId' && list !== null) list.abstractId = value
        else if (name === 'lvlOverride') overridden = Number(attributes['ilvl'])
        else if (name === 'startOverride' && list !== null) list.starts.set(overridden, Number(value))
        else if (name === 'lvl' && levels !== null) {
          level = { start: 1, format: 'decimal', text: '' }
          levels.set(Number(attributes['ilvl']), level)
        } else if (level !== null && name === 'start') level.start = Number(value)
        else if (level !== null && name === 'numFmt') level.format = value
        else if (level !== null && name === 'lvlText') level.text = value
      },
      close: (name) => {
        if (name === 'lvl') level = null
        else if (name === 'abstractNum') levels = null
        else if (name === 'num') list = null
      },
      text: () => {},
    })
  }
  const counts = new Map<string, number[]>()
  const begun = new Set<string>()
  return {
    next(numId, at) {
      const list = lists.get(numId)
      const levels = list === undefined ? undefined : abstracts.get(list.abstractId)
      const level = levels?.get(at)
      if (list === undefined || levels === undefined || level === undefined || at >= MOST_LEVELS) return null
      const held = counts.get(list.abstractId) ?? []
      counts.set(list.abstractId, held)
      const forced = begun.has(`${numId} ${String(at)}`) ? undefined : list.starts.get(at)
      begun.add(`${numId} ${String(at)}`)
      held[at] = forced ?? (held[at] === undefined ? level.start : held[at] + 1)
      held.length = at + 1
      if (shown(1, level.format) === null) return null
      return level.text.replace(/%(\d)/g, (_, digit: string) => {
        const which = Number(digit) - 1
        const of = levels.get(which)
        return shown(held[which] ?? of?.start ?? 1, of?.format ?? 'decimal') ?? ''
      })
    },
  }
}
