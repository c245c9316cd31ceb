import { sha256 } from '#server/ids.ts'
import type { NumberedPassage } from './answerer.ts'

/** SHA-256 of what an answerer was given of a passage: a replay knows by it that the text is the same. */
export const passageHash = ({
  title,
  label,
  context,
  text,
  lang,
}: Pick<NumberedPassage, 'title' | 'label' | 'context' | 'text' | 'lang'>): string =>
  sha256([title, label, context, text, lang].join('\u0000'))
