import { parseDocument } from 'yaml'
import { z } from 'zod'

const Translated = z.strictObject({ ru: z.string().min(1), kk: z.string().min(1), en: z.string().min(1) })
const MonthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
const Source = z.string().min(3)

const Holidays = z.strictObject({
  years: z.strictObject({ first: z.number().int(), last: z.number().int() }),
  holidays: z.array(
    z.strictObject({
      days: z.array(MonthDay).min(1),
      name: Translated,
      carries: z.boolean(),
      since: z.iso.date().optional(),
      until: z.iso.date().optional(),
      source: Source,
      note: z.string().optional(),
    }),
  ),
})

const KurbanAit = z.strictObject({
  name: Translated,
  days: z.array(
    z.strictObject({
      date: z.iso.date(),
      expected: z.boolean().default(false),
      source: Source,
      note: z.string().optional(),
    }),
  ),
})

const Transfers = z.strictObject({
  knownThrough: z.number().int(),
  acts: z.array(
    z.strictObject({
      id: z.string(),
      by: z.enum(['government', 'minister-of-labour']),
      number: z.string(),
      year: z.number().int(),
      date: z.iso.date().optional(),
      code: z.string(),
    }),
  ),
  transfers: z.array(
    z.strictObject({ from: z.iso.date(), to: z.iso.date(), act: z.string(), note: z.string().optional() }),
  ),
})

export interface Translations {
  ru: string
  kk: string
  en: string
}

/** What `content/calendar` says of the law. */
export interface CalendarData {
  /** The years for which the rules are known. */
  years: { first: number; last: number }
  holidays: z.infer<typeof Holidays>['holidays']
  kurbanAit: z.infer<typeof KurbanAit>
  /** The last year whose moved days are all ordered. */
  transfersKnownThrough: number
  transfers: { from: string; to: string; act: z.infer<typeof Transfers>['acts'][number] }[]
}

export interface CalendarFiles {
  'holidays.yaml': string
  'kurban-ait.yaml': string
  'transfers.yaml': string
}

/** Reads the files of `content/calendar`; all faults at once, `data` is null when there is one. */
export function parseCalendarData(files: CalendarFiles): { data: CalendarData | null; faults: string[] } {
  const faults: string[] = []
  const read = <S extends z.ZodType>(name: keyof CalendarFiles, schema: S): z.infer<S> | null => {
    const document = parseDocument(files[name])
    faults.push(...document.errors.map((error) => `${name}: ${error.message}`))
    if (document.errors.length > 0) return null
    const parsed = schema.safeParse(document.toJS())
    if (parsed.success) return parsed.data
    faults.push(...parsed.error.issues.map((issue) => `${name}: ${issue.path.join('.')}: ${issue.message}`))
    return null
  }
  const holidays = read('holidays.yaml', Holidays)
  const kurbanAit = read('kurban-ait.yaml', KurbanAit)
  const moved = read('transfers.yaml', Transfers)
  if (holidays === null || kurbanAit === null || moved === null) return { data: null, faults }

  const acts = new Map(moved.acts.map((act) => [act.id, act]))
  const transfers = moved.transfers.flatMap(({ from, to, act: id }) => {
    const act = acts.get(id)
    if (act === undefined) faults.push(`transfers.yaml: ${from}: no act ${id}`)
    return act === undefined ? [] : [{ from, to, act }]
  })
  const held = new Set(kurbanAit.days.map(({ date }) => Number(date.slice(0, 4))))
  for (let year = holidays.years.first; year <= holidays.years.last; year += 1)
    if (!held.has(year)) faults.push(`kurban-ait.yaml: no day for ${year}`)
  return faults.length > 0
    ? { data: null, faults }
    : { data: { ...holidays, kurbanAit, transfersKnownThrough: moved.knownThrough, transfers }, faults: [] }
}
