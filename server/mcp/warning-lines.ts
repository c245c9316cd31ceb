import { printedDay } from '#ingest/text/printed-day.ts'
import type { Lang } from '#server/context.ts'
import type { LanguageDifference, SourceChange } from '#server/http/wire.ts'

const SINCE: Record<Lang, (day: string, known: boolean) => string> = {
  ru: (day, known) => `изменено ${known ? 'с' : 'не ранее'} ${day}`,
  kk: (day, known) => `${day} ${known ? 'бастап' : 'ерте емес'} өзгертілген`,
}
const COMING: Record<Lang, (day: string, known: boolean) => string> = {
  ru: (day, known) => `изменится ${known ? 'с' : 'не ранее'} ${day}`,
  kk: (day, known) => `${day} ${known ? 'бастап' : 'ерте емес'} өзгереді`,
}

const MOVED: Record<Lang, (day: string, known: boolean, labels: string) => string> = {
  ru: (day, known, labels) => `те же слова ${known ? 'с' : 'не ранее'} ${day} – ${labels}`,
  kk: (day, known, labels) => `${day} ${known ? 'бастап' : 'ерте емес'} сол сөздер – ${labels}`,
}

const DIFFERS: Record<Lang, string> = {
  ru: 'тексты на русском и казахском языках расходятся',
  kk: 'қазақ және орыс тілдеріндегі мәтіндер сәйкес келмейді',
}
const said = ({ label, said: words }: LanguageDifference['ru']): string =>
  label === null ? '—' : words.map((one) => `«${one}»`).join(', ') || '—'

/**
 * What whoever reads only the words has to be told of a quoted text: that its source was amended since, or will be, and where the
 * text in the other language says something else. Pure.
 * @param lang of the text that the lines stand in
 * @returns no line where nothing is to be told
 */
export function warningLines(
  quoted: {
    languageDifferences: readonly LanguageDifference[]
    sourceChanged: SourceChange | null
    changesOn: SourceChange | null
  },
  lang: Lang,
): string[] {
  const line = (change: SourceChange | null, say: (day: string, known: boolean) => string): string[] =>
    change === null
      ? []
      : [
          `⚠ ${change.movedTo === null ? say(printedDay(change.since), change.known) : MOVED[lang](printedDay(change.since), change.known, change.movedTo.join(', '))}: ${change.labels.join(', ')}${change.by === null ? '' : ` (${change.by})`}`,
        ]
  return [
    ...line(quoted.sourceChanged, SINCE[lang]),
    ...line(quoted.changesOn, COMING[lang]),
    ...quoted.languageDifferences.map(({ ru, kk }) => `⚠ ${DIFFERS[lang]}: ru ${said(ru)}; kk ${said(kk)}`),
  ]
}
