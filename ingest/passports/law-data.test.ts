import { describe, expect, it } from 'vitest'
import { hasLawData, lawFiles, lawText } from '#ingest/acts/fixtures/law-data.ts'
import type { FeeReading, FormReading, PassportField, ServicePassport } from './passport.ts'
import { passportsOf } from './passports-of.ts'
import { textOfGroups } from './read-outline.ts'

interface Case {
  file: string
  eid: string
  name: string
  subservices?: number
  /** Terms of the service itself: value, w working / c calendar days, h hours, m minutes. */
  terms: string
  fee: FeeReading['kind']
  amounts?: string
  forms: FormReading[]
  documents: number
  refusal: number
  /** Messages that the text deserves. */
  messages?: ServicePassport['messages'][number]['rule'][]
}

/** Read by eye from the texts, not from the code; where the two languages differ, so do their acts. */
const CASES: readonly Case[] = [
  {
    file: '142691.rus.2026-07-12.md',
    eid: 'app_3__table',
    name: 'Государственная регистрация прав (обременений) на недвижимое имущество',
    subservices: 5,
    terms: '3w 1w 2h 2h 1w',
    fee: 'paid',
    forms: ['electronic-partial', 'paper'],
    documents: 20,
    refusal: 11,
  },
  {
    file: '142691.kaz.2026-07-12.md',
    eid: 'app_3__table',
    name: 'Жылжымайтын мүлікке құқықтарды (ауыртпалықтарды) мемлекеттік тіркеу',
    subservices: 5,
    terms: '3w 1w 2h 2h 1w',
    fee: 'paid',
    forms: ['electronic-partial', 'paper'],
    // The document on payment in bankruptcy stands in the Kazakh text alone.
    documents: 21,
    refusal: 11,
  },
  {
    file: '143369.rus.2026-01-01.md',
    eid: 'ann_1__app_1__table',
    name: 'Проведение аттестации лиц, претендующих на занятие адвокатской деятельностью',
    terms: '15c',
    fee: 'free',
    forms: ['electronic-full', 'one-application'],
    documents: 2,
    refusal: 5,
  },
  {
    file: '143369.kaz.2026-01-01.md',
    eid: 'ann_1__app_1__table',
    name: 'Адвокаттық қызметпен айналысуға үміткер адамдарды аттестаттаудан өткізу',
    // Working days, where the Russian text has calendar days.
    terms: '15w',
    fee: 'free',
    forms: ['electronic-full', 'one-application'],
    documents: 2,
    refusal: 5,
  },
  {
    file: '143369.rus.2026-01-01.md',
    eid: 'ann_2__app_1__table',
    name: 'Выдача лицензии на занятие адвокатской деятельностью',
    subservices: 2,
    terms: '15w 20m',
    fee: 'paid',
    amounts: '6 mci, 10 percent',
    forms: ['electronic-full', 'one-application'],
    documents: 5,
    refusal: 5,
  },
  {
    file: '143369.kaz.2026-01-01.md',
    eid: 'ann_2__app_1__table',
    name: 'Адвокаттық қызметпен айналысуға лицензия беру және қайта ресiмдеу',
    subservices: 2,
    // The Kazakh text lacks the 20 minutes.
    terms: '15w',
    fee: 'paid',
    amounts: '6 mci, 10 percent',
    forms: ['electronic-full', 'one-application'],
    documents: 5,
    refusal: 5,
  },
  ...(['181886.rus.2023-05-12.md', '181886.rus.2026-07-12.md'] as const).map((file): Case => ({
    file,
    eid: 'app_1__table',
    name: 'Актуализация (корректировка) сведений о залоге движимого имущества, не подлежащего обязательной государственной регистрации',
    terms: '2w 1w',
    fee: 'free',
    forms: ['electronic-partial', 'paper'],
    documents: 4,
    refusal: 3,
  })),
  ...(['181886.kaz.2024-02-22.md', '181886.kaz.2026-07-12.md'] as const).map((file): Case => ({
    file,
    eid: 'app_1__table',
    name: 'Міндетті мемлекеттік тіркеуге жатпайтын жылжымалы мүлік кепілі туралы мәліметтерді өзектендіру (түзету)',
    // «бір жұмыс ішінде»: the word for days is missing, so it is no term.
    terms: '2w',
    fee: 'free',
    forms: ['electronic-partial', 'paper'],
    documents: 4,
    refusal: 3,
    messages: ['term-unread'],
  })),
  {
    file: '187321.rus.2023-10-10.md',
    eid: 'app_2__table',
    name: 'Актуализация (корректировка) наименования юридических лиц, филиалов и представительств',
    terms: '1w',
    fee: 'free',
    forms: ['electronic-partial', 'paper'],
    documents: 5,
    refusal: 2,
  },
  {
    file: '187321.kaz.2023-10-10.md',
    eid: 'app_2__table',
    name: 'Заңды тұлғалардың, филиалдар мен өкілдіктердің атауын өзектендіру (түзету)',
    terms: '1w',
    fee: 'free',
    // The Russian text has paper besides.
    forms: ['electronic-partial'],
    documents: 5,
    refusal: 2,
  },
]

const UNITS: Record<string, string> = { 'working-day': 'w', 'calendar-day': 'c', hour: 'h', minute: 'm' }
const squeezed = (text: string): string => text.replaceAll(/\s+/gu, '')
const passportsIn = (file: string): ServicePassport[] => {
  const { act } = lawText(file)
  return passportsOf(act.provisions, act.lang)
}

describe.skipIf(!hasLawData)('passports of the acts of the state legal base', () => {
  it.each(CASES)('$file $eid', (one) => {
    const passport = passportsIn(one.file).find(({ eid }) => eid === one.eid)
    expect(passport?.name).toBe(one.name)
    expect(passport?.subservices).toHaveLength(one.subservices ?? 0)
    const terms = passport?.terms.filter(({ of }) => of === 'service') ?? []
    expect(terms.map(({ value, unit }) => `${value}${UNITS[unit] ?? unit}`).join(' ')).toBe(one.terms)
    expect(passport?.fee.kind).toBe(one.fee)
    expect(passport?.fee.amounts.map(({ value, unit }) => `${value} ${unit}`).join(', ')).toBe(one.amounts ?? '')
    expect(passport?.forms).toEqual(one.forms)
    expect(passport?.counts).toEqual({ documents: one.documents, refusal: one.refusal })
    expect(passport?.messages.map(({ rule }) => rule)).toEqual(one.messages ?? [])
  })

  it('gives a passport to every standard of the data and to no other table', () => {
    expect(lawFiles.flatMap((file) => passportsIn(file).map(({ eid }) => `${file} ${eid}`)).sort()).toEqual(
      CASES.map(({ file, eid }) => `${file} ${eid}`).sort(),
    )
    // In the sources a standard is a table of ten rows and more; the other tables are forms.
    const large = lawFiles.flatMap((file) =>
      [...lawText(file).source.matchAll(/<table>.*?<\/table>/gsu)].filter(([table]) => table.split('<tr').length > 10),
    )
    expect(large).toHaveLength(CASES.length)
  })

  it.each(lawFiles)('%s: every row has its field, and every cell is in it', (file) => {
    const { act } = lawText(file)
    for (const passport of passportsIn(file)) {
      const fields = Object.entries(passport.fields) as [PassportField, ServicePassport['fields'][PassportField]][]
      expect(fields.map(([field, rows]) => [field, rows.length])).toEqual(fields.map(([field]) => [field, 1]))
      const rows = fields.flatMap(([, own]) => own)
      for (const row of rows) expect(squeezed(textOfGroups(row.groups))).toBe(squeezed(row.text))
      const held = [passport.caption, ...rows.flatMap((row) => [`${row.num}`, row.heading, row.text])]
      const table = act.provisions.find(({ eid }) => eid === passport.eid)?.table
      const cells = table?.rows.flatMap((row) => row.cells.map(({ lines }) => lines.join('\n'))) ?? []
      expect(cells.length).toBeGreaterThan(20)
      // Letter by letter: what the cells say is what the fields say, in the order of the rows.
      expect(squeezed(held.join(''))).toBe(squeezed(cells.map((cell) => cell.replace(/^(\d+)[.)]$/u, '$1')).join('')))
    }
  })

  it('tells whose hours are whose', () => {
    const hours = passportsIn('142691.rus.2026-07-12.md')[0]?.hours ?? []
    expect(hours.map(({ of, roundTheClock }) => [of, roundTheClock])).toEqual([
      ['corporation', false],
      ['corporation', false],
      [null, false],
      ['portal', true],
    ])
    expect(passportsIn('143369.kaz.2026-01-01.md')[0]?.hours.map(({ of }) => of)).toEqual(['provider', 'portal'])
    // A line broken after «согласно» in the source is one line.
    expect(passportsIn('187321.rus.2023-10-10.md')[0]?.hours.map(({ of }) => of)).toEqual(['corporation', 'portal'])
  })

  it('keeps documents by channel and sub-service', () => {
    const groups = passportsIn('142691.rus.2026-07-12.md')[0]?.fields.documents[0]?.groups ?? []
    const lists = groups.filter(({ parts }) => parts.some(({ kind }) => kind === 'item'))
    expect(lists).toHaveLength(10)
    expect(lists.map(({ under }) => under[1]?.text.slice(0, 9))).toEqual([
      ...Array.from({ length: 5 }, () => 'в Некомме'),
      ...Array.from({ length: 5 }, () => 'через веб'),
    ])
    // One title of the portal's list is broken in two lines by the source, and is then no sub-service's name.
    expect(lists.map(({ under }) => under[2]?.subservice ?? null)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '1',
      null,
      '3',
      '4',
      '5',
    ])
  })
})
