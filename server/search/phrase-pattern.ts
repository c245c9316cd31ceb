import { INVISIBLE } from '#ingest/text/invisible.ts'

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')

/** Words of a phrase as they stand in a text: any case, ё as е, white space, dashes and quotation marks between them. */
export const phrasePattern = (phrase: string): RegExp =>
  new RegExp(
    (phrase.match(/[\p{L}\d]+/gu) ?? [])
      .map((word) => [...word].map((char) => (/[её]/iu.test(char) ? '[её]' : escaped(char))).join(`[${INVISIBLE}]*`))
      .join('[\\s«»"„“”‐–—-]+') || '(?!)',
    'iu',
  )
