import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { appliesToDesk } from './applies-to-desk.ts'
import {
  BLACK,
  FONT_SIZE,
  fontSizeOf,
  isHiddenStyle,
  isInvisible,
  isUnreadable,
  readColour,
  readStyle,
  withoutComments,
  SMALLEST,
  WHITE,
  type Rgb,
  type Style,
} from './is-hidden-style.ts'
import { createStyleSheet } from './style-sheet.ts'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

export interface PlainText {
  /** What its reader sees, as text; quoted letters with «> » before their lines. */
  text: string
  /** What stands in it and is not seen. */
  hidden: string
  /** All that its reader sees are pictures, and what is said of them. */
  isPictures: boolean
  /** Pictures that a program would load from elsewhere: they are not loaded. */
  remoteImages: number
  /** Something was left out, for there is too much of it. */
  isCut: boolean
}

/** Characters and tags of HTML that are read: the time of a parser grows with the square of how deep tags stand in one another. */
const LONGEST_HTML = 1_000_000
const MOST_TAGS = 10_000
const MOST_NODES = 100_000
const LONGEST_HIDDEN = 20_000
const LONGEST_LINK = 200

const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
const PARAGRAPHS = new Set('p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre'.split(' '))
/** Nothing in these is text of a letter. */
const UNSEEN = new Set(
  'script style head title meta link template noscript iframe object embed svg math canvas audio video select textarea'.split(
    ' ',
  ),
)

const isElement = (node: Node): node is Element => 'tagName' in node
const childrenOf = (node: Node): readonly Node[] => ('childNodes' in node ? node.childNodes : [])
const attributesOf = (element: Element): ReadonlyMap<string, string> =>
  new Map(element.attrs.map(({ name, value }) => [name.toLowerCase(), value]))

/** Where mail programs put the letter that is answered. */
const isQuote = (tag: string, attributes: ReadonlyMap<string, string>): boolean =>
  tag === 'blockquote' ||
  /(?:^|\s)(?:gmail_quote(?!_container)|yahoo_quoted|protonmail_quote|moz-cite|zmail_extra|tutanota_quote)(?:\s|$)/u.test(
    attributes.get('class') ?? '',
  )
/** Where Outlook's begins: all that follows is older. */
const isDivider = (attributes: ReadonlyMap<string, string>): boolean =>
  /^(?:appendonsend|divRplyFwdMsg|x_divRplyFwdMsg|mail-editor-reference-message-container)$/u.test(
    attributes.get('id') ?? '',
  )
const DIVIDER = '-----Original Message-----'

interface State {
  isHidden: boolean
  /** What an element takes over from around it, and may set anew. */
  isInvisible: boolean
  size: number
  colour: Rgb | 'none'
  ground: Rgb
  quotes: number
  isPre: boolean
}

/** Lines of text, as blocks open and close. A line is kept in pieces: a text grows by thousands of them. */
function createLines() {
  const lines: { quotes: number; text: string }[] = []
  let current: string[] = []
  let isSpaced = true
  let quotes = 0
  const put = (text: string): void => {
    if (text === '') return
    current.push(text)
    isSpaced = text.trimEnd().length < text.length
  }
  const end = (): void => {
    const text = current.join('').trimEnd()
    if (text !== '') lines.push({ quotes, text })
    current = []
    isSpaced = true
  }
  return {
    add(text: string, at: number): void {
      if (at !== quotes) {
        end()
        quotes = at
      }
      put(isSpaced ? text.trimStart() : text)
    },
    /** Text that keeps its line breaks. */
    addPre(text: string, at: number): void {
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) end()
        if (at !== quotes) {
          end()
          quotes = at
        }
        put(line)
      }
    },
    end,
    /** A new line even where this one is empty. */
    breakLine(): void {
      const was = lines.length
      end()
      if (lines.length === was) this.gap()
    },
    gap(): void {
      end()
      if (lines.length > 0 && lines.at(-1)?.text !== '') lines.push({ quotes, text: '' })
    },
    whole(): string {
      end()
      while (lines.at(-1)?.text === '') lines.pop()
      return lines
        .map(({ quotes: deep, text }) => (deep === 0 ? text : `${'> '.repeat(deep)}${text}`).trimEnd())
        .join('\n')
        .replaceAll(/\n{3,}/gu, '\n\n')
        .trim()
    },
  }
}

/**
 * The text of a letter in HTML as its reader sees it, and apart from it what he does not see: `display: none`, no size, no contrast,
 * out of the page. Nothing is loaded, nothing runs. Background pictures are not looked at: light text on a dark one counts as hidden. Pure.
 */
export function htmlToPlain(html: string): PlainText {
  const bounded = withinBounds(html)
  const document = parse(bounded)
  let isCut = html.length > bounded.length
  const sheet = createStyleSheet(sheetsOf(document))
  const styleOf = (tag: string, attributes: ReadonlyMap<string, string>): Style => {
    const own = attributes.get('style')
    const ruled = sheet.styleOf({ tag, id: attributes.get('id') ?? null, classes: attributes.get('class') ?? '' })
    if (own === undefined) return ruled
    const style = new Map(ruled)
    for (const [name, value] of readStyle(own)) {
      style.delete(name)
      style.set(name, value)
    }
    return style
  }

  const seen = createLines()
  const unseen = createLines()
  let hiddenLength = 0
  let remoteImages = 0
  let isPictures = true
  const root: State = {
    isHidden: false,
    isInvisible: false,
    size: FONT_SIZE,
    colour: BLACK,
    ground: WHITE,
    quotes: 0,
    isPre: false,
  }
  type Step = { enter: Node; state: State } | { leave: string; state: State; href: string | null }
  const steps: Step[] = [{ enter: document, state: root }]
  const isSeen = ({ isHidden, isInvisible: isGone, size, colour, ground }: State): boolean =>
    !isHidden && !isGone && size >= SMALLEST && colour !== 'none' && !isUnreadable(colour, ground)
  const put = (text: string, state: State): void => {
    if (isSeen(state)) {
      if (state.isPre) seen.addPre(text, state.quotes)
      else seen.add(text, state.quotes)
      return
    }
    unseen.add(text.slice(0, Math.max(0, LONGEST_HIDDEN - hiddenLength)), 0)
    hiddenLength += text.length
  }
  for (let count = 0; steps.length > 0; count += 1) {
    if (count > MOST_NODES * 2) {
      isCut = true
      break
    }
    const step = steps.pop()
    if (step === undefined) break
    if ('leave' in step) {
      if (step.href !== null) put(` [${step.href}]`, step.state)
      if (PARAGRAPHS.has(step.leave)) seen.gap()
      else if (BLOCKS.has(step.leave)) seen.end()
      if (BLOCKS.has(step.leave)) unseen.end()
      continue
    }
    const { enter: node, state } = step
    if ('value' in node && node.nodeName === '#text') {
      const text = state.isPre ? node.value : node.value.replaceAll(/[^\S\u00a0]+/gu, ' ').replaceAll('\u00a0', ' ')
      if (text === '') continue
      if (isPictures && isSeen(state) && /[\p{L}\p{N}]/u.test(text)) isPictures = false
      put(text, state)
      continue
    }
    if (!isElement(node)) {
      for (const child of childrenOf(node).toReversed()) steps.push({ enter: child, state })
      continue
    }
    const tag = node.tagName
    if (UNSEEN.has(tag)) continue
    const attributes = attributesOf(node)
    const style = styleOf(tag, attributes)
    const ground = readColour(
      style.get('background-color') ??
        style.get('background')?.match(/^[^\s(]*(?:\([^)]*\))?/u)?.[0] ??
        attributes.get('bgcolor') ??
        '',
    )
    const text = readColour(
      style.get('color') ??
        (tag === 'font' ? attributes.get('color') : tag === 'body' ? attributes.get('text') : '') ??
        '',
    )
    // Whatever number the attribute has, it is a size that people read (HTML, 15.3.4).
    const around = tag === 'font' && attributes.has('size') ? FONT_SIZE : state.size
    const next: State = {
      isHidden: state.isHidden || attributes.has('hidden') || isHiddenStyle(style),
      isInvisible: isInvisible(style, state.isInvisible),
      size: fontSizeOf(style, around),
      colour: text ?? state.colour,
      ground: ground === null || ground === 'none' ? state.ground : ground,
      quotes: Math.min(5, state.quotes + (isQuote(tag, attributes) ? 1 : 0)),
      isPre: state.isPre || tag === 'pre' || (style.get('white-space') ?? '').startsWith('pre'),
    }
    if (tag === 'img') {
      if (/^\s*(?:https?:)?\/\//iu.test(attributes.get('src') ?? '')) remoteImages += 1
      const alt = (attributes.get('alt') ?? '').replaceAll(/\s+/gu, ' ').trim().slice(0, LONGEST_LINK)
      const isDot = ['width', 'height'].some((name) => /^[01](?:px)?$/u.test(attributes.get(name) ?? ''))
      if (alt !== '') put(` [${alt}] `, { ...next, isHidden: next.isHidden || isDot })
      continue
    }
    if (tag === 'br') {
      if (!isSeen(state)) unseen.end()
      else seen.breakLine()
      continue
    }
    if (isDivider(attributes)) {
      seen.gap()
      seen.add(DIVIDER, state.quotes)
      seen.end()
    }
    if (PARAGRAPHS.has(tag)) seen.gap()
    else if (BLOCKS.has(tag)) seen.end()
    if (BLOCKS.has(tag)) unseen.end()
    if (tag === 'hr') {
      seen.gap()
      continue
    }
    if (tag === 'li' && isSeen(next)) seen.add('- ', next.quotes)
    if ((tag === 'td' || tag === 'th') && isSeen(next)) seen.add(' ', next.quotes)
    const href = tag === 'a' ? (attributes.get('href') ?? '').trim() : ''
    const shown = tag === 'a' ? textOf(node) : ''
    const isTold =
      /^https?:\/\/\S+$/iu.test(href) && href.length <= LONGEST_LINK && shown !== '' && !/:\/\/|www\./iu.test(shown)
    steps.push({ leave: tag, state: next, href: isTold ? href : null })
    for (const child of node.childNodes.toReversed()) steps.push({ enter: child, state: next })
  }
  return {
    text: seen.whole(),
    hidden: unseen.whole(),
    isPictures,
    remoteImages,
    isCut: isCut || sheet.isCut() || hiddenLength > LONGEST_HIDDEN,
  }
}

/** Texts of the style sheets that a reader at a desk gets. */
function sheetsOf(document: Node): string[] {
  const found: string[] = []
  const left: Node[] = [document]
  for (let count = 0; left.length > 0 && count < MOST_NODES; count += 1) {
    const node = left.pop()
    if (node === undefined) break
    if (!isElement(node) || node.tagName !== 'style') left.push(...childrenOf(node).toReversed())
    else if (appliesToDesk(withoutComments(attributesOf(node).get('media') ?? '')))
      found.push(node.childNodes.map((child) => ('value' in child ? child.value : '')).join(''))
  }
  return found
}

/** At most so many characters and tags. */
function withinBounds(html: string): string {
  let at = -1
  for (let tags = 0; tags <= MOST_TAGS; tags += 1) {
    at = html.indexOf('<', at + 1)
    if (at === -1) return html.slice(0, LONGEST_HTML)
  }
  return html.slice(0, Math.min(at, LONGEST_HTML))
}

/** The beginning of an element's text, whatever is hidden in it. */
function textOf(element: Element): string {
  let text = ''
  const left: Node[] = [element]
  for (let count = 0; left.length > 0 && count < 200 && text.length < LONGEST_LINK; count += 1) {
    const node = left.pop()
    if (node === undefined) break
    if ('value' in node && node.nodeName === '#text') text += node.value
    else left.push(...childrenOf(node).toReversed())
  }
  return text.trim()
}
