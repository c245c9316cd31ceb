import type { WriteOptions } from 'hucre/xlsx'
import { COLUMN_TITLES, COLUMNS, type SubmissionMessage, type SubmissionRow } from './submission.ts'

type SheetCells = NonNullable<WriteOptions['sheets'][number]['cells']>

const WIDTHS = [6, 16, 42, 42, 36, 28, 34, 34, 60]
const COLOURS = { error: 'FFFFC7CE', warning: 'FFFFEB9C' } as const
const HEADER = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFE7E6E6' } },
  alignment: { wrapText: true, vertical: 'center', horizontal: 'center' },
} as const

/** What the file says beside the cells and the messages. */
export interface AnnotationWords {
  toMend: string
  error: string
  warning: string
  form: string
  faults: string
  /** Of the list: sheet, row, column, its title, kind, what is wrong, how to mend. */
  heads: readonly [string, string, string, string, string, string, string]
  unlisted: (count: number) => string
}

const RUSSIAN: AnnotationWords = {
  toMend: 'Что исправить',
  error: 'Ошибка',
  warning: 'Внимание',
  form: 'Приложение 1',
  faults: 'Замечания',
  heads: ['Лист', 'Строка', 'Графа', 'Название графы', 'Вид', 'Что не так', 'Как исправить'],
  unlisted: (count) => `И ещё замечаний: ${count}.`,
}

/** What a cell may hold; longer texts are cut by Excel as damage. */
const LONGEST_CELL = 32_000

/**
 * The submitted table as an .xlsx to mend: faulty cells are red (remarks yellow) with the reason as a note, the last column says
 * all of a row, and a second sheet lists everything. Every cell is a text, so that nothing in it can act as a formula. Pure.
 * @param input.words in the language of the messages; Russian when left out
 */
export async function annotateSubmission(input: {
  rows: readonly Pick<SubmissionRow, 'row' | 'raw'>[]
  messages: readonly SubmissionMessage[]
  unlisted: number
  words?: AnnotationWords
}): Promise<Uint8Array> {
  const words = input.words ?? RUSSIAN
  const said = ({ severity, reason, mend }: SubmissionMessage): string => `${words[severity]}: ${reason} ${mend}`
  const cells: SheetCells = new Map()
  const table: string[][] = [[...COLUMNS.map((key) => COLUMN_TITLES[key]), words.toMend], []]
  table[1] = [...COLUMNS.map((_, i) => String(i + 1)), '']
  for (let column = 0; column <= COLUMNS.length; column += 1) {
    cells.set(`0,${column}`, { style: HEADER })
    cells.set(`1,${column}`, { style: HEADER })
  }
  const byRow = new Map<number, SubmissionMessage[]>()
  for (const one of input.messages)
    if (one.place.row !== null) byRow.set(one.place.row, [...(byRow.get(one.place.row) ?? []), one])

  for (const { row, raw } of input.rows) {
    const at = table.length
    const told = byRow.get(row) ?? []
    table.push([
      ...COLUMNS.map((key) => raw[key].slice(0, LONGEST_CELL)),
      told.map(said).join('\n').slice(0, LONGEST_CELL),
    ])
    for (const [column, key] of COLUMNS.entries()) {
      const here = told.filter(({ place }) => place.column?.key === key)
      const worst = here.some(({ severity }) => severity === 'error') ? 'error' : 'warning'
      cells.set(`${at},${column}`, {
        style: {
          alignment: { wrapText: true, vertical: 'top' },
          ...(here.length === 0
            ? {}
            : { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: COLOURS[worst] } } as const }),
        },
        ...(here.length === 0 ? {} : { comment: { author: 'Bilim', text: here.map(said).join('\n').slice(0, 2000) } }),
      })
    }
    cells.set(`${at},${COLUMNS.length}`, { style: { alignment: { wrapText: true, vertical: 'top' } } })
  }

  const list = [
    [...words.heads],
    ...input.messages.map(({ place, severity, reason, mend }) => [
      place.sheet ?? '',
      place.row === null ? '' : String(place.row),
      place.column?.letter ?? '',
      place.column?.title ?? '',
      words[severity].toLowerCase(),
      reason,
      mend,
    ]),
    ...(input.unlisted > 0 ? [['', '', '', '', '', words.unlisted(input.unlisted), '']] : []),
  ]
  const listCells: SheetCells = new Map(list[0]?.map((_, column) => [`0,${column}`, { style: HEADER }]))
  // The writer of workbooks is large, and most submissions have nothing to mend.
  const { writeXlsx } = await import('hucre/xlsx')
  return writeXlsx({
    sheets: [
      {
        name: words.form,
        rows: table,
        cells,
        columns: WIDTHS.map((width) => ({ width })),
        freezePane: { rows: 2 },
      },
      {
        name: words.faults,
        rows: list,
        cells: listCells,
        columns: [14, 8, 8, 34, 12, 60, 60].map((width) => ({ width })),
        freezePane: { rows: 1 },
      },
    ],
  })
}
