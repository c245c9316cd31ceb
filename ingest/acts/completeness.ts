import type { Definition, Provision } from './act.ts'
import { shortFormsIn } from './definitions.ts'
import { TERMINAL } from './markers.ts'
import { type Builder, say } from './tree-builder.ts'

/** Words of a term by their stems, for finding it in any case: «субъект оказания» in «с субъектами оказания». */
function stemPattern(term: string): RegExp {
  const words = term.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
  const stems = words.map((word) =>
    word.length > 5 ? word.slice(0, Math.max(4, word.length - 3)) : word.slice(0, Math.max(1, word.length - 1)),
  )
  return new RegExp(`(?<!\\p{L})${stems.map((stem) => `${stem}\\p{L}{0,6}`).join('[\\s-]+')}(?!\\p{L})`, 'iu')
}

/** Terms and short forms the act introduces and then never uses: signs that the rest was cut off. */
export function unusedTerms(provisions: readonly Provision[], definitions: readonly Definition[]): string[] {
  const texts = provisions.map((one) => `${one.heading ?? ''} ${one.text}`)
  const at = new Map(provisions.map((one, index) => [one.eid, index]))
  const lastDefinition = Math.max(-1, ...definitions.map((one) => at.get(one.eid) ?? -1))
  const usedAfter = (names: readonly string[], index: number): boolean => {
    const rest = texts.slice(index + 1).join('\n')
    return names.some((name) => stemPattern(name).test(rest))
  }
  const defined = definitions
    .filter((one) => !usedAfter([one.term, ...one.shortForms], lastDefinition))
    .map((one) => one.term)
  const inLists = new Set(definitions.map((one) => one.eid))
  const shortened = provisions.flatMap((one, index) =>
    inLists.has(one.eid) || one.eid.startsWith('ord__')
      ? []
      : shortFormsIn(one.text).filter((form) => !usedAfter([form], index)),
  )
  return [...defined, ...shortened]
}

export interface Ending {
  definitions: readonly Definition[]
  /** The order says «Утвердить прилагаемые Правила». */
  announced: boolean
  hasAnnex: boolean
  annexTitle: string | null
  /** A note after the last element, and whether it could be read. Null when the act's last text is an element. */
  tail: { text: string; start: number; end: number; isRead: boolean } | null
  /** A person has compared the end of the text with the print. */
  endConfirmed: boolean
}

/** Two unused terms or more: one may be the lawmaker's slip. */
const UNUSED_MEANS_CUT = 2

/**
 * Whether the source goes on to its end. A cut after a whole paragraph leaves no broken sentence, so
 * what the act itself promises is asked for: annex, chapters, sub-points after «;», use of its terms.
 */
export function checkCompleteness(builder: Builder, ending: Ending): void {
  const { provisions, source } = builder
  const end = source.trimEnd().length
  const last = provisions.at(-1)
  const annex = provisions.filter((one) => !one.eid.startsWith('ord__'))
  const order = provisions.filter((one) => one.eid.startsWith('ord__'))
  const fault = (rule: string, text: string): void => say(builder, 'error', rule, text, end)
  if (!order.some((one) => one.kind === 'point'))
    fault('order-empty', 'в тексте нет пунктов приказа. Загрузите полный текст акта.')
  if (ending.announced && !annex.some((one) => one.kind === 'point')) {
    fault(
      'annex-missing',
      'приказ утверждает прилагаемый документ, но его пунктов в тексте нет. Добавьте прилагаемый документ.',
    )
  } else if (ending.hasAnnex && ending.annexTitle === null) {
    fault('annex-untitled', 'у прилагаемого документа нет названия. Добавьте его после строк «Утверждены приказом …».')
  }
  const chapters = annex.filter((one) => one.kind === 'chapter')
  if (chapters.length === 1)
    fault(
      'chapter-alone',
      'в тексте только одна глава: последующие главы пропущены или оборваны. Загрузите полный текст.',
    )
  if (last && last.kind !== 'form' && last.kind !== 'appendix' && /[;,]$/.test(last.text)) {
    fault('list-unfinished', `${last.label} – последний текст, но перечень не закончен. Загрузите полный текст.`)
  }
  if (ending.tail && !(ending.tail.isRead && TERMINAL.test(ending.tail.text))) {
    say(
      builder,
      'error',
      'note-unfinished',
      'текст обрывается внутри сноски. Загрузите полный текст.',
      ending.tail.start,
      ending.tail.end,
    )
  }
  // An appendix or a signature is an end of its own; an annexed document without one has to be judged by its words.
  if (ending.endConfirmed || !ending.hasAnnex || !last || last.kind === 'form' || last.kind === 'appendix') return
  const unused = unusedTerms(annex, ending.definitions)
  if (unused.length === 0) return
  const listed = unused.map((term) => `«${term}»`).join(', ')
  if (unused.length >= UNUSED_MEANS_CUT) {
    fault(
      'end-missing',
      `введены, но далее не используются: ${listed}. Похоже, конец текста потерян: загрузите полный текст или подтвердите, что он полный.`,
    )
  } else {
    say(
      builder,
      'warning',
      'end-unproven',
      `введено, но далее не используется: ${listed}. Проверьте, что текст загружен до конца.`,
      end,
    )
  }
}
