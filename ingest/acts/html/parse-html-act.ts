import type { Message, ParseResult } from '../act.ts'
import { type MarkdownOptions, languageOf, parseBlocks } from '../markdown/parse-markdown-act.ts'
import type { Block } from '../markdown/blocks.ts'
import { joinTraced } from '../markdown/blocks.ts'
import { locate } from '../source-lines.ts'
import { classify } from './classify.ts'
import type { LeftOut } from './leaves.ts'
import { readPage } from './read-page.ts'

const WHY: Record<LeftOut['why'], string> = {
  navigation: 'навигация страницы',
  script: 'скрипты, стили и служебная разметка',
  control: 'кнопки и поля',
  hidden: 'скрытый текст',
  outside: 'текст вне акта',
  furniture: 'колонтитулы и номера страниц',
  deleted: 'удаленный рецензентом текст',
}

/** What was left out, one line for each kind of it. */
function leftOutMessages(source: string, leftOut: readonly LeftOut[]): Message[] {
  const { span } = locate(source)
  const kinds = new Map<LeftOut['why'], LeftOut[]>()
  for (const one of leftOut) kinds.set(one.why, [...(kinds.get(one.why) ?? []), one])
  return [...kinds].map(([why, all]): Message => {
    const [first] = all
    const sample = all.find(({ text }) => text !== '')?.text.slice(0, 60) ?? ''
    return {
      severity: 'info',
      rule: 'left-out',
      text: `не вошло в акт: ${WHY[why]}, мест: ${String(all.length)}${sample === '' ? '' : `, первое: «${sample}»`}.`,
      place: span(first?.start ?? 0, first?.end ?? 0),
    }
  })
}

/** What is left out, as blocks after all others, so that no text of the act is parted by it. */
const asBlocks = (leftOut: readonly LeftOut[]): Block[] =>
  leftOut.map(({ text, start, end }) => ({
    kind: 'paragraph',
    level: 0,
    lines: [],
    traced: { text, at: [] },
    style: 'plain',
    start,
    end,
    role: 'left-out',
  }))

/**
 * Parses an act from HTML: a page of the state legal base, any other page, or what `documentHtml` and `printHtml` make of .docx and
 * .pdf. The same elements come out as from Markdown.
 *
 * @param source The HTML; offsets and places are those of this text.
 * @param options As for `parseMarkdownAct`.
 * @returns The act, or null with all faults at once when any message is an error. Never throws on a source. Pure.
 */
export function parseHtmlAct(source: string, options: MarkdownOptions = {}): ParseResult {
  const { leaves, leftOut, said } = readPage(source)
  const { span } = locate(source)
  const read: Message[] = said.map(({ start, end, text, ...one }) => {
    const place = span(start, end)
    return { ...one, text: `Строка ${String(place.start.line)}: ${text}`, place }
  })
  const lang = options.lang ?? languageOf(leaves.map((leaf) => joinTraced(leaf.lines).text).join('\n'))
  const { act, messages } = parseBlocks(source, [...classify(leaves, lang), ...asBlocks(leftOut)], { ...options, lang })
  const all = [...leftOutMessages(source, leftOut), ...read, ...messages].sort(
    (one, other) => one.place.start.offset - other.place.start.offset,
  )
  return { act: read.some(({ severity }) => severity === 'error') ? null : act, messages: all }
}
