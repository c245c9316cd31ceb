import type { Lang } from '../act.ts'

/** How the Markdown of the state legal base marks the elements of an act in one language. */
export interface MarkdownMarkers {
  /** Group 1 of each: the number. */
  section: RegExp
  chapter: RegExp
  paragraph: RegExp
  article: RegExp
  note: RegExp
  approval: RegExp
  approved: RegExp
  formMark: RegExp
  /** Header of an appendix; group 1: its number, where it has one. */
  appendix: RegExp
  /** What the appendix belongs to; neither: the annexed document. */
  toOrder: RegExp
  toStandard: RegExp
  /** Title or caption of a service standard. */
  standard: RegExp
  /** Names in the first column of a standard, for tables whose title says nothing. */
  standardRow: RegExp
  /** The order announces an annexed document. */
  announcesAnnex: RegExp
  /** The act's own entry into force. */
  inForce: RegExp
}

const NUMBER = String.raw`(\d+(?:-\d+)?)`

export const MARKDOWN_MARKERS: Record<Lang, MarkdownMarkers> = {
  ru: {
    section: new RegExp(String.raw`^Раздел\s+(\d+(?:-\d+)?|[IVX]+)\.?(?:\s+|$)`, 'i'),
    chapter: new RegExp(String.raw`^Глава\s+${NUMBER}\.?(?:\s+|$)`, 'i'),
    paragraph: new RegExp(String.raw`^Параграф\s+${NUMBER}\.?(?:\s+|$)`, 'i'),
    article: new RegExp(String.raw`^Статья\s+${NUMBER}\.?(?:\s+|$)`, 'i'),
    note: /^Сноска\s*\./,
    approval: /^[«"]?СОГЛАСОВАН/i,
    approved: /^Утвержд[её]н/i,
    formMark: /^Форма$/i,
    appendix: /^Приложение(?:\s+№?\s*(\d+(?:-\d+)?))?(?=\s|$)/i,
    toOrder: /\sк\s+(?:настоящему\s+)?(?:приказу|постановлению|решению)(?!\p{L})/iu,
    toStandard: /\sк\s+(?:Перечню|Стандарту)(?!\p{L})/iu,
    standard: /Перечень\s+(?:основных\s+)?требований|Стандарт\s+государственной\s+услуги/iu,
    standardRow: /^Наименование\s+услугодателя/iu,
    announcesAnnex: /утвердить\s+(?:прилагаем|[^.]{0,300}согласно\s+приложени)/iu,
    inForce: /вводится|вступает/iu,
  },
  kk: {
    section: new RegExp(String.raw`^(\d+(?:-\d+)?|[IVX]+)-бөлім\.?(?:\s+|$)`, 'i'),
    chapter: new RegExp(String.raw`^${NUMBER}-тарау\.?(?:\s+|$)`, 'i'),
    paragraph: new RegExp(String.raw`^${NUMBER}-параграф\.?(?:\s+|$)`, 'i'),
    article: new RegExp(String.raw`^${NUMBER}-бап\.?(?:\s+|$)`, 'i'),
    note: /^Ескерту\s*\./,
    approval: /^[«"]?КЕЛІСІЛ/i,
    approved: /^Бекітілген|бекітілген\.?$/iu,
    formMark: /^Нысан(?:ы)?$/i,
    appendix: /(?:^|\s)(?:(\d+(?:-\d+)?)\s*-?\s*)?қосымша(?:сы)?$/iu,
    toOrder: /(?:^|\s)(?:осы\s+)?(?:бұйры(?:қ|ғ)|қаулы|шешім)\p{L}*\s/iu,
    toStandard: /(?:^|\s)(?:тізбе|стандарт)\p{L}*\s+(?:\d|қосымша)/iu,
    standard: /негізгі\s+талаптар\p{L}*\s+тізбе|қойылатын\s+(?:негізгі\s+)?талаптар|қызмет\p{L}*\s+стандарт/iu,
    standardRow: /беруші\p{L}*\s+атауы/iu,
    announcesAnnex: /бекіт/iu,
    inForce: /қолданысқа\s+енгізіл|күшіне\s+ен/iu,
  },
}

/** «8. », «10-1. »; a stray opening quote may stand before it. Group 1: the quote, group 2: the number. */
export const MARKDOWN_POINT = /^([«"“]?)(\d+(?:-\d+)?)\.(?:\s+|$)/
/** «4) », «4-1) ». */
export const MARKDOWN_SUBPOINT = /^([«"“]?)(\d+(?:-\d+)?)\)(?:\s+|$)/
