import { describe, expect, test } from 'vitest'
import type { Amendment, ParsedAct, Provision } from './act.ts'
import { deriveWordings, unexplainedLosses, type HeldEdition } from './derive-wordings.ts'

const at = { line: 1, column: 1, offset: 0 }
const span = { start: at, end: at }

const provision = (eid: string, text: string): Provision => {
  const steps = eid.split('__')
  return {
    eid,
    parentEid: steps.length > 1 ? steps.slice(0, -1).join('__') : null,
    kind: steps.length > 2 ? 'subpoint' : 'point',
    num: eid.slice(-1),
    label: eid,
    heading: null,
    text,
    raw: text,
    span,
    status: 'in-force',
    form: null,
  }
}

/** A note in force on the day of its act, so that the days in the tables are easy to check by hand. */
const note = (
  change: Amendment['change'],
  date: string,
  targetEids: string[],
  onlyLang: 'kk' | null = null,
): Amendment => ({
  target: targetEids[0] ?? 'Пункт 2',
  targetEids,
  change,
  by: { kind: 'приказ', issuer: 'Министр', date, number: date },
  inForce: { rule: 'date', date },
  onlyLang,
  span,
  raw: '',
})

let minute = 0
const edition = (id: string, texts: Record<string, string>, amendments: Amendment[] = []): HeldEdition => {
  const parsed: ParsedAct = {
    lang: 'ru',
    title: 'Об утверждении Правил',
    annexTitle: 'Правила',
    requisites: {
      kind: 'приказ',
      issuer: 'Министр',
      date: '2016-01-01',
      number: '1',
      registration: null,
      inForce: { rule: 'date', date: '2016-01-01' },
    },
    provisions: Object.entries(texts).map(([eid, text]) => provision(eid, text)),
    amendments,
    definitions: [],
    references: [],
    repairs: [],
    remarks: [],
  }
  minute += 1
  return { id, parsed, importedAt: `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z` }
}

const [P1, P2, P3] = ['chp_1__para_1', 'chp_1__para_2', 'chp_1__para_3'] as const
const S1 = 'chp_1__para_3__subpara_1'
const S2 = 'chp_1__para_3__subpara_2'

/** «eid text [from, to)» of every wording, which is what a lawyer would check. */
const table = (...editions: HeldEdition[]): string[] =>
  deriveWordings(editions).map(
    (w) => `${w.provision.eid.replace('chp_1__', '')} ${w.provision.text} [${w.validFrom}, ${w.validTo ?? '…'})`,
  )

const first = () => edition('first', { [P1]: 'a', [P2]: 'b', [P3]: 'c' })
const restated = () => edition('restated', { [P1]: 'a2', [P2]: 'b', [P3]: 'c' }, [note('restated', '2022-10-04', [P1])])

describe('the days on which a wording is in force', () => {
  test('a restated point ends where its next wording begins; others go on', () => {
    expect(table(first(), restated())).toEqual([
      'para_1 a [2016-01-01, 2022-10-04)',
      'para_1 a2 [2022-10-04, …)',
      'para_2 b [2016-01-01, …)',
      'para_3 c [2016-01-01, …)',
    ])
  })

  test('the order of import does not matter', () => {
    expect(table(restated(), first())).toEqual(table(first(), restated()))
  })

  test('a repealed point ends on the day of its own repeal, not of a later change elsewhere', () => {
    const later = edition('later', { [P1]: 'a3', [P3]: 'c' }, [
      note('excluded', '2022-01-01', [P2]),
      note('restated', '2030-01-01', [P1]),
    ])
    expect(table(first(), later).filter((row) => row.startsWith('para_2'))).toEqual([
      'para_2 b [2016-01-01, 2022-01-01)',
    ])
    const nameless = edition('nameless', { [P1]: 'a', [P3]: 'c' }, [note('excluded', '2022-01-01', [])])
    expect(table(first(), nameless).filter((row) => row.startsWith('para_2'))).toEqual([
      'para_2 b [2016-01-01, 2022-01-01)',
    ])
  })

  test('a change whose text is not held leaves a gap: nobody here knows what was in force', () => {
    const twice = edition('twice', { [P1]: 'a3', [P2]: 'b', [P3]: 'c' }, [
      note('restated', '2022-01-01', [P1]),
      note('restated', '2023-01-01', [P1]),
    ])
    expect(table(first(), twice).filter((row) => row.startsWith('para_1'))).toEqual([
      'para_1 a [2016-01-01, 2022-01-01)',
      'para_1 a3 [2023-01-01, …)',
    ])
  })

  test('a sub-point that reads as before was not changed by «пункт 3 с изменениями»', () => {
    const old = edition('old', { [P3]: 'c', [S1]: 'one', [S2]: 'two' })
    const changed = edition('changed', { [P3]: 'c', [S1]: 'one', [S2]: 'two!' }, [note('changed', '2023-07-28', [P3])])
    expect(table(old, changed).filter((row) => row.includes('subpara'))).toEqual([
      'para_3__subpara_1 one [2016-01-01, …)',
      'para_3__subpara_2 two [2016-01-01, 2023-07-28)',
      'para_3__subpara_2 two! [2023-07-28, …)',
    ])
  })

  test('a change of the Kazakh text alone changes nothing in Russian', () => {
    const kazakh = edition('kazakh', { [P1]: 'a', [P2]: 'b', [P3]: 'c' }, [note('changed', '2023-07-28', [P1], 'kk')])
    expect(table(first(), kazakh)).toEqual(table(first()))
  })

  test('a mended scan of the same edition takes the place of the earlier one, and so does a mend of the mend', () => {
    const [worse, better, worst] = [
      edition('1', { [P1]: 'two' }),
      edition('2', { [P1]: 'three' }),
      edition('3', { [P1]: 'two' }),
    ]
    expect(table(worse, better)).toEqual(['para_1 three [2016-01-01, …)'])
    expect(table(worse, better, worst)).toEqual(['para_1 two [2016-01-01, …)'])
    // An older edition imported last mends nothing in a newer one.
    const newer = restated()
    expect(table(newer, edition('late', { [P1]: 'a', [P2]: 'B?', [P3]: 'c' }))).toContain('para_2 b [2016-01-01, …)')
  })

  test('a point of an older text keeps its place in the order of the act', () => {
    const without = edition('without', { [P1]: 'a', [P3]: 'c' }, [note('excluded', '2022-01-01', [P2])])
    expect(table(first(), without).map((row) => row.slice(0, 6))).toEqual(['para_1', 'para_2', 'para_3'])
  })
})

describe('a text that lacks held provisions', () => {
  test('is suspected of being cut off, unless a newer note explains it', () => {
    const cut = edition('cut', { [P1]: 'a', [P2]: 'b' })
    expect(unexplainedLosses([first()], cut).map((loss) => loss.eid)).toEqual([P3])
    expect(
      unexplainedLosses([first()], edition('ok', { [P1]: 'a', [P2]: 'b' }, [note('excluded', '2022-01-01', [P3])])),
    ).toEqual([])
    // The note was there before: it explains what the held text had already lost.
    const held = edition('held', { [P1]: 'a2', [P2]: 'b', [P3]: 'c' }, [note('restated', '2022-10-04', ['rules'])])
    expect(
      unexplainedLosses(
        [held],
        edition('cut again', { [P1]: 'a2', [P2]: 'b' }, [note('restated', '2022-10-04', ['rules'])]),
      ).map((loss) => loss.eid),
    ).toEqual([P3])
  })

  test('is suspected too when it is older than a held text that it does not lead to', () => {
    const later = edition('later', { [P1]: 'a2' }, [note('restated', '2022-10-04', [P1])])
    expect(unexplainedLosses([later], first()).map((loss) => loss.eid)).toEqual([P2, P3])
  })
})
