/** Characters that sit inside words of official texts without being seen: zero-width ones, soft hyphen, BOM. For patterns: `[${INVISIBLE}]`. */
export const INVISIBLE = '\u200b\u200c\u200d\u2060\ufeff\u00ad'

const ONE = new RegExp(`[${INVISIBLE}]`)

/** Whether a character cannot be seen. */
export const isInvisible = (char: string): boolean => ONE.test(char)
