import type { Provision, Reference } from '../act.ts'
import type { Address, EidIndex } from '../eid-index.ts'
import { expandNumbers, NUMBER_LIST } from '../numbers.ts'
import type { BrokenReference, FoundReferences } from '../references.ts'
import { type Scope, scopeOf } from '../tree-builder.ts'
import { KAZAKH_UNITS, type KazakhUnit } from './numbers.ts'

const NAMES = Object.entries(KAZAKH_UNITS) as readonly [KazakhUnit, string][]
const ORDINALS = [
  'бірінші',
  'екінші',
  'үшінші',
  'төртінші',
  'бесінші',
  'алтыншы',
  'жетінші',
  'сегізінші',
  'тоғызыншы',
  'оныншы',
]
/** «бірінші бөлігінде»: only parts are counted in words. */
const ORDINAL_PART = String.raw`(?:${ORDINALS.join('|')})\s+бөлі[кг]\p{L}*`
const NUMBERED = String.raw`${NUMBER_LIST}\s*[-–]?\s*(?:${NAMES.map(([, unit]) => unit).join('|')})\p{L}*`
const ONE = String.raw`(?:${NUMBERED}|${ORDINAL_PART})`
/** «5-бабы 2-тармағының 11) тармақшасына», outermost first. */
const CHAIN = new RegExp(String.raw`(?<![\p{L}\d-])${ONE}(?:,?\s+${ONE}){0,3}`, 'giu')
const EACH = new RegExp(
  String.raw`(${NUMBER_LIST}|${ORDINALS.join('|')})\s*[-–]?\s*(${NAMES.map(([, unit]) => unit).join('|')})\p{L}*`,
  'giu',
)

/** Words right before a chain that name the document of this act it belongs to. */
const OWN =
  /(?:^|[^\p{L}])осы\s+(қағида|ереже|бұйры|тізбе|тарма|бап|баб|заң|мемлекеттік\s+көрсетілетін\s+қызмет\s+тізбе)\p{L}*\s*$/iu
/** «Тізбенің 8-тармағына», «Қағидаларға 2-қосымшаға»: the act's own documents without «осы». */
const ITSELF = /(?:^|[^\p{L}])(тізбе|қағида|ереже)\p{L}*\s*$/iu
const QUOTED = String.raw`[«"][^«»"]{3,300}[»"]`
/** «Қазақстан Республикасының 2013 жылғы 15 сәуірдегі», in whatever order. */
const OF_STATE = String.raw`(?:(?:(?:Қазақстан\s+Республикасы\p{L}*|ҚР)|\d{4}\s+жылғы\s+\d{1,2}\s+\p{L}+)\s+)`
const CODE = String.raw`(?:\p{Lu}[\p{L}-]+\s+(?:[\p{Ll}-]+\s+){0,2})?[Кк]одекс`
/** «… туралы» Қазақстан Республикасының Заңы, Қазақстан Республикасының Салық кодексі, Заңның. */
const LAW = String.raw`(?:${QUOTED}\s+)?${OF_STATE}{0,3}(?:(?:Конституциялық\s+)?Заң|${CODE}|Конституция)\p{L}*`
const LAW_BEFORE = new RegExp(String.raw`(?<!\p{L})${LAW}\s*$`, 'u')
const LAW_ALONE = new RegExp(
  String.raw`(?<!\p{L})(?:${QUOTED}\s+${OF_STATE}{0,3}(?:(?:Конституциялық\s+)?Заң|${CODE})\p{L}*|${OF_STATE}{1,3}(?:(?:Конституциялық\s+)?Заңы|${CODE}|Конституция)\p{L}*)`,
  'gu',
)
const ASIDE = /\s*\([^()]{1,120}\)\s*$/
const LOOK_BACK = 360

interface Unit {
  name: KazakhUnit
  numbers: string[]
}

function unitsOf(chain: string): Unit[] {
  return [...chain.matchAll(EACH)].flatMap((found): Unit[] => {
    const word = found[2] ?? ''
    const name = NAMES.find(([, unit]) => new RegExp(`^(?:${unit})`, 'iu').test(word))?.[0]
    const printed = found[1] ?? ''
    const ordinal = ORDINALS.indexOf(printed.toLowerCase())
    return name === undefined ? [] : [{ name, numbers: ordinal < 0 ? expandNumbers(printed) : [String(ordinal + 1)] }]
  })
}

function addressesOf(units: readonly Unit[], own: Provision, standard: string | null): Address[] {
  const numbersOf = (name: KazakhUnit): string[] => units.find((unit) => unit.name === name)?.numbers ?? []
  const [appendices, articles, points, subpoints, parts] = [
    numbersOf('appendix'),
    numbersOf('article'),
    numbersOf('point'),
    numbersOf('subpoint'),
    numbersOf('part'),
  ]
  if (appendices.length > 0)
    return appendices.map((appendix) => (standard === null ? { appendix } : { appendix, host: standard }))
  if (standard !== null) return points.map((row) => ({ row, host: standard }))
  const article = articles[0] ?? /(?:^|__)art_([\d-]+)(?:__|$)/.exec(own.eid)?.[1]
  const inArticle = article === undefined ? {} : { article }
  const ownPoint = /para_([\d-]+?)(?:__|$)/.exec(own.eid)?.[1]
  const inOwn = subpoints.length > 0 || parts.length > 0
  const inPoints = points.length > 0 ? points : ownPoint !== undefined && inOwn ? [ownPoint] : []
  if (inPoints.length === 0) {
    if (articles.length === 0) return numbersOf('chapter').map((chapter) => ({ chapter }))
    return articles.flatMap((one): Address[] =>
      subpoints.length === 0 ? [{ article: one }] : subpoints.map((subpoint) => ({ article: one, subpoint })),
    )
  }
  const part = parts[0] === undefined ? {} : { part: parts[0] }
  return inPoints.flatMap((point): Address[] =>
    subpoints.length === 0
      ? [{ point, ...part, ...inArticle }]
      : subpoints.map((subpoint) => ({ point, subpoint, ...part, ...inArticle })),
  )
}

function scopeNamed(document: string, here: Scope): Scope {
  if (document.toLowerCase().startsWith('бұйры')) return 'order'
  if (/^(?:тарма|бап|баб|заң)/iu.test(document)) return here
  return here === 'order' ? 'annex' : here
}

/** Finds what one element of a Kazakh text refers to: elements of this act, or other acts as printed. Pure. */
export function kazakhReferencesOf(own: Provision, index: EidIndex): FoundReferences {
  const references: Reference[] = []
  const broken: BrokenReference[] = []
  const { text, eid: fromEid } = own
  const here = scopeOf(fromEid)
  let covered = 0
  const add = (start: number, end: number, targetEids: string[], external: string | null): void => {
    references.push({ fromEid, start, end, text: text.slice(start, end), targetEids, external })
  }
  const outside = (from: number, to: number): void => {
    for (const found of text.slice(from, to).matchAll(LAW_ALONE)) {
      const start = from + found.index
      add(start, start + found[0].length, [], found[0])
    }
  }
  for (const found of text.matchAll(CHAIN)) {
    if (found.index < covered) continue
    const end = found.index + found[0].length
    const lead = text.slice(Math.max(covered, found.index - LOOK_BACK), found.index)
    // «тізбенің (бұдан әрі – Тізбе) 8-тармағында»: a short form may stand between.
    const aside = ASIDE.exec(lead)?.[0] ?? ''
    const before = lead.slice(0, lead.length - aside.length)
    const units = unitsOf(found[0])
    const ownAct = OWN.exec(before)
    const itself = ownAct ? null : ITSELF.exec(before)
    const law = ownAct || itself ? null : LAW_BEFORE.exec(before)
    const words = ownAct?.[0] ?? itself?.[0] ?? law?.[0] ?? ''
    const start = found.index - (words === '' ? 0 : aside.length) - words.replace(/^[^\p{L}«"]/u, '').length
    if (law || (!ownAct && units.some((unit) => unit.name === 'article'))) {
      outside(covered, start)
      add(start, end, [], text.slice(start, end))
      covered = end
      continue
    }
    const document = ownAct?.[1] ?? itself?.[1] ?? ''
    const standard = /тізбе/iu.test(document) ? index.standard(here) : null
    const named = document === '' ? here : scopeNamed(document, here)
    const targets: string[] = []
    for (const address of addressesOf(units, own, standard)) {
      const target = index.find(named, address)
      if (target) targets.push(target)
      else
        broken.push({
          fromEid,
          text: text.slice(start, end),
          kind:
            address.appendix !== undefined
              ? 'appendix'
              : address.subpoint === undefined && address.point !== undefined
                ? 'point'
                : 'other',
          scope: named,
          num: address.appendix ?? address.point ?? address.row ?? address.chapter ?? '',
        })
    }
    outside(covered, start)
    if (targets.length > 0) add(start, end, targets, null)
    covered = end
  }
  outside(covered, text.length)
  return { references, broken }
}
