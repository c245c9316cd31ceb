import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'

/** The last resort: something in the interface itself broke. */
export function CrashPage() {
  const { t } = useTranslation()
  const error = useRouteError()
  return (
    <main className="page page-narrow">
      <div className="notice notice-problem" role="alert">
        <p className="notice-title">{t('problem.title')}</p>
        <p>{t('problem.help')}</p>
        {error instanceof Error ? <p className="notice-meta">{error.message}</p> : null}
        <button type="button" className="button" onClick={() => window.location.reload()}>
          {t('problem.reload')}
        </button>
      </div>
    </main>
  )
}
