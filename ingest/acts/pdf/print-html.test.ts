import { describe, expect, it } from 'vitest'
import { type MadePage, type MadeText, printOf, widthOf } from '../fixtures/make-print.ts'
import { parseSource } from '../parse-source.ts'
import { printHtml } from './print-html.ts'

const LEFT = 70

/** Lines of a paragraph, its first line set in, from a height on; every line but the last is full. */
function paragraph(y: number, lines: readonly string[]): MadeText[] {
  return lines.map((text, index) => ({ x: index === 0 ? LEFT + 30 : LEFT, y: y + index * 15, text }))
}

const full = (text: string, width = 76): string => text.padEnd(width, 'а')
const plain = (html: string | null): string[] =>
  (html ?? '')
    .split('\n')
    .filter((line) => line.startsWith('<p') || line.startsWith('<td'))
    .map((line) =>
      line
        .replace(/<br>/g, ' | ')
        .replace(/<[^>]*>/g, '')
        .trim(),
    )
    .filter((line) => line !== '')

describe('a print', () => {
  it('is read as it is seen: a link text that is drawn after its line stands in its place', async () => {
    const first = 'в соответствии с '
    const link = 'пунктом 7'
    const y = 100
    const page: MadePage = {
      texts: [
        { x: LEFT + 30, y, text: first.trim() },
        { x: LEFT + 30 + widthOf(first + link), y, text: ' настоящих Правил и далее.' },
        { x: LEFT + 30 + widthOf(first), y, text: link },
      ],
    }
    expect(plain((await printHtml(printOf([page]))).html)).toEqual([
      'в соответствии с пунктом 7 настоящих Правил и далее.',
    ])
  })

  it('undoes the hyphenation of a word it has elsewhere, and keeps a hyphen it cannot disprove', async () => {
    const { html, messages } = await printHtml(
      printOf([
        {
          texts: [
            ...paragraph(100, ['государственной услуги сначала, '.padEnd(71, 'б'), 'конец первого абзаца.']),
            ...paragraph(160, ['Порядок оказания '.padEnd(57, 'в') + ' государствен-', 'ной услуги.']),
            ...paragraph(220, ['Приказ подписан '.padEnd(60, 'г') + ' вице-', 'министром.']),
          ],
        },
      ]),
    )
    const lines = plain(html)
    expect(lines[1]).toMatch(/ государственной услуги\.$/)
    expect(lines[2]).toMatch(/ вице-министром\.$/)
    expect(messages).toMatchObject([{ rule: 'hyphenation-undone', place: { start: { line: 1, column: 4 } } }])
  })

  it('a raised number is told apart from the number it stands at', async () => {
    const { html } = await printHtml(
      printOf([
        {
          texts: [
            { x: LEFT, y: 100, text: 'по основаниям пункта 7' },
            { x: LEFT + widthOf('по основаниям пункта 7'), y: 96, text: '1', size: 7 },
            { x: LEFT + widthOf('по основаниям пункта 7') + 8, y: 100, text: 'настоящих Правил.' },
          ],
        },
      ]),
    )
    expect(plain(html)).toEqual(['по основаниям пункта 7-1 настоящих Правил.'])
  })

  it('goes on over a page, its headers and page numbers left out and listed', async () => {
    const pages = [1, 2, 3].map((number): MadePage => ({
      texts: [
        { x: LEFT, y: 30, text: 'Эталонный контрольный банк', size: 8 },
        ...paragraph(100, [full(`${String(number)}. Абзац `, 71), full('второй строкой '), full('третьей ')]),
        { x: LEFT, y: 145, text: `конец ${String(number)}.` },
        { x: 300, y: 810, text: String(number) },
      ],
    }))
    const { html } = await printHtml(printOf(pages))
    const text = html ?? ''
    expect(text.match(/class="left-out furniture"/g)).toHaveLength(6)
    expect(plain(text).filter((line) => /^\d\. Абзац/.test(line))).toHaveLength(3)
  })

  it('a ruled table over two pages is one table, a row parted by the edge one row', async () => {
    const columns = [70, 110, 250, 520]
    const frame = (
      top: number,
      bottom: number,
      across: readonly number[],
    ): (readonly [number, number, number, number])[] => [
      ...columns.map((x) => [x, top, x, bottom] as const),
      ...across.map((y) => [70, y, 520, y] as const),
    ]
    const { html } = await printHtml(
      printOf([
        {
          texts: [
            { x: LEFT, y: 100, text: 'Перед таблицей стоит текст.' },
            { x: 75, y: 700, text: '1' },
            { x: 115, y: 700, text: 'Срок' },
            { x: 255, y: 700, text: 'Три рабочих' },
          ],
          rules: frame(680, 790, [680]),
        },
        {
          texts: [
            { x: 255, y: 60, text: 'дня.' },
            { x: 75, y: 120, text: '2' },
            { x: 115, y: 120, text: 'Плата' },
            { x: 255, y: 120, text: 'Бесплатно.' },
          ],
          rules: frame(40, 140, [100, 140]),
        },
      ]),
    )
    const text = html ?? ''
    expect(text.match(/<table/g)).toHaveLength(1)
    expect(text.match(/<tr>/g)).toHaveLength(2)
    expect(
      text
        .split('<tr>')[1]
        ?.replace(/<[^>]*>|\s+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ).toBe('1 Срок Три рабочих дня.')
  })
})

describe('a print that cannot be read is refused, and says why', () => {
  const rules = async (bytes: Uint8Array): Promise<string[]> => {
    const { html, messages } = await printHtml(bytes)
    expect(html).toBeNull()
    return messages
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, place }) => `${rule} ${String(place.start.line)}`)
  }
  const words: MadePage = { texts: [{ x: LEFT, y: 100, text: 'Текст этой страницы есть, и его хватает.' }] }

  it.each([
    ['no PDF at all', () => new TextEncoder().encode('Приказ министра'), 'pdf-broken 1'],
    ['cut off at its head', () => printOf([words]).slice(0, 200), 'pdf-broken 1'],
    ['encrypted', () => printOf([words], { encrypted: true }), 'pdf-encrypted 1'],
    ['a scan', () => printOf([{ texts: [], scan: true }]), 'pdf-scanned 1'],
    ['empty', () => printOf([{ texts: [] }]), 'pdf-empty 1'],
    ['a scan among pages of text', () => printOf([words, { texts: [], scan: true }, words]), 'page-scanned 2'],
    ['too many pages', () => printOf(Array.from({ length: 601 }, () => words)), 'too-large 1'],
    [
      'letters that no table explains',
      () => printOf([{ texts: [{ x: LEFT, y: 90, text: 'Приказ министра юстиции \uE001\uE002\uE003' }] }]),
      'pdf-unreadable 1',
    ],
  ])('%s', async (_, make, expected) => {
    expect(await rules(make())).toEqual([expected])
  })

  it('one that takes too long is given up', async () => {
    const { html, messages } = await printHtml(printOf([words]), () => true)
    expect(html).toBeNull()
    expect(messages).toMatchObject([{ rule: 'too-slow' }])
  })
})

it('messages of a print name its page and line', async () => {
  const pages: MadePage[] = [
    { texts: [{ x: 120, y: 100, text: 'Об утверждении Правил работы справочной службы', bold: true }] },
    { texts: paragraph(100, ['1. Служба отвечает на вопросы.', 'Без точки в конце']) },
  ]
  const { html } = await printHtml(printOf(pages))
  const { act, messages } = parseSource({ name: 'print.pdf', text: html ?? '' })
  expect(act).toBeNull()
  expect(messages.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toContain(
    'requisites-missing',
  )
  expect(messages.map(({ text }) => text).filter((text) => text.startsWith('Страница 2, строка '))).not.toEqual([])
})
