/**
 * What an act is known by when two texts name it: its date and number, in one spelling. The kind («приказ») is left out of one text and
 * written in another, so it does not tell acts apart. Pure.
 * @param act.date YYYY-MM-DD
 */
export const actKey = ({ date, number }: { date: string; number: string }): string =>
  `${date} ${number
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/\s+/gu, '')
    .replaceAll(/[‐-―−]/gu, '-')}`

/** The act of a clock of п. 20 or 26, whose event is the act's date and whose cause is its requisites in words. Pure. */
export const clockKey = ({ event, cause }: { event: string; cause: string }): string =>
  actKey({ date: event, number: cause.slice(cause.lastIndexOf('№') + 1) })
