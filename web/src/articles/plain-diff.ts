import type { DiffPart } from '../api/types.ts'

const OPENING = /:{3,}provision\{[^}\n]*?label="(?<label>[^"]*)"[^}\n]*\}/g
const FENCE = /^:{3,}[ \t]*$/gm
const ESCAPE = /\\(?<mark>[!-/:-@[-`{-~])/g

const plain = (text: string): string =>
  text
    .replaceAll(OPENING, '$<label>')
    .replaceAll(FENCE, '')
    .replaceAll(ESCAPE, '$<mark>')
    .replaceAll(/\n{3,}/g, '\n\n')

/** The difference of two Markdown bodies without their scaffolding, as an editor reads it. */
export const plainDiff = (parts: readonly DiffPart[]): DiffPart[] =>
  parts.map((part) => ({ kind: part.kind, text: plain(part.text) })).filter((part) => part.text !== '')
