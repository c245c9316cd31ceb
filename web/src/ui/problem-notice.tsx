import { useTranslation } from 'react-i18next'
import { ApiError, ServerGoneError } from '../api/api-error.ts'

interface ProblemNoticeProps {
  error: Error
  title?: string
  onRetry?: () => void
}

/** What went wrong, what to do about it, and the number to tell the administrator. */
export function ProblemNotice({ error, title, onRetry }: ProblemNoticeProps) {
  const { t, i18n } = useTranslation()
  const api = error instanceof ApiError ? error : null
  const help = () => {
    if (error instanceof ServerGoneError) return t('problem.goneHelp')
    if (api?.status === 404) return t('problem.notFoundHelp')
    if (api?.status === 403) return t('problem.forbidden')
    if (api?.status === 429) return t('problem.rateLimited')
    return t('problem.help')
  }
  const heading =
    error instanceof ServerGoneError
      ? t('problem.goneShort')
      : api !== null && api.title !== ''
        ? api.title
        : t('problem.title')
  return (
    <div className="notice notice-problem" role="alert">
      <p className="notice-title">{title === undefined ? heading : `${title}: ${heading.toLowerCase()}`}</p>
      {api !== null && api.faults.length > 0 ? (
        <ul className="notice-faults">
          {api.faults.map((fault) => (
            <li key={`${fault.path}${fault.message}`}>{fault.message}</li>
          ))}
        </ul>
      ) : null}
      {/* Somebody was faster: the server tells who, when and what to do, to whoever reads that language. */}
      <p>{api?.status === 409 && api.detailLang === i18n.language ? api.detail : help()}</p>
      {api?.requestId == null ? null : (
        <p className="notice-meta">
          {t('problem.requestId')}: <code>{api.requestId}</code>
        </p>
      )}
      {onRetry === undefined ? null : (
        <button type="button" className="button" onClick={onRetry}>
          {t('common.retry')}
        </button>
      )}
    </div>
  )
}
