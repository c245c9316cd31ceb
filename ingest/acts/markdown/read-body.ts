import type { Provision } from '../act.ts'
import { parseKazakhExclusion } from '../kazakh/notes.ts'
import { parseExclusion } from '../notes.ts'
import { addRemark, say } from '../tree-builder.ts'
import { extentOf, sliceTraced, type Traced } from '../traced.ts'
import type { Block } from './blocks.ts'
import { cleanText } from './clean.ts'
import { MARKDOWN_POINT, MARKDOWN_SUBPOINT } from './markers.ts'
import { addElement, type State, stepsOf } from './state.ts'

const whole = (traced: Traced): { start: number; end: number } => extentOf(traced) ?? { start: 0, end: 0 }

/** «3-1» comes after «3» and before «4». */
function isAfter(num: string, before: string): boolean {
  const [main = 0, sub = 0] = num.split('-').map(Number)
  const [otherMain = 0, otherSub = 0] = before.split('-').map(Number)
  return main > otherMain || (main === otherMain && sub > otherSub)
}

/** The element in which points stand. */
const containerOf = (state: State): Provision | null =>
  state.article ?? state.paragraph ?? state.chapter ?? state.section ?? state.document.root

const addressOfPoint = (state: State): readonly { kind: Provision['kind']; num: string }[] =>
  state.article === null ? [] : stepsOf(state, state.article)

/** A point or sub-point that stands only as «исключен …»; struck-out text is excluded without a note. */
function markExcluded(state: State, element: Provision, traced: Traced, block: Block): void {
  const { builder, document } = state
  const { num, kind } = element
  const name =
    builder.lang === 'kk' ? (kind === 'subpoint' ? `${num ?? ''}) тармақша` : `${num ?? ''}-тармақ`) : 'Пункт'
  const excluded =
    builder.lang === 'kk'
      ? parseKazakhExclusion(traced.text, name)
      : parseExclusion(traced.text, `${name} ${num ?? ''}`)
  if (excluded) builder.notes.push({ traced, scope: document.scope, exclusionOf: element })
  if (excluded || block.style === 'struck') element.status = 'excluded'
}

function noteStrayQuote(state: State, quote: string, element: Provision, offset: number): void {
  if (quote === '') return
  const { builder } = state
  builder.repairs.push({
    rule: 'stray-quote',
    eid: element.eid,
    raw: quote,
    text: '',
    span: builder.locate.span(offset, offset + 1),
  })
  // «…;»;»: the pair of the stray quote.
  const closing = /[;.]([»"”][;.]?)$/.exec(element.text)?.[1]
  if (closing !== undefined) {
    const end = element.span.end.offset
    element.text = element.text.slice(0, -closing.length)
    builder.repairs.push({
      rule: 'stray-quote',
      eid: element.eid,
      raw: closing,
      text: '',
      span: builder.locate.span(end - closing.length, end),
    })
  }
  say(
    builder,
    'warning',
    'stray-quote',
    `${element.label}: перед номером стоит лишняя кавычка «${quote}». Номер прочитан без нее.`,
    offset,
    offset + 1,
  )
}

function readPoint(state: State, block: Block, traced: Traced, found: RegExpExecArray): void {
  const num = found[2] ?? ''
  const parent = containerOf(state)
  const printed = sliceTraced(traced, found[0].length)
  const range = excludedRange(num, printed.text)
  const own = range === null ? printed : sliceTraced(printed, range.skipped)
  for (const one of range?.numbers ?? [num]) {
    const point = addElement(state, {
      kind: 'point',
      num: one,
      step: `para_${one}`,
      parent,
      text: own.text,
      extent: whole(traced),
      steps: [...addressOfPoint(state), { kind: 'point', num: one }],
    })
    state.point = point
    state.subpoint = null
    state.lead = point
    state.list = null
    markExcluded(state, point, own, block)
    noteStrayQuote(state, found[1] ?? '', point, whole(traced).start)
  }
}

/** «3) - 9) исключены Законом …», «2. – 4. Алып тасталды …»: what follows the first number. */
const RANGE = /^[-–—]\s*(\d{1,3})[).]\s+/
const LONGEST_RANGE = 200

/** Several elements that stand as one line: each gets its own number and the same place. */
function excludedRange(first: string, rest: string): { numbers: string[]; skipped: number } | null {
  const found = RANGE.exec(rest)
  const [from, to] = [Number(first), Number(found?.[1])]
  if (!found || !Number.isInteger(from) || to <= from || to - from > LONGEST_RANGE) return null
  if (!/^(?:исключен|утратил|алып\s+тастал|алынып\s+тастал|күші\s+жойыл)/iu.test(rest.slice(found[0].length)))
    return null
  return { numbers: Array.from({ length: to - from + 1 }, (_, at) => String(from + at)), skipped: found[0].length }
}

/** A list goes on while its numbers do; a number that starts anew belongs to the latest part. */
function readSubpoint(state: State, block: Block, traced: Traced, found: RegExpExecArray): boolean {
  const num = found[2] ?? ''
  const { list } = state
  const lead = list !== null && isAfter(num, list.last) ? list.lead : state.lead
  if (lead === null) return false
  const printed = sliceTraced(traced, found[0].length)
  const range = excludedRange(num, printed.text)
  const own = range === null ? printed : sliceTraced(printed, range.skipped)
  for (const one of range?.numbers ?? [num]) {
    const subpoint = addElement(state, {
      kind: 'subpoint',
      num: one,
      step: `subpara_${one}`,
      parent: lead,
      text: own.text,
      extent: whole(traced),
      steps: [...stepsOf(state, lead), { kind: 'subpoint', num: one }],
    })
    state.list = { lead, last: one }
    state.subpoint = subpoint
    markExcluded(state, subpoint, own, block)
    noteStrayQuote(state, found[1] ?? '', subpoint, whole(traced).start)
  }
  return true
}

/** Whether the list goes on after the paragraphs that follow: then they belong to its last sub-point. */
function listGoesOn(state: State, following: readonly Block[]): boolean {
  const { list, markers } = state
  if (list === null) return false
  for (const block of following) {
    if (block.kind === 'heading' || block.kind === 'html' || block.style === 'strong') return false
    const { text } = block.traced
    if (block.kind === 'quote' && !markers.note.test(text)) return false
    const next = MARKDOWN_SUBPOINT.exec(text)
    if (next) return isAfter(next[2] ?? '', list.last)
    if (MARKDOWN_POINT.test(text)) return false
  }
  return false
}

function addPart(state: State, parent: Provision, traced: Traced): Provision {
  const num = String((state.parts.get(parent.eid) ?? 1) + 1)
  state.parts.set(parent.eid, Number(num))
  return addElement(state, {
    kind: 'part',
    num,
    step: `part_${num}`,
    parent,
    text: traced.text,
    extent: whole(traced),
    steps: [...stepsOf(state, parent), { kind: 'part', num }],
  })
}

/** The first unnumbered paragraph of an article is its own text. */
function openArticleText(state: State, article: Provision, traced: Traced): void {
  const { builder } = state
  const { start, end } = whole(traced)
  article.text = traced.text
  article.raw = `${article.raw}\n${builder.source.slice(start, end)}`
  article.span = builder.locate.span(article.span.start.offset, end)
  state.lead = article
}

function readPreamble(state: State, traced: Traced): void {
  const { builder, preamble } = state
  if (preamble === null) {
    state.preamble = addElement(state, {
      kind: 'preamble',
      num: null,
      step: 'preamble',
      parent: null,
      text: traced.text,
      extent: whole(traced),
    })
    return
  }
  preamble.text = `${preamble.text} ${traced.text}`
  preamble.span = builder.locate.span(preamble.span.start.offset, whole(traced).end)
  preamble.raw = builder.source.slice(preamble.span.start.offset, preamble.span.end.offset)
}

function readUnnumbered(state: State, traced: Traced, following: readonly Block[]): void {
  const { point, subpoint, article } = state
  const owner = point ?? article
  if (subpoint !== null && owner !== null && (subpoint.text.endsWith(':') || listGoesOn(state, following))) {
    addPart(state, subpoint, traced)
    return
  }
  if (article !== null && point === null && article.text === '' && state.lead === null)
    return openArticleText(state, article, traced)
  if (owner !== null) {
    state.lead = addPart(state, owner, traced)
    state.subpoint = null
    return
  }
  const container = containerOf(state)
  if (container !== null && container !== state.document.root) {
    state.lead = addPart(state, container, traced)
    return
  }
  if (state.document.scope === 'order' || state.document.prefix === '' || state.document.root !== null)
    return readPreamble(state, traced)
  unknownText(state, traced)
}

/** Text that belongs to nothing that is known: kept as a remark, with a warning and its place. */
export function unknownText(state: State, traced: Traced): void {
  const { builder } = state
  const { start, end } = whole(traced)
  addRemark(builder, 'layout', traced.text, { start, end })
  const shown = traced.text.length > 60 ? `${traced.text.slice(0, 60)}…` : traced.text
  say(
    builder,
    'warning',
    'unknown-text',
    `текст «${shown}» не относится ни к одному элементу акта и сохранен как оформление. Проверьте разметку.`,
    start,
    end,
  )
}

/** A paragraph of the order, the law or an annexed document; `following` is what stands after it. */
export function readParagraph(state: State, block: Block, following: readonly Block[]): void {
  const traced = cleanText(state.builder, block.traced, null)
  const point = MARKDOWN_POINT.exec(traced.text)
  if (point) return readPoint(state, block, traced, point)
  const subpoint = MARKDOWN_SUBPOINT.exec(traced.text)
  if (subpoint && readSubpoint(state, block, traced, subpoint)) return
  readUnnumbered(state, traced, following)
}

type Division = 'section' | 'chapter' | 'paragraph' | 'article'
const DIVISIONS: readonly (readonly [Division, string])[] = [
  ['section', 'sec'],
  ['chapter', 'chp'],
  ['paragraph', 'prg'],
  ['article', 'art'],
]

/** «Глава 2. …», «5-бап. …»: opens it; false when the heading is none of them. */
export function readDivision(state: State, block: Block): boolean {
  const traced = cleanText(state.builder, block.traced, null)
  for (const [kind, step] of DIVISIONS) {
    const found = state.markers[kind].exec(traced.text)
    const num = found?.[1]
    if (!found || num === undefined) continue
    const above: Record<Division, Provision | null> = {
      section: state.document.root,
      chapter: state.section ?? state.document.root,
      paragraph: state.chapter ?? state.section ?? state.document.root,
      article: state.paragraph ?? state.chapter ?? state.section ?? state.document.root,
    }
    const element = addElement(state, {
      kind,
      num,
      step: `${step}_${num}`,
      parent: above[kind],
      heading: sliceTraced(traced, found[0].length).text,
      text: '',
      extent: whole(traced),
    })
    state.article = null
    if (kind !== 'article') state.paragraph = null
    if (kind === 'section' || kind === 'chapter') state.chapter = null
    state[kind] = element
    state.point = null
    state.subpoint = null
    state.lead = null
    state.list = null
    return true
  }
  return false
}
