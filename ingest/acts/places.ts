import type { Message, Position } from './act.ts'

const AT = /\sdata-at="(\d+)(?::(\d+))?"/
/** How far after a row's tag its first paragraph stands. */
const NEXT_LINES = 6

/**
 * Places of messages in a file that is read by way of HTML: the number of the paragraph in .docx; of the page, and of the line on
 * it, in .pdf. The HTML has them in `data-at`. Pure.
 *
 * @param html What was made of the file. @param messages Their places are in the HTML.
 */
export function placesInFile(html: string, messages: readonly Message[]): Message[] {
  const lines = html.split('\n')
  const found = lines.map((line) => AT.exec(line))
  const placeOf = ({ line, column }: Position): { start: Position; named: string } => {
    let at: RegExpExecArray | null = null
    for (let index = line - 1; index < line - 1 + NEXT_LINES && at === null; index += 1) at = found[index] ?? null
    for (let index = line - 2; index >= 0 && at === null; index -= 1) at = found[index] ?? null
    const number = Number(at?.[1] ?? 1)
    if (at?.[2] !== undefined)
      return {
        start: { line: number, column: Number(at[2]), offset: 0 },
        named: `Страница ${String(number)}, строка ${at[2]}`,
      }
    // The paragraph's tag is no part of it.
    const tag = (lines[line - 1] ?? '').indexOf('>') + 1
    return {
      start: { line: number, column: at === found[line - 1] ? Math.max(1, column - tag) : 1, offset: 0 },
      named: `Абзац ${String(number)}`,
    }
  }
  return messages.map((message) => {
    const { start, named } = placeOf(message.place.start)
    return {
      ...message,
      text: message.text.replace(/^Строка \d+(?=:)/, named),
      place: { start, end: start },
    }
  })
}
