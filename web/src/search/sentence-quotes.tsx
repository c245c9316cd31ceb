import { useTranslation } from 'react-i18next'
import type { AnswerCitation, AnswerSentence } from '../api/types.ts'
import { isVerbatim } from './is-verbatim.ts'

/** Longer quotes are folded to their beginning. */
const LONGEST_OPEN = 220

/** A quote at its beginning, up to a word. */
const beginningOf = (quote: string): string => quote.slice(0, LONGEST_OPEN).replace(/\s+\S*$/u, '')

function Quote({ citation, lang }: { citation: AnswerCitation; lang: string | undefined }) {
  const { t, i18n } = useTranslation()
  const { label, quote } = citation
  const named = (
    <cite className="quoted-of" lang={i18n.language}>
      {t('answer.wordsOf', { label })}
    </cite>
  )
  if (quote.length <= LONGEST_OPEN)
    return (
      <figure className="quoted" data-testid="quoted">
        <figcaption>{named}</figcaption>
        <blockquote lang={lang}>{quote}</blockquote>
      </figure>
    )
  return (
    <details className="quoted" data-testid="quoted">
      <summary>
        {named}
        <span className="quoted-beginning" lang={lang}>
          {' '}
          {beginningOf(quote)}…{' '}
          <span className="quoted-more" lang={i18n.language}>
            {t('answer.wholeQuote')}
          </span>
        </span>
      </summary>
      <blockquote lang={lang}>{quote}</blockquote>
    </details>
  )
}

/** The words of the source beside a sentence that tells them otherwise, so that who reads it out sees both; else that it is word for word. */
export function SentenceQuotes({ sentence, lang }: { sentence: AnswerSentence; lang: string | undefined }) {
  const { t, i18n } = useTranslation()
  if (isVerbatim(sentence))
    return (
      <p className="quoted-verbatim" data-testid="verbatim" lang={i18n.language}>
        {t('answer.verbatim')}
      </p>
    )
  return sentence.citations.map((citation) => (
    <Quote key={`${citation.passageId}${citation.eid}${citation.quoteStart}`} citation={citation} lang={lang} />
  ))
}
