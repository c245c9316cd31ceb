import type { MessageCode } from './messages.ts'
import { quoted } from './messages.ts'
import { trimCharacters } from './trim-characters.ts'
import type { Phone, SubmissionMessage } from './submission.ts'

export interface Finding {
  code: MessageCode
  values: SubmissionMessage['values']
}

const TOKEN = /[^\s,;<>()]+/gu
const EMAIL = /^[a-z0-9](?:[a-z0-9._%+'-]{0,62}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/iu
const EXTENSION = /\(?(?:вн(?:утр)?\p{L}*|доб(?:авочный)?|ішкі|ext)\.?\s*:?\s*(?:№|номер)?\s*(?<extension>\d{1,6})\)?/iu
/** Digits with what people write between them. */
const PHONE_LIKE = /\+?\d[\d\s()\-–—.]*\d|\d{2,}/gu

/**
 * A number as dialled: Kazakhstan's as +7 and ten digits («8 (7172) 74-07-60», «+7 701 123 45 67»), a short one as it is (1414),
 * a foreign one in E.164. Source: the national numbering plan (codes 7XX and 6XX under country code 7; 8 is the trunk prefix).
 */
function phoneNumber(printed: string): { number: string; foreign: boolean } | 'without-code' | null {
  const digits = printed.replaceAll(/\D/gu, '')
  const international = printed.trim().startsWith('+') && !digits.startsWith('7')
  if (international) return /^[1-9]\d{7,14}$/.test(digits) ? { number: `+${digits}`, foreign: true } : null
  if (/^[78]\d{10}$/.test(digits)) {
    const national = digits.slice(1)
    return { number: `+7${national}`, foreign: !/^[678]/.test(national) }
  }
  if (/^7\d{9}$/.test(digits)) return { number: `+7${digits}`, foreign: false }
  if (/^\d{3,4}$/.test(digits)) return { number: digits, foreign: false }
  return /^\d{5,7}$/.test(digits) ? 'without-code' : null
}

/** Telephones and e-mail addresses of a cell, with everything that is wrong in it. Pure. */
export function readContacts(text: string): { phones: Phone[]; emails: string[]; findings: Finding[] } {
  const findings: Finding[] = []
  const emails: string[] = []
  const phones: Phone[] = []
  let rest = text.replaceAll(/mailto:/giu, ' ')

  rest = rest.replaceAll(TOKEN, (printed) => {
    if (!printed.includes('@')) return printed
    const address = trimCharacters(printed, '.:-–«»"\'').toLowerCase()
    const cyrillic = address.match(/\p{Script=Cyrillic}/gu)
    if (cyrillic !== null)
      findings.push({
        code: 'email-cyrillic',
        values: { text: quoted(printed), letters: [...new Set(cyrillic)].join(', ') },
      })
    else if (address.length <= 254 && EMAIL.test(address) && !address.includes('..')) {
      if (!emails.includes(address)) emails.push(address)
    } else findings.push({ code: 'email-wrong', values: { text: quoted(printed) } })
    return ' ; '
  })
  const emailFaults = findings.length

  let areaCode: string | null = null
  let phoneFaults = 0
  const leftOut: string[] = []
  for (const piece of rest.split(/[;\n]|,(?!\s*(?:вн|доб|ішкі|ext))/iu)) {
    const extension = EXTENSION.exec(piece)?.groups?.['extension'] ?? null
    const body = piece.replace(EXTENSION, ' ')
    const numbers = body.match(PHONE_LIKE) ?? []
    for (const printed of numbers) {
      let read = phoneNumber(printed)
      // «8 (7172) 74-07-60, 74-07-61»: the second has the code of the first.
      if (read === 'without-code' && areaCode !== null) {
        const digits = printed.replaceAll(/\D/gu, '')
        if (areaCode.length + digits.length === 10) read = { number: `+7${areaCode}${digits}`, foreign: false }
      }
      if (read === null || read === 'without-code') {
        phoneFaults += 1
        findings.push({
          code: read === null ? 'phone-wrong' : 'phone-without-code',
          values: { text: quoted(printed) },
        })
        continue
      }
      const code = /\(\s*(\d{3,5})\s*\)/.exec(body)?.[1]
      if (code !== undefined) areaCode = code
      if (read.foreign) findings.push({ code: 'phone-foreign', values: { text: quoted(printed) } })
      const phone = { number: read.number, extension: printed === numbers.at(-1) ? extension : null }
      if (!phones.some((held) => held.number === phone.number && held.extension === phone.extension)) phones.push(phone)
    }
    const words = body
      .replaceAll(PHONE_LIKE, ' ')
      .replaceAll(
        /(?:тел(?:ефон\p{L}*)?|моб(?:ильный)?|раб(?:очий)?|сот(?:овый)?|факс|e-?mail|эл\p{L}*\.?\s*(?:почт\p{L}*|адрес\p{L}*)?|почта|адрес|пошта|ұялы|жұмыс|и|или|и\/или)(?!\p{L})/giu,
        ' ',
      )
      .replaceAll(/[\s.,:+()\-–—/№]+/gu, ' ')
      .trim()
    if (words !== '') leftOut.push(words)
  }
  if (phones.length === 0 && phoneFaults === 0) findings.push({ code: 'phone-missing', values: {} })
  if (emails.length === 0 && emailFaults === 0) findings.push({ code: 'email-missing', values: {} })
  if (leftOut.length > 0) findings.push({ code: 'contacts-left-out', values: { text: quoted(leftOut.join('; ')) } })
  return { phones, emails, findings }
}
