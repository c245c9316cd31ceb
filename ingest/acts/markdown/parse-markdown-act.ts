import { printedDay } from '#ingest/text/printed-day.ts'
import type { ActMeta, InForce, Lang, Message, ParsedAct, ParseResult, Provision, Requisites } from '../act.ts'
import { readNotes } from '../amendments.ts'
import { checkCharacters } from '../checks.ts'
import { definitionsOf } from '../definitions.ts'
import { indexEids } from '../eid-index.ts'
import { parseInForce } from '../in-force.ts'
import { parseKazakhInForce } from '../kazakh/in-force.ts'
import { kazakhReferencesOf } from '../kazakh/references.ts'
import { parseKazakhRequisites } from '../kazakh/requisites.ts'
import { type FoundReferences, ownName, referencesOf } from '../references.ts'
import { parseRequisites } from '../requisites.ts'
import { locate } from '../source-lines.ts'
import { extentOf } from '../traced.ts'
import { addRemark, type Builder, say, scopeOf } from '../tree-builder.ts'
import { vocabularyOf } from '../vocabulary.ts'
import { type Block, markdownBlocks } from './blocks.ts'
import {
  checkAmendments,
  checkAnnexes,
  checkBrokenReferences,
  checkEndings,
  checkNumbering,
} from './check-structure.ts'
import { cleanText } from './clean.ts'
import { MARKDOWN_MARKERS } from './markers.ts'
import { closeAppendix } from './read-appendix.ts'
import { readDivision, readParagraph, unknownText } from './read-body.ts'
import { addElement, type State } from './state.ts'

export interface MarkdownOptions {
  /** Language of the text; told from its letters unless given. */
  lang?: Lang
  /** What was published beside the text: gives the requisites where the text has none. */
  meta?: ActMeta | null
  /** Date of this edition, where it is known otherwise than from `meta`. */
  versionDate?: string | null
  /** Somebody vouches that the text goes on to its end. */
  endConfirmed?: boolean
}

/** Letters that only Kazakh has; a Russian text about Kazakhstan has a few in names. */
const KAZAKH_SHARE = 0.02

/** The language of a text by its letters. Pure. */
export function languageOf(text: string): Lang {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const kazakh = text.match(/[әғқңөұүһі]/giu)?.length ?? 0
  return letters > 0 && kazakh / letters > KAZAKH_SHARE ? 'kk' : 'ru'
}

const parseEntry = (lang: Lang, text: string): InForce =>
  lang === 'kk' ? parseKazakhInForce(text) : parseInForce(text)

const ORDER_LABELS: Record<Lang, Record<string, string>> = {
  ru: {
    приказ: 'приказ',
    постановление: 'постановление',
    решение: 'решение',
    указ: 'указ',
    распоряжение: 'распоряжение',
  },
  kk: { приказ: 'бұйрық', постановление: 'қаулы', решение: 'шешім', указ: 'жарлық', распоряжение: 'өкім' },
}

/** A law has no order around it: its articles are the act. */
const isLaw = (kind: string): boolean => /^(?:закон|кодекс|конституц|заң)/iu.test(kind)

function newBuilder(source: string, lang: Lang): Builder {
  return {
    source,
    lang,
    locate: locate(source),
    vocabulary: vocabularyOf([]),
    provisions: [],
    remarks: [],
    repairs: [],
    notes: [],
    messages: [],
  }
}

/** The word a document is known by: «Правила», «Қағидалар». */
function nameOf(title: string, lang: Lang): string | null {
  if (lang === 'ru') return /^\p{Lu}\p{Ll}{3,}/u.exec(title)?.[0] ?? null
  const words: readonly (readonly [RegExp, string])[] = [
    [/қағида/iu, 'Қағидалар'],
    [/ереже/iu, 'Ережелер'],
    [/тізбе/iu, 'Тізбе'],
    [/стандарт/iu, 'Стандарт'],
    [/нұсқаулық/iu, 'Нұсқаулық'],
  ]
  return words.find(([pattern]) => pattern.test(title))?.[1] ?? null
}

type Quote = 'note' | 'approval' | 'form-mark' | 'appendix' | 'approved' | 'other'

function quoteKind(state: State, text: string): Quote {
  const { markers } = state
  if (markers.note.test(text)) return 'note'
  if (markers.approval.test(text)) return 'approval'
  if (markers.formMark.test(text)) return 'form-mark'
  if (markers.appendix.test(text)) return 'appendix'
  if (markers.approved.test(text)) return 'approved'
  return 'other'
}

/** Whether a header opens an annexed document of the order, and not an appendix to such a document. */
const opensDocument = (state: State, text: string): boolean =>
  quoteKind(state, text) === 'approved' ||
  (quoteKind(state, text) === 'appendix' && state.markers.toOrder.test(` ${text} `))

/** The title that follows a header: the next heading that is no chapter, before any other header. */
function titleAfter(state: State, blocks: readonly Block[], from: number): string | null {
  for (const block of blocks.slice(from)) {
    if (block.role !== undefined) continue
    const { text } = block.traced
    if (block.kind === 'quote' && !['note', 'form-mark'].includes(quoteKind(state, text))) return null
    if (block.kind === 'paragraph' && !state.markers.formMark.test(text)) return null
    if (block.kind === 'heading') return state.markers.chapter.test(text) ? null : text
  }
  return null
}

function finishAppendix(state: State): void {
  const { appendix } = state
  state.appendix = null
  if (appendix !== null) closeAppendix(state, appendix)
}

function openDocument(state: State, block: Block, title: string | null, several: boolean): void {
  const { builder, markers } = state
  const text = block.traced.text
  finishAppendix(state)
  state.annexes += 1
  const extent = extentOf(block.traced) ?? { start: block.start, end: block.end }
  addRemark(builder, 'annex-header', text, extent)
  const num = markers.appendix.exec(text)?.[1] ?? String(state.annexes)
  state.document = { scope: several ? `ann_${num}` : 'annex', prefix: '', label: '', root: null }
  if (several) {
    const kk = builder.lang === 'kk'
    const root = addElement(state, {
      kind: 'appendix',
      num,
      step: `ann_${num}`,
      parent: null,
      heading: title,
      text: '',
      extent,
      label: kk ? `бұйрыққа ${num}-қосымша` : `прил. ${num} к приказу`,
    })
    const name = title === null ? null : nameOf(title, builder.lang)
    const own = kk ? `${num}-қосымша` : `прил. ${num}`
    state.document = {
      scope: `ann_${num}`,
      prefix: `ann_${num}__`,
      label: name === null ? root.label : `${name} (${own})`,
      root,
    }
  }
  state.section = null
  state.chapter = null
  state.paragraph = null
  state.article = null
  state.point = null
  state.subpoint = null
  state.preamble = null
  state.lead = null
  state.list = null
  state.untitled = title !== null
}

/** The appendix whose table is the service standard: «Приложение 1 к Перечню …» belongs to it. */
function standardHost(state: State): State['builder']['provisions'][number] | null {
  const { builder, document } = state
  const row = builder.provisions.findLast((one) => one.kind === 'row' && scopeOf(one.eid) === document.scope)
  const eid = row?.eid.replace(/__row_.*$/, '')
  return builder.provisions.find((one) => one.eid === eid) ?? null
}

function openAppendix(state: State, block: Block): void {
  const { builder, markers, document } = state
  const text = block.traced.text
  finishAppendix(state)
  const extent = extentOf(block.traced) ?? { start: block.start, end: block.end }
  addRemark(builder, 'annex-header', text, extent)
  const host = markers.toStandard.test(` ${text} `) ? standardHost(state) : null
  const num = markers.appendix.exec(text)?.[1] ?? null
  const parent = host ?? document.root
  const siblings = builder.provisions.filter(
    (one) => one.kind === 'appendix' && one.parentEid === (parent?.eid ?? null),
  ).length
  const step = `app_${num ?? String(siblings + 1)}`
  const steps = [{ kind: 'appendix' as const, num: num ?? '' }]
  const toHost = builder.lang === 'kk' ? `Тізбеге ${num ?? ''}-қосымша` : `прил. ${num ?? ''} к Перечню`
  const provision = addElement(state, {
    kind: 'appendix',
    num,
    step,
    parent,
    text: '',
    extent,
    steps,
    ...(host === null ? {} : { label: `${host.label}, ${toHost}` }),
  })
  state.appendix = { provision, content: [] }
}

function readQuote(state: State, block: Block, blocks: readonly Block[], at: number, several: boolean): void {
  const { builder, document, appendix } = state
  const { traced } = block
  const kind = quoteKind(state, traced.text)
  if (kind === 'note') {
    const text = cleanText(builder, traced, null)
    builder.notes.push({
      traced: text,
      scope: document.scope,
      exclusionOf: null,
      ...(appendix === null ? {} : { host: appendix.provision.eid }),
    })
  } else if (kind === 'approval' && appendix === null) addRemark(builder, 'approval', traced.text, extentOf(traced))
  else if (kind === 'form-mark') addRemark(builder, 'layout', traced.text, extentOf(traced))
  else if (opensDocument(state, traced.text)) openDocument(state, block, titleAfter(state, blocks, at + 1), several)
  else if (kind === 'appendix') openAppendix(state, block)
  else if (appendix !== null) appendix.content.push(block)
  else unknownText(state, cleanText(builder, traced, null))
}

const ANCHOR = /\bid="(?:an\d+_)?(?:st|p)([\d-]+)"/

/** An anchor names the element that follows it. */
function checkAnchor(state: State, block: Block, blocks: readonly Block[], at: number): void {
  const { builder } = state
  addRemark(builder, 'layout', block.traced.text, { start: block.start, end: block.end })
  const named = ANCHOR.exec(block.traced.text)?.[1]
  const next = blocks[at + 1]?.traced.text ?? ''
  if (named === undefined || new RegExp(String.raw`^[^\d]{0,12}${named}(?![\d-]*\d)`).test(next)) return
  say(
    builder,
    'warning',
    'anchor-mismatch',
    `якорь называет номер ${named}, а за ним стоит «${next.slice(0, 40)}». Сверьте номер.`,
    block.start,
    block.end,
  )
}

/** What the reader of the format knows to be no text of the act: kept with its place, as what it is. */
function readAside({ builder }: State, { role, traced, start, end }: Block): void {
  const kind = role === 'left-out' ? 'layout' : role === 'publisher-note' ? 'publisher-note' : 'note'
  addRemark(builder, kind, traced.text, { start, end })
}

function readBlock(state: State, blocks: readonly Block[], at: number, several: boolean): void {
  const { builder, markers } = state
  const block = blocks[at]
  if (!block) return
  const { traced } = block
  if (block.role !== undefined) return readAside(state, block)
  if (block.kind === 'anchor') return checkAnchor(state, block, blocks, at)
  if (block.kind === 'quote') return readQuote(state, block, blocks, at, several)
  // An excluded article stands as a note in italics instead of its text.
  if (block.style === 'emphasis' && markers.note.test(traced.text)) {
    builder.notes.push({ traced: cleanText(builder, traced, null), scope: state.document.scope, exclusionOf: null })
    return
  }
  if (state.appendix !== null) {
    state.appendix.content.push(block)
    return
  }
  if (block.kind === 'heading') {
    if (state.untitled && !markers.chapter.test(traced.text)) {
      const title = cleanText(builder, traced, state.document.root?.eid ?? null)
      addRemark(builder, 'title', title.text, extentOf(traced))
      if (state.document.root === null) state.annexTitle = title.text
      state.untitled = false
      return
    }
    if (!readDivision(state, block)) unknownText(state, cleanText(builder, traced, null))
    return
  }
  if (markers.formMark.test(traced.text)) return addRemark(builder, 'layout', traced.text, extentOf(traced))
  if (block.style === 'strong') {
    state.signature = true
    return addRemark(builder, 'signature', traced.text, extentOf(traced))
  }
  if (block.kind === 'html') {
    // A table outside any appendix: an appendix of its own, so that nothing of it is lost.
    const provision = addElement(state, {
      kind: 'appendix',
      num: null,
      step: `tbl_${String(state.parts.get('tables') ?? 1)}`,
      parent: state.document.root,
      text: '',
      extent: { start: block.start, end: block.start },
    })
    state.parts.set('tables', (state.parts.get('tables') ?? 1) + 1)
    closeAppendix(state, { provision, content: [block] })
    return
  }
  readParagraph(state, block, blocks.slice(at + 1, at + 60))
}

/** A form counts its own lines as points: «(6, 7-тармақтар …)» in a form speaks of the form. */
function ownPointsAside(from: Provision, { references, broken }: FoundReferences): FoundReferences {
  if (from.kind !== 'form') return { references, broken }
  const said = /настоящ|осы/iu
  return {
    references: references.filter(
      (one) =>
        said.test(one.text) || one.external !== null || one.targetEids.every((eid) => /(?:^|__)app_[\d-]+$/.test(eid)),
    ),
    broken: broken.filter((one) => said.test(one.text)),
  }
}

const MOST_OF_A_RULE = 100

/** The first hundred messages of each rule, and how many more there are: a report that nobody can read helps nobody. */
function bounded(messages: readonly Message[]): Message[] {
  const counts = new Map<string, number>()
  const kept = messages.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1
    counts.set(rule, count)
    return count <= MOST_OF_A_RULE
  })
  const more = [...counts].filter(([, count]) => count > MOST_OF_A_RULE)
  return [
    ...kept,
    ...more.flatMap(([rule, count]) => {
      const last = kept.findLast((one) => one.rule === rule)
      return last ? [{ ...last, text: `и еще ${String(count - MOST_OF_A_RULE)} таких сообщений (${rule})` }] : []
    }),
  ]
}

/** The line under the title that gives kind, issuer, date and number, where the text has one. */
function requisitesIn(state: State, blocks: readonly Block[]): { requisites: Requisites | null; at: number } {
  const { lang } = state.builder
  const parse = lang === 'kk' ? parseKazakhRequisites : parseRequisites
  const at = blocks
    .slice(0, 4)
    .findIndex((one) => one.kind === 'paragraph' && parse(one.traced.text, { rule: 'unstated' }) !== null)
  const found = blocks[at]
  return { requisites: found ? parse(found.traced.text, { rule: 'unstated' }) : null, at }
}

function ownInForce(state: State): InForce {
  const { builder, markers } = state
  const own = builder.provisions.filter((one) => state.annexes === 0 || scopeOf(one.eid) === 'order')
  const said = own.findLast((one) => one.kind !== 'preamble' && markers.inForce.test(one.text))
  return parseEntry(builder.lang, said?.text ?? '')
}

/** Letters that Cyrillic and Latin share in print: «88-V» and «141-VІ» are typed either way. */
const LOOKALIKES: Record<string, string> = {
  а: 'a',
  в: 'b',
  с: 'c',
  е: 'e',
  н: 'h',
  к: 'k',
  м: 'm',
  о: 'o',
  р: 'p',
  т: 't',
  х: 'x',
  і: 'i',
}
const sameNumber = (one: string, other: string): boolean => {
  const plain = (number: string): string =>
    number
      .toLowerCase()
      .replace(/\s/g, '')
      .replace(/./gu, (letter) => LOOKALIKES[letter] ?? letter)
  return plain(one) === plain(other)
}

/** What the text prints, and what only its sidecar knows. A sidecar of another act is a fault: it would split or mix acts. */
function mergedRequisites(
  builder: Builder,
  printed: Requisites | null,
  meta: ActMeta | null,
  block: Block | undefined,
): Requisites | null {
  if (printed === null || meta === null) return printed ?? meta?.requisites ?? null
  const beside = meta.requisites
  if (printed.date !== beside.date || !sameNumber(printed.number, beside.number))
    say(
      builder,
      'error',
      'meta-of-other-act',
      `в тексте стоит акт от ${printedDay(printed.date)} № ${printed.number}, а в его описании (.meta.yaml, requisite) – от ${printedDay(beside.date)} № ${beside.number}. Положите рядом описание этого акта или исправьте requisite.`,
      block?.start ?? 0,
      block?.end ?? 0,
    )
  return { ...printed, registration: printed.registration ?? beside.registration }
}

function missingRequisites(builder: Builder): Requisites {
  say(
    builder,
    'error',
    'requisites-missing',
    'не найдены реквизиты акта. Положите рядом файл ИМЯ.meta.yaml с полями act_code и requisite или добавьте после названия строку вида «Приказ Министра … от 26 января 2016 года № 83».',
    0,
  )
  return { kind: 'акт', issuer: '', date: '', number: '', registration: null, inForce: { rule: 'unstated' } }
}

/**
 * Parses the Markdown of an act as the state legal base publishes it, in Russian or Kazakh: an order with its annexed
 * documents, or a law; their notes, forms, tables and service standards.
 *
 * @param source The Markdown.
 * @param options What stands beside the text; see `MarkdownOptions`.
 * @returns The act, or null with all faults at once when any message is an error. Never throws on a source.
 *
 * Pure: no files, clock or network. Element ids follow OASIS Akoma Ntoso (LegalDocML) naming.
 */
export function parseMarkdownAct(source: string, options: MarkdownOptions = {}): ParseResult {
  return parseBlocks(source, markdownBlocks(source).blocks, { ...options, lang: options.lang ?? languageOf(source) })
}

/**
 * Parses the blocks of an act, whatever format they were read from: `markdownBlocks` and `htmlBlocks` give the same ones.
 *
 * @param source The text that the blocks' offsets point into.
 * @param options As for `parseMarkdownAct`, the language told. @returns The same. Pure.
 */
export function parseBlocks(
  source: string,
  blocks: readonly Block[],
  options: MarkdownOptions & { lang: Lang },
): ParseResult {
  const { lang } = options
  const meta = options.meta ?? null
  const builder = newBuilder(source, lang)
  const markers = MARKDOWN_MARKERS[lang]
  const state: State = {
    builder,
    markers,
    document: { scope: 'annex', prefix: '', label: '', root: null },
    steps: new Map(),
    eids: new Set(),
    section: null,
    chapter: null,
    paragraph: null,
    article: null,
    point: null,
    subpoint: null,
    preamble: null,
    lead: null,
    list: null,
    parts: new Map(),
    appendix: null,
    untitled: false,
    annexes: 0,
    annexTitle: null,
    signature: false,
  }
  const titleAt = blocks.findIndex((one) => one.kind === 'heading' && one.level === 1)
  const titleBlock = blocks[titleAt]
  const title = titleBlock ? cleanText(builder, titleBlock.traced, null).text : ''
  if (titleBlock) addRemark(builder, 'title', title, extentOf(titleBlock.traced))
  if (title === '')
    say(builder, 'error', 'title-missing', 'нет названия акта. Поставьте его первой строкой: «# Об утверждении …».', 0)
  const printed = requisitesIn(state, blocks)
  const printedBlock = blocks[printed.at]
  if (printedBlock) addRemark(builder, 'requisites', printedBlock.traced.text, extentOf(printedBlock.traced))
  const found = mergedRequisites(builder, printed.requisites, meta, printedBlock) ?? missingRequisites(builder)
  if (!isLaw(found.kind))
    state.document = {
      scope: 'order',
      prefix: 'ord__',
      label: ORDER_LABELS[lang][found.kind] ?? found.kind,
      root: null,
    }
  const body = blocks.filter((_, at) => at !== titleAt && at !== printed.at)
  const several = body.filter((one) => one.kind === 'quote' && opensDocument(state, one.traced.text)).length > 1
  for (const at of body.keys()) readBlock(state, body, at, several)
  finishAppendix(state)

  const requisites: Requisites = { ...found, inForce: ownInForce(state) }
  const index = indexEids(builder.provisions)
  const { amendments, excludedPoints } = readNotes(builder, index)
  for (const { change, targetEids } of amendments)
    for (const one of builder.provisions)
      if (change === 'excluded' && targetEids.includes(one.eid) && one.text === '') one.status = 'excluded'
  const rules = state.annexTitle ?? builder.provisions.find((one) => one.eid === 'ann_1')?.heading ?? ''
  const name = lang === 'ru' ? (ownName(builder.provisions) ?? nameOf(rules, lang)) : null
  const references = builder.provisions.map((one) =>
    ownPointsAside(one, lang === 'kk' ? kazakhReferencesOf(one, index) : referencesOf(one, index, name)),
  )

  checkCharacters(builder)
  checkNumbering(builder, excludedPoints)
  checkEndings(builder, options.endConfirmed ?? false)
  checkBrokenReferences(
    builder,
    references.flatMap((one) => one.broken),
  )
  checkAmendments(builder, amendments, requisites)
  checkAnnexes(
    builder,
    builder.provisions.some((one) => one.eid === 'ord__para_1' && markers.announcesAnnex.test(one.text)),
  )
  if (!builder.provisions.some((one) => one.kind === 'point' || one.kind === 'article'))
    say(builder, 'error', 'act-empty', 'в тексте нет ни пунктов, ни статей. Загрузите полный текст акта.', 0)

  const messages = bounded(builder.messages.sort((one, other) => one.place.start.offset - other.place.start.offset))
  if (messages.some((message) => message.severity === 'error')) return { act: null, messages }
  const versionDate = options.versionDate ?? meta?.versionDates[lang]
  const act: ParsedAct = {
    lang,
    title,
    annexTitle: state.annexTitle,
    requisites,
    provisions: builder.provisions,
    amendments,
    definitions: definitionsOf(builder.provisions),
    references: references.flatMap((one) => one.references),
    repairs: builder.repairs.sort((one, other) => one.span.start.offset - other.span.start.offset),
    remarks: builder.remarks.sort((one, other) => one.span.start.offset - other.span.start.offset),
    ...(versionDate == null ? {} : { versionDate }),
    ...(meta === null ? {} : { meta }),
  }
  return { act, messages }
}
