/** A text that stood so long has been looked at: what replaces it is another query, however it is typed. */
const LOOKED_AT_MS = 2000
/** Letters that may differ in the middle of two spellings of one query. */
const MOST_MENDED = 2
const SHORTEST_MENDED = 6

const plain = (text: string): string => text.trim().toLowerCase()

/** A keystroke more, or some less. */
const isPrefixed = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one)

/** Whether a letter or two were put right somewhere: «срок отвта», «срок ответа». Another number is another query. */
const isMended = (one: string, other: string): boolean => {
  const shorter = Math.min(one.length, other.length)
  if (shorter < SHORTEST_MENDED) return false
  let before = 0
  while (before < shorter && one[before] === other[before]) before += 1
  let behind = 0
  while (behind < shorter - before && one[one.length - 1 - behind] === other[other.length - 1 - behind]) behind += 1
  const [was, is] = [one.slice(before, one.length - behind), other.slice(before, other.length - behind)]
  return Math.max(was.length, is.length) <= MOST_MENDED && !/\d/u.test(was + is)
}

/** What a person has typed until now: the last text, and one before it that had been looked at and is being erased. */
export interface Typed<Search> {
  text: string
  search: Search
  /** Milliseconds since the epoch. */
  at: number
  stood: { text: string; search: Search } | null
}

/**
 * One more text of a person: `done` are queries that are over. Texts that grow, shrink or are put right are one query; one that was looked at
 * for two seconds and then erased for another is a query of its own. Pure.
 */
export function typeOn<Search>(
  before: Typed<Search> | null,
  now: { text: string; search: Search; at: number },
): { typed: Typed<Search>; done: { text: string; search: Search }[] } {
  if (before === null) return { typed: { ...now, stood: null }, done: [] }
  const done: { text: string; search: Search }[] = []
  const [was, is] = [plain(before.text), plain(now.text)]
  let stood = before.stood
  if (now.at - before.at >= LOOKED_AT_MS) {
    if (stood !== null) done.push(stood)
    stood = { text: before.text, search: before.search }
  } else if (stood === null && !isPrefixed(was, is) && !isMended(was, is))
    done.push({ text: before.text, search: before.search })
  if (stood !== null) {
    const held = plain(stood.text)
    // It goes on from there: the same query, longer or spelt right.
    if (is.startsWith(held) || isMended(held, is)) stood = null
    else if (!held.startsWith(is)) {
      done.push(stood)
      stood = null
    }
  }
  return { typed: { ...now, stood }, done }
}

/** What a person's typing comes to when he pauses: a text that is left of an erased one is no query. Pure. */
export const settled = <Search>(
  { text, search, at, stood }: Typed<Search>,
  now: number,
): { text: string; search: Search }[] => {
  if (stood === null) return [{ text, search }]
  return now - at >= LOOKED_AT_MS ? [stood, { text, search }] : [stood]
}
