import type { Amendment, Provision, Requisites } from '../act.ts'
import { amendmentAnomalies } from '../amendment-anomalies.ts'
import { TERMINAL } from '../markers.ts'
import type { BrokenReference } from '../references.ts'
import { type Builder, say, type Scope, scopeOf } from '../tree-builder.ts'

/** Elements that are numbered one after another: all points of a document, the sub-points of one list. */
function seriesOf({ kind, eid, parentEid }: Provision): string | null {
  const article = /(?:^|__)art_[\d-]+(?=__)/.exec(eid)?.[0] ?? ''
  if (kind === 'point') return `point ${scopeOf(eid)} ${article}`
  if (kind === 'article') return `article ${scopeOf(eid)}`
  if (kind === 'chapter') return `chapter ${scopeOf(eid)} ${parentEid?.startsWith('sec_') === true ? parentEid : ''}`
  if (kind === 'subpoint') return `subpoint ${parentEid ?? ''}`
  if (kind === 'row') return `row ${parentEid ?? ''}`
  if (kind === 'appendix') return `appendix ${parentEid ?? (/^ann_[\d-]+$/.test(eid) ? 'order' : 'annex')}`
  return null
}

/** Numbers that a note says are gone. */
const isGone = (excluded: ReadonlySet<string>, element: Provision, number: number): boolean =>
  element.kind === 'point' && excluded.has(`${scopeOf(element.eid)} ${String(number)}`)

/**
 * Gaps in numbers. The official text itself has some (points left out without a note), so a gap is told and the act is kept;
 * repeats are refused where the element is added.
 */
export function checkNumbering(builder: Builder, excludedPoints: ReadonlySet<string>): void {
  const expected = new Map<string, number>()
  for (const element of builder.provisions) {
    const series = seriesOf(element)
    const main = Number.parseInt(element.num ?? '', 10)
    if (series === null || Number.isNaN(main)) continue
    let next = expected.get(series) ?? 1
    while (next < main && isGone(excludedPoints, element, next)) next += 1
    const { start, end } = element.span
    // An inserted «7-1» follows 7.
    if (element.num?.includes('-') !== true && main !== next) {
      const missing =
        main > next
          ? `пропущено: ${main - 1 > next ? `${String(next)}–${String(main - 1)}` : String(next)}`
          : `ожидался номер ${String(next)}`
      say(
        builder,
        'warning',
        'number-gap',
        `${element.label}: номер стоит не по порядку, ${missing}. Сноски об исключении нет. Сверьте с печатным изданием.`,
        start.offset,
        end.offset,
      )
    }
    expected.set(series, Math.max(next, main + 1))
  }
}

/** Texts that do not end as texts end; at the very end of the act that means it was cut off. */
export function checkEndings(builder: Builder, endConfirmed: boolean): void {
  const { provisions } = builder
  const parents = new Set(provisions.map((one) => one.parentEid))
  const last = provisions.at(-1)
  const lastRemark = Math.max(
    0,
    ...builder.remarks.filter((one) => one.kind === 'signature').map((one) => one.span.end.offset),
  )
  for (const one of provisions) {
    if (!['point', 'subpoint', 'part', 'article'].includes(one.kind) || one.status === 'excluded' || one.text === '')
      continue
    const { start, end } = one.span
    const isEnd = one === last && lastRemark < end.offset && !endConfirmed
    if (!TERMINAL.test(one.text)) {
      say(
        builder,
        isEnd ? 'error' : 'warning',
        'text-unfinished',
        `${one.label} не заканчивается знаком препинания${isEnd ? ': текст оборван. Загрузите полный текст' : ', возможно, часть текста потеряна. Сверьте с печатным изданием'}.`,
        start.offset,
        end.offset,
      )
    } else if (isEnd && /[;,]$/.test(one.text)) {
      say(
        builder,
        'error',
        'list-unfinished',
        `${one.label} – последний текст, но перечень не закончен. Загрузите полный текст.`,
        start.offset,
        end.offset,
      )
    } else if (one.text.endsWith(':') && !parents.has(one.eid) && !followedByParts(provisions, one)) {
      say(
        builder,
        isEnd ? 'error' : 'warning',
        'list-missing',
        `${one.label} объявляет перечень, но его нет. Верните подпункты.`,
        start.offset,
        end.offset,
      )
    }
  }
  for (const one of provisions) {
    if (
      (one.kind !== 'chapter' && one.kind !== 'article') ||
      parents.has(one.eid) ||
      one.text !== '' ||
      one.status === 'excluded'
    )
      continue
    const { start, end } = one.span
    const cut = one === last && lastRemark < end.offset && !endConfirmed
    say(
      builder,
      cut ? 'error' : 'warning',
      `${one.kind}-empty`,
      `${one.label}: под заголовком нет текста. Загрузите полный текст.`,
      start.offset,
      end.offset,
    )
  }
}

/** A list of unnumbered paragraphs under a part: they are the parts that follow. */
function followedByParts(provisions: readonly Provision[], one: Provision): boolean {
  const next = provisions[provisions.indexOf(one) + 1]
  return next?.kind === 'part' && next.parentEid === one.parentEid
}

const NAMES: Record<BrokenReference['kind'], string> = { appendix: 'приложения', point: 'пункта', other: 'элемента' }

/** References within the act to what is not there: the lawmaker's slip or a lost text, told with its place. */
export function checkBrokenReferences(builder: Builder, broken: readonly BrokenReference[]): void {
  const byEid = new Map(builder.provisions.map((one) => [one.eid, one]))
  for (const one of broken) {
    const from = byEid.get(one.fromEid)
    if (!from) continue
    say(
      builder,
      'warning',
      'reference-broken',
      `${from.label} ссылается на «${one.text}», такого ${NAMES[one.kind]} в тексте нет. Сверьте номер с печатным изданием.`,
      from.span.start.offset,
      from.span.end.offset,
    )
  }
}

/** Dates of notes that cannot be right. */
export function checkAmendments(builder: Builder, amendments: readonly Amendment[], requisites: Requisites): void {
  for (const amendment of amendments)
    for (const { rule, text } of amendmentAnomalies(amendment, requisites.date))
      say(builder, 'warning', rule, text, amendment.span.start.offset, amendment.span.end.offset)
}

/** Documents that the order announces and the text lacks. */
export function checkAnnexes(builder: Builder, announced: boolean): void {
  const order = builder.provisions.filter((one) => scopeOf(one.eid) === ('order' satisfies Scope))
  if (order.length > 0 && announced && order.length === builder.provisions.length)
    say(
      builder,
      'error',
      'annex-missing',
      'приказ утверждает документ, но его в тексте нет. Добавьте прилагаемый документ.',
      builder.source.trimEnd().length,
    )
}
