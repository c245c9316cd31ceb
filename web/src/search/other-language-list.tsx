import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { editionLine } from '../text/edition-line.ts'
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
    <section className="other-language" aria-label={title} data-testid="other-language">
      <h3>{title}</h3>
      <ol>
        {found.citations.map((citation) => (
          <li key={citation.passageId}>
            <Link
              to={hrefOfCitation(citation, asOf)}
              state={report.foundBy(citation.passageId)}
              className="other-language-link"
              onClick={() => report.opened(citation.passageId)}
              onAuxClick={() => report.opened(citation.passageId)}
            >
              <span lang={found.lang}>
                <span className="source-label">{citation.label}</span>{' '}
                <span className="source-act" title={citation.actTitle}>
                  {citation.actTitle}
                </span>
                <span className="other-language-quote">{citation.quote}</span>
              </span>
              <span className="source-edition">{editionLine(citation.edition, t)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
