import type { Finding } from './read-contacts.ts'
import { quoted } from './messages.ts'
import { trimCharacters } from './trim-characters.ts'
import type { Person } from './submission.ts'

const WORD = String.raw`\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?`
const CAPITALS = String.raw`\p{Lu}{2,}(?:-\p{Lu}{2,})?`
const SUFFIX = String.raw`(?:\s+(?:[ұу]лы|[қк]ызы|оглы|кызы))?`
/** Surname, name and, where there is one, patronymic: whole, in capitals, or with initials on either side. */
const NAME = new RegExp(
  `^(?:${WORD}(?:\\s+${WORD}){1,3}${SUFFIX}|${CAPITALS}(?:\\s+(?:${CAPITALS}|${WORD})){1,3}${SUFFIX}|${WORD}\\s+(?:\\p{Lu}\\.\\s?){1,2}|(?:\\p{Lu}\\.\\s?){1,2}${WORD})(?=$|[\\s,;:(–—-])`,
  'u',
)

const trimmed = (text: string): string => trimCharacters(text, ' \n,;:–—-()')

/** Where one person of a cell ends and the next begins. */
function peopleOf(text: string): string[] {
  const lines = text
    .split(/[;\n]+/u)
    .map((line) => line.replace(/^\s*\d{1,2}[.)]\s*/u, '').trim())
    .filter((line) => line !== '')
  const people: string[] = []
  for (const line of lines) {
    const last = people.at(-1)
    // A line that names nobody goes on about the one before: a post under a name, or a wrapped line.
    if (last !== undefined && !NAME.test(line)) people[people.length - 1] = `${last} ${line}`
    else if (last !== undefined && !NAME.test(last)) people[people.length - 1] = `${last} ${line}`
    else people.push(line)
  }
  return people
}

/** The people of a cell, each with a post; everything wrong with them. Pure. */
export function readPeople(text: string): { people: Person[]; findings: Finding[] } {
  const findings: Finding[] = []
  const people: Person[] = []
  for (const one of peopleOf(text).slice(0, 20)) {
    const line = one.replaceAll(/\s+/gu, ' ')
    // Mostly the name comes first; some write the post before it, after a comma or a dash.
    const parts = line.split(/\s*(?:,|\s[–—-]\s)\s*/u)
    const at = NAME.test(line) ? 0 : parts.findIndex((part) => NAME.test(part))
    if (at === -1) {
      findings.push({ code: 'person-unclear', values: { text: quoted(line) } })
      continue
    }
    const source = at === 0 ? line : (parts[at] ?? '')
    const printed = NAME.exec(source)?.[0] ?? ''
    const name = trimmed(printed)
    const post = trimmed(
      at === 0
        ? line.slice(printed.length)
        : parts.filter((_, i) => i !== at).join(', ') + source.slice(printed.length),
    )
    if (!/\p{L}{3}/u.test(post)) findings.push({ code: 'post-missing', values: { text: quoted(line) } })
    else people.push({ name: printed.trim().endsWith('.') ? printed.trim() : name, post })
  }
  if (people.length === 0 && findings.length === 0)
    findings.push({ code: 'person-unclear', values: { text: quoted(text) } })
  return { people, findings }
}
