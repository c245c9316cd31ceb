import { rowCollector, textCell } from './cells.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './messages.ts'
import type { Cell, Table } from './submission.ts'

type JsonObject = Record<string, unknown>
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const word = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

/** A value as the form would have it in a cell: lists line by line, people and acts in words. */
function textOf(value: unknown, depth = 0): string | null {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return String(value)
  if (depth > 2) return null
  if (Array.isArray(value)) {
    const texts = value.slice(0, 1000).map((item) => textOf(item, depth + 1))
    return texts.includes(null) ? null : texts.join('\n')
  }
  if (!isObject(value)) return null
  if ('name' in value && 'post' in value) return `${word(value['name'])}, ${word(value['post'])}`
  if ('date' in value && 'number' in value) {
    const head = [word(value['kind']), word(value['issuer'])].filter((part) => part !== '').join(' ')
    return `${head} от ${word(value['date'])} № ${word(value['number'])}`.trim()
  }
  if ('phones' in value || 'emails' in value) return textOf([value['phones'], value['emails']].flat(), depth + 1)
  if ('number' in value && 'extension' in value)
    return `${word(value['number'])}${word(value['extension']) === '' ? '' : `, вн. ${word(value['extension'])}`}`
  return null
}

function cellOf(value: unknown): Cell {
  const text = textOf(value)
  // Not shown as it is: it may be nested deeper than anything that writes it out can follow.
  if (text === null)
    return typeof value === 'boolean'
      ? { ...textCell(String(value)), kind: 'boolean' }
      : { ...textCell('{…}'), kind: 'error' }
  return { ...textCell(text.slice(0, LIMITS.cell + 1)), kind: typeof value === 'number' ? 'number' : 'text' }
}

/** Where the engine says it stopped, as line and column. */
function whereIn(text: string, error: unknown): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  if (position === undefined) return 'текст обрывается или содержит посторонние знаки'
  const before = text.slice(0, Number(position))
  return `строка ${before.split('\n').length}, знак ${before.length - before.lastIndexOf('\n')}`
}

/**
 * Reads rows of JSON: a list of objects, or an object with `rows`. Keys name columns, in English or with the form's titles.
 * @throws Refusal `json-broken`, `json-shape`, `too-many-rows`, `too-much-text`
 */
export function readJson(text: string): Table[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Refusal('json-broken', { where: whereIn(text, error) })
  }
  const rows: unknown = isObject(value) ? value['rows'] : value
  if (!Array.isArray(rows) || !rows.every(isObject)) throw new Refusal('json-shape')
  if (rows.length > LIMITS.filledRows) throw new Refusal('too-many-rows', { limit: LIMITS.filledRows })
  const keys = new Map<string, number>()
  for (const row of rows)
    for (const key of Object.keys(row)) if (!keys.has(key) && keys.size < LIMITS.columns) keys.set(key, keys.size)
  const table: Table = {
    name: null,
    hidden: false,
    rows: [{ number: 0, cells: [...keys.keys()].map((key) => textCell(key.slice(0, 400))) }],
  }
  const collector = rowCollector()
  for (const [i, row] of rows.entries()) {
    const cells: (Cell | undefined)[] = []
    for (const [key, index] of keys) if (Object.hasOwn(row, key)) cells[index] = cellOf(row[key])
    collector.add(table, { number: i + 1, cells })
  }
  return [table]
}
