import { cutAtWord } from '../questions/find-questions.ts'

const LONGEST_SUBJECT = 200

/** The subject of a reply: «Re: …», once, in one line, with the number of the inquiry. Pure. */
export const replySubject = (subject: string, number: string): string => {
  const bare = subject
    // Format characters are not seen and may spell anything: tags, marks of direction, joiners.
    .replaceAll(/\p{Cf}+/gu, '')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/^(?:\s*(?:re|fwd?|ответ|отв)\s*(?:\[\d+\])?\s*:)+\s*/iu, '')
    .trim()
  const tail = `[№ ${number}]`
  const cut = cutAtWord(bare, LONGEST_SUBJECT - tail.length - 'Re:  '.length)
  return `Re: ${cut === '' ? '' : `${cut} `}${tail}`
}
