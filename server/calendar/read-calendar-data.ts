import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DomainError } from '#server/errors.ts'
import { parseCalendarData, type CalendarData } from './calendar-data.ts'

const DIRECTORY = new URL('../../content/calendar/', import.meta.url)
let held: CalendarData | null = null

/**
 * The rules of the calendar from `content/calendar`, read once: the law is the same for every knowledge base, so it comes
 * with the program and not from CONTENT_DIR.
 * @throws DomainError `validation-failed` with all faults of all files
 */
export function readCalendarData(): CalendarData {
  if (held !== null) return held
  const read = (name: string) => readFileSync(fileURLToPath(new URL(name, DIRECTORY)), 'utf8')
  const { data, faults } = parseCalendarData({
    'holidays.yaml': read('holidays.yaml'),
    'kurban-ait.yaml': read('kurban-ait.yaml'),
    'transfers.yaml': read('transfers.yaml'),
  })
  if (data === null)
    throw new DomainError('validation-failed', 'The rules of the calendar have faults', {
      faults: faults.map((message) => ({ path: 'calendar', message })),
    })
  held = data
  return data
}
