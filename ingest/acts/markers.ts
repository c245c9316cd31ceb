import type { Lang } from './act.ts'

/** How a print of one language marks its elements at the beginning of a paragraph or line. */
export interface Markers {
  chapter: RegExp
  /** Headings between chapter and point that cannot be cited: «Параграф 1. …». */
  subheading: RegExp
  appendix: RegExp
  formMark: RegExp
  approved: RegExp
  note: RegExp
  publisherNote: RegExp
  signature: RegExp
  /** First word of a title of an annexed document. */
  annexKind: RegExp
}

export const MARKERS: Record<Lang, Markers> = {
  ru: {
    chapter: /^Глава\s+(\d+(?:-\d+)?)\.?(?:\s+|$)/i,
    subheading: /^(?:Параграф|Раздел|Подраздел)\s+\d+/i,
    appendix: /^Приложение(?:\s+(?:№\s*)?(\d+(?:-\d+)?))?(?=\s+к\s|\s*$)/,
    formMark: /^Форма$/i,
    approved: /^(?:Утвержден[аоы]?|УТВЕРЖДЕН[АОЫ]?)(?=\s|$)/,
    note: /^Сноска\s*\./,
    publisherNote: /^Примечани[ея]\s+(?:РЦПИ|ИЗПИ)\s*!?/,
    signature:
      /^(?:Исполняющ\p{L}+ обязанности|И\.\s?о\.|(?:Вице-)?(?:Премьер-)?[Мм]инистр|(?:Первый )?[Зз]аместител|Председател|Руководител|Аким|Президент|Секретар|Генеральн\p{L}+ [Пп]рокурор)/u,
    annexKind:
      /^(?:Правила|Типовые|Положение|Инструкция|Регламент|Стандарт|Методика|Перечень|Требования|Порядок|Формы?|Состав|Критерии)(?=\s|$)/,
  },
  kk: {
    chapter: /^(\d+(?:-\d+)?)-тарау\.?(?:\s+|$)/i,
    subheading: /^\d+-(?:параграф|бөлім)/i,
    appendix: /^(\d+(?:-\d+)?)-қосымша(?=\s|$)/i,
    formMark: /^Нысан$/i,
    approved: /^Бекітілген(?=\s|$)/i,
    note: /^Ескерту\s*\./,
    publisherNote: /^(?:РҚАО|ЗҚАИ)(?:-\p{L}+)?\s+ескертпесі\s*!?/u,
    signature: /^(?:Министр|Министрдің м\.\s?а\.|Қазақстан Республикасы|Премьер-Министр|Төраға)/,
    annexKind: /^\p{Lu}/u,
  },
}

/** «8. », «10-1. »: a point. The number may be all there is on a line. */
export const POINT = /^(\d+(?:-\d+)?)\.(?:\s+|$)/
/** «4) », «4-1) »: a sub-point. */
export const SUBPOINT = /^(\d+(?:-\d+)?)\)(?:\s+|$)/
/** Characters that end a provision. */
export const TERMINAL = /[.;:!?][»")\]]*$/
/** «Ж. Касымбек», «Т.Б. Қазанғап» at the end of a signature. */
export const PERSON_AT_END = /(?:^|\s)\p{Lu}\.\s?(?:\p{Lu}\.\s?)?\p{Lu}[\p{Ll}-]+$/u
/** What a publisher prints around an act: its copyright line. */
export const FURNITURE = /^©/
