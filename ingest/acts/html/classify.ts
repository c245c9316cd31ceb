import type { Lang } from '../act.ts'
import { parseKazakhRequisites } from '../kazakh/requisites.ts'
import { type Block, joinTraced } from '../markdown/blocks.ts'
import { MARKDOWN_MARKERS, MARKDOWN_POINT, MARKDOWN_SUBPOINT, type MarkdownMarkers } from '../markdown/markers.ts'
import { parseRequisites } from '../requisites.ts'
import type { Traced } from '../traced.ts'
import type { Leaf } from './leaves.ts'

/** What the publisher, not the lawmaker, says: «Примечание ИЗПИ!», «ЗҚАИ-ның ескертпесі!». */
const PUBLISHER = /^(?:Примечание\s+(?:ИЗПИ|РЦПИ)|(?:РҚАО|ЗҚАИ)(?:-?\p{L}+)?\s+ескерт\p{L}*)/iu
/** Longer paragraphs are running text, whatever they begin with. */
const LONGEST_HEADER = 600
const LONGEST_SIGNATURE = 200

interface Reading {
  lang: Lang
  markers: MarkdownMarkers
  blocks: Block[]
  /** The act's title has been read. */
  titled: boolean
  /** A point or article has been read, so bold lines may be signatures. */
  begun: boolean
  /** An annexed document or appendix has begun. */
  annexed: boolean
  /** The approval («СОГЛАСОВАНО …») that the next lines go on with. */
  approval: Block | null
  /** The text has no looks at all: a line after a header is a title if it is no sentence. */
  plain: boolean
  /** A title may follow: a header or a title was read last. */
  awaitsTitle: boolean
}

const isNumbered = (text: string): boolean => MARKDOWN_POINT.test(text) || MARKDOWN_SUBPOINT.test(text)

function blockOf(leaf: Leaf, kind: Block['kind'], more: Partial<Block> = {}): Block {
  const lines = more.lines ?? leaf.lines
  const style = leaf.struck ? 'struck' : leaf.italic ? 'emphasis' : 'plain'
  return { kind, level: 0, lines, traced: joinTraced(lines), style, start: leaf.start, end: leaf.end, ...more }
}

/** Adds the lines of a leaf to a block that it goes on with. */
function goOn(block: Block, leaf: Leaf): void {
  block.lines.push(...leaf.lines)
  block.traced = joinTraced(block.lines)
  block.end = Math.max(block.end, leaf.end)
}

const opensHeader = ({ markers }: Reading, text: string): boolean =>
  text.length < LONGEST_HEADER && (markers.approved.test(text) || markers.appendix.test(text))

const isDivision = ({ markers }: Reading, text: string): boolean =>
  text.length < LONGEST_HEADER &&
  [markers.section, markers.chapter, markers.paragraph, markers.article].some((marker) => marker.test(text))

/** A division stands as a heading, in bold, in the middle; or as a line of its own that is no sentence. */
const looksLikeDivision = (reading: Reading, leaf: Leaf, text: string): boolean =>
  isDivision(reading, text) &&
  (leaf.level > 0 ||
    leaf.bold ||
    leaf.align === 'center' ||
    (leaf.lines.length === 1 && !(reading.plain ? /[;:,]$/ : /[.;:,]$/).test(text)))

/** A heading of several divisions, one a line: «РАЗДЕЛ 2. …<br>Глава 4. …». */
function divisionsOf(reading: Reading, lines: readonly Traced[]): Traced[][] {
  const parts: Traced[][] = []
  for (const line of lines) {
    const part = parts.at(-1)
    if (part === undefined || isDivision(reading, line.text)) parts.push([line])
    else part.push(line)
  }
  return parts
}

/** The mark of a form may stand in the cell of its header: «Приложение 1 к Правилам … Форма». */
function headerBlocks({ markers }: Reading, leaf: Leaf, lines: readonly Traced[]): Block[] {
  const mark = lines.at(-1)
  const marked = mark !== undefined && lines.length > 1 && markers.formMark.test(mark.text)
  const own = blockOf(leaf, 'quote', { lines: marked ? lines.slice(0, -1) : [...lines], style: 'emphasis' })
  return marked ? [own, blockOf(leaf, 'quote', { lines: [mark], style: 'emphasis' })] : [own]
}

/** Cells of a table that only sets text side by side; null where it is a table of the act. */
function layoutCells(reading: Reading, { table }: Leaf): Traced[][] | null {
  if (table === null) return null
  const filled = table.rows.flatMap(({ cells }) => cells).filter(({ lines }) => lines.length > 0)
  return filled.length <= 3 && filled.some(({ lines }) => opensHeader(reading, joinTraced(lines).text))
    ? filled.map(({ lines }) => lines)
    : null
}

/** A post or a name, where the look says nothing: «Министр юстиции», «М. Бекетаев», «Әділет министрі». */
const SIGNED =
  /^(?:И\.\s?о\.\s+)?(?:[Мм]инистр|Премьер|Президент|Председатель|Руководитель|Аким)(?!\p{L}*\s+(?:вправе|может|обязан))|^Исполняющ(?:ий|ая)\s+обязанности\s+\p{L}|министр[іi]\p{L}*(?:\s+м\.\s?а\.)?$|м[іi]ндет[іi]н\s+атқарушы$|^(?:\p{Lu}\.\s?){1,2}\p{Lu}\p{L}+$|\s\p{Lu}\.\s?\p{Lu}\p{L}+$/u

const isSignature = ({ begun, annexed }: Reading, leaf: Leaf, text: string): boolean =>
  begun &&
  !annexed &&
  text.length <= LONGEST_SIGNATURE &&
  !isNumbered(text) &&
  (leaf.bold || leaf.italic || (!/(?<!м\.\s?а)[.;:,]$/.test(text) && SIGNED.test(text)))

function readTable(reading: Reading, leaf: Leaf): void {
  const { blocks } = reading
  const { table } = leaf
  if (table === null) return
  const layout = layoutCells(reading, leaf)
  if (layout !== null) {
    for (const lines of layout) {
      const made = headerBlocks(reading, leaf, lines)
      blocks.push(...made)
      if (opensHeader(reading, joinTraced(lines).text)) reading.annexed = true
    }
    reading.awaitsTitle = true
    return
  }
  const text = joinTraced(leaf.lines).text
  if (isSignature(reading, leaf, text) && table.rows.length <= 4) {
    for (const lines of table.rows.flatMap(({ cells }) => cells).map((cell) => cell.lines))
      if (lines.length > 0) blocks.push(blockOf(leaf, 'paragraph', { lines: [...lines], style: 'strong' }))
    return
  }
  reading.awaitsTitle = false
  blocks.push(blockOf(leaf, 'html', { tables: [table], style: 'plain' }))
}

/** The title is the first heading of the page; else the first paragraph, which the line of requisites or the preamble follows. */
function readTitle(reading: Reading, leaf: Leaf): boolean {
  if (reading.titled) return false
  const text = joinTraced(leaf.lines).text
  const parse = reading.lang === 'kk' ? parseKazakhRequisites : parseRequisites
  if (isNumbered(text) || parse(text, { rule: 'unstated' }) !== null) return false
  reading.titled = true
  reading.blocks.push(blockOf(leaf, 'heading', { level: 1, style: 'plain' }))
  return true
}

/** Lines that go on with what was read last; true when the leaf is taken. */
function readContinuation(reading: Reading, leaf: Leaf, text: string): boolean {
  const { approval, markers } = reading
  reading.approval = null
  const ends = isNumbered(text) || opensHeader(reading, text) || markers.note.test(text) || markers.approval.test(text)
  if (ends || leaf.level > 0) return false
  if (approval !== null && !reading.annexed && leaf.align !== 'center' && text.length <= LONGEST_SIGNATURE) {
    goOn(approval, leaf)
    reading.approval = approval
    return true
  }
  return false
}

function readQuote(reading: Reading, leaf: Leaf, text: string): boolean {
  const { blocks, markers } = reading
  const last = blocks.at(-1)
  if (PUBLISHER.test(text) || leaf.role === 'publisher-note') {
    blocks.push(blockOf(leaf, 'paragraph', { role: 'publisher-note' }))
    return true
  }
  if (leaf.role === 'footnote' && !markers.note.test(text)) {
    blocks.push(blockOf(leaf, 'paragraph', { role: 'footnote' }))
    return true
  }
  if (leaf.role === 'note' && !markers.note.test(text)) {
    // A note whose link or second line stands in an element of its own.
    if (last?.kind === 'quote' && markers.note.test(last.traced.text)) goOn(last, leaf)
    else blocks.push(blockOf(leaf, 'paragraph', { role: 'publisher-note' }))
    return true
  }
  if (markers.note.test(text)) {
    blocks.push(blockOf(leaf, 'quote', { style: 'emphasis' }))
    return true
  }
  const unended = !/[.;:,]$/.test(text)
  if (opensHeader(reading, text) && (leaf.align === 'right' || leaf.role === 'quote' || unended)) {
    const made = headerBlocks(reading, leaf, leaf.lines)
    blocks.push(...made)
    reading.annexed = true
    reading.awaitsTitle = true
    return true
  }
  if (markers.approval.test(text) && text.length < LONGEST_HEADER) {
    const block = blockOf(leaf, 'quote', { style: 'emphasis' })
    blocks.push(block)
    reading.approval = block
    return true
  }
  if (leaf.role === 'quote' || (markers.formMark.test(text) && leaf.align === 'right')) {
    blocks.push(blockOf(leaf, 'quote', { style: 'emphasis' }))
    return true
  }
  return false
}

function readLeaf(reading: Reading, leaf: Leaf): void {
  const { blocks } = reading
  if (leaf.table !== null) {
    reading.approval = null
    return readTable(reading, leaf)
  }
  const text = joinTraced(leaf.lines).text
  if (leaf.role === null && readTitle(reading, leaf)) return
  if (readContinuation(reading, leaf, text)) return
  if (readQuote(reading, leaf, text)) return
  if (looksLikeDivision(reading, leaf, text)) {
    reading.awaitsTitle = false
    reading.begun ||= reading.markers.article.test(text)
    for (const lines of divisionsOf(reading, leaf.lines))
      blocks.push(blockOf(leaf, 'heading', { level: Math.max(leaf.level, 3), lines, style: 'plain' }))
    return
  }
  const last = blocks.at(-1)
  const set = (leaf.bold ? 1 : 0) + (leaf.align === 'center' ? 1 : 0)
  // Further titles of an appendix: «(Филиал …)», then «Заявление № …».
  if (
    leaf.level > 0 ||
    (!isNumbered(text) &&
      (reading.awaitsTitle ? set > 0 || (reading.plain && !/[.;:,]$/.test(text)) : reading.annexed && set === 2))
  ) {
    // A title of several lines stands as several paragraphs in Word.
    if (reading.awaitsTitle && last?.kind === 'heading' && !isDivision(reading, last.traced.text)) goOn(last, leaf)
    else blocks.push(blockOf(leaf, 'heading', { level: Math.max(leaf.level, 2), style: 'plain' }))
    return
  }
  reading.awaitsTitle = false
  reading.begun ||= isNumbered(text)
  if (leaf.align !== 'center' && isSignature(reading, leaf, text)) {
    blocks.push(blockOf(leaf, 'paragraph', { style: 'strong' }))
    return
  }
  blocks.push(blockOf(leaf, 'paragraph'))
}

/** Lines at the right margin that make one header: «Приложение 1 / к Правилам …», «… ережелеріне / 1-қосымша». */
function joinHeaders(leaves: readonly Leaf[], { lang, markers }: Reading): Leaf[] {
  const joinedLeaves: Leaf[] = []
  let group: Leaf[] = []
  const textOf = (many: readonly Leaf[]): string => joinTraced(many.flatMap((leaf) => leaf.lines)).text
  const isHeader = (text: string): boolean =>
    text.length < LONGEST_HEADER && (markers.approved.test(text) || markers.appendix.test(text))
  const end = (): void => {
    const [first, ...rest] = group
    if (first !== undefined && isHeader(textOf(group)))
      joinedLeaves.push({ ...first, lines: group.flatMap((leaf) => leaf.lines), end: rest.at(-1)?.end ?? first.end })
    else joinedLeaves.push(...group)
    group = []
  }
  for (const leaf of leaves) {
    const text = textOf([leaf])
    const joins = leaf.align === 'right' && leaf.table === null && leaf.role === null && !markers.formMark.test(text)
    if (!joins) {
      end()
      joinedLeaves.push(leaf)
      continue
    }
    // A blank to fill in, or a line left empty: the form has begun.
    if (leaf.gapBefore || /^[_(]/.test(text)) end()
    // In Russian a header begins with its word, in Kazakh it ends with it.
    if (lang === 'ru' && isHeader(text)) end()
    group.push(leaf)
    if (lang === 'kk' && isHeader(textOf(group)) && !/^бекітілген\s/iu.test(textOf(group))) end()
  }
  end()
  return joinedLeaves
}

/**
 * Says what each leaf of a page is: title, division, note, header of an appendix, signature or text. Decides by words of law first
 * («Сноска.», «Приложение 1 к …»), then by the look, so that pages, documents of Word and prints read alike. Pure.
 *
 * @param options `plain`: the text has no looks, as in a text file.
 */
export function classify(leaves: readonly Leaf[], lang: Lang, options: { plain?: boolean } = {}): Block[] {
  const reading: Reading = {
    lang,
    markers: MARKDOWN_MARKERS[lang],
    blocks: [],
    titled: false,
    begun: false,
    annexed: false,
    approval: null,
    plain: options.plain ?? false,
    awaitsTitle: false,
  }
  const joined = joinHeaders(leaves, reading)
  const h1 = joined.findIndex((leaf) => leaf.level === 1)
  // A page that has a first-rank heading says itself where its title is.
  for (const [at, leaf] of joined.entries()) {
    if (h1 >= 0 && at < h1 && leaf.table === null) {
      reading.blocks.push(blockOf(leaf, 'paragraph'))
      continue
    }
    readLeaf(reading, leaf)
  }
  return reading.blocks
}
