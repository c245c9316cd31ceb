import { describe, expect, it } from 'vitest'
import { unaccounted } from '../account.ts'
import type { Provision } from '../act.ts'
import { hasLawData, lawFiles, lawText } from '../fixtures/law-data.ts'
import { markdownBlocks } from './blocks.ts'

/** Letters and digits alone: what must not be lost. */
const letters = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replace(/[^\p{L}\p{N}]/gu, '')

const cellsOf = (one: Provision): string =>
  (one.table?.rows ?? []).flatMap(({ cells }) => cells.flatMap((cell) => cell.lines)).join('')

/** What an element says against what the source says at its place; null where they agree. */
function difference(one: Provision, text: { source: string; inside: (one: Provision) => string }): string | null {
  const printed = letters(text.inside(one))
  const said = (() => {
    switch (one.kind) {
      case 'section':
      case 'chapter':
      case 'paragraph':
      case 'article':
        return letters(`${one.heading ?? ''}${one.text}`)
      case 'row':
        return letters(`${one.num ?? ''}${one.heading ?? ''}${one.text}`)
      case 'table':
        return letters(cellsOf(one))
      case 'form':
      case 'part':
        return letters(one.text)
      default:
        return letters(`${one.num ?? ''}${one.text}`)
    }
  })()
  const titled = ['section', 'chapter', 'paragraph', 'article'].includes(one.kind)
  if (titled ? printed.endsWith(said) : printed === said) return null
  return `${one.eid}: «${said.slice(0, 80)}» for «${printed.slice(0, 80)}»`
}

describe.skipIf(!hasLawData)('acts of the state legal base', () => {
  it.each(lawFiles)('%s: every character is in an element, a note, a remark or Markdown’s own marks', (name) => {
    const { source, act } = lawText(name)
    const { marks } = markdownBlocks(source)
    expect(unaccounted(source, act, marks).map((span) => source.slice(span.start.offset, span.end.offset))).toEqual([])
    // And the marks are marks indeed: no letter or digit hides among them.
    expect(
      marks.map(({ start, end }) => source.slice(start, end)).filter((mark) => /[\p{L}\p{N}]/u.test(mark)),
    ).toEqual([])
  })

  it.each(lawFiles)('%s: every element says what stands at its place, letter by letter', (name) => {
    const { source, act } = lawText(name)
    // Inside a form stand its tables and notes, which are elements of their own.
    const inside = (one: Provision): string => {
      if (one.kind !== 'form')
        return one.kind === 'article' ? one.raw : source.slice(one.span.start.offset, one.span.end.offset)
      const holes = [
        ...act.provisions.filter((other) => other.kind === 'table'),
        ...act.amendments,
        ...act.remarks.filter((remark) => remark.kind !== 'title'),
      ].filter(({ span }) => span.start.offset >= one.span.start.offset && span.end.offset <= one.span.end.offset)
      let text = ''
      let at = one.span.start.offset
      for (const { span } of holes.sort((a, b) => a.span.start.offset - b.span.start.offset)) {
        text += source.slice(at, Math.max(at, span.start.offset))
        at = Math.max(at, span.end.offset)
      }
      return text + source.slice(at, one.span.end.offset)
    }
    const checked = act.provisions.filter(({ kind, status }) => kind !== 'appendix' && status === 'in-force')
    expect(checked.flatMap((one) => difference(one, { source, inside }) ?? [])).toEqual([])
  })

  it.each(lawFiles)('%s: nothing is an error, no text is unknown, every note is read and finds its element', (name) => {
    const { messages } = lawText(name)
    const rules = new Set(messages.map(({ rule }) => rule))
    expect(messages.filter(({ severity }) => severity === 'error')).toEqual([])
    for (const rule of ['unknown-text', 'note-unread', 'note-target-unknown', 'in-force-unstated', 'anchor-mismatch'])
      expect(rules).not.toContain(rule)
  })

  it.each(lawFiles)('%s: ids are unique, parents come first, every reference lands', (name) => {
    const { act } = lawText(name)
    const seen = new Set<string>()
    for (const { eid, parentEid } of act.provisions) {
      expect(seen.has(eid)).toBe(false)
      if (parentEid !== null) expect(seen.has(parentEid)).toBe(true)
      seen.add(eid)
    }
    for (const { targetEids, text, fromEid } of act.references) {
      for (const target of targetEids) expect(seen).toContain(target)
      const from = act.provisions.find((one) => one.eid === fromEid)
      expect(from?.text).toContain(text)
    }
  })
})

interface Facts {
  title: RegExp
  points: number
  orderPoints: number
  articles: number
  chapters: number
  appendices: number
  standards: number
  rows: number
  excluded: number
  notes: number
  definitions: number
  labels: Record<string, string>
}

/** Read by hand in the texts. */
const FACTS: Record<string, Facts> = {
  '142691.rus.2026-07-12.md': {
    title: /^Об утверждении Правил .* недвижимое имущество»$/,
    points: 12,
    orderPoints: 4,
    articles: 0,
    chapters: 3,
    appendices: 4,
    standards: 1,
    rows: 10,
    excluded: 1,
    notes: 43,
    definitions: 0,
    labels: {
      ord__para_2__subpara_1: 'приказ, п. 2 пп. 1',
      chp_2__para_6__part_7__subpara_2__part_2: 'п. 6 ч. 7 пп. 2 абз. 2',
      chp_2__para_7__part_2: 'п. 7 ч. 2',
      app_3__row_8: 'прил. 3, п. 8 Перечня',
      app_4__form: 'прил. 4, форма',
    },
  },
  '142691.kaz.2026-07-12.md': {
    title: /мемлекеттік көрсетілетін қызметтің ережелерін бекіту туралы$/,
    points: 12,
    orderPoints: 4,
    articles: 0,
    chapters: 3,
    appendices: 4,
    standards: 1,
    rows: 10,
    excluded: 1,
    notes: 44,
    definitions: 0,
    labels: {
      ord__para_2__subpara_1: 'бұйрық, 2-тармақтың 1) тармақшасы',
      chp_2__para_8: '8-тармақ',
      chp_2__para_7__part_2: '7-тармақтың 2-бөлігі',
      app_3__row_8: '3-қосымша, Тізбенің 8-тармағы',
    },
  },
  '143369.rus.2026-01-01.md': {
    title: /^Об утверждении Правил оказания государственных услуг по вопросам адвокатской деятельности$/,
    points: 24 + 9 + 6,
    orderPoints: 5,
    articles: 0,
    chapters: 6,
    appendices: 3 + 5 + 5,
    standards: 2,
    rows: 20,
    excluded: 0,
    notes: 30,
    definitions: 0,
    labels: {
      ann_2: 'прил. 2 к приказу',
      ann_1__chp_2__para_8: 'Правила (прил. 1), п. 8',
      ann_2__app_1__row_3: 'Правила (прил. 2), прил. 1, п. 3 Перечня',
      ann_2__app_1__app_3: 'Правила (прил. 2), прил. 1, прил. 3 к Перечню',
      ann_3__para_6: 'прил. 3 к приказу, п. 6',
    },
  },
  '143369.kaz.2026-01-01.md': {
    title: /^Адвокаттық қызмет мәселелері бойынша/,
    points: 24 + 9 + 6,
    orderPoints: 5,
    articles: 0,
    chapters: 6,
    appendices: 3 + 5 + 5,
    standards: 2,
    rows: 20,
    excluded: 0,
    notes: 30,
    definitions: 0,
    labels: {
      ann_2: 'бұйрыққа 2-қосымша',
      ann_1__chp_2__para_13__subpara_1: 'Қағидалар (1-қосымша), 13-тармақтың 1) тармақшасы',
      ann_2__app_1__app_3: 'Қағидалар (2-қосымша), 1-қосымша, Тізбеге 3-қосымша',
    },
  },
  '181886.rus.2023-05-12.md': {
    title: /залоге движимого имущества, не подлежащего обязательной государственной регистрации»$/,
    points: 11,
    orderPoints: 4,
    articles: 0,
    chapters: 3,
    appendices: 5,
    standards: 1,
    rows: 10,
    excluded: 0,
    notes: 0,
    definitions: 3,
    labels: { chp_2__para_7__part_5: 'п. 7 ч. 5', app_1__row_3: 'прил. 1, п. 3 Перечня' },
  },
  '181886.rus.2026-07-12.md': {
    title: /залоге движимого имущества, не подлежащего обязательной государственной регистрации»$/,
    points: 11,
    orderPoints: 4,
    articles: 0,
    chapters: 3,
    appendices: 5,
    standards: 1,
    rows: 10,
    excluded: 0,
    notes: 11,
    definitions: 3,
    labels: { chp_1__para_2__subpara_1: 'п. 2 пп. 1' },
  },
  '181886.kaz.2024-02-22.md': {
    title: /мемлекеттік қызмет көрсету қағидаларын бекіту туралы$/,
    points: 11,
    orderPoints: 4,
    articles: 0,
    chapters: 3,
    appendices: 5,
    standards: 1,
    rows: 10,
    excluded: 0,
    notes: 2,
    definitions: 3,
    labels: { chp_2__para_8: '8-тармақ' },
  },
  '181886.kaz.2026-07-12.md': {
    title: /мемлекеттік қызмет көрсету қағидаларын бекіту туралы$/,
    points: 11,
    orderPoints: 4,
    articles: 0,
    chapters: 3,
    appendices: 5,
    standards: 1,
    rows: 10,
    excluded: 0,
    notes: 11,
    definitions: 3,
    labels: { app_1__row_9: '1-қосымша, Тізбенің 9-тармағы' },
  },
  '187321.rus.2023-10-10.md': {
    title: /наименования юридических лиц, филиалов и представительств»$/,
    points: 15,
    orderPoints: 4,
    articles: 0,
    chapters: 3,
    appendices: 5,
    standards: 1,
    rows: 10,
    excluded: 0,
    notes: 0,
    definitions: 0,
    labels: { app_2__row_8: 'прил. 2, п. 8 Перечня' },
  },
  '187321.kaz.2023-10-10.md': {
    title: /^«Заңды тұлғалардың, филиалдар мен өкілдіктердің атауын өзектендіру \(түзету\)»/,
    points: 15,
    orderPoints: 4,
    articles: 0,
    chapters: 3,
    appendices: 5,
    standards: 1,
    rows: 10,
    excluded: 0,
    notes: 0,
    definitions: 0,
    labels: { app_5: '5-қосымша' },
  },
  '72060.rus.2023-04-01.md': {
    title: /^О государственных услугах$/,
    points: 57,
    orderPoints: 0,
    articles: 35,
    chapters: 6,
    appendices: 0,
    standards: 0,
    rows: 0,
    excluded: 24 + 1 + 7 + 2,
    notes: 141,
    definitions: 23,
    labels: {
      'chp_1__art_1__subpara_17-2': 'ст. 1 пп. 17-2',
      chp_1__art_5__para_2__subpara_3: 'ст. 5 п. 2 пп. 3',
      chp_1__art_5__para_2__part_2__subpara_2: 'ст. 5 п. 2 ч. 2 пп. 2',
      'chp_3__art_14__subpara_3-1__part_5': 'ст. 14 пп. 3-1 абз. 5',
    },
  },
}

describe.skipIf(!hasLawData)('what was read by hand', () => {
  it('covers every text that is there', () => {
    expect(lawFiles.filter((name) => FACTS[name] === undefined)).toEqual([])
  })

  it.each(Object.entries(FACTS).filter(([name]) => lawFiles.includes(name)))('%s', (name, facts) => {
    const { act } = lawText(name)
    const of = (kind: Provision['kind']): Provision[] => act.provisions.filter((one) => one.kind === kind)
    const inOrder = (one: Provision): boolean => one.eid.startsWith('ord__')
    expect(act.title).toMatch(facts.title)
    expect({
      points: of('point').filter((one) => !inOrder(one)).length,
      orderPoints: of('point').filter(inOrder).length,
      articles: of('article').length,
      chapters: of('chapter').length,
      appendices: of('appendix').length,
      standards: of('table').filter((one) => one.table?.isStandard === true).length,
      rows: of('row').length,
      excluded: act.provisions.filter((one) => one.status === 'excluded').length,
      notes: act.amendments.length,
      definitions: act.definitions.length,
    }).toEqual({
      points: facts.points,
      orderPoints: facts.orderPoints,
      articles: facts.articles,
      chapters: facts.chapters,
      appendices: facts.appendices,
      standards: facts.standards,
      rows: facts.rows,
      excluded: facts.excluded,
      notes: facts.notes,
      definitions: facts.definitions,
    })
    const labels = Object.keys(facts.labels).map((eid) => [eid, act.provisions.find((one) => one.eid === eid)?.label])
    expect(Object.fromEntries(labels)).toEqual(facts.labels)
  })
})

describe.skipIf(!hasLawData)('anomalies of the data', () => {
  const said = (name: string): string[] =>
    lawText(name).messages.map(({ place, rule }) => `${String(place.start.line)} ${rule}`)

  it.each([
    ['142691.rus.2026-07-12.md', ['5 in-force-before-signing', '42 in-force-before-signing', '168 reference-broken']],
    [
      '142691.kaz.2026-07-12.md',
      ['5 in-force-before-signing', '42 in-force-before-signing', '48 text-unfinished', '168 reference-broken'],
    ],
    ['143369.rus.2026-01-01.md', ['250 number-gap', '254 number-gap']],
    ['143369.kaz.2026-01-01.md', ['252 number-gap']],
    ['181886.rus.2023-05-12.md', []],
    ['181886.rus.2026-07-12.md', ['44 stray-quote']],
    ['181886.kaz.2024-02-22.md', []],
    ['181886.kaz.2026-07-12.md', ['5 in-force-before-signing', '40 in-force-before-signing']],
    ['187321.rus.2023-10-10.md', []],
    ['187321.kaz.2023-10-10.md', []],
    ['72060.rus.2023-04-01.md', []],
  ])('%s', (name, expected) => {
    expect(said(name)).toEqual(expected)
  })

  it('invisible characters inside addresses are left out of the text and kept in the raw', () => {
    const { act } = lawText('181886.rus.2023-05-12.md')
    const row = act.provisions.find((one) => one.eid === 'app_1__row_2')
    expect(row?.text).toContain('www.egov.kz')
    expect(row?.raw).toContain('www.\u200Begov.\u200Bkz')
    expect(act.repairs.filter((one) => one.rule === 'invisible-character')).toHaveLength(8)
  })
})
