import type { TFunction } from 'i18next'
import type { Answer, AnswerCitation } from '../api/types.ts'
import { formatDay } from '../text/days.ts'
import { editionLine } from '../text/edition-line.ts'
import { citedPoints, numberOf } from './cited-points.ts'

const changedSince = ({ sourceChanged }: Pick<AnswerCitation, 'sourceChanged'>, t: TFunction): string =>
  sourceChanged === null
    ? ''
    : `. ${t('impact.changed')}: ${t('impact.from', { date: formatDay(sourceChanged.since) })}`

/** An answer for pasting into a letter: sentences with numbers, then what each number is. */
export function answerAsText(answer: Answer, t: TFunction): string {
  if (answer.sentences.length === 0) {
    const body = answer.competence
    const contacts = body?.contacts.map((contact) => contact.value).join(', ') ?? ''
    return [
      answer.message,
      ...(answer.inOtherLanguage?.citations ?? []).map(
        (citation) =>
          `${citation.label}, ${citation.actTitle} (${editionLine(citation.edition, t)})${changedSince(citation, t)}: «${citation.quote}»`,
      ),
      answer.guidance?.text ?? null,
      body === null ? null : [body.name, contacts].filter((part) => part !== '').join(': '),
    ]
      .filter((line) => line !== null)
      .join('\n')
  }
  const points = citedPoints(answer.sentences)
  const sentences = answer.sentences.map((sentence) => {
    const numbers = [...new Set(sentence.citations.map((citation) => `[${numberOf(points, citation)}]`))].join('')
    return numbers === '' ? sentence.text : `${sentence.text} ${numbers}`
  })
  const sources = points.map(
    ({ number, citation }) =>
      `[${number}] ${citation.label}, ${citation.actTitle} (${editionLine(citation.edition, t)}; ${t('answer.asOf', { date: formatDay(answer.asOf) })})${changedSince(citation, t)}`,
  )
  return `${sentences.join('\n')}\n\n${t('answer.sources')}:\n${sources.join('\n')}`
}
