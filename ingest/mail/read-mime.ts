import PostalMime, { type Address, type Email } from 'postal-mime'
import { INVISIBLE } from '../text/invisible.ts'
import { automaticOf, type Automatic } from './automatic-letter.ts'
import { htmlToPlain } from './html-to-plain.ts'

/** What was done to a letter on the way in. */
export type MimeRemark =
  | 'from-html'
  | 'from-plain'
  | 'images-not-loaded'
  | 'text-cut'
  | 'letter-cut'
  | 'no-text'
  | 'bad-encoding'

export interface MimeAttachment {
  name: string
  /** As the sender declares it. */
  type: string
  content: Uint8Array
}

export interface MimeLetter {
  messageId: string | null
  inReplyTo: string | null
  references: string[]
  from: { name: string | null; address: string } | null
  subject: string
  /** What its reader sees, or the plain version where HTML shows no text (`from-plain`); never empty. */
  text: string
  /** What its reader does not see, or sees in one of two versions only. */
  hidden: string | null
  remarks: MimeRemark[]
  attachments: MimeAttachment[]
  automatic: Automatic | null
  /** Message ids of the letters that a report of delivery speaks of. */
  about: string[]
}

/** Characters of a letter's text that are kept; as `POST /inquiries` takes them. */
export const LONGEST_TEXT = 50_000
const LONGEST_HIDDEN = 20_000
/** Characters that are read of a version before it is cleaned: signs that nobody sees are no text. */
const LONGEST_RAW = 8 * LONGEST_TEXT
const LONGEST_NAME = 200
const MOST_IDS = 100
/** What stands in the place of a text that is not there. */
const NO_TEXT = '(в письме нет текста)'

const LIMITS = {
  maxNestingDepth: 50,
  maxHeadersSize: 512 * 1024,
  // A letter within a letter is what somebody else wrote: a file among others.
  forceRfc822Attachments: true,
} as const

/** Lines under so many bytes, and how many of them are read: each costs the parser as much as a long one. Files in base 64 have none. */
const SHORT_LINE = 60
const MOST_SHORT_LINES = 100_000

/** The letter as far as it is read. */
function withinLines(source: Uint8Array): Uint8Array {
  let from = 0
  for (let short = 0; ;) {
    const at = source.indexOf(10, from)
    if (at === -1) return source
    if (at - from < SHORT_LINE) short += 1
    if (short > MOST_SHORT_LINES) return source.subarray(0, from)
    from = at + 1
  }
}

const idsOf = (text: string | undefined): string[] =>
  (text ?? '').slice(0, 100_000).match(/<[^<>\s\p{Cc}]{1,298}>/gu) ?? []

/** Half of a pair of UTF-16, as a cut leaves it, is no character. */
const LONE = /\p{Cs}/gu

const oneLine = (text: string, longest: number): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/gu, ' ')
    .trim()
    .slice(0, longest)
    .replaceAll(LONE, '')

function senderOf(email: Email): MimeLetter['from'] {
  const boxes = (one: Address | undefined) => (one === undefined ? [] : (one.group ?? [one]))
  const box = [...boxes(email.from), ...boxes(email.sender)].find(({ address }) => address?.includes('@'))
  if (box === undefined) return null
  const name = oneLine(box.name ?? '', LONGEST_NAME)
  return { name: name === '' || name.includes('@') ? null : name, address: (box.address ?? '').trim().slice(0, 254) }
}

/** Tag characters of Unicode spell a text that no program shows. */
const TAGS = /[\u{e0020}-\u{e007e}]+/gu
const UNSEEN = new RegExp(
  String.raw`[${INVISIBLE}\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069\u180e\ufff9-\ufffb]`,
  'gu',
)
const spelledByTags = (text: string): string =>
  [...text.matchAll(TAGS)]
    .map(([run]) => [...run].map((char) => String.fromCodePoint((char.codePointAt(0) ?? 0) - 0xe0000)).join(''))
    .filter((run) => /\p{L}{3}/u.test(run))
    .join('\n')

const clean = (text: string): string =>
  text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(UNSEEN, '')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(LONE, '')
    .trim()

const wordsOf = (text: string): string[] =>
  text
    // Programs write links out.
    .replaceAll(/https?:\/\/\S+/gu, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** Words in a row by which a text is known again. */
const RUN = 3
const runsOf = (words: readonly string[]): string[] =>
  words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(' '))

/**
 * Paragraphs of the plain version that the HTML does not show: two readers would read two letters. A paragraph is known when all that stands together in it
 * stands together there, however lines are broken; each text is gone through once.
 */
function onlyIn(plain: string, shown: string): string {
  const known = new Set(runsOf(wordsOf(shown)))
  const found: string[] = []
  let length = 0
  for (const paragraph of plain.split(/\n\s*\n/u)) {
    if (length > LONGEST_HIDDEN) break
    const words = wordsOf(paragraph)
    if (words.length < RUN || runsOf(words).every((run) => known.has(run))) continue
    found.push(paragraph)
    length += paragraph.length
  }
  return found.join('\n\n')
}

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)

/** `report.pdf`, not `../../report.pdf`: a name, and nothing that a file system or a reader takes for more (a reversed «fdp.exe»). */
const fileName = (name: string | null, type: string, at: number): string => {
  const bare = oneLine((name ?? '').replaceAll(UNSEEN, ''), 1000)
    .replaceAll(/[\\/:*?"<>|]+/gu, '_')
    .replace(/^[.\s]+/u, '')
    .trim()
  if (bare !== '')
    return bare.length <= LONGEST_NAME
      ? bare
      : `${bare.slice(0, LONGEST_NAME - 20)}…${bare.slice(-19)}`.replaceAll(LONE, '')
  return type === 'message/rfc822' ? `письмо-${at + 1}.eml` : `вложение-${at + 1}`
}

/**
 * Reads a letter (RFC 5322, MIME) under limits: its place in the conversation, its text, its attachments, and whether a program wrote it. The text is what the
 * reader of HTML sees, and apart from it what he does not; where HTML shows nothing but pictures it is the plain version, and the remark `from-plain` says
 * that a reader of HTML would not see it. Nothing is loaded, nothing runs, letters within it stay files. Pure, but for the
 * parser's promise.
 * @param isWhole false: the bytes are only the beginning of a letter over the bound; then, as where it has too many lines, the remark `letter-cut` says that
 * no attachment can be trusted to be whole
 * @returns null where the parser's limits refuse it
 */
export async function readMime(source: Uint8Array, isWhole = true): Promise<MimeLetter | null> {
  const read = withinLines(source)
  let email: Email
  try {
    email = await PostalMime.parse(read, LIMITS)
  } catch {
    return null
  }
  const from = senderOf(email)
  const subject = oneLine((email.subject ?? '').replaceAll(UNSEEN, ''), 998)
  const remarks = new Set<MimeRemark>()
  const hidden: string[] = []
  const whole = email.text ?? ''
  const plain = whole.slice(0, LONGEST_RAW)
  let text = clean(plain)
  if (plain.length < whole.length) remarks.add('text-cut')
  hidden.push(spelledByTags(plain), spelledByTags(email.subject ?? ''))
  if (email.html !== undefined && email.html.trim() !== '') {
    const page = htmlToPlain(email.html)
    const shown = clean(page.text)
    const secret = clean(page.hidden)
    hidden.push(secret, spelledByTags(page.text))
    if (page.remoteImages > 0) remarks.add('images-not-loaded')
    if (page.isCut) remarks.add('text-cut')
    // HTML that shows pictures alone says less than the plain version: what that asks is the letter.
    const isSaid = /[\p{L}\p{N}]/u.test(shown) && !(page.isPictures && /[\p{L}\p{N}]/u.test(text))
    if (isSaid) {
      if (text !== '') hidden.push(onlyIn(text.slice(0, LONGEST_TEXT), `${shown.slice(0, LONGEST_RAW)}\n${secret}`))
      text = shown
      remarks.add('from-html')
    } else if (text !== '') remarks.add('from-plain')
  }
  if (text.length > LONGEST_TEXT) {
    text = text.slice(0, LONGEST_TEXT).replaceAll(LONE, '')
    remarks.add('text-cut')
  }
  if (text === '') {
    text = NO_TEXT
    remarks.add('no-text')
  }
  if (text.includes('\ufffd')) remarks.add('bad-encoding')
  if (!isWhole || read.length < source.length) remarks.add('letter-cut')
  const secret = hidden.filter((one) => one !== '').join('\n\n')
  const attachments = email.attachments.map(({ filename, mimeType, content }, at) => ({
    name: fileName(filename, mimeType, at),
    type: /^[\w.+-]{1,60}\/[\w.+-]{1,80}$/u.test(mimeType) ? mimeType : 'application/octet-stream',
    content: bytesOf(content),
  }))
  const automatic = automaticOf(email.headers, { from: from?.address ?? null, subject })
  return {
    messageId: idsOf(email.messageId)[0] ?? null,
    inReplyTo: idsOf(email.inReplyTo)[0] ?? null,
    references: idsOf(email.references).slice(-MOST_IDS),
    from,
    subject,
    text,
    hidden: secret === '' ? null : secret.slice(0, LONGEST_HIDDEN).replaceAll(LONE, ''),
    remarks: [...remarks],
    attachments,
    automatic,
    about:
      automatic === null
        ? []
        : [
            ...new Set([
              ...idsOf(email.inReplyTo),
              ...idsOf(email.references),
              // A report holds the headers of the letter that did not arrive.
              ...attachments
                .filter(({ type }) => /^(?:message\/|text\/rfc822-headers)/u.test(type))
                .flatMap(({ content }) =>
                  idsOf(
                    /^message-id:\s*(<[^<>\s]{1,298}>)/imu.exec(
                      new TextDecoder().decode(content.slice(0, 65_536)),
                    )?.[1],
                  ),
                ),
            ]),
          ].slice(0, MOST_IDS),
  }
}
