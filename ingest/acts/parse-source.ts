import type { ActMeta, Lang, ParseResult } from './act.ts'
import { parseHtmlAct } from './html/parse-html-act.ts'
import { languageOf, parseMarkdownAct } from './markdown/parse-markdown-act.ts'
import { parseAct } from './parse-act.ts'
import { placesInFile } from './places.ts'
import { hasPlainTables } from './plain/plain-tables.ts'
import { parseTextAct } from './plain/parse-text-act.ts'

/** The text of an act as a file holds it, with what stood beside it. */
export interface ActSource {
  /**
   * File name; its extension tells what `text` is: `.md` Markdown of the state legal base; `.html` a page; `.docx` and `.pdf` the
   * HTML that `documentHtml` and `printHtml` made of the file; anything else plain text.
   */
  name: string
  text: string
  lang?: Lang | undefined
  meta?: ActMeta | null
  /** Date of the edition by its publisher, ISO. */
  versionDate?: string | null
}

const extensionOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** A law has articles, and no order around it. */
const isLawText = (text: string): boolean => (text.match(/^\s*Статья\s+\d+(?:-\d+)?\.?\s/gmu)?.length ?? 0) > 2

/**
 * Parses an act in any format, each by the reader of its format and all by one parser of structure; prints of orders as plain text,
 * with the marks that extraction leaves in them, by their own (`parseAct`).
 *
 * @param options `endConfirmed`: somebody vouches that the text goes on to its end.
 * @returns The act, or null with all faults at once. Pure.
 */
export function parseSource(source: ActSource, options: { endConfirmed?: boolean } = {}): ParseResult {
  const { name, text, lang, meta = null, versionDate = null } = source
  const endConfirmed = options.endConfirmed ?? false
  const all = { ...(lang === undefined ? {} : { lang }), meta, versionDate, endConfirmed }
  switch (extensionOf(name)) {
    case 'md':
      return parseMarkdownAct(text, all)
    case 'html':
    case 'htm':
      return parseHtmlAct(text, all)
    case 'docx':
    case 'pdf': {
      const { act, messages } = parseHtmlAct(text, all)
      return { act, messages: placesInFile(text, messages) }
    }
    default:
      return meta !== null || (lang ?? languageOf(text)) === 'kk' || isLawText(text) || hasPlainTables(text)
        ? parseTextAct(text, all)
        : parseAct(text, { ...(lang === undefined ? {} : { lang }), endConfirmed })
  }
}
