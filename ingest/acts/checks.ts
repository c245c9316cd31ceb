import type { Provision } from './act.ts'
import type { EidIndex } from './eid-index.ts'
import { TERMINAL } from './markers.ts'
import type { BrokenReference } from './references.ts'
import { type Builder, say } from './tree-builder.ts'

const KIND_NAMES: Partial<Record<Provision['kind'], string>> = {
  chapter: 'глава',
  point: 'пункт',
  subpoint: 'подпункт',
}

function numbered(num: string, kind: string): string {
  return kind === 'подпункт' ? `${kind} ${num})` : `${kind} ${num}`
}

interface Series {
  /** «пункт» */
  kind: string
  /** Scope under which notes tell of excluded numbers; '' where they cannot. */
  key: string
  /** « (п. 3)»: what the numbers belong to, for the message. */
  where: string
}

/** Numbers count up by one; «10-1» stands between 10 and 11; excluded points may be gone. */
function checkSeries(
  builder: Builder,
  series: Series,
  elements: readonly Provision[],
  excluded: ReadonlySet<string>,
): void {
  let expected = 1
  const seen = new Set<string>()
  for (const element of elements) {
    const num = element.num ?? ''
    const { start, end } = element.span
    const name = numbered(num, series.kind)
    if (seen.has(num)) {
      say(
        builder,
        'error',
        `${element.kind}-repeated`,
        `${name} повторяется${series.where}. Исправьте номер или удалите повтор.`,
        start.offset,
        end.offset,
      )
      continue
    }
    seen.add(num)
    const main = Number.parseInt(num, 10)
    while (expected <= main && excluded.has(`${series.key} ${String(expected)}`)) expected += 1
    if (num.includes('-')) {
      if (main >= expected) {
        say(
          builder,
          'error',
          `${element.kind}-missing`,
          `перед «${num}» нет номера ${String(main)}${series.where}. Верните пропущенный текст.`,
          start.offset,
          end.offset,
        )
      }
      continue
    }
    const missing: number[] = []
    for (let number = expected; number < Math.min(main, expected + 1000); number += 1) {
      if (!excluded.has(`${series.key} ${String(number)}`)) missing.push(number)
    }
    if (missing.length > 0) {
      const shown = missing.length > 3 ? `${String(missing[0])}–${String(missing.at(-1))}` : missing.join(', ')
      say(
        builder,
        'error',
        `${element.kind}-missing`,
        `${series.kind} ${shown} отсутствует: ${name} стоит не по порядку${series.where}. Верните пропущенный текст или исправьте номер.`,
        start.offset,
        end.offset,
      )
    } else if (main < expected) {
      say(
        builder,
        'error',
        `${element.kind}-missing`,
        `${name} стоит не по порядку: ожидался номер ${String(expected)}${series.where}. Исправьте номер.`,
        start.offset,
        end.offset,
      )
    }
    expected = Math.max(expected, main + 1)
  }
}

/** Gaps and repeats in the numbers of chapters, points, sub-points and appendices. */
export function checkNumbers(builder: Builder, excludedPoints: ReadonlySet<string>): void {
  const { provisions } = builder
  const groups = new Map<string, Provision[]>()
  const byEid = new Map(provisions.map((one) => [one.eid, one]))
  for (const one of provisions) {
    if (one.num === null || one.kind === 'part') continue
    const scope = one.eid.startsWith('ord__') ? 'order' : 'annex'
    const key = one.kind === 'subpoint' ? `${one.kind} ${one.parentEid ?? ''}` : `${one.kind} ${scope}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  for (const elements of groups.values()) {
    const first = elements[0]
    if (!first) continue
    const scope = first.eid.startsWith('ord__') ? 'order' : 'annex'
    const parent = byEid.get(first.parentEid ?? '')
    const where =
      first.kind === 'subpoint'
        ? ` (${parent?.label ?? ''})`
        : scope === 'order' && first.kind === 'point'
          ? ' (приказ)'
          : ''
    const kind = KIND_NAMES[first.kind] ?? 'приложение'
    checkSeries(builder, { kind, key: first.kind === 'point' ? scope : '', where }, elements, excludedPoints)
  }
}

/** Chapters have points, points end as texts end. */
export function checkTexts(builder: Builder): void {
  const { provisions } = builder
  const parents = new Set(provisions.map((one) => one.parentEid))
  for (const [index, one] of provisions.entries()) {
    const { start, end } = one.span
    if (one.kind === 'chapter') {
      if (!parents.has(one.eid)) {
        say(
          builder,
          'error',
          'chapter-empty',
          `в главе ${one.num ?? ''} нет пунктов: текст пропущен или оборван. Загрузите полный текст.`,
          start.offset,
          end.offset,
        )
      }
      if (one.heading === '')
        say(
          builder,
          'error',
          'chapter-untitled',
          `у главы ${one.num ?? ''} нет названия. Добавьте его.`,
          start.offset,
          end.offset,
        )
      continue
    }
    if (one.kind === 'appendix' || one.kind === 'form' || one.status === 'excluded') continue
    if (!TERMINAL.test(one.text)) {
      const last = index === provisions.length - 1
      say(
        builder,
        last ? 'error' : 'warning',
        'text-unfinished',
        `${one.label} не заканчивается знаком препинания${last ? ': текст оборван. Загрузите полный текст' : ', возможно, часть текста потеряна. Сверьте с печатным изданием'}.`,
        start.offset,
        end.offset,
      )
    } else if (one.text.endsWith(':') && !parents.has(one.eid) && one.kind !== 'preamble') {
      // A list announced by a part may be read under the point, so only the act's end is certain.
      const last = index === provisions.length - 1
      say(
        builder,
        last ? 'error' : 'warning',
        'list-missing',
        `${one.label} объявляет перечень, но его нет. Верните подпункты.`,
        start.offset,
        end.offset,
      )
    }
  }
}

/**
 * References to what is not there. A number beyond the last point means that text is lost: an error.
 * Within the numbers it is the lawmaker's own slip and must not keep the act out: a warning.
 */
export function checkReferences(builder: Builder, broken: readonly BrokenReference[], index: EidIndex): void {
  const byEid = new Map(builder.provisions.map((one) => [one.eid, one]))
  for (const one of broken) {
    const from = byEid.get(one.fromEid)
    if (!from) continue
    const { start, end } = from.span
    if (one.kind === 'appendix') {
      say(
        builder,
        'error',
        'appendix-missing',
        `${from.label} ссылается на «${one.text}», но приложения ${one.num} в тексте нет. Добавьте приложение.`,
        start.offset,
        end.offset,
      )
    } else {
      const lost = one.kind === 'point' && Number.parseInt(one.num, 10) > index.lastPoint(one.scope)
      say(
        builder,
        lost ? 'error' : 'warning',
        'reference-broken',
        `${from.label} ссылается на «${one.text}», такого элемента в тексте нет. ${lost ? 'Последующие пункты пропущены: загрузите полный текст.' : 'Сверьте номер с печатным изданием.'}`,
        start.offset,
        end.offset,
      )
    }
  }
}

/** Control characters other than white space, the replacement character, halves of surrogate pairs. */
const DAMAGED = /(?![\t\n\f\r])\p{Cc}|\uFFFD|\p{Cs}/gu
/** UTF-8 read as Windows-1251 («РџСЂР°РІРёР»Р°») or as Latin-1 («ÐŸÑ€Ð°Ð²»). */
const MOJIBAKE =
  /(?:[РС][^\s\p{Ll}А-ЯЁӘҒҚҢӨҰҮҺІ]|[РС][°±²³´µ¶·ёєѕјїЃЂѓЉЊЋЏђљњќћџ]){3,}|(?:[ÐÑ][\u0080-\u00BF\u0152-\u2122]){2,}/gu
const MOST_REPORTS = 20

/** Characters that show the source was damaged or read with a wrong encoding, each with its place. */
export function checkCharacters(builder: Builder): void {
  let reports = 0
  for (const found of builder.source.matchAll(DAMAGED)) {
    reports += 1
    if (reports > MOST_REPORTS) return
    const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    const column = builder.locate.position(found.index).column
    say(
      builder,
      'error',
      'character-damaged',
      `позиция ${String(column)}: недопустимый знак U+${code}. Замените его верным текстом.`,
      found.index,
      found.index + 1,
    )
  }
  for (const found of builder.source.matchAll(MOJIBAKE)) {
    reports += 1
    if (reports > MOST_REPORTS) return
    const column = builder.locate.position(found.index).column
    say(
      builder,
      'error',
      'encoding-wrong',
      `позиция ${String(column)}: «${found[0].slice(0, 20)}» – текст прочитан в неверной кодировке. Сохраните файл в UTF-8.`,
      found.index,
      found.index + found[0].length,
    )
  }
}
