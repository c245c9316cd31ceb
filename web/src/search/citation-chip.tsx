import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AnswerCitation } from '../api/types.ts'
import { formatDay } from '../text/days.ts'
import { editionLine } from '../text/edition-line.ts'
import { hrefOfCitation } from './cited-points.ts'

interface CitationChipProps {
  number: number
  citation: AnswerCitation
  asOf: string | null
}

/** A cited place: its words on hover or focus, the article on a click. */
export function CitationChip({ number, citation, asOf }: CitationChipProps) {
  const { t } = useTranslation()
  const quoteId = useId()
  const [shown, setShown] = useState(false)
  return (
    <span className="citation" onMouseEnter={() => setShown(true)} onMouseLeave={() => setShown(false)}>
      <Link
        to={hrefOfCitation(citation, asOf)}
        className="citation-chip"
        data-testid="citation"
        aria-describedby={quoteId}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !shown) return
          event.preventDefault()
          event.stopPropagation()
          setShown(false)
        }}
      >
        <span className="citation-number">{number}</span>
        <span>
          {citation.label}
          <span className="citation-edition"> · {t('edition.short', { date: formatDay(citation.edition.date) })}</span>
        </span>
      </Link>
      <span id={quoteId} role="tooltip" className="citation-quote" data-shown={shown}>
        <span className="citation-quote-head">{t('answer.quoteOf', { label: citation.label })}</span>
        <q>{citation.quote}</q>
        <span className="citation-quote-foot">{editionLine(citation.edition, t)}</span>
      </span>
    </span>
  )
}
