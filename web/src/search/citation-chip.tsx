import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AnswerCitation } from '../api/types.ts'
import { formatDay } from '../text/days.ts'
import { editionLine } from '../text/edition-line.ts'
import { SourceChangeNote } from '../ui/source-change-note.tsx'
import { hrefOfCitation } from './cited-points.ts'
import { useReport } from './report-use.ts'

interface CitationChipProps {
  /** Null: it is the only one. */
  number: number | null
  citation: AnswerCitation
  asOf: string | null
}

type Place = { left: number; top: number } | { left: number; bottom: number }

const WIDTH = 400
const GAP = 6
const MARGIN = 12

/** Under the chip, or above it where there is more room; inside of the window always. */
function placeBy(chip: Element): Place {
  const box = chip.getBoundingClientRect()
  const windowWidth = document.documentElement.clientWidth
  const width = Math.min(WIDTH, windowWidth - 2 * MARGIN)
  const left = Math.max(MARGIN, Math.min(box.left, windowWidth - width - MARGIN))
  return box.bottom < window.innerHeight * 0.62
    ? { left, top: box.bottom + GAP }
    : { left, bottom: window.innerHeight - box.top + GAP }
}

/** A cited place: its words on hover or focus, the article on a click. */
export function CitationChip({ number, citation, asOf }: CitationChipProps) {
  const { t } = useTranslation()
  const quoteId = useId()
  const chip = useRef<HTMLAnchorElement>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const show = () => {
    if (chip.current !== null) setPlace(placeBy(chip.current))
  }
  const hide = () => setPlace(null)
  const report = useReport()
  const opened = () => report.opened(citation.passageId)

  useEffect(() => {
    if (place === null) return
    const onScroll = () => setPlace(null)
    window.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => window.removeEventListener('scroll', onScroll, { capture: true })
  }, [place])

  return (
    <span className="citation" onMouseEnter={show} onMouseLeave={hide}>
      <Link
        ref={chip}
        to={hrefOfCitation(citation, asOf)}
        state={report.foundBy(citation.passageId)}
        onClick={opened}
        onAuxClick={opened}
        className="citation-chip"
        data-changed={citation.sourceChanged !== null}
        data-testid="citation"
        aria-describedby={quoteId}
        onFocus={show}
        onBlur={hide}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || place === null) return
          event.preventDefault()
          event.stopPropagation()
          hide()
        }}
      >
        {number === null ? null : <span className="citation-number">{number}</span>}
        <span>
          {citation.label}
          <span className="citation-edition"> · {t('edition.short', { date: formatDay(citation.edition.date) })}</span>
        </span>
      </Link>
      <span id={quoteId} role="tooltip" className="citation-quote" data-shown={place !== null} style={place ?? {}}>
        <span className="citation-quote-head">{t('answer.quoteOf', { label: citation.label })}</span>
        <q>{citation.quote}</q>
        <span className="citation-quote-foot">{editionLine(citation.edition, t)}</span>
        <SourceChangeNote changed={citation.sourceChanged} coming={null} plain />
      </span>
    </span>
  )
}
