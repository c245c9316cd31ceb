/** A day as people here write it: 2026-11-25 is «25.11.2026». Pure. */
export const printedDay = (iso: string): string => iso.split('-').reverse().join('.')
