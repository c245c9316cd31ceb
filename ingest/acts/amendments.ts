import type { Amendment, Lang, Provision } from './act.ts'
import type { Address, EidIndex } from './eid-index.ts'
import { expandNumbers, NUMBER_LIST, ORDINAL, ordinalNumber } from './numbers.ts'
import { KAZAKH_LISTS, type KazakhNoteUnit } from './kazakh/numbers.ts'
import { parseKazakhExclusion, parseKazakhNote } from './kazakh/notes.ts'
import { type NotedChange, parseExclusion, parseNote } from './notes.ts'
import { addRemark, type Builder, type PendingNote, say, type Scope } from './tree-builder.ts'
import { extentOf, sliceTraced } from './traced.ts'

const PART = new RegExp(String.raw`част\p{L}{1,3}\s+(${ORDINAL}|\d+)`, 'iu')
const listAfter = (stem: string): RegExp => new RegExp(String.raw`(?<!\p{L})${stem}\p{L}{0,3}\s+(${NUMBER_LIST})`, 'iu')
const POINTS = listAfter('пункт')
const SUBPOINTS = listAfter('подпункт')
const CHAPTERS = listAfter('глав')
/** Sections may bear Roman numbers. */
const SECTIONS = new RegExp(String.raw`(?<!\p{L})[Рр]аздел\p{L}{0,3}\s+(${NUMBER_LIST}|[IVX]+)(?!\p{L})`, 'u')
const PARAGRAPHS = listAfter('параграф')
const APPENDICES = listAfter('приложени')
const ARTICLES = new RegExp(String.raw`(?<!\p{L})стать\p{L}{0,4}\s+(${NUMBER_LIST})`, 'iu')

function numbersIn(text: string, pattern: RegExp): string[] {
  const list = pattern.exec(text)?.[1] ?? ''
  return /^[IVX]+$/.test(list) ? [list] : expandNumbers(list)
}

export interface NoteTarget {
  eids: string[]
  /** Numbers of points the note names that do not stand in the act: excluded ones, where the note says so. */
  missingPoints: string[]
  understood: boolean
}

type Unit = KazakhNoteUnit

const RUSSIAN_LISTS: Partial<Record<Unit, RegExp>> = {
  subpoint: SUBPOINTS,
  point: POINTS,
  article: ARTICLES,
  chapter: CHAPTERS,
  section: SECTIONS,
  paragraph: PARAGRAPHS,
  appendix: APPENDICES,
}

/** First words of what a note may name as a whole, by language. */
const WHOLES = {
  ru: {
    title: /^Заголов/iu,
    preamble: /^Преамбул/iu,
    order: /^(?:Приказ|Постановлени|Решени)/iu,
    standard: /^(?:Перечень|Перечня|Стандарт)/iu,
    rules: /^(?:Правил|Положени|Инструкци|Регламент|Стандарт|Методик|Перечень|Требовани|Порядок|Типовы|Закон|Кодекс)/iu,
  },
  kk: {
    // «3-тараудың тақырыбы»: the element stands before its heading.
    title: /^(?:Тақырып|Атау)|(?:бөлім|тарау|параграф|ба[пб])\p{L}*\s+(?:тақырыб|атау)\p{L}*$/iu,
    preamble: /^Кіріспе/iu,
    order: /^(?:Бұйры|Қаулы|Шешім)/iu,
    standard: /^(?:Тізбе|Стандарт)/iu,
    rules: /^(?:Қағида|Ереже|Нұсқаулық|Регламент|Стандарт|Әдістеме|Тізбе|Талаптар|Тәртіп|Заң|Кодекс)/iu,
  },
} as const

/** Where a note stands: the document, its language, and the appendix around it. */
export interface NotePlace {
  scope: Scope
  lang: Lang
  host?: string | undefined
}

/** «Главы 1 и 2 раздела 2»: the innermost kind named, within what is named around it. */
function divisionsOf(sections: string[], chapters: string[], paragraphs: string[]): Address[] {
  const inSection = sections[0] === undefined ? {} : { section: sections[0] }
  const inChapter = chapters[0] === undefined ? inSection : { chapter: chapters[0], ...inSection }
  if (paragraphs.length > 0) return paragraphs.map((paragraph) => ({ paragraph, ...inChapter }))
  if (chapters.length > 0) return chapters.map((chapter) => ({ chapter, ...inSection }))
  return sections.map((section) => ({ section }))
}

/** Looks up what a note's words «Пункт 3», «Глава 2», «2-қосымша», «Правила» mean where the note stands. */
export function noteTarget(printed: string, place: NotePlace, index: EidIndex): NoteTarget {
  const { scope, lang, host } = place
  const text = printed.trim()
  const whole = WHOLES[lang]
  const listed = (unit: Unit): string[] => {
    const pattern = lang === 'kk' ? KAZAKH_LISTS[unit] : RUSSIAN_LISTS[unit]
    return pattern ? numbersIn(text, pattern) : []
  }
  const chosen = (eids: (string | null)[], missingPoints: string[] = []): NoteTarget => ({
    eids: eids.filter((eid) => eid !== null),
    missingPoints,
    understood: eids.length > 0,
  })
  const articles = listed('article')
  const divisions = divisionsOf(listed('section'), listed('chapter'), listed('paragraph'))
  if (whole.title.test(text)) {
    // «Заголовок главы 3», «Заголовок статьи 13»: the heading alone, not what stands under it.
    const headed = [
      ...articles.map((article) => index.find(scope, { article })),
      ...divisions.map((address) => index.find(scope, address)),
    ].filter((eid) => eid !== null)
    const named = articles.length + divisions.length > 0
    return named
      ? chosen(headed.map((eid) => `${eid}#heading`))
      : { eids: ['title'], missingPoints: [], understood: true }
  }
  if (whole.preamble.test(text))
    return { eids: [scope === 'order' ? 'ord__preamble' : 'preamble'], missingPoints: [], understood: true }
  const appendices = listed('appendix')
  if (appendices.length > 0)
    return chosen(
      appendices.map((appendix) => (host?.endsWith(`app_${appendix}`) ? host : index.find(scope, { appendix }))),
    )
  const points = listed('point')
  const subpoints = listed('subpoint')
  const inArticle = articles[0] === undefined ? {} : { article: articles[0] }
  if (points.length > 0) {
    const part = ordinalNumber(PART.exec(text)?.[1] ?? '')
    const missing = points.filter((point) => index.find(scope, { point, ...inArticle }) === null)
    const inPart = part === null ? inArticle : { part, ...inArticle }
    const addresses = points.flatMap((point) =>
      subpoints.length === 0 ? [{ point, ...inPart }] : subpoints.map((subpoint) => ({ point, subpoint, ...inPart })),
    )
    return chosen(
      addresses.map((address) => index.find(scope, address)),
      missing,
    )
  }
  if (articles.length > 0)
    return chosen(
      articles.flatMap((article) =>
        subpoints.length === 0
          ? [index.find(scope, { article })]
          : subpoints.map((subpoint) => index.find(scope, { article, subpoint })),
      ),
    )
  if (divisions.length > 0) return chosen(divisions.map((address) => index.find(scope, address)))
  if (whole.order.test(text)) return { eids: ['order'], missingPoints: [], understood: true }
  if (host !== undefined && whole.standard.test(text)) return { eids: [host], missingPoints: [], understood: true }
  if (whole.rules.test(text)) {
    return { eids: [scope.startsWith('ann_') ? scope : 'rules'], missingPoints: [], understood: true }
  }
  return { eids: [], missingPoints: [], understood: false }
}

/** What was put in: «Правила дополнены пунктом 10-1» touches the point, «Пункт 3 дополнен подпунктом 12)» the sub-point. */
function addedTarget(change: NotedChange, place: NotePlace, index: EidIndex): NoteTarget {
  const added = change.added ?? ''
  const host = /^(?:Под)?[Пп]ункт|^[Сс]тать|^[Рр]аздел|^[Гг]лав|тарма[қғ]|бап|баб|бөлім|тарау/u.test(change.target)
    ? change.target
    : ''
  // Kazakh names the outer element first: «3-тармақ 12) тармақшамен».
  const named = place.lang === 'kk' ? `${host} ${added}` : `${added} ${host}`
  const target = noteTarget(named, place, index)
  return target.understood ? target : noteTarget(change.target, place, index)
}

export interface Amendments {
  amendments: Amendment[]
  /** «order 5»: points that notes say are excluded and that no longer stand in the text. */
  excludedPoints: Set<string>
}

const KAZAKH_NAMES: Partial<Record<Provision['kind'], (num: string) => string>> = {
  subpoint: (num) => `${num}) тармақша`,
  article: (num) => `${num}-бап`,
}

function changesOf(note: PendingNote, lang: Lang): NotedChange[] | null {
  const { exclusionOf, traced } = note
  if (!exclusionOf) return lang === 'kk' ? parseKazakhNote(traced.text) : parseNote(traced.text)
  if (lang === 'kk') {
    const num = exclusionOf.num ?? ''
    const name = KAZAKH_NAMES[exclusionOf.kind]?.(num) ?? `${num}-тармақ`
    const excluded = parseKazakhExclusion(traced.text, name)
    return excluded ? [{ ...excluded, start: 0, end: traced.text.length }] : null
  }
  const kind = exclusionOf.kind === 'subpoint' ? 'Подпункт' : 'Пункт'
  const found = parseExclusion(traced.text, `${kind} ${exclusionOf.num ?? ''}`)
  return found ? [{ ...found, start: 0, end: traced.text.length }] : null
}

/** Reads the collected notes into amendments; a note that is not understood stays as a remark with a warning. */
export function readNotes(builder: Builder, index: EidIndex): Amendments {
  const amendments: Amendment[] = []
  const excludedPoints = new Set<string>()
  for (const note of builder.notes) {
    const changes = changesOf(note, builder.lang)
    const place: NotePlace = { scope: note.scope, lang: builder.lang, host: note.host }
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
        change.change === 'added' ? addedTarget(change, place, index) : noteTarget(change.target, place, index)
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
