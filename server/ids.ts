import { createHash, randomBytes } from 'node:crypto'

/** Prefixes of the ids that leave the server. */
export type IdPrefix =
  | 'act'
  | 'edn'
  | 'prv'
  | 'amd'
  | 'def'
  | 'ref'
  | 'art'
  | 'ver'
  | 'psg'
  | 'ans'
  | 'qry'
  | 'evt'
  | 'usr'
  | 'key'
  | 'agc'
  | 'req'
  | 'ses'
  | 'lnd'
  | 'smq'
  | 'gpq'
  | 'svc'
  | 'sbm'
  | 'rsp'
  | 'trn'
  | 'ptc'
  | 'ddl'
  | 'inf'
  | 'ann'
  | 'drf'
  | 'cmt'
  | 'tsk'
  | 'upr'
  | 'mdl'
  | 'inq'
  | 'ltr'
  | 'rpl'
  | 'cal'
  | 'nte'
  | 'att'
  | 'mbl'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

function encode(bytes: Uint8Array): string {
  let out = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += ALPHABET.charAt((buffer >> bits) & 31)
    }
  }
  return out
}

/** A new random id: `psg_` and 24 characters of Crockford's base 32 (120 bits). */
export const newId = (prefix: IdPrefix): string => `${prefix}_${encode(randomBytes(15))}`

/** The same parts give the same id on every machine: `art_` and 16 characters (80 bits of SHA-256). */
export const derivedId = (prefix: IdPrefix, ...parts: readonly string[]): string =>
  `${prefix}_${encode(createHash('sha256').update(parts.join('\u0000')).digest().subarray(0, 10))}`

/** SHA-256 of a text, hexadecimal. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')
