import PostalMime, { type Address, type Email } from 'postal-mime'
import { INVISIBLE } from '../text/invisible.ts'
import { automaticOf, type Automatic } from './automatic-letter.ts'
import { htmlToPlain } from './html-to-plain.ts'

/** What was done to a letter on the way in. */
export type MimeRemark = 'from-html' | 'images-not-loaded' | 'text-cut' | 'letter-cut' | 'no-text' | 'bad-encoding'

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
  /** What its reader sees; never empty. */
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

const wordsOf = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')

/** Lines of the plain version that the HTML does not show: two readers would read two letters. */
function onlyIn(plain: string, shown: string): string {
  const known = ` ${wordsOf(shown)} `
  // Programs write links out and break lines on their own.
  return plain
    .split(/\n\s*\n/u)
    .map((paragraph) => paragraph.replaceAll(/https?:\/\/\S+/gu, ' '))
    .filter((paragraph) => {
      const words = wordsOf(paragraph)
      return words.split(' ').length >= 3 && !known.includes(` ${words} `)
    })
    .join('\n\n')
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
 * Reads a letter (RFC 5322, MIME) under limits: its place in the conversation, its text as the reader of HTML sees it and apart from it what he
 * does not, its attachments, and whether a program wrote it. Nothing is loaded, nothing runs, letters within it stay files. Pure, but for the
 * parser's promise.
 * @param isWhole false: the bytes are only the beginning of a letter over the bound; then no attachment has its content
 * @returns null where the parser's limits refuse it
 */
export async function readMime(source: Uint8Array, isWhole = true): Promise<MimeLetter | null> {
  let email: Email
  try {
    email = await PostalMime.parse(source, LIMITS)
  } catch {
    return null
  }
  const from = senderOf(email)
  const subject = oneLine((email.subject ?? '').replaceAll(UNSEEN, ''), 998)
  const remarks = new Set<MimeRemark>()
  const hidden: string[] = []
  const plain = email.text ?? ''
  let text = clean(plain)
  hidden.push(spelledByTags(plain), spelledByTags(email.subject ?? ''))
  if (email.html !== undefined && email.html.trim() !== '') {
    const read = htmlToPlain(email.html)
    const shown = clean(read.text)
    hidden.push(clean(read.hidden), spelledByTags(read.text))
    if (read.remoteImages > 0) remarks.add('images-not-loaded')
    if (read.isCut) remarks.add('text-cut')
    if (/[\p{L}\p{N}]/u.test(shown)) {
      if (text !== '') hidden.push(onlyIn(text, `${shown}\n${clean(read.hidden)}`))
      text = shown
      remarks.add('from-html')
    } else if (clean(read.hidden) !== '') text = ''
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
  if (!isWhole) remarks.add('letter-cut')
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
