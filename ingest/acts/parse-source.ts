import type { ActMeta, Lang, ParseResult } from './act.ts'
import { parseMarkdownAct } from './markdown/parse-markdown-act.ts'
import { parseAct } from './parse-act.ts'

/** The text of an act as a file holds it, with what stood beside it. */
export interface ActSource {
  /** File name; its extension tells the format: `.md` is Markdown of the state legal base, anything else plain text of a print. */
  name: string
  text: string
  lang?: Lang | undefined
  meta?: ActMeta | null
  /** Date of the edition by its publisher, ISO. */
  versionDate?: string | null
}

/**
 * Parses an act in any format that is read as text.
 *
 * @param options `endConfirmed`: somebody vouches that the text goes on to its end.
 * @returns The act, or null with all faults at once. Pure.
 */
export function parseSource(source: ActSource, options: { endConfirmed?: boolean } = {}): ParseResult {
  const { name, text, lang, meta = null, versionDate = null } = source
  const endConfirmed = options.endConfirmed ?? false
  if (name.toLowerCase().endsWith('.md'))
    return parseMarkdownAct(text, { ...(lang === undefined ? {} : { lang }), meta, versionDate, endConfirmed })
  return parseAct(text, { ...(lang === undefined ? {} : { lang }), endConfirmed })
}
