import type { InForce, Lang, ParsedAct, ParseResult, Requisites } from './act.ts'
import { readNotes } from './amendments.ts'
import { readAppendices, readRemarks } from './appendices.ts'
import { readBody } from './body.ts'
import { checkCharacters, checkNumbers, checkReferences, checkTexts } from './checks.ts'
import { checkCompleteness, type Ending } from './completeness.ts'
import { definitionsOf } from './definitions.ts'
import { indexEids } from './eid-index.ts'
import { parseInForce } from './in-force.ts'
import { FURNITURE, MARKERS } from './markers.ts'
import { parseNote } from './notes.ts'
import { firstLine, toParagraphs } from './paragraphs.ts'
import { ownName, referencesOf } from './references.ts'
import { divide, type Regions } from './regions.ts'
import { parseRequisites } from './requisites.ts'
import { locate, splitLines } from './source-lines.ts'
import { type Builder, remarkLines, say } from './tree-builder.ts'
import { extentOf } from './traced.ts'
import { vocabularyOf } from './vocabulary.ts'

export interface ParseOptions {
  lang?: Lang
  /** A person has compared the end of the text with the print: words alone no longer refuse it as cut off. */
  endConfirmed?: boolean
}

const ANNOUNCES_ANNEX = /утвердить\s+прилагаем/iu

function newBuilder(source: string, lang: Lang, regions: Regions): Builder {
  const running = [regions.title, regions.order, regions.annex].flat()
  return {
    source,
    lang,
    locate: locate(source),
    // Cells break words anywhere, so only running text teaches words.
    vocabulary: vocabularyOf(running.flatMap((one) => one.lines.map((line) => line.text))),
    provisions: [],
    remarks: [],
    repairs: [],
    notes: [],
    messages: [],
  }
}

/** The act's own entry into force: its last point that speaks of it. */
function ownInForce(builder: Builder): InForce {
  const point = builder.provisions.findLast(
    (one) => one.eid.startsWith('ord__') && /вводится|вступает/iu.test(one.text),
  )
  return parseInForce(point?.text ?? '')
}

function readRequisites(builder: Builder, text: string): Requisites {
  const requisites = parseRequisites(text, ownInForce(builder))
  if (requisites) return requisites
  say(
    builder,
    'error',
    'requisites-missing',
    'не найдены реквизиты акта. После названия нужна строка вида «Приказ Министра … от 26 января 2016 года № 83».',
    0,
  )
  return { kind: 'акт', issuer: '', date: '', number: '', registration: null, inForce: { rule: 'unstated' } }
}

/** A note that stands after the last element. */
function tailOf(builder: Builder): Ending['tail'] {
  const lastElement = Math.max(-1, ...builder.provisions.map((one) => one.span.end.offset))
  const note = builder.notes.at(-1)
  const extent = note && !note.exclusionOf ? extentOf(note.traced) : null
  return note && extent && extent.start >= lastElement
    ? { text: note.traced.text, isRead: parseNote(note.traced.text) !== null, ...extent }
    : null
}

/**
 * Parses the plain text of a print of a legal act: an order with an annexed document, its chapters,
 * points, sub-points, appendices and forms.
 *
 * @param source Text as extracted from the print, page breaks and displaced words included.
 * @param options `lang` of the text («ru» unless given); `endConfirmed` where a person vouches for the end.
 * @returns The act, or null with all faults at once when any message is an error. Never throws on a source.
 *
 * Pure: no files, clock or network. Element ids follow OASIS Akoma Ntoso (LegalDocML) naming.
 */
export function parseAct(source: string, options: ParseOptions = {}): ParseResult {
  const lang = options.lang ?? 'ru'
  const markers = MARKERS[lang]
  const paragraphs = toParagraphs(splitLines(source), markers)
  const furniture = paragraphs.filter((one) => FURNITURE.test(firstLine(one)))
  const regions = divide(
    paragraphs.filter((one) => !FURNITURE.test(firstLine(one))),
    markers,
  )
  const builder = newBuilder(source, lang, regions)
  for (const paragraph of furniture) remarkLines(builder, 'layout', paragraph.lines)

  const title = remarkLines(
    builder,
    'title',
    regions.title.flatMap((one) => one.lines),
  )
  if (title === '')
    say(builder, 'error', 'title-missing', 'нет названия акта. Поставьте его первой строкой, до реквизитов.', 0)
  const requisitesText = remarkLines(builder, 'requisites', regions.requisites?.lines ?? [])
  const documentKind =
    parseRequisites(requisitesText, { rule: 'unstated' })?.kind ?? (lang === 'kk' ? 'бұйрық' : 'приказ')

  readBody(builder, regions.order, 'order', documentKind)
  readRemarks(builder, 'signature', regions.signature)
  readRemarks(builder, 'approval', regions.approvals)
  remarkLines(builder, 'annex-header', regions.annexHeader)
  const annexTitle = remarkLines(builder, 'title', regions.annexTitle) || null
  readBody(builder, regions.annex, 'annex', '')
  readAppendices(builder, regions.appendices, annexTitle ?? '')

  const requisites = readRequisites(builder, requisitesText)
  const index = indexEids(builder.provisions)
  const { amendments, excludedPoints } = readNotes(builder, index)
  const definitions = definitionsOf(builder.provisions)
  const name = ownName(builder.provisions)
  const found = builder.provisions.map((one) => referencesOf(one, index, name))
  const hasAnnex = regions.annexHeader.length > 0

  checkCharacters(builder)
  checkNumbers(builder, excludedPoints)
  checkTexts(builder)
  checkReferences(
    builder,
    found.flatMap((one) => one.broken),
    index,
  )
  checkCompleteness(builder, {
    definitions,
    announced: builder.provisions.some((one) => one.eid.startsWith('ord__') && ANNOUNCES_ANNEX.test(one.text)),
    hasAnnex,
    annexTitle,
    tail: tailOf(builder),
    endConfirmed: options.endConfirmed ?? false,
  })

  const messages = builder.messages.sort((one, other) => one.place.start.offset - other.place.start.offset)
  if (messages.some((message) => message.severity === 'error')) return { act: null, messages }
  const act: ParsedAct = {
    lang,
    title,
    annexTitle,
    requisites,
    provisions: builder.provisions,
    amendments,
    definitions,
    references: found.flatMap((one) => one.references),
    repairs: builder.repairs.sort((one, other) => one.span.start.offset - other.span.start.offset),
    remarks: builder.remarks.sort((one, other) => one.span.start.offset - other.span.start.offset),
  }
  return { act, messages }
}
