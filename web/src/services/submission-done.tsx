import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { SubmitResult } from './types.ts'

const LINKED = 20

/** What was taken in, with the way to each service. */
export function SubmissionDone({ result, onMore }: { result: SubmitResult; onMore: () => void }) {
  const { t } = useTranslation()
  const { outcome, submission } = result
  const count = (kind: 'added' | 'changed' | 'unchanged') =>
    String(submission.rows.filter(({ change }) => change === kind).length)
  const touched = submission.rows.filter(({ change }) => change === 'added' || change === 'changed')
  return (
    <div className="notice" role="status" data-testid="submission-done" data-outcome={outcome}>
      <p className="notice-title">{t(outcome === 'same' ? 'services.same' : 'services.accepted')}</p>
      <p>
        {t('services.acceptedCounts', {
          added: count('added'),
          changed: count('changed'),
          unchanged: count('unchanged'),
        })}
      </p>
      {touched.length === 0 ? null : (
        <ul className="plain-list">
          {touched.slice(0, LINKED).map((row) => (
            <li key={row.row}>
              {row.serviceId === null ? (
                `${row.registryNumber} ${row.name}`
              ) : (
                <Link to={`/services/${encodeURIComponent(row.serviceId)}`}>
                  {row.registryNumber} {row.name}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
      <p>{t('services.nextStep')}</p>
      <div className="services-tools">
        <Link to="/services/deadlines" className="button">
          {t('services.toDeadlines')}
        </Link>
        <button type="button" className="button" onClick={onMore}>
          {t('services.sendMore')}
        </button>
      </div>
    </div>
  )
}
