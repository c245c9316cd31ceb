import { printedDay } from '#ingest/text/printed-day.ts'
import type { Amendment, InForce, ParsedAct, Provision } from './act.ts'

const INDENT = '  '
const DEPTHS: Record<Provision['kind'], number> = {
  preamble: 1,
  chapter: 1,
  point: 2,
  subpoint: 3,
  part: 2,
  appendix: 0,
  form: 1,
  section: 0,
  paragraph: 1,
  article: 1,
  table: 1,
  row: 2,
}

function printedInForce(inForce: InForce): string {
  if (inForce.rule === 'date') return `с ${printedDay(inForce.date)}`
  if (inForce.rule === 'signing') return inForce.dayAfter ? 'после дня подписания' : 'со дня подписания'
  if (inForce.rule === 'unstated') return 'срок не указан'
  const notBefore = inForce.notBefore === null ? '' : `, не ранее ${printedDay(inForce.notBefore)}`
  if (inForce.onTheDay) return `со дня первого официального опубликования${notBefore}`
  const unit = { working: 'рабочих дней', calendar: 'календарных дней', month: 'месяцев' }[inForce.unit]
  return `по истечении ${String(inForce.days)} ${unit} после дня первого официального опубликования${notBefore}`
}

const CHANGES: Record<Amendment['change'], string> = {
  restated: 'в редакции',
  changed: 'с изменениями',
  added: 'дополнено',
  excluded: 'исключено',
}

function noteLine({ target, change, by, inForce, onlyLang }: Amendment): string {
  const text = onlyLang === null ? '' : ` (только текст на ${onlyLang === 'kk' ? 'казахском' : 'русском'} языке)`
  return `[${target} – ${CHANGES[change]}${text}: ${by.kind} ${by.issuer} от ${printedDay(by.date)} № ${by.number}; в силе ${printedInForce(inForce)}]`
}

function formLines(one: Provision): string[] {
  if (!one.form) return []
  const { columns, footer } = one.form
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const table =
    columns.length === 0
      ? []
      : [
          row(columns.map((column) => column.title)),
          row(columns.map(() => '---')),
          row(columns.map((column) => String(column.num))),
        ]
  return [`Форма. ${one.heading ?? ''}`.trimEnd(), ...table, ...footer]
}

/** Rows of a table whose rows are no provisions of their own. */
function tableLines({ table, text }: Provision): string[] {
  if (!table) return []
  if (table.isStandard) return text === '' ? [] : text.split('\n')
  return table.rows.map(({ cells }) => `| ${cells.map((cell) => cell.lines.join(' / ')).join(' | ')} |`)
}

function linesOf(one: Provision, ru: boolean): string[] {
  const num = one.num ?? ''
  switch (one.kind) {
    case 'chapter':
      return [ru ? `Глава ${num}. ${one.heading ?? ''}` : `${num}-тарау. ${one.heading ?? ''}`]
    case 'point':
      return [`${num}. ${one.text}`]
    case 'subpoint':
      return [`${num}) ${one.text}`]
    case 'appendix':
      return [
        (ru ? `Приложение ${num}` : `${num}-қосымша`).trim(),
        ...one.text.split('\n').filter((line) => line !== ''),
      ]
    case 'form':
      return formLines(one)
    case 'section':
    case 'paragraph':
      return [`${one.label}. ${one.heading ?? ''}`]
    case 'article':
      return [`${one.label}. ${one.heading ?? ''}`, ...(one.text === '' ? [] : [one.text])]
    case 'table':
      return [`[таблица] ${one.heading ?? ''}`.trimEnd(), ...tableLines(one)]
    case 'row':
      return [`| ${num} | ${one.heading ?? ''} |`, ...one.text.split('\n')]
    case 'preamble':
    case 'part':
      return [one.text]
  }
}

/** The parsed act as an indented page that reads like the act itself, each change noted at what it changed. Pure. */
export function renderTree(act: ParsedAct): string {
  const lines: string[] = []
  const notesAt = (eid: string, depth: number): void => {
    for (const amendment of act.amendments) {
      if (amendment.targetEids[0] === eid) lines.push(INDENT.repeat(depth) + noteLine(amendment))
    }
  }
  const { requisites } = act
  const { registration } = requisites
  lines.push(act.title)
  notesAt('title', 1)
  lines.push('', `${requisites.kind} ${requisites.issuer} от ${printedDay(requisites.date)} № ${requisites.number}`)
  if (registration) lines.push(`зарегистрирован ${printedDay(registration.date)} № ${registration.number}`)
  lines.push(`вводится в действие ${printedInForce(requisites.inForce)}`)
  notesAt('order', 1)
  lines.push('')
  let inOrder = true
  let hasChapter = false
  for (const one of act.provisions) {
    if (inOrder && !one.eid.startsWith('ord__')) {
      inOrder = false
      if (act.annexTitle !== null) lines.push('', act.annexTitle)
      notesAt('rules', 1)
    }
    hasChapter ||= one.kind === 'chapter' && !inOrder
    if (one.kind === 'chapter' || one.kind === 'appendix') lines.push('')
    const shift = hasChapter || one.kind === 'form' || one.kind === 'appendix' || one.kind === 'preamble' ? 0 : -1
    const depth = DEPTHS[one.kind] + shift
    const [first, ...more] = linesOf(one, act.lang === 'ru')
    lines.push(INDENT.repeat(depth) + (first ?? ''), ...more.map((line) => INDENT.repeat(depth) + line))
    if (one.status === 'excluded') lines.push(`${INDENT.repeat(depth + 1)}(исключен)`)
    notesAt(one.eid, depth + 1)
  }
  return `${lines.join('\n')}\n`
}
