import iconv from 'iconv-lite'
import { message, Refusal } from './messages.ts'
import type { SubmissionMessage } from './submission.ts'

/** How much of a text is looked at to tell its encoding. */
const SAMPLE = 64 * 1024
/** One byte a letter, as programs in Kazakhstan have written Russian and Kazakh. */
const ONE_BYTE = [
  'windows-1251',
  'rk1048',
  'pt154',
  'koi8-r',
  'koi8-u',
  'cp866',
  'iso-8859-5',
  'maccyrillic',
  'cp855',
] as const
const NAMES: Record<(typeof ONE_BYTE)[number], string> = {
  'windows-1251': 'Windows-1251',
  rk1048: 'KZ-1048',
  pt154: 'PT154',
  'koi8-r': 'KOI8-R',
  'koi8-u': 'KOI8-U',
  cp866: 'CP866',
  'iso-8859-5': 'ISO-8859-5',
  maccyrillic: 'Mac Cyrillic',
  cp855: 'CP855',
}

export interface DecodedText {
  text: string
  encoding: string
  messages: SubmissionMessage[]
}

/** Words that stand in a form of services, of which a wrong encoding makes nonsense. */
const KNOWN = /наименован|реестр|услуг|приказ|закон|атауы|тізілім|қызмет|бұйры/giu
const FREQUENT = new Set('оеаинтсрвлқыі')

/**
 * How well a text reads as Russian or Kazakh, for one reading of the same bytes against another: a letter in its usual case
 * counts for it; case that changes within a word, and letters of other alphabets, against it.
 */
function readability(text: string): number {
  let score = 0
  let before = ' '
  for (const char of text) {
    if (/[а-яёәғқңөұүһі]/u.test(char)) score += FREQUENT.has(char) ? 1.5 : 1
    else if (/[А-ЯЁӘҒҚҢӨҰҮҺІ]/u.test(char)) score += /[а-яёәғқңөұүһі]/u.test(before) ? -2 : 0.5
    else if (/[№«»–—“”’…\u{A0}§°·]/u.test(char)) score += 0.3
    else if ((char.codePointAt(0) ?? 0) >= 0x80) score -= 3
    before = char
  }
  return score + 50 * (text.match(KNOWN)?.length ?? 0)
}

/** UTF-16 without a mark: nearly every second byte of markup and digits is zero. */
function utf16Of(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let [even, odd] = [0, 0]
  for (const [i, byte] of sample.entries()) {
    if (byte !== 0) continue
    if (i % 2 === 0) even += 1
    else odd += 1
  }
  if (odd > sample.length / 20 && even * 10 < odd) return 'utf-16le'
  return even > sample.length / 20 && odd * 10 < even ? 'utf-16be' : null
}

/** UTF-32, with a mark or without: of every four bytes the upper two are zero, in one order or the other. */
function utf32Of(sample: Uint8Array): 'utf-32le' | 'utf-32be' | null {
  const whole = sample.length - (sample.length % 4)
  if (whole === 0) return null
  let [le, be] = [true, true]
  for (let i = 0; i < whole && (le || be); i += 4) {
    if (sample[i] !== 0 || (sample[i + 1] ?? 0) > 0x10) be = false
    if (sample[i + 3] !== 0 || (sample[i + 2] ?? 0) > 0x10) le = false
  }
  // Zeros alone are no text.
  return le === be ? null : le ? 'utf-32le' : 'utf-32be'
}

/** Whether bytes are UTF-8 but for a few: then they are damaged, not of another encoding. */
function damagedUtf8(bytes: Uint8Array): number | null {
  const text = new TextDecoder().decode(bytes.subarray(0, SAMPLE * 4))
  const bad = text.match(/\u{FFFD}/gu)?.length ?? 0
  const cyrillic = text.match(/[\u{400}-\u{4FF}]/gu)?.length ?? 0
  return bad > 0 && cyrillic > 20 * bad ? text.slice(0, text.indexOf('\u{FFFD}')).split('\n').length : null
}

/**
 * Text of bytes in UTF-8, UTF-16 or UTF-32 (with a mark or without), Windows-1251, KZ-1048, PT154, KOI8-R, KOI8-U, CP866, CP855, ISO-8859-5
 * or Mac Cyrillic.
 * @throws Refusal `encoding-unknown`, `utf8-broken`, `binary`
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [a, b, c] = bytes
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sample = buffer.subarray(0, SAMPLE)
  const utf32 = utf32Of(sample)
  if (utf32 !== null) {
    const text = iconv.decode(buffer, utf32)
    if (/[\0\u{FFFD}]/u.test(text.slice(0, SAMPLE))) throw new Refusal('binary')
    return { text, encoding: utf32.toUpperCase(), messages: [] }
  }
  const marked = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null
  const utf16 = marked ?? utf16Of(sample)
  if (utf16 !== null) {
    const text = iconv.decode(buffer, utf16)
    if (text.slice(0, SAMPLE).includes('\0')) throw new Refusal('binary')
    return { text, encoding: utf16.toUpperCase(), messages: [] }
  }
  if (buffer.includes(0)) throw new Refusal('binary')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text, encoding: a === 0xef && b === 0xbb && c === 0xbf ? 'UTF-8 BOM' : 'UTF-8', messages: [] }
  } catch {
    const line = damagedUtf8(bytes)
    if (line !== null) throw new Refusal('utf8-broken', { line })
  }
  const foreign = sample.filter((byte) => byte >= 0x80).length
  const readings = ONE_BYTE.map((encoding) => {
    const text = iconv.decode(sample, encoding)
    return { encoding, score: readability(text) / Math.max(foreign, 1) }
    // Of equal readings the first, more usual one.
  }).toSorted((x, y) => y.score - x.score)
  const [best, next] = readings
  if (best === undefined || foreign === 0 || best.score < 0.3) throw new Refusal('encoding-unknown')
  const same = next !== undefined && iconv.decode(sample, next.encoding) === iconv.decode(sample, best.encoding)
  const close = next !== undefined && !same && next.score > best.score * 0.85
  return {
    text: iconv.decode(buffer, best.encoding),
    encoding: NAMES[best.encoding],
    messages: close ? [message('encoding-uncertain', { encoding: NAMES[best.encoding] })] : [],
  }
}
