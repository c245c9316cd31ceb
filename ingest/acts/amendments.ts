import type { Amendment } from './act.ts'
import type { EidIndex } from './eid-index.ts'
import { expandNumbers, NUMBER_LIST, ORDINAL, ordinalNumber } from './numbers.ts'
import { type NotedChange, parseExclusion, parseNote } from './notes.ts'
import { addRemark, type Builder, type PendingNote, say, type Scope } from './tree-builder.ts'
import { extentOf, sliceTraced } from './traced.ts'

const PART = new RegExp(String.raw`част\p{L}{1,3}\s+(${ORDINAL}|\d+)`, 'iu')
const listAfter = (stem: string): RegExp => new RegExp(String.raw`(?<!\p{L})${stem}\p{L}{0,3}\s+(${NUMBER_LIST})`, 'iu')
const POINTS = listAfter('пункт')
const SUBPOINTS = listAfter('подпункт')
const CHAPTERS = listAfter('глав')
const APPENDICES = listAfter('приложени')

function numbersIn(text: string, pattern: RegExp): string[] {
  return expandNumbers(pattern.exec(text)?.[1] ?? '')
}

export interface NoteTarget {
  eids: string[]
  /** Numbers of points the note names that do not stand in the act: excluded ones, where the note says so. */
  missingPoints: string[]
  understood: boolean
}

/** Looks up what a note's words «Пункт 3», «Глава 2», «Правила» mean where the note stands. */
export function noteTarget(printed: string, scope: Scope, index: EidIndex): NoteTarget {
  const text = printed.trim()
  if (text.startsWith('Заголов')) return { eids: ['title'], missingPoints: [], understood: true }
  if (text.startsWith('Преамбул')) return { eids: ['ord__preamble'], missingPoints: [], understood: true }
  const chosen = (eids: (string | null)[], missingPoints: string[] = []): NoteTarget => ({
    eids: eids.filter((eid) => eid !== null),
    missingPoints,
    understood: eids.length > 0,
  })
  const appendices = numbersIn(text, APPENDICES)
  if (appendices.length > 0) return chosen(appendices.map((appendix) => index.find(scope, { appendix })))
  const points = numbersIn(text, POINTS)
  const subpoints = numbersIn(text, SUBPOINTS)
  if (points.length > 0) {
    const part = ordinalNumber(PART.exec(text)?.[1] ?? '')
    const missing = points.filter((point) => index.find(scope, { point }) === null)
    const inPart = part === null ? {} : { part }
    const addresses = points.flatMap((point) =>
      subpoints.length === 0 ? [{ point, ...inPart }] : subpoints.map((subpoint) => ({ point, subpoint, ...inPart })),
    )
    return chosen(
      addresses.map((address) => index.find(scope, address)),
      missing,
    )
  }
  const chapters = numbersIn(text, CHAPTERS)
  if (chapters.length > 0) return chosen(chapters.map((chapter) => index.find(scope, { chapter })))
  if (/^(?:Приказ|Постановлени|Решени)/iu.test(text)) return { eids: ['order'], missingPoints: [], understood: true }
  if (/^(?:Правил|Положени|Инструкци|Регламент|Стандарт|Методик|Перечень|Требовани|Порядок|Типовы)/iu.test(text)) {
    return { eids: ['rules'], missingPoints: [], understood: true }
  }
  return { eids: [], missingPoints: [], understood: false }
}

/** What was put in: «Правила дополнены пунктом 10-1» touches the point, «Пункт 3 дополнен подпунктом 12)» the sub-point. */
function addedTarget(change: NotedChange, scope: Scope, index: EidIndex): NoteTarget {
  const added = change.added ?? ''
  const host = /^(?:Под)?[Пп]ункт/u.test(change.target) ? ` ${change.target}` : ''
  const target = noteTarget(`${added}${host}`, scope, index)
  return target.understood ? target : noteTarget(change.target, scope, index)
}

export interface Amendments {
  amendments: Amendment[]
  /** «order 5»: points that notes say are excluded and that no longer stand in the text. */
  excludedPoints: Set<string>
}

function changesOf(note: PendingNote): NotedChange[] | null {
  const { exclusionOf, traced } = note
  if (!exclusionOf) return parseNote(traced.text)
  const kind = exclusionOf.kind === 'subpoint' ? 'Подпункт' : 'Пункт'
  const found = parseExclusion(traced.text, `${kind} ${exclusionOf.num ?? ''}`)
  return found ? [{ ...found, start: 0, end: traced.text.length }] : null
}

/** Reads the collected notes into amendments; a note that is not understood stays as a remark with a warning. */
export function readNotes(builder: Builder, index: EidIndex): Amendments {
  const amendments: Amendment[] = []
  const excludedPoints = new Set<string>()
  for (const note of builder.notes) {
    const changes = changesOf(note)
    const whole = extentOf(note.traced)
    if (!whole) continue
    if (!changes) {
      addRemark(builder, 'note', note.traced.text, whole)
      say(
        builder,
        'warning',
        'note-unread',
        'сноска об изменениях не разобрана и сохранена как примечание. Проверьте слова «в редакции», «с изменениями», «исключен», «дополнен», дату и номер акта.',
        whole.start,
        whole.end,
      )
      continue
    }
    for (const change of changes) {
      const extent = extentOf(sliceTraced(note.traced, change.start, change.end)) ?? whole
      const target =
        change.change === 'added'
          ? addedTarget(change, note.scope, index)
          : noteTarget(change.target, note.scope, index)
      const targetEids = note.exclusionOf ? [note.exclusionOf.eid] : target.eids
      if (change.change === 'excluded')
        for (const point of target.missingPoints) excludedPoints.add(`${note.scope} ${point}`)
      if (targetEids.length === 0 && change.change !== 'excluded') {
        say(
          builder,
          'warning',
          'note-target-unknown',
          `сноска говорит о «${change.target}», такого элемента в тексте нет. Сверьте номер.`,
          extent.start,
          extent.end,
        )
      }
      amendments.push({
        target: change.target,
        targetEids,
        change: change.change,
        by: change.by,
        inForce: change.inForce,
        onlyLang: change.onlyLang,
        span: builder.locate.span(extent.start, extent.end),
        raw: builder.source.slice(extent.start, extent.end),
      })
    }
  }
  return { amendments, excludedPoints }
}
