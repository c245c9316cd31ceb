import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { editionLine } from '../text/edition-line.ts'
import { SourceChangeNote } from '../ui/source-change-note.tsx'
import type { Answer } from '../api/types.ts'
import { hrefOfCitation } from './cited-points.ts'
import { useReport } from './report-use.ts'

/** Provisions that may answer and are held in the other language alone: to be read, not to be told as an answer. */
export function OtherLanguageList({
  found,
  asOf,
}: {
  found: NonNullable<Answer['inOtherLanguage']>
  asOf: string | null
}) {
  const { t } = useTranslation()
  const report = useReport()
  const title = t(`answer.only_${found.lang}`)
  return (
    // The message is read out; three points at length would be, too.
    <section className="other-language" aria-label={title} aria-live="off" data-testid="other-language">
      <h3>{title}</h3>
      <ol>
        {found.citations.map((citation) => (
          <li key={citation.passageId}>
            <Link
              to={hrefOfCitation(citation, asOf)}
              state={report.foundBy(citation.passageId)}
              className="other-language-link"
              lang={found.lang}
              onClick={() => report.opened(citation.passageId)}
              onAuxClick={() => report.opened(citation.passageId)}
            >
              <span className="source-label">{citation.label}</span>{' '}
              <span className="source-act" title={citation.actTitle}>
                {citation.actTitle}
              </span>
            </Link>
            <p className="other-language-quote" lang={found.lang}>
              {citation.quote}
            </p>
            <span className="source-edition">{editionLine(citation.edition, t)}</span>
            <SourceChangeNote changed={citation.sourceChanged} coming={citation.changesOn} />
          </li>
        ))}
      </ol>
    </section>
  )
}
