import type { Provision, Reference } from './act.ts'
import { DATE } from './dates.ts'
import type { Address, EidIndex } from './eid-index.ts'
import { expandNumbers, NUMBER_LIST, ORDINAL, ordinalNumber } from './numbers.ts'
import { type Scope, scopeOf } from './tree-builder.ts'

const NUMBERED_UNIT = String.raw`(?:подпункт|пункт|стать|приложени|глав)\p{L}{0,3}\s+${NUMBER_LIST}`
/** Only parts and paragraphs are counted in words: «часть вторая», but «к пункту первой помощи». */
const ORDINAL_UNIT = String.raw`(?:част|абзац)\p{L}{0,3}\s+(?:${NUMBER_LIST}|${ORDINAL})`
const UNIT = `(?:${NUMBERED_UNIT}|${ORDINAL_UNIT})`
const CHAIN = new RegExp(String.raw`(?<![\p{L}\d-])${UNIT}(?:,?\s+${UNIT}){0,4}`, 'giu')
const ONE_UNIT = new RegExp(
  String.raw`(подпункт|пункт|стать|приложени|глав|част|абзац)\p{L}{0,3}\s+(${NUMBER_LIST}|${ORDINAL})`,
  'giu',
)
/** «настоящих Правил», «к настоящему приказу», «настоящего пункта». */
const OWN =
  /^\s+(?:к\s+)?настоящ\p{L}{2,3}\s+(приказ|постановлени|решени|пункт|\p{L}{3,14}?)(?:\p{L}{0,3})(?![\p{L}-])/iu
/** «пунктом 8 Перечня», «приложению 1 к настоящему Перечню»: the service standard of the document. */
const STANDARD = /^\s+(?:к\s+)?(?:(?:настоящ|указанн)\p{L}{2,3}\s+)?Перечн\p{L}{1,3}(?![\p{L}-])/u
const QUOTED = String.raw`(?:"[^"]{3,300}"|«[^»]{3,300}»)`
/** «Административного процедурно-процессуального кодекса». */
const OF_CODE = String.raw`(?:(?:Административн|Бюджетн|Водн|Гражданск|Земельн|Лесн|Налогов|Предпринимательск|Социальн|Трудов|Уголовн|Цифров|Экологическ)\p{L}{2,3}(?:\s+процедурно-процессуальн\p{L}{2,3}|\s+процессуальн\p{L}{2,3}|-процессуальн\p{L}{2,3}|-исполнительн\p{L}{2,3})?\s+(?=кодекс))?`
const LAW = String.raw`(?:конституционного\s+)?${OF_CODE}(?:Закон|Кодекс|Конституци)\p{L}{0,3}\s+Республики\s+Казахстан(?:\s+от\s+${DATE})?(?:\s*№\s*[\p{L}\d-]+)?(?:\s*${QUOTED})?`
const BY_LAW = String.raw`(?:приказ|постановлени|указ|распоряжени)\p{L}{0,3}\s+[^";()«»]{3,250}?\s+от\s+${DATE}\s*№\s*[\p{L}\d/-]+(?:\s*${QUOTED})?`
const ACT_AFTER = new RegExp(
  String.raw`^\s+(?:к\s+)?(?:${LAW}|${BY_LAW}|(?:Закон|Кодекс|Правил|Положени|Инструкци|Регламент|Стандарт|указ|приказ|постановлени)\p{L}{0,3}(?![\p{L}-]))`,
  'iu',
)
const ACT_ALONE = new RegExp(String.raw`(?<![\p{L}-])(?:${LAW}|${BY_LAW})`, 'giu')

const NOMINATIVE: readonly (readonly [RegExp, string])[] = [
  [/^подпункт(?=ами?\s|ов\s|ы\s|ах\s)\p{L}+/iu, 'подпункты'],
  [/^подпункт\p{L}*/iu, 'подпункт'],
  [/^пункт(?=ами?\s\d+\)?\s*[,и–-]|ов\s|ы\s|ах\s)\p{L}+/iu, 'пункты'],
  [/^пункт\p{L}*/iu, 'пункт'],
  [/^стать\p{L}+/iu, 'статья'],
  [/^приказ\p{L}*/iu, 'приказ'],
  [/^постановлени\p{L}+/iu, 'постановление'],
  [/^закон\p{L}*/iu, 'Закон'],
  [/^кодекс\p{L}*/iu, 'Кодекс'],
]

function nominative(text: string): string {
  const found = NOMINATIVE.find(([pattern]) => pattern.test(text))
  return found ? text.replace(found[0], found[1]) : text
}

const OWN_NAME = /^Настоящ\p{L}{2}\s[^()]{0,600}\(далее\s*[–—-]\s*(\p{Lu}\p{L}{3,20})\)/u

/** What the annexed document calls itself: «Настоящие Правила … (далее – Правила)». Null when it does not. */
export function ownName(provisions: readonly Provision[]): string | null {
  const found = provisions.find((one) => !one.eid.startsWith('ord__') && OWN_NAME.test(one.text))
  return OWN_NAME.exec(found?.text ?? '')?.[1] ?? null
}

/** «пункта 5 Правил», where «Правила» is the document itself and no other one follows. */
function namesItself(after: string, name: string | null): string | null {
  if (name === null) return null
  const own = new RegExp(
    String.raw`^\s+(?:к\s+)?${name.slice(0, -1)}\p{L}{0,3}(?![\p{L}-])(?!,?\s+(?:утвержд|["«]|от\s+\d))`,
    'u',
  )
  return own.exec(after)?.[0] ?? null
}

/** A reference to an element that is not there. */
export interface BrokenReference {
  fromEid: string
  text: string
  kind: 'appendix' | 'point' | 'other'
  scope: Scope
  num: string
}

export interface FoundReferences {
  references: Reference[]
  broken: BrokenReference[]
}

interface Unit {
  name: string
  numbers: string[]
}

function unitsOf(chain: string): Unit[] {
  return [...chain.matchAll(ONE_UNIT)].map((found) => {
    const list = found[2] ?? ''
    const ordinal = ordinalNumber(list)
    return { name: (found[1] ?? '').toLowerCase(), numbers: ordinal ? [ordinal] : expandNumbers(list) }
  })
}

/** All addresses a chain names: «подпунктами 1), 2) пункта 3» → two. */
function addressesOf(units: readonly Unit[], own: Provision): Address[] {
  const numbersOf = (name: string): string[] => units.find((unit) => unit.name === name)?.numbers ?? []
  const [appendices, articles, chapters, points, subpoints, parts] = [
    numbersOf('приложени'),
    numbersOf('стать'),
    numbersOf('глав'),
    numbersOf('пункт'),
    numbersOf('подпункт'),
    numbersOf('част'),
  ]
  if (appendices.length > 0) return appendices.map((appendix) => ({ appendix }))
  const ownPoint = /para_([\d-]+?)(?:__|$)/.exec(own.eid)?.[1]
  const article = articles[0] ?? /(?:^|__)art_([\d-]+)(?:__|$)/.exec(own.eid)?.[1]
  const inArticle = article === undefined ? {} : { article }
  if (points.length === 0 && articles.length > 0)
    return articles.flatMap((one): Address[] =>
      subpoints.length === 0 ? [{ article: one }] : subpoints.map((subpoint) => ({ article: one, subpoint })),
    )
  // «части первой настоящего пункта», «подпункте 4)»: of the point they stand in.
  const inOwn = subpoints.length > 0 || parts.length > 0
  const inPoints = points.length > 0 ? points : ownPoint !== undefined && inOwn ? [ownPoint] : []
  if (inPoints.length === 0) return chapters.map((chapter) => ({ chapter }))
  const part = parts[0] === undefined ? {} : { part: parts[0] }
  return inPoints.flatMap((point): Address[] =>
    subpoints.length === 0
      ? [{ point, ...part, ...inArticle }]
      : subpoints.map((subpoint) => ({ point, subpoint, ...part, ...inArticle })),
  )
}

/** Rows of the standard by their numbers, or appendices to it. */
function standardAddresses(units: readonly Unit[], standard: string): Address[] {
  const numbersOf = (name: string): string[] => units.find((unit) => unit.name === name)?.numbers ?? []
  const appendices = numbersOf('приложени')
  return appendices.length > 0
    ? appendices.map((appendix) => ({ appendix, host: standard }))
    : numbersOf('пункт').map((row) => ({ row, host: standard }))
}

/** «настоящего приказа» is the order, «настоящего пункта» stays where it stands, «настоящих Правил» is the annex. */
function scopeNamed(document: string | undefined, here: Scope): Scope {
  if (document === undefined || /^(?:пункт|стать|закон|кодекс)/.test(document)) return here
  if (/^(?:приказ|постановлени|решени)/.test(document)) return 'order'
  return here.startsWith('ann_') ? here : 'annex'
}

/** Finds what one element refers to: elements of this act, or other acts as printed. `name`: see `ownName`. */
export function referencesOf(own: Provision, index: EidIndex, name: string | null = null): FoundReferences {
  const references: Reference[] = []
  const broken: BrokenReference[] = []
  const { text, eid: fromEid } = own
  let covered = 0
  const add = (start: number, end: number, targetEids: string[], external: string | null): void => {
    references.push({ fromEid, start, end, text: text.slice(start, end), targetEids, external })
  }
  const outside = (from: number, to: number): void => {
    for (const found of text.slice(from, to).matchAll(ACT_ALONE)) {
      const start = from + found.index
      add(start, start + found[0].length, [], nominative(found[0]))
    }
  }
  for (const found of text.matchAll(CHAIN)) {
    if (found.index < covered) continue
    const end = found.index + found[0].length
    const after = text.slice(end, end + 700)
    const here = scopeOf(fromEid)
    const standard = index.standard(here)
    const ofStandard = standard === null ? null : (STANDARD.exec(after)?.[0] ?? null)
    const ownAct = ofStandard === null ? OWN.exec(after) : null
    const itself = ownAct || ofStandard !== null ? null : namesItself(after, name)
    const ownWords = ofStandard ?? ownAct?.[0] ?? itself ?? ''
    const act = ownWords === '' ? ACT_AFTER.exec(after) : null
    const units = unitsOf(found[0])
    if (ownWords === '' && (act || units.some((unit) => unit.name === 'стать'))) {
      const to = end + (act?.[0].length ?? 0)
      outside(covered, found.index)
      add(found.index, to, [], nominative(text.slice(found.index, to)))
      covered = to
      continue
    }
    const document = ownAct?.[1]?.toLowerCase()
    const named = itself === null ? scopeNamed(document, here) : here === 'order' ? 'annex' : here
    const to = end + ownWords.length
    const targets: string[] = []
    const addresses =
      standard !== null && ofStandard !== null ? standardAddresses(units, standard) : addressesOf(units, own)
    for (const address of addresses) {
      const target = index.find(named, address)
      if (target) targets.push(target)
      else {
        const kind =
          address.appendix !== undefined
            ? 'appendix'
            : address.subpoint === undefined && address.point !== undefined
              ? 'point'
              : 'other'
        broken.push({
          fromEid,
          text: text.slice(found.index, to),
          kind,
          scope: named,
          num: address.appendix ?? address.point ?? address.chapter ?? '',
        })
      }
    }
    outside(covered, found.index)
    if (targets.length > 0) add(found.index, to, targets, null)
    covered = to
  }
  outside(covered, text.length)
  return { references, broken }
}
